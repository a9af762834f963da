#pragma once
// An SQLite database as the stores use it: closures that read, closures that write.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "storage/durability.hpp"
#include "storage/sqlite/sqlite_connection.hpp"
#include "storage/sqlite/sqlite_error.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::storage {

/// One SQLite database, shared by every store of the process. Several processes may have the same file open.
///
/// Thread-safe; `read` and `write` block. A closure gets a connection that is its own until it returns; it must keep
/// neither the connection nor a Statement. Closures must be short: nothing else is written while one runs. They open no
/// transaction.
///
/// What a closure throws comes out of the call. Besides that both fail with Unavailable when the file cannot be read or
/// written, is broken or stays locked by another process; its text is for the log.
///
/// Calls may nest, on the same thread: a `read` or `write` inside a `write` joins it, sees what it wrote, and is kept
/// or undone with it; the inner write alone is undone when its exception is caught in between. So several stores join
/// one unit of work without knowing it. A `write` inside a `read`, or a durable one inside a relaxed one, is a
/// std::logic_error.
class SqliteDatabase {
public:
    /// How many `read` calls run at once; more wait up to `reader_wait`, then fail with Unavailable.
    static constexpr std::size_t reader_limit = 32;
    static constexpr std::chrono::seconds reader_wait{5};

    /// Opens the file at `path` and makes it when it is missing (its folder must exist): WAL, foreign keys, full sync.
    static SqliteDatabase open(const std::string& path);
    /// A database that lives and dies with the object, for tests. Closures run one at a time.
    static SqliteDatabase in_memory();

    /// Finishes the writes that were accepted. No call may be running or follow.
    ~SqliteDatabase();
    /// Stores keep references: move only before any was given out.
    SqliteDatabase(SqliteDatabase&&) noexcept;
    SqliteDatabase& operator=(SqliteDatabase&&) = delete;

    /// Runs `function(SqliteConnection&)` on the writer thread and returns its result once it is committed as
    /// `durability` asks. Closures of all callers run one after another, each in a savepoint: one that throws undoes
    /// its own changes only. Those that wait together share a transaction (up to 64 closures or 2 ms) and its fsync.
    /// Fails: Unavailable too when 1024 closures are waiting already; after Unavailable nothing was kept, except that a
    /// commit whose fsync failed may still be there after a restart.
    template <class Function>
    auto write(Durability durability, Function&& function) {
        return with_result<Function>(function, [&](const Work& work) { run_write(durability, work); });
    }

    /// Runs `function(SqliteConnection&)` on the calling thread and returns its result. It sees one state of the
    /// database, with every write that was acknowledged before, and may only read (std::logic_error).
    template <class Function>
    auto read(Function&& function) {
        return with_result<Function>(function, [&](const Work& work) { run_read(work); });
    }

    /// Runs `action` once the write the calling thread is in is committed, on the thread that called it, before it
    /// returns; at once outside of a write. Not at all when that write fails. For messages to others; it must not
    /// throw.
    void after_commit(std::function<void()> action);

private:
    using Work = std::function<void(SqliteConnection&)>;
    struct Inside;

    explicit SqliteDatabase(const std::string& path);
    void run_write(Durability durability, const Work& work);
    void run_read(const Work& work);

    template <class Function, class Run>
    static auto with_result(Function& function, const Run& run) {
        using Result = std::invoke_result_t<Function&, SqliteConnection&>;
        if constexpr (std::is_void_v<Result>) {
            run([&function](SqliteConnection& connection) { function(connection); });
        } else {
            std::optional<Result> result;
            run([&](SqliteConnection& connection) { result.emplace(function(connection)); });
            return Result(*std::move(result));
        }
    }

    std::unique_ptr<Inside> inside_;
};

/// Lets services bundle calls to stores inside `database`, which must outlive it.
std::unique_ptr<UnitOfWork> open_sqlite_unit_of_work(SqliteDatabase& database);

}  // namespace fitview::storage
