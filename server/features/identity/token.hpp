#pragma once
// JSON Web Tokens (RFC 7519) as FitView issues them: HS256 and nothing else.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "identity/identity.hpp"

namespace fitview::identity {

enum class TokenType { access, refresh };
BOOST_DESCRIBE_ENUM(TokenType, access, refresh)

/// What a token says. Times are seconds since 1970.
struct Claims {
    UserId sub;
    Role role = Role::customer;
    SessionId sid;
    std::string jti;
    std::int64_t iat = 0;
    std::int64_t exp = 0;
    TokenType type = TokenType::access;

    bool operator==(const Claims&) const = default;
};
BOOST_DESCRIBE_STRUCT(Claims, (), (sub, role, sid, jti, iat, exp, type))

enum class TokenFault { malformed, bad_signature, expired };

/// Signs and verifies tokens. Immutable and thread-safe.
class TokenSigner {
public:
    /// `current` signs; `current` and `previous` verify. `clock` must outlive the signer.
    TokenSigner(const Secret& current, const std::vector<Secret>& previous, const Clock& clock);

    std::string sign(const Claims& claims) const;

    /// The claims of a token this shop signed that has not expired. The algorithm is pinned: whatever the header says,
    /// the signature is HMAC-SHA-256 of one of the keys. Tokens beyond 4 096 bytes are malformed.
    std::variant<Claims, TokenFault> verify(std::string_view token) const;

private:
    struct Key {
        std::string id;
        Secret secret;
    };
    std::vector<Key> keys_;
    const Clock& clock_;
};

}  // namespace fitview::identity
