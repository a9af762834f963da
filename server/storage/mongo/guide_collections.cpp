#include "storage/mongo/guide_collections.hpp"

#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {

void ensure_guide_collections(MongoDatabase& database) {
    database.ensure("carts", {{.keys = bson("user_id", 1), .unique = true}});
    database.ensure("wishlists", {{.keys = bson("user_id", 1, "added_at", -1)},
                                  {.keys = bson("user_id", 1, "product_id", 1), .unique = true}});
    database.ensure("analytics_events", {{.keys = bson("event_type", 1, "created_at", -1)},
                                         {.keys = bson("user_id", 1, "created_at", -1)},
                                         {.keys = bson("product_id", 1)}});
}

}  // namespace fitview::storage
