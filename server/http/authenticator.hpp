#pragma once
// Who calls: the port through which the pipeline asks the identity feature, and the access a route asks for.
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <variant>

#include "base/failure.hpp"
#include "base/id.hpp"

namespace fitview::http {

enum class Role { customer, retailer, admin };
BOOST_DESCRIBE_ENUM(Role, customer, retailer, admin)

/// A caller whose token was valid.
struct Identity {
    UserId user_id;
    Role role = Role::customer;
    std::string session_id;  ///< the token's `sid`
};

/// Judges access tokens. Thread-safe; may block on I/O. Throws Unavailable when its back end is broken.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// The caller, or `unauthenticated` or `token_expired`. `token` is what followed "Bearer ".
    virtual std::variant<Identity, FailureCode> authenticate(std::string_view token) = 0;
};

/// Who may call a route.
enum class Access {
    public_,    ///< anyone; a valid token only decides whose rate limit counts. See Route::refuses_bad_token
    optional,   ///< anyone; whoever sends a token must send a good one. `Call::identity()` may be null
    signed_in,  ///< any role
    retailer,   ///< retailers and admins
    admin       ///< admins
};

}  // namespace fitview::http
