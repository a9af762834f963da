#pragma once
// An entry of the ledger with its state, as every engine keeps it.
#include <boost/describe/class.hpp>

#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"
#include "storage/objects/object_key.hpp"

namespace fitview::storage {

/// As LedgerEntry, and whether the sweeper has condemned it.
struct LedgerRow {
    ObjectKey key;
    std::optional<UserId> owner;
    std::string purpose;
    std::string content_hash;
    int reference_count = 1;
    std::optional<Timestamp> expires_at;
    bool condemned = false;
};
BOOST_DESCRIBE_STRUCT(LedgerRow, (), (key, owner, purpose, content_hash, reference_count, expires_at, condemned))

}  // namespace fitview::storage
