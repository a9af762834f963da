#include "media/content_hash.hpp"

#include <openssl/sha.h>

#include <array>

#include "base/encoding.hpp"

namespace fitview::media {

std::string sha256_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace fitview::media
