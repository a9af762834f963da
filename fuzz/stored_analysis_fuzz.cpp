// fuzz: engine
// Stored analyses: bytes that claim to be what was learnt from a photo, packed and compressed. The body is also given
// to the reader without its compression, so that the fuzzer gets past the checksum.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/stored/packed_members.hpp"
#include "engine/stored/stored_analysis.hpp"

namespace {

/// What was read must be written and read again to the same bytes.
template <class Model>
void read_body(std::string_view bytes) {
    fitview::engine::Unpacker unpacker(bytes);
    Model model;
    unpacker.get(model);
    if (!unpacker.done()) return;
    fitview::engine::Packer packer;
    packer.put(model);
    if (packer.take() != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fitview::engine;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    restore_person(bytes);
    restore_garment(bytes);
    read_body<PersonModel>(bytes);
    read_body<GarmentModel>(bytes);
    return 0;
}
