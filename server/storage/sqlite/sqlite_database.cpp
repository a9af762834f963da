#include "storage/sqlite/sqlite_database.hpp"

#include <stdexcept>
#include <vector>

#include "base/failure.hpp"
#include "storage/sqlite/sqlite_writer.hpp"

namespace fitview::storage {
namespace {

constexpr const char* memory_path = ":memory:";

/// The closure the calling thread is in; a chain, since closures of two databases may nest.
struct Scope {
    const void* database;
    SqliteConnection* connection;
    std::vector<std::function<void()>>* after_commit;  ///< null in a read
    Durability durability;
    Scope* outer;
};
thread_local Scope* innermost_scope = nullptr;

Scope* scope_of(const void* database) {
    Scope* scope = innermost_scope;
    while (scope != nullptr && scope->database != database) scope = scope->outer;
    return scope;
}

class Entered {
public:
    Entered(const void* database, SqliteConnection& connection, Durability durability,
            std::vector<std::function<void()>>* after_commit)
        : scope_{.database = database,
                 .connection = &connection,
                 .after_commit = after_commit,
                 .durability = durability,
                 .outer = innermost_scope} {
        innermost_scope = &scope_;
    }
    ~Entered() { innermost_scope = scope_.outer; }
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;

private:
    Scope scope_;
};

/// Runs `work` so that its changes alone can be undone.
void run_nested(SqliteConnection& connection, const WriteFunction& work) {
    connection.run("SAVEPOINT nested");
    try {
        work(connection);
    } catch (...) {
        if (connection.in_transaction()) {
            connection.run("ROLLBACK TO nested");
            connection.run("RELEASE nested");
        }
        throw;
    }
    connection.run("RELEASE nested");
}

/// The connections of threads that read. Thread-safe.
class Readers {
public:
    explicit Readers(std::string path) : path_(std::move(path)) {}

    std::unique_ptr<SqliteConnection> take() {
        {
            std::unique_lock guard(lock_);
            const bool free = returned_.wait_for(guard, SqliteDatabase::reader_wait, [this] {
                return !idle_.empty() || taken_ < SqliteDatabase::reader_limit;
            });
            if (!free) throw Unavailable("sqlite: every reader is busy");
            ++taken_;
            if (!idle_.empty()) {
                std::unique_ptr<SqliteConnection> connection =
                    std::move(idle_.back());  // the one with the warmest cache
                idle_.pop_back();
                return connection;
            }
        }
        try {
            return std::make_unique<SqliteConnection>(path_, SqliteConnection::Mode::read_only);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    void give_back(std::unique_ptr<SqliteConnection> connection) {
        const std::lock_guard guard(lock_);
        --taken_;
        if (connection) idle_.push_back(std::move(connection));
        returned_.notify_one();
    }

private:
    const std::string path_;
    std::mutex lock_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
    std::size_t taken_ = 0;
};

class SqliteUnitOfWork final : public UnitOfWork {
public:
    explicit SqliteUnitOfWork(SqliteDatabase& database) : database_(database) {}
    void run(Durability durability, const std::function<void()>& work) override {
        database_.write(durability, [&work](SqliteConnection&) { work(); });
    }
    void after_commit(std::function<void()> action) override { database_.after_commit(std::move(action)); }

private:
    SqliteDatabase& database_;
};

}  // namespace

struct SqliteDatabase::Inside {
    explicit Inside(const std::string& path)
        : in_memory(path == memory_path),
          connection(path, SqliteConnection::Mode::write),
          readers(path),
          writer(connection, lock, in_memory ? SqliteWriter::Medium::memory : SqliteWriter::Medium::disk) {}

    const bool in_memory;
    std::mutex lock;  ///< of `connection`
    SqliteConnection connection;
    Readers readers;
    SqliteWriter writer;
};

SqliteDatabase::SqliteDatabase(const std::string& path) : inside_(std::make_unique<Inside>(path)) {}
SqliteDatabase::SqliteDatabase(SqliteDatabase&&) noexcept = default;
SqliteDatabase::~SqliteDatabase() = default;

SqliteDatabase SqliteDatabase::open(const std::string& path) {
    return SqliteDatabase(path);
}
SqliteDatabase SqliteDatabase::in_memory() {
    return SqliteDatabase(memory_path);
}

void SqliteDatabase::run_write(Durability durability, const Work& work) {
    if (const Scope* scope = scope_of(inside_.get())) {
        if (scope->after_commit == nullptr) throw std::logic_error("sqlite: a read closure must not write");
        if (scope->durability == Durability::relaxed && durability == Durability::durable) {
            throw std::logic_error("sqlite: a durable write cannot join a relaxed one");
        }
        run_nested(*scope->connection, work);
        return;
    }
    std::vector<std::function<void()>> after_commit;
    inside_->writer.run(durability, [&](SqliteConnection& connection) {
        const Entered entered(inside_.get(), connection, durability, &after_commit);
        work(connection);
    });
    for (const std::function<void()>& action : after_commit) action();
}

void SqliteDatabase::after_commit(std::function<void()> action) {
    const Scope* const scope = scope_of(inside_.get());
    if (scope == nullptr || scope->after_commit == nullptr) {
        action();
    } else {
        scope->after_commit->push_back(std::move(action));
    }
}

void SqliteDatabase::run_read(const Work& work) {
    if (const Scope* scope = scope_of(inside_.get())) {
        work(*scope->connection);
        return;
    }
    if (inside_->in_memory) {
        const std::lock_guard guard(inside_->lock);
        const Entered entered(inside_.get(), inside_->connection, Durability::relaxed, nullptr);
        const SqliteConnection::ReadOnly read_only(inside_->connection);
        work(inside_->connection);
        return;
    }
    std::unique_ptr<SqliteConnection> connection = inside_->readers.take();
    try {
        const Entered entered(inside_.get(), *connection, Durability::relaxed, nullptr);
        connection->run("BEGIN");
        work(*connection);
        connection->run("COMMIT");
    } catch (...) {
        // A connection whose transaction does not end is thrown away with whatever is wrong with it.
        if (connection->in_transaction() && !connection->try_rollback()) connection.reset();
        inside_->readers.give_back(std::move(connection));
        throw;
    }
    inside_->readers.give_back(std::move(connection));
}

std::unique_ptr<UnitOfWork> open_sqlite_unit_of_work(SqliteDatabase& database) {
    return std::make_unique<SqliteUnitOfWork>(database);
}

}  // namespace fitview::storage
