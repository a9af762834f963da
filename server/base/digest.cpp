#include "base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdlib>

namespace fitview {
namespace {

std::string digest(const EVP_MD* kind, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    // Fails only when the library is out of memory or broken; going on with a wrong hash would be worse.
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) != 1) std::abort();
    return {reinterpret_cast<const char*>(out.data()), size};
}

}  // namespace

std::string sha256(std::string_view bytes) {
    return digest(EVP_sha256(), bytes);
}
std::string sha384(std::string_view bytes) {
    return digest(EVP_sha384(), bytes);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), out.data(), &size))
        std::abort();
    return {reinterpret_cast<const char*>(out.data()), size};
}

Secret derive_key(const Secret& secret, std::string_view label) {
    // One block of HKDF is all we ever need: extract with a fixed salt, expand with the label and the counter 1.
    const std::string extracted = hmac_sha256("fitview", secret.reveal());
    return Secret(hmac_sha256(extracted, std::string(label) + '\x01'));
}

}  // namespace fitview
