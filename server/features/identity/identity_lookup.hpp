#pragma once
// What other features may ask of accounts.
#include <optional>

#include "identity/identity.hpp"

namespace fitview::identity {

/// Thread-safe; may block. Fails: Unavailable.
class Lookup {
public:
    virtual ~Lookup() = default;
    /// The measurements of the user's profile; nothing when there are none or the account is gone.
    virtual std::optional<Measurements> measurements_of(const UserId& user) = 0;
};

}  // namespace fitview::identity
