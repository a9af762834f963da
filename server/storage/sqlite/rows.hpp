#pragma once
// Whole rows to and from described types: one column per member, named like it (reflect/columns.hpp says how each is
// kept). Heavy (Boost.JSON): for the .cpp files of SQLite adapters.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.hpp"
#include "reflect/columns.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {

/// The columns of T for a SELECT, as `read_row` expects them: "id, name", or with a prefix "p.id, p.name".
template <reflect::DescribedStruct T>
std::string column_list(std::string_view prefix = {}) {
    std::string list;
    for (const std::string& name : reflect::column_names<T>()) {
        if (!list.empty()) list += ", ";
        if (!prefix.empty()) list.append(prefix).append(".");
        list += name;
    }
    return list;
}

/// What follows INSERT INTO table: "(id, name) VALUES (:id, :name)", for `bind_row`.
template <reflect::DescribedStruct T>
std::string insert_list() {
    std::string values;
    for (const std::string& name : reflect::column_names<T>()) values += (values.empty() ? ":" : ", :") + name;
    return "(" + column_list<T>() + ") VALUES (" + values + ")";
}

/// What follows UPDATE table SET: "name = :name, price = :price", every column but those of `except`, for `bind_row`.
template <reflect::DescribedStruct T>
std::string assignment_list(std::initializer_list<std::string_view> except) {
    std::string list;
    for (const std::string& name : reflect::column_names<T>()) {
        if (std::find(except.begin(), except.end(), name) != except.end()) continue;
        list += (list.empty() ? "" : ", ") + name + " = :" + name;
    }
    return list;
}

/// "INSERT INTO users (id, …) VALUES (?, …)", for `bind_members`.
template <reflect::DescribedStruct T>
std::string insert_sql(std::string_view table) {
    std::string marks;
    for (std::size_t at = 0; at < reflect::member_count<T>; ++at) marks += at == 0 ? "?" : ", ?";
    return "INSERT INTO " + std::string(table) + " (" + column_list<T>() + ") VALUES (" + marks + ")";
}

/// "UPDATE users SET id = ?, …", for `bind_members`; further parameters follow.
template <reflect::DescribedStruct T>
std::string update_sql(std::string_view table) {
    std::string assignments;
    for (const std::string& name : reflect::column_names<T>()) {
        assignments += (assignments.empty() ? "" : ", ") + name + " = ?";
    }
    return "UPDATE " + std::string(table) + " SET " + assignments;
}

/// Sets one parameter to a column of reflect.
inline void bind_column(Statement& statement, int position, const reflect::Column& column) {
    if (const auto* number = std::get_if<std::int64_t>(&column)) return statement.bind_integer(position, *number);
    if (const auto* real = std::get_if<double>(&column)) return statement.bind_real(position, *real);
    if (const auto* text = std::get_if<std::string>(&column)) return statement.bind_text(position, *text);
    statement.bind_null(position);
}

/// Sets every parameter that is called like a member of `row` (":name"); the statement need not have all of them.
template <reflect::DescribedStruct T>
Statement& bind_row(Statement& statement, const T& row) {
    reflect::for_each_member<T>([&](std::string_view name, auto pointer) {
        const int position = statement.find_position((":" + std::string(name)).c_str());
        if (position > 0) bind_column(statement, position, reflect::to_column(row.*pointer));
    });
    return statement;
}

/// Sets the parameters from `first` on to the members of `value`, in order; returns the position after them.
template <reflect::DescribedStruct T>
int bind_members(Statement& statement, const T& value, int first = 1) {
    for (const reflect::Column& column : reflect::to_columns(value)) bind_column(statement, first++, column);
    return first;
}

/// Inserts one row. Fails: as Statement::run.
template <reflect::DescribedStruct T>
void insert_row(SqliteConnection& connection, std::string_view table, const T& value) {
    Statement statement = connection.prepare(insert_sql<T>(table));
    bind_members(statement, value);
    statement.run();
}

/// The current row's columns from `first` on, selected by `column_list<T>()`.
/// Fails: Unavailable when they hold no T.
template <reflect::DescribedStruct T>
T read_row(const Statement& statement, int first = 0) {
    int column = first;
    try {
        return reflect::from_columns<T>([&](std::string_view) { return statement.stored(column++); });
    } catch (const std::runtime_error& fault) {
        throw Unavailable(std::string("sqlite: a stored row cannot be read: ") + fault.what());
    }
}

/// The next row, if there is one.
template <reflect::DescribedStruct T>
std::optional<T> read_next(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return read_row<T>(statement);
}

/// All rows that are left; the statement must have a LIMIT.
template <reflect::DescribedStruct T>
std::vector<T> read_rows(Statement& statement) {
    std::vector<T> rows;
    while (statement.step()) rows.push_back(read_row<T>(statement));
    return rows;
}

}  // namespace fitview::storage
