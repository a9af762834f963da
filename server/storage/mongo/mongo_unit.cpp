#include "storage/mongo/mongo_unit.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>

namespace fitview::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds retry_for{10};
constexpr std::int64_t commit_milliseconds_max = 5000;
constexpr int pause_steps_max = 7;  ///< pauses between attempts grow up to 2^7 ms

thread_local MongoUnit* innermost_unit = nullptr;

MongoTransaction transaction_options(Durability durability) {
    MongoTransaction options(mongoc_transaction_opts_new());
    const MongoReadConcern read(mongoc_read_concern_new());
    mongoc_read_concern_set_level(read.get(), MONGOC_READ_CONCERN_LEVEL_SNAPSHOT);
    mongoc_transaction_opts_set_read_concern(options.get(), read.get());
    const MongoWriteConcern write(mongoc_write_concern_new());
    mongoc_write_concern_set_w(write.get(), durability == Durability::durable ? MONGOC_WRITE_CONCERN_W_MAJORITY : 1);
    mongoc_transaction_opts_set_write_concern(options.get(), write.get());
    mongoc_transaction_opts_set_max_commit_time_ms(options.get(), commit_milliseconds_max);
    return options;
}

/// Waits a random while, longer from attempt to attempt, so that two that collided do not again.
void pause_before(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most = 1 << std::min(attempt, pause_steps_max);
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(0, most)(random)));
}

enum class Commit { done, begin_anew };

/// Commits; where the answer was lost, again until it is known.
Commit commit(mongoc_client_session_t* session, SteadyClock::time_point deadline) {
    for (;;) {
        Reply reply;
        bson_error_t error{};
        if (mongoc_client_session_commit_transaction(session, reply.fill(), &error)) return Commit::done;
        const bool late = SteadyClock::now() >= deadline;
        if (!late && mongoc_error_has_label(reply.get(), "UnknownTransactionCommitResult")) continue;
        if (!late && mongoc_error_has_label(reply.get(), "TransientTransactionError")) return Commit::begin_anew;
        throw_unavailable("commit", error);
    }
}

using Actions = std::vector<std::function<void()>>;

/// One attempt at `work`. Once it is committed returns what is to follow; nothing when it must begin anew.
std::optional<Actions> attempt(const void* database, mongoc_client_t* client, Durability durability,
                               const std::function<void()>& work, SteadyClock::time_point deadline) {
    bson_error_t error{};
    const MongoSession session(mongoc_client_start_session(client, nullptr, &error));
    if (!session) throw_unavailable("start a session", error);
    const MongoTransaction options = transaction_options(durability);
    if (!mongoc_client_session_start_transaction(session.get(), options.get(), &error)) {
        throw_unavailable("start a transaction", error);
    }
    MongoUnit unit{
        .database = database, .client = client, .session = session.get(), .durability = durability, .after_commit = {}};
    const auto undo = [&] {
        bson_error_t ignored{};  // a transaction that is not aborted ends with its session
        mongoc_client_session_abort_transaction(session.get(), &ignored);
    };
    try {
        const EnteredMongoUnit entered(unit);
        work();
    } catch (...) {
        undo();
        if (unit.transient && SteadyClock::now() < deadline) return std::nullopt;
        throw;
    }
    if (unit.transient || unit.broken) {
        undo();
        if (unit.transient && SteadyClock::now() < deadline) return std::nullopt;
        throw Unavailable("mongodb: a part of the unit of work failed");
    }
    if (commit(session.get(), deadline) == Commit::begin_anew) return std::nullopt;
    return std::move(unit.after_commit);
}

class MongoUnitOfWork final : public UnitOfWork {
public:
    explicit MongoUnitOfWork(MongoDatabase& database) : database_(database) {}
    void run(Durability durability, const std::function<void()>& work) override { database_.run(durability, work); }
    void after_commit(std::function<void()> action) override { database_.after_commit(std::move(action)); }

private:
    MongoDatabase& database_;
};

}  // namespace

MongoUnit* mongo_unit_of(const void* database) {
    MongoUnit* unit = innermost_unit;
    while (unit != nullptr && unit->database != database) unit = unit->outer;
    return unit;
}

EnteredMongoUnit::EnteredMongoUnit(MongoUnit& unit) {
    unit.outer = innermost_unit;
    innermost_unit = &unit;
}
EnteredMongoUnit::~EnteredMongoUnit() {
    innermost_unit = innermost_unit->outer;
}

void throw_unavailable(std::string_view call, const bson_error_t& error) {
    throw Unavailable("mongodb: " + std::string(call) + ": " + error.message + " (" + std::to_string(error.code) + ")");
}

MongoCall::MongoCall(const MongoDatabase& database, std::string_view collection)
    : name_(collection), unit_(mongo_unit_of(&database)) {
    if (unit_ != nullptr) {
        client_ = unit_->client;
        if (!mongoc_client_session_append(unit_->session, options_.get(), &error)) fail();
    } else {
        lent_ = std::make_unique<LentClient>(database.connections_.inside_->pool.get());
        client_ = lent_->get();
        if (client_ == nullptr) throw Unavailable("mongodb: every connection is busy");
    }
    collection_.reset(mongoc_client_get_collection(client_, database.name_.c_str(), name_.c_str()));
}

bson_t* MongoCall::options_for(Durability durability) {
    if (unit_ == nullptr) {
        const MongoWriteConcern concern(mongoc_write_concern_new());
        mongoc_write_concern_set_w(concern.get(),
                                   durability == Durability::durable ? MONGOC_WRITE_CONCERN_W_MAJORITY : 1);
        mongoc_write_concern_append(concern.get(), options_.get());
    } else if (unit_->durability == Durability::relaxed && durability == Durability::durable) {
        throw std::logic_error("mongodb: a durable write cannot join a relaxed unit of work");
    }
    return options_.get();
}

bool MongoCall::is_duplicate() const {
    return error.code == MONGOC_ERROR_DUPLICATE_KEY;
}

void MongoCall::fail(const bson_t* answer) {
    if (unit_ != nullptr) {
        unit_->broken = true;
        // A key that appeared since the transaction began: the next attempt sees it.
        const bool again =
            mongoc_error_has_label(answer != nullptr ? answer : reply.get(), "TransientTransactionError");
        if (again || is_duplicate()) unit_->transient = true;
    }
    throw_unavailable(name_, error);
}

void MongoDatabase::run(Durability durability, const std::function<void()>& work) {
    if (MongoUnit* const unit = mongo_unit_of(this)) {
        if (unit->durability == Durability::relaxed && durability == Durability::durable) {
            throw std::logic_error("mongodb: a durable unit of work cannot join a relaxed one");
        }
        try {
            work();
        } catch (...) {
            unit->broken = true;  // MongoDB has no savepoints: what it changed cannot be undone alone
            throw;
        }
        return;
    }
    const auto deadline = SteadyClock::now() + retry_for;
    for (int number = 0;; ++number) {
        std::optional<Actions> done;
        {
            const LentClient lent(connections_.inside_->pool.get());
            if (lent.get() == nullptr) throw Unavailable("mongodb: every connection is busy");
            done = attempt(this, lent.get(), durability, work, deadline);
        }
        if (done) {
            for (const std::function<void()>& action : *done) action();
            return;
        }
        pause_before(number);
    }
}

void MongoDatabase::after_commit(std::function<void()> action) {
    if (MongoUnit* const unit = mongo_unit_of(this)) {
        unit->after_commit.push_back(std::move(action));
    } else {
        action();
    }
}

std::unique_ptr<UnitOfWork> open_mongo_unit_of_work(MongoDatabase& database) {
    return std::make_unique<MongoUnitOfWork>(database);
}

}  // namespace fitview::storage
