#pragma once
// One prepared statement: bind, step, read columns.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "storage/sqlite/sqlite_value.hpp"

struct sqlite3_stmt;

namespace fitview::storage {

class SqliteConnection;

/// A prepared statement, borrowed from its connection's cache and given back, reset and without its values, at the end
/// of its life. It must not outlive the connection, and belongs to the thread that uses the connection.
///
///     Statement find = connection.prepare("SELECT name, price FROM products WHERE id = ?");
///     find.bind(1, product_id);
///     if (!find.step()) return std::nullopt;
///     return Named{find.get<std::string>(0), find.get<Price>(1)};
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// Sets the parameter at `position`, counted from 1. Values are copied. What may be bound: see sqlite_value.hpp.
    template <class T>
    Statement& bind(int position, const T& value) {
        bind_value(*this, position, value);
        return *this;
    }
    /// Sets the parameter called `name` (with its colon: ":user_id"). Fails: std::logic_error when there is none.
    template <class T>
    Statement& bind(const char* name, const T& value) {
        return bind(position_of(name), value);
    }
    /// Sets the parameters from the first on.
    template <class... Values>
    Statement& bind_all(const Values&... values) {
        int position = 0;
        (bind(++position, values), ...);
        return *this;
    }

    /// Goes to the next row. Returns false when there is none; after that only `rewind` or the end may follow.
    /// Fails: what throw_sqlite_error says.
    bool step();
    /// Steps to the end and makes the statement ready for other values. Returns the number of rows it changed.
    /// Fails: as step.
    std::int64_t run();
    /// Back to the start, values forgotten.
    void rewind();

    /// Column `column` (from 0) of the current row as a T; what may be read: see sqlite_value.hpp.
    /// Fails: Unavailable when the stored value is none of T.
    template <class T>
    T get(int column) const {
        return read_value<T>(*this, column);
    }
    /// The column as it is stored. Texts and blobs are valid until the next step.
    std::variant<std::monostate, std::int64_t, double, std::string> stored(int column) const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;
    std::string_view blob(int column) const;
    int columns() const;
    std::string_view column_name(int column) const;

    /// The parameter's position, or 0 when the statement has none of that name.
    int find_position(const char* name) const;

    void bind_null(int position);
    void bind_integer(int position, std::int64_t value);
    void bind_real(int position, double value);
    void bind_text(int position, std::string_view value);
    void bind_blob(int position, std::string_view value);

private:
    friend class SqliteConnection;
    Statement(SqliteConnection& connection, sqlite3_stmt* handle) : connection_(&connection), handle_(handle) {}
    int position_of(const char* name) const;
    void check(int code, const char* what) const;

    SqliteConnection* connection_;
    sqlite3_stmt* handle_;
};

}  // namespace fitview::storage
