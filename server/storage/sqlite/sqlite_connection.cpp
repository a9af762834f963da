#include "storage/sqlite/sqlite_connection.hpp"

#include <sqlite3.h>

#include <iterator>
#include <stdexcept>

#include "storage/sqlite/sqlite_error.hpp"

namespace fitview::storage {
namespace {

// A reader keeps few pages: in WAL mode its cache is dropped at every change, and the kernel caches the file anyway.
constexpr const char* common_settings =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -4096;"
    "PRAGMA trusted_schema = OFF;";
constexpr const char* writer_settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA journal_size_limit = 67108864;";
constexpr const char* reader_settings = "PRAGMA query_only = ON;";

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Mode mode) : read_only_(mode == Mode::read_only) {
    const int create = mode == Mode::write ? SQLITE_OPEN_CREATE : 0;
    // No mutex of SQLite's own: a connection is used by one thread at a time.
    const int code =
        sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr);
    try {
        if (code != SQLITE_OK) throw_sqlite_error(handle_, code, "open");
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, busy_timeout_milliseconds);
        run_script(common_settings);
        run_script(mode == Mode::write ? writer_settings : reader_settings);
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    for (const Prepared& statement : statements_) sqlite3_finalize(statement.handle);
    sqlite3_close_v2(handle_);
}

Statement SqliteConnection::prepare(std::string_view sql) {
    const auto known = by_sql_.find(sql);
    if (known != by_sql_.end() && !known->second->in_use) {
        statements_.splice(statements_.begin(), statements_, known->second);
        known->second->in_use = true;
        return taken(known->second->handle);
    }
    sqlite3_stmt* const handle = compile(sql);
    if (known != by_sql_.end())
        return taken(handle);  // the same text is being stepped further out: this one is not kept
    if (statements_.size() >= statement_limit) drop_oldest_unused();
    statements_.push_front({.sql = std::string(sql), .handle = handle, .in_use = true});
    by_sql_.emplace(statements_.front().sql, statements_.begin());
    by_handle_.emplace(handle, statements_.begin());
    return taken(handle);
}

Statement SqliteConnection::taken(sqlite3_stmt* handle) {
    Statement statement(*this, handle);
    if (read_only_ && sqlite3_stmt_readonly(handle) == 0)
        throw std::logic_error("sqlite: a read closure must not write");
    return statement;
}

sqlite3_stmt* SqliteConnection::compile(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &handle, &rest);
    if (code != SQLITE_OK) throw_sqlite_error(handle_, code, "prepare");
    const std::string_view left = sql.substr(static_cast<std::size_t>(rest - sql.data()));
    if (handle == nullptr || left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(handle);
        throw std::logic_error("sqlite: a prepared text must be exactly one statement");
    }
    return handle;
}

void SqliteConnection::give_back(sqlite3_stmt* handle) noexcept {
    const auto kept = by_handle_.find(handle);
    if (kept == by_handle_.end()) {
        sqlite3_finalize(handle);
        return;
    }
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    kept->second->in_use = false;
}

void SqliteConnection::drop_oldest_unused() noexcept {
    for (auto oldest = statements_.end(); oldest != statements_.begin();) {
        --oldest;
        if (oldest->in_use) continue;
        by_sql_.erase(oldest->sql);
        by_handle_.erase(oldest->handle);
        sqlite3_finalize(oldest->handle);
        statements_.erase(oldest);
        return;
    }
}

void SqliteConnection::run_script(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_sqlite_error(handle_, code, "script");
}

std::int64_t SqliteConnection::last_insert_id() const {
    return sqlite3_last_insert_rowid(handle_);
}
bool SqliteConnection::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

bool SqliteConnection::try_rollback() noexcept {
    return sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK;
}

void SqliteConnection::sync_log() {
    sqlite3_file* log = nullptr;
    if (sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK || log == nullptr ||
        log->pMethods == nullptr) {
        return;  // a database in memory, or a log that was never written
    }
    const int code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK) throw_sqlite_error(nullptr, code, "sync");
}

void SqliteConnection::wait_for_disk_at_commit(bool wait) {
    run_script(wait ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}

}  // namespace fitview::storage
