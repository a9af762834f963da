#pragma once
// Passwords: their rules, and how they are kept.
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview::identity {

constexpr std::size_t least_password_characters = 12;
constexpr std::size_t most_password_bytes = 128;

/// A text typed as password: never written anywhere. `New` says whether it is to be set (its rules are documented) or
/// compared.
template <bool New>
class TypedPassword {
public:
    using Wire = std::string;
    static constexpr Rule rule =
        New ? Rule{.format = "password", .min_length = 12, .max_length = 128} : Rule{.format = "password"};
    static Checked<TypedPassword> check(const std::string& wire) { return TypedPassword(wire); }
    std::string wire() const { return "[password]"; }  ///< so that no answer, log or dump can ever carry it
    const std::string& reveal() const { return text_; }

private:
    explicit TypedPassword(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

using NewPassword = TypedPassword<true>;
using GivenPassword = TypedPassword<false>;

/// Every rule that `password` breaks, as reasons following the field's name; empty when it is fine. `local_part` is
/// what stands before the @ of the account's address (empty: not known).
std::vector<std::string> password_faults(const std::string& password, std::string_view local_part);

/// Hashes passwords with bcrypt over base64(SHA-384(password)), since bcrypt itself ignores what follows 72 bytes.
/// Thread-safe. Both calls take about 0.2 s of a core at cost 12: keep them off the I/O threads.
class PasswordHasher {
public:
    /// `cost` is 4 to 16.
    explicit PasswordHasher(int cost);

    /// A salted hash with its scheme tag.
    std::string hash(const std::string& password) const;

    /// Whether `password` is the one behind `hash`; also for plain `$2a$`, `$2b$` and `$2y$` hashes. False for rubbish.
    bool verify(const std::string& password, const std::string& hash) const;

    /// Whether `hash` should be made anew at the next sign-in: another scheme, or a lower cost.
    bool is_outdated(const std::string& hash) const;

    /// A hash nobody has the password of, to be verified for unknown accounts so that both take the same time.
    const std::string& dummy() const { return dummy_; }

private:
    int cost_;
    std::string dummy_;
};

}  // namespace fitview::identity
