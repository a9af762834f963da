#include <set>
#include <stdexcept>

#include "storage/change_feed.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::storage {
namespace {

void check_limit(int limit) {
    if (limit < 1 || limit > ChangeCursor::read_limit) throw std::invalid_argument("change feed: limit out of range");
}

class StreamCursor final : public ChangeCursor {
public:
    explicit StreamCursor(std::unique_ptr<MongoChangeStream> stream) : stream_(std::move(stream)) {}

    Changes next(int limit) override {
        check_limit(limit);
        Changes changes;
        changes.complete = stream_->next(changes.ids, limit) == MongoChangeStream::Outcome::fine;
        return changes;
    }

private:
    std::unique_ptr<MongoChangeStream> stream_;
};

/// Follows `changed_at`. A transaction that commits late shows a time that has passed already: the last moments are
/// read again each time, and what was told of them is not told twice.
class WatermarkCursor final : public ChangeCursor {
public:
    WatermarkCursor(MongoDatabase& database, std::string collection)
        : database_(database), collection_(std::move(collection)), from_(database.server_time() - overlap) {}

    Changes next(int limit) override {
        check_limit(limit);
        Changes changes;
        const auto enough = [&] { return static_cast<int>(changes.ids.size()) >= limit; };
        for (Timestamp last = from_; !enough();) {
            const auto page = database_.find(
                collection_, bson("changed_at", bson("$gte", last)),
                {.sort = bson("changed_at", 1), .limit = read_limit, .projection = bson("changed_at", 1)});
            const Timestamp began = last;
            for (const Document& document : page) {
                if (enough()) break;
                last = Timestamp::from_milliseconds(find_member(document, "changed_at")->date());
                std::string id = to_hex(find_member(document, "_id")->id());
                if (told_.emplace(last, id).second) changes.ids.push_back(std::move(id));
            }
            from_ = std::max(from_, last - overlap);
            if (static_cast<int>(page.size()) < read_limit || last == began) break;
        }
        told_.erase(told_.begin(), told_.lower_bound({from_, std::string()}));
        return changes;
    }

private:
    /// Longer than any unit of work goes on trying, so that none commits behind it.
    static constexpr Milliseconds overlap = std::chrono::seconds(20);

    MongoDatabase& database_;
    const std::string collection_;
    Timestamp from_;
    std::set<std::pair<Timestamp, std::string>> told_;
};

class MongoChangeFeed final : public ChangeFeed {
public:
    explicit MongoChangeFeed(MongoDatabase& database) : database_(database) {}

    std::unique_ptr<ChangeCursor> follow(std::string_view collection) override {
        if (auto stream = database_.watch(collection)) return std::make_unique<StreamCursor>(std::move(stream));
        return open_mongo_watermark(database_, collection);
    }

    std::int64_t trim(std::int64_t) override { return 0; }

private:
    MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<ChangeCursor> open_mongo_watermark(MongoDatabase& database, std::string_view collection) {
    return std::make_unique<WatermarkCursor>(database, std::string(collection));
}

std::unique_ptr<ChangeFeed> open_mongo_change_feed(MongoDatabase& database) {
    return std::make_unique<MongoChangeFeed>(database);
}

}  // namespace fitview::storage
