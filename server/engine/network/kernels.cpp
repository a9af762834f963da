#include "engine/network/kernels.hpp"

#include "engine/network/kernels_code.hpp"

namespace fitview::engine::network {

#ifdef FITVIEW_KERNELS_AVX2
const Kernels& avx2_kernels();  // kernels_avx2.cpp
#endif

const Kernels& plain_kernels() {
    return compiled_kernels;
}

const Kernels& fastest_kernels() {
#ifdef FITVIEW_KERNELS_AVX2
    if (__builtin_cpu_supports("avx2")) return avx2_kernels();
#endif
    return compiled_kernels;
}

}  // namespace fitview::engine::network
