#include "audit/audit_row.hpp"
#include "audit/audit_store.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::audit {
namespace {

using storage::bson;
using storage::Durability;

constexpr std::string_view audit_logs = "audit_logs";

class MongoStore final : public Store {
public:
    MongoStore(storage::MongoDatabase& database, IdSource& ids) : database_(database), ids_(ids) {
        database_.ensure(audit_logs,
                         {{.keys = bson("user_id", 1, "created_at", 1, "_id", 1)}, {.keys = bson("created_at", 1)}});
    }

    void record(const telemetry::AuditRecord& record) override {
        const Row row = row_of(ids_.make<AuditId>(), record);
        if (!database_.insert(Durability::relaxed, audit_logs, storage::to_document(row))) {
            throw Unavailable("mongodb: an audit record has an id that is taken");
        }
    }

    std::vector<telemetry::AuditRecord> of_user(const UserId& user, int limit) override {
        std::vector<telemetry::AuditRecord> records;
        for (const Row& row : storage::from_documents<Row>(database_.find(
                 audit_logs, bson("user_id", user), {.sort = bson("created_at", 1, "_id", 1), .limit = limit}))) {
            records.push_back(record_of(row));
        }
        return records;
    }

    int remove_before(const Timestamp& before, int limit) override {
        return static_cast<int>(database_.remove_some(
            Durability::relaxed, audit_logs, bson("created_at", bson("$lt", before)), bson("created_at", 1), limit));
    }

private:
    storage::MongoDatabase& database_;
    IdSource& ids_;
};

}  // namespace

std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database, IdSource& ids) {
    return std::make_unique<MongoStore>(database, ids);
}

storage::Collections mongo_collections(storage::MongoDatabase& database) {
    return storage::collections(storage::open_bson(database, storage::bson_of<Row>("audit_logs")));
}

}  // namespace fitview::audit
