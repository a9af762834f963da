#include "storage/sqlite/row_collection.hpp"

namespace fitview::storage {
namespace {

class RowCollection final : public Collection {
public:
    RowCollection(SqliteDatabase& database, RowMapping mapping)
        : database_(database),
          mapping_(std::move(mapping)),
          page_(mapping_.select + " WHERE " + mapping_.after + " ORDER BY " + mapping_.order + " LIMIT ?2") {}

    const std::string& name() const override { return mapping_.name; }
    int page_limit() const override { return mapping_.page_limit; }

    std::int64_t count() override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare("SELECT count(*) FROM " + mapping_.table);
            statement.step();
            return statement.get<std::int64_t>(0);
        });
    }

    std::vector<StoredDocument> read(const std::string& after) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(page_);
            statement.bind_all(after, mapping_.page_limit);
            std::vector<StoredDocument> documents;
            while (statement.step()) documents.push_back(mapping_.read(statement));
            return documents;
        });
    }

    void insert(const std::vector<StoredDocument>& documents) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            for (const StoredDocument& document : documents) mapping_.insert(connection, document.text);
        });
    }

    void remove(const std::vector<std::string>& keys) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            for (const std::string& key : keys) {
                for (const std::string& removal : mapping_.removals) connection.run(removal, key);
            }
        });
    }

private:
    SqliteDatabase& database_;
    const RowMapping mapping_;
    const std::string page_;
};

}  // namespace

std::unique_ptr<Collection> open_rows(SqliteDatabase& database, RowMapping mapping) {
    return std::make_unique<RowCollection>(database, std::move(mapping));
}

}  // namespace fitview::storage
