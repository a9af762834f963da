#pragma once
// Rows of described structs: one column per member, named like it, never by position in the file.
// Composed members (lists, maps, structs) are kept as their JSON text.
#include <string>
#include <string_view>

#include "reflect/columns.hpp"
#include "storage/sqlite/sqlite_connection.hpp"

namespace fitview::storage {

/// "id, email, name": what `read_row<T>` expects to be selected first.
template <reflect::DescribedStruct T>
const std::string& column_list() {
    static const std::string list = [] {
        std::string names;
        for (const std::string& name : reflect::column_names<T>()) names += (names.empty() ? "" : ", ") + name;
        return names;
    }();
    return list;
}

/// "INSERT INTO users (id, …) VALUES (?, …)"
template <reflect::DescribedStruct T>
std::string insert_sql(std::string_view table) {
    std::string marks;
    for (std::size_t at = 0; at < reflect::member_count<T>; ++at) marks += at == 0 ? "?" : ", ?";
    return "INSERT INTO " + std::string(table) + " (" + column_list<T>() + ") VALUES (" + marks + ")";
}

/// "UPDATE users SET id = ?, …": members in order, further parameters follow.
template <reflect::DescribedStruct T>
std::string update_sql(std::string_view table) {
    std::string assignments;
    for (const std::string& name : reflect::column_names<T>())
        assignments += (assignments.empty() ? "" : ", ") + name + " = ?";
    return "UPDATE " + std::string(table) + " SET " + assignments;
}

inline void bind_column(Statement& statement, int position, const reflect::Column& column) {
    if (const auto* number = std::get_if<std::int64_t>(&column))
        statement.bind_integer(position, *number);
    else if (const auto* real = std::get_if<double>(&column))
        statement.bind_real(position, *real);
    else if (const auto* text = std::get_if<std::string>(&column))
        statement.bind_text(position, *text);
    else
        statement.bind_null(position);
}

/// Binds the members of `value` to the parameters from `first` on; returns the position after them.
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

/// The current row as a T; its columns were selected with `column_list<T>()`, from column `first` on.
template <reflect::DescribedStruct T>
T read_row(const Statement& statement, int first = 0) {
    int position = first;
    // Columns are asked for in the order of the members, which is the order they were selected in.
    return reflect::from_columns<T>([&](std::string_view) -> reflect::Column { return statement.stored(position++); });
}

}  // namespace fitview::storage
