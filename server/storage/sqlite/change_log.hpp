#pragma once
// What changed in an SQLite database, in the order of commits; change feeds read it.
#include <cstdint>
#include <string_view>

namespace fitview::storage {

class SqliteDatabase;

/// Thread-safe; blocks. Fails: Unavailable.
class ChangeLog {
public:
    /// Makes the table when it is missing. `database` must outlive the log.
    explicit ChangeLog(SqliteDatabase& database);

    /// Records a change. Called inside the write that changes the document, so that the two are kept together or not at
    /// all.
    void append(std::string_view collection, std::string_view id, std::int64_t revision);

private:
    SqliteDatabase& database_;
};

}  // namespace fitview::storage
