#pragma once
// One moment of a database as a file of its own.
#include <optional>
#include <string>
#include <vector>

#include "storage/objects/object_key.hpp"

namespace fitview::storage {

/// Writes what is committed in the database at `path` now into a new file `copy`, compacted; others may use the
/// database meanwhile. Fails: Unavailable.
void write_snapshot(const std::string& path, const std::string& copy);

/// The keys of the object ledger in the database at `path`, in order, after `after`, at most `limit`. Fails:
/// Unavailable.
std::vector<ObjectKey> keys_in_snapshot(const std::string& path, const std::optional<ObjectKey>& after, int limit);

}  // namespace fitview::storage
