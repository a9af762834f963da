#pragma once
// What other features may ask about try-ons, and how they hear that one goes.
#include <optional>

#include "tryon/tryon.hpp"

namespace fitview::tryon {

/// Thread-safe; may block. Fails: Unavailable.
class Lookup {
public:
    virtual ~Lookup() = default;
    /// The session if it is the user's own and has not expired.
    virtual std::optional<Session> find_own(const UserId& user, const TryonId& id) = 0;
};

/// Told before a session is deleted, by its shopper, by time or with the account: what was made from it goes too.
/// Repeating it changes nothing. Thread-safe; may block. Fails: Unavailable.
class SessionFollower {
public:
    virtual ~SessionFollower() = default;
    virtual void session_goes(const TryonId& id) = 0;
};

}  // namespace fitview::tryon
