#pragma once
// Collections of the product's guide that no store of this version uses yet.

namespace fitview::storage {

class MongoDatabase;

/// Makes `carts`, `wishlists` and `analytics_events` with the guide's indexes, for the programs that read a shop's
/// database. Fails: Unavailable.
void ensure_guide_collections(MongoDatabase& database);

}  // namespace fitview::storage
