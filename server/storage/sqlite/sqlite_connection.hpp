#pragma once
// One connection to an SQLite file with its prepared statements.
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/sqlite/statement.hpp"

struct sqlite3;

namespace fitview::storage {

/// A connection. Used by one thread at a time; SqliteDatabase hands it to closures and sees to that.
class SqliteConnection {
public:
    enum class Mode { write, read_only };

    /// How many prepared statements are kept; the one used longest ago goes first.
    static constexpr std::size_t statement_limit = 128;
    /// How long a statement waits for another process's lock.
    static constexpr int busy_timeout_milliseconds = 5000;

    /// Opens the file, which `write` creates when it is missing, in WAL mode with foreign keys on and full sync.
    /// ":memory:" is a database of this connection alone.
    /// Fails: Unavailable when it cannot be opened or is no database.
    SqliteConnection(const std::string& path, Mode mode);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    /// The statement for `sql` (exactly one), from the cache when it was used before.
    /// Fails: std::logic_error when the text is no statement.
    Statement prepare(std::string_view sql);

    /// Prepares, binds `values` from the first parameter on, and runs to the end. Returns the number of rows changed.
    template <class... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        return prepare(sql).bind_all(values...).run();
    }

    /// Runs a text of several statements without values, for migrations.
    void run_script(const std::string& sql);

    /// The row id of the last insert.
    std::int64_t last_insert_id() const;
    /// Whether a transaction is open. Some disk errors end it without being asked.
    bool in_transaction() const;

    /// Undoes the open transaction. Returns whether that worked.
    bool try_rollback() noexcept;

    /// Refuses statements that write (std::logic_error) as long as it lives.
    class ReadOnly {
    public:
        explicit ReadOnly(SqliteConnection& connection) : connection_(connection) { connection_.read_only_ = true; }
        ~ReadOnly() { connection_.read_only_ = false; }
        ReadOnly(const ReadOnly&) = delete;
        ReadOnly& operator=(const ReadOnly&) = delete;

    private:
        SqliteConnection& connection_;
    };

    /// Makes everything committed so far survive a loss of power, without a new transaction. Blocks for one fsync.
    void sync_log();
    /// Whether a commit waits for the disk. Only outside a transaction.
    void wait_for_disk_at_commit(bool wait);

private:
    friend class Statement;
    struct Prepared {
        std::string sql;
        sqlite3_stmt* handle;
        bool in_use;
    };
    Statement taken(sqlite3_stmt* handle);
    sqlite3_stmt* compile(std::string_view sql);
    void give_back(sqlite3_stmt* handle) noexcept;
    void drop_oldest_unused() noexcept;

    sqlite3* handle_ = nullptr;
    bool read_only_;
    std::list<Prepared> statements_;  ///< most recently used first
    std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_sql_;
    std::unordered_map<sqlite3_stmt*, std::list<Prepared>::iterator> by_handle_;
};

}  // namespace fitview::storage
