#pragma once
// How pictures of sessions come into the object store, so that a process that dies leaves none behind for long.
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {

/// Stores a picture that no session shows yet; it is due again after an hour. Before that `keep_until` makes it stay,
/// in the unit of work that stores what shows it. Fails: Unavailable.
void place_picture(const Parts& parts, const storage::ObjectKey& key, std::string_view bytes,
                   const std::optional<UserId>& owner, const std::string& purpose);

/// Keeps a picture until `until` or longer; what has to be written for that says `longer` more. Returns false when it
/// is gone or about to go. Joins a unit of work. Fails: Unavailable.
bool keep_until(storage::ObjectLedger& ledger, const std::string& key, const Timestamp& until,
                Milliseconds longer = Milliseconds(0));

/// Keeps the own photo of `session`, and the mask that came with it, as long as the session. Joins a unit of work.
/// Fails: Unavailable, also when one of them is about to go.
void keep_photo(storage::ObjectLedger& ledger, const Session& session);

/// Makes sure that the pictures `session` is about to show stay until `keep_pictures` is called. Fails: Unavailable,
/// also when they are about to go.
void check_pictures(const Parts& parts, const Session& session);

/// Keeps every picture that was made for the finished `session` as long as the session; those that went with it since
/// stay gone. May be called again. Fails: Unavailable.
void keep_pictures(storage::ObjectLedger& ledger, const Session& session);

}  // namespace fitview::tryon
