// The kernels once more, compiled for processors with AVX2 (see the CMakeLists.txt of the engine).
#include "engine/network/kernels_code.hpp"

namespace fitview::engine::network {

const Kernels& avx2_kernels();

const Kernels& avx2_kernels() {
    return compiled_kernels;
}

}  // namespace fitview::engine::network
