#include "storage/sqlite/statement.hpp"

#include <sqlite3.h>

#include <stdexcept>

#include "base/failure.hpp"
#include "storage/sqlite/sqlite_connection.hpp"
#include "storage/sqlite/sqlite_error.hpp"

namespace fitview::storage {

void throw_unreadable_column(int column) {
    throw Unavailable("sqlite: column " + std::to_string(column) + " holds a value its type refuses");
}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() {
    if (handle_ != nullptr) connection_->give_back(handle_);
}

void Statement::check(int code, const char* what) const {
    if (code != SQLITE_OK) throw_sqlite_error(sqlite3_db_handle(handle_), code, what);
}

int Statement::find_position(const char* name) const {
    return sqlite3_bind_parameter_index(handle_, name);
}

int Statement::position_of(const char* name) const {
    const int position = find_position(name);
    if (position == 0) throw std::logic_error("sqlite: the statement has no parameter " + std::string(name));
    return position;
}

bool Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_sqlite_error(sqlite3_db_handle(handle_), code, "step");
}

std::int64_t Statement::run() {
    sqlite3* const connection = sqlite3_db_handle(handle_);
    const sqlite3_int64 before = sqlite3_total_changes64(connection);
    while (step()) {
    }
    // sqlite3_changes keeps the count of an earlier statement when this one is a read; triggers count only in the
    // total.
    const std::int64_t changed = sqlite3_total_changes64(connection) == before ? 0 : sqlite3_changes64(connection);
    rewind();
    return changed;
}

void Statement::rewind() {
    sqlite3_reset(handle_);  // repeats the error of the last step, which was thrown already
    sqlite3_clear_bindings(handle_);
}

std::variant<std::monostate, std::int64_t, double, std::string> Statement::stored(int column) const {
    switch (sqlite3_column_type(handle_, column)) {
        case SQLITE_NULL:
            return std::monostate();
        case SQLITE_INTEGER:
            return integer(column);
        case SQLITE_FLOAT:
            return real(column);
        default:
            return std::string(blob(column));  // of a text: its bytes
    }
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(handle_, column);
}

std::string_view Statement::text(int column) const {
    const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::blob(int column) const {
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

int Statement::columns() const {
    return sqlite3_column_count(handle_);
}
std::string_view Statement::column_name(int column) const {
    return sqlite3_column_name(handle_, column);
}

void Statement::bind_null(int position) {
    check(sqlite3_bind_null(handle_, position), "bind null");
}
void Statement::bind_integer(int position, std::int64_t value) {
    check(sqlite3_bind_int64(handle_, position, value), "bind integer");
}
void Statement::bind_real(int position, double value) {
    check(sqlite3_bind_double(handle_, position, value), "bind real");
}

void Statement::bind_text(int position, std::string_view value) {
    const char* const bytes = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
    check(sqlite3_bind_text64(handle_, position, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8), "bind text");
}

void Statement::bind_blob(int position, std::string_view value) {
    const char* const bytes = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_blob64(handle_, position, bytes, value.size(), SQLITE_TRANSIENT), "bind blob");
}

}  // namespace fitview::storage
