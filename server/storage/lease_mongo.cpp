#include "storage/lease.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {
namespace {

constexpr std::string_view leases = "leases";

class MongoLeases final : public Leases {
public:
    MongoLeases(MongoDatabase& database, const Clock& clock) : database_(database), clock_(clock) {
        database_.ensure(leases, {});
    }

    // A lease that is another's matches nothing; the insert that the upsert tries then is refused, since `_id` is
    // taken.
    std::optional<Lease> acquire(std::string_view name, std::string_view owner, Milliseconds duration) override {
        const Timestamp now = clock_.now();
        const Document free =
            bson("_id", name, "$or", bson_array(bson("until", bson("$lte", now)), bson("owner", owner)));
        const auto taken = database_.find_and_update(
            Durability::durable, leases, free,
            bson("$set", bson("owner", owner, "until", now + duration), "$inc", bson("fence", 1)), Returned::after,
            Upsert::yes);
        if (!taken) return std::nullopt;
        return Lease{.name = std::string(name),
                     .owner = std::string(owner),
                     .until = now + duration,
                     .fence = find_member(*taken, "fence")->integer()};
    }

    std::optional<Lease> renew(const Lease& lease, Milliseconds duration) override {
        Lease renewed = lease;
        renewed.until = clock_.now() + duration;
        if (!change(lease, bson("until", renewed.until))) return std::nullopt;
        return renewed;
    }

    // Its document stays, so that fences only grow.
    bool release(const Lease& lease) override { return change(lease, bson("owner", "", "until", Timestamp())); }

private:
    bool change(const Lease& lease, const Document& set) {
        const Document held = bson("_id", lease.name, "owner", lease.owner, "fence", lease.fence);
        return database_.update_one(Durability::durable, leases, held, bson("$set", set)).matched == 1;
    }

    MongoDatabase& database_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<Leases> open_mongo_leases(MongoDatabase& database, const Clock& clock) {
    return std::make_unique<MongoLeases>(database, clock);
}

Collections mongo_lease_collections(MongoDatabase& database) {
    return collections(open_bson(database, named_bson_of<Lease>(std::string(leases), "name")));
}

}  // namespace fitview::storage
