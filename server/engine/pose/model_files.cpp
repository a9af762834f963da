#include "engine/pose/model_files.hpp"

#include <fstream>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace fitview::engine {

std::vector<std::uint8_t> read_model_file(const std::string& folder, const ModelFile& file) {
    const std::string path = folder + "/" + std::string(file.name);
    const auto fail = [&](const char* fault) {
        throw std::runtime_error("the network file " + path + " " + fault + "; ./fit setup installs it");
    };
    std::ifstream stream(path, std::ios::binary);
    if (!stream) fail("is missing");
    std::vector<std::uint8_t> bytes(file.bytes + 1);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (bytes.size() != file.bytes || hex(sha256(text)) != file.sha256) fail("is not the one we know");
    return bytes;
}

}  // namespace fitview::engine
