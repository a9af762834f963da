#include <stdexcept>

#include "storage/change_feed.hpp"
#include "storage/sqlite/change_log.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

std::int64_t latest(SqliteConnection& connection) {
    Statement select = connection.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'changes'");
    return select.step() ? select.get<std::int64_t>(0) : 0;
}

/// The sequence of the oldest change that is kept. An empty table may have had changes: then it is the next one's.
std::int64_t oldest(SqliteConnection& connection) {
    Statement select = connection.prepare("SELECT min(sequence) FROM changes");
    select.step();
    return select.is_null(0) ? latest(connection) + 1 : select.get<std::int64_t>(0);
}

class SqliteChangeCursor final : public ChangeCursor {
public:
    SqliteChangeCursor(SqliteDatabase& database, std::string collection)
        : database_(database),
          collection_(std::move(collection)),
          seen_(database.read([](SqliteConnection& connection) { return latest(connection); })) {}

    Changes next(int limit) override {
        if (limit < 1 || limit > read_limit) throw std::invalid_argument("change feed: limit out of range");
        std::int64_t reached = seen_;
        Changes changes =
            database_.read([&](SqliteConnection& connection) { return read(connection, limit, reached); });
        seen_ = reached;
        return changes;
    }

private:
    Changes read(SqliteConnection& connection, int limit, std::int64_t& reached) const {
        Changes changes;
        const std::int64_t end = latest(connection);
        if (end == seen_) return changes;
        if (seen_ + 1 < oldest(connection)) {
            changes.complete = false;
            reached = end;
            return changes;
        }
        Statement select =
            connection.prepare("SELECT sequence, collection, id FROM changes WHERE sequence > ? ORDER BY sequence");
        select.bind(1, seen_);
        while (static_cast<int>(changes.ids.size()) < limit && select.step()) {
            reached = select.get<std::int64_t>(0);
            if (select.text(1) == collection_) changes.ids.push_back(select.get<std::string>(2));
        }
        return changes;
    }

    SqliteDatabase& database_;
    const std::string collection_;
    std::int64_t seen_;
};

class SqliteChangeFeed final : public ChangeFeed {
public:
    explicit SqliteChangeFeed(SqliteDatabase& database) : database_(database), log_(database) {}

    std::unique_ptr<ChangeCursor> follow(std::string_view collection) override {
        return std::make_unique<SqliteChangeCursor>(database_, std::string(collection));
    }

    std::int64_t trim(std::int64_t kept) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run("DELETE FROM changes WHERE sequence <= min(?, ?)", latest(connection) - kept,
                                  oldest(connection) + trim_limit - 1);
        });
    }

private:
    SqliteDatabase& database_;
    ChangeLog log_;  ///< makes the table
};

}  // namespace

std::unique_ptr<ChangeFeed> open_sqlite_change_feed(SqliteDatabase& database) {
    return std::make_unique<SqliteChangeFeed>(database);
}

}  // namespace fitview::storage
