#pragma once
// A copy of an embedded shop, database and pictures, made while it runs; and a shop made from such a copy.
#include <cstdint>
#include <iosfwd>
#include <string>

#include "storage/objects/objects.hpp"

namespace fitview::app {

/// What cannot be copied or put back, in words for the operator.
struct BackupFault {
    std::string text;
};

struct BackupCount {
    std::int64_t pictures = 0;
    std::int64_t missing = 0;  ///< known to the database but not to be found
};

/// Copies the shop into `folder`, which must not exist: `fitview.sqlite`, `jwt_secret` where the shop has one of its
/// own, `uploads/` with the pictures, and `SHA256SUMS` over all of them. The database is one moment of the running
/// shop; every picture it knew then is there, and none that had been erased. The folder appears under its name when it
/// is whole. Only its owner may read it: it holds what people entrusted to the shop. Says on `progress` how far it is.
/// Fails: BackupFault, Unavailable.
BackupCount back_up(const std::string& data_dir, storage::Objects& objects, const std::string& folder,
                    std::ostream& progress);

/// Makes the shop of a copy in `data_dir`, which must not have a database yet, and `objects`, which must hold nothing
/// that is not in the copy: so it may be called again after it was interrupted. Nothing is written before every file
/// of the copy was found to be what it was; the database comes last.
/// Fails: BackupFault, Unavailable.
BackupCount restore(const std::string& folder, const std::string& data_dir, storage::Objects& objects,
                    std::ostream& progress);

}  // namespace fitview::app
