#include "identity/password.hpp"

#include <crypt.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "base/text.hpp"

namespace fitview::identity {
namespace {

constexpr std::string_view scheme = "bcrypt-sha384:";
constexpr std::size_t bcrypt_digest_letters = 31;
constexpr std::size_t least_telling_name = 3;  // "a@…" must not forbid every password with an a

std::string crypt_of(const std::string& text, const std::string& setting) {
    const auto data = std::make_unique<crypt_data>();
    const char* result = crypt_rn(text.c_str(), setting.c_str(), data.get(), sizeof(crypt_data));
    return result ? result : "";
}

/// The front of a new hash: scheme, cost and a random salt.
std::string salted_setting(int cost) {
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
    const std::string salt = random_bytes(16);
    if (!crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), salt.data(), static_cast<int>(salt.size()),
                          setting.data(), static_cast<int>(setting.size()))) {
        throw std::runtime_error("the system's crypt library cannot make bcrypt hashes");
    }
    return setting.data();
}

std::string condensed(const std::string& password) {
    return base64(sha384(password));
}

}  // namespace

std::vector<std::string> password_faults(const std::string& password, std::string_view local_part) {
    std::vector<std::string> faults;
    const auto has = [&](char from, char to) {
        return std::any_of(password.begin(), password.end(),
                           [&](char letter) { return letter >= from && letter <= to; });
    };
    if (!is_utf8(password)) return {"must be valid UTF-8"};
    if (code_points(password) < least_password_characters) faults.emplace_back("must be at least 12 characters long");
    if (password.size() > most_password_bytes) faults.emplace_back("must be at most 128 bytes long");
    if (!has('A', 'Z')) faults.emplace_back("must contain an upper-case letter");
    if (!has('a', 'z')) faults.emplace_back("must contain a lower-case letter");
    if (!has('0', '9')) faults.emplace_back("must contain a digit");
    if (local_part.size() >= least_telling_name &&
        ascii_lower(password).find(ascii_lower(local_part)) != std::string::npos) {
        faults.emplace_back("must not contain the name of the e-mail address");
    }
    return faults;
}

// Made up rather than computed, which would take most of the time the program needs to start.
PasswordHasher::PasswordHasher(int cost)
    : cost_(cost), dummy_(std::string(scheme) + salted_setting(cost) + std::string(bcrypt_digest_letters, '.')) {}

std::string PasswordHasher::hash(const std::string& password) const {
    const std::string made = crypt_of(condensed(password), salted_setting(cost_));
    if (!made.starts_with("$2b$")) throw std::runtime_error("the system's crypt library cannot make bcrypt hashes");
    return std::string(scheme) + made;
}

bool PasswordHasher::verify(const std::string& password, const std::string& hash) const {
    const bool ours = hash.starts_with(scheme);
    const std::string kept = ours ? hash.substr(scheme.size()) : hash;
    if (!kept.starts_with("$2a$") && !kept.starts_with("$2b$") && !kept.starts_with("$2y$")) return false;
    if (!ours && password.find('\0') != std::string::npos) return false;  // plain bcrypt stops there
    const std::string made = crypt_of(ours ? condensed(password) : password, kept);
    return made.size() == kept.size() && !made.empty() && equal_in_constant_time(made, kept);
}

bool PasswordHasher::is_outdated(const std::string& hash) const {
    if (!hash.starts_with(scheme) || hash.size() < scheme.size() + 6) return true;
    const auto tens = static_cast<unsigned char>(hash[scheme.size() + 4]);
    const auto ones = static_cast<unsigned char>(hash[scheme.size() + 5]);
    return (tens - '0') * 10 + (ones - '0') < cost_;
}

}  // namespace fitview::identity
