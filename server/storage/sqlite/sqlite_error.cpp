#include "storage/sqlite/sqlite_error.hpp"

#include <sqlite3.h>

#include <new>

#include "base/failure.hpp"

namespace fitview::storage {

bool UniqueViolation::concerns(std::string_view column) const {
    // SQLite says "UNIQUE constraint failed: users.email, users.tenant".
    const std::string_view text = what();
    for (std::size_t at = text.find(column); at != std::string_view::npos; at = text.find(column, at + 1)) {
        const bool starts = at > 0 && text[at - 1] == ' ';
        const std::size_t end = at + column.size();
        if (starts && (end == text.size() || text[end] == ',')) return true;
    }
    return false;
}

void throw_sqlite_error(sqlite3* connection, int code, std::string_view what) {
    const std::string message = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
    const std::string sentence = "sqlite: " + std::string(what) + ": " + message + " (" + std::to_string(code) + ")";
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                code == SQLITE_CONSTRAINT_ROWID) {
                throw UniqueViolation(message);
            }
            throw ConstraintViolation(message);
        case SQLITE_NOMEM:
            throw std::bad_alloc();
        case SQLITE_ERROR:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_MISMATCH:
        case SQLITE_AUTH:
            throw std::logic_error(sentence);
        default:
            throw Unavailable(sentence);
    }
}

}  // namespace fitview::storage
