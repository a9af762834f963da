#pragma once
// A table as a collection of whole documents. For the .cpp files of SQLite adapters.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/collection.hpp"
#include "storage/sqlite/rows.hpp"

namespace fitview::storage {

/// How documents lie in tables. The key is one text in ?1.
struct RowMapping {
    std::string name;    ///< of the collection
    std::string table;   ///< has a row for each document
    std::string select;  ///< "SELECT id, … FROM users": the key first
    std::string after = "id > ?1";
    std::string order = "id";
    std::vector<std::string> removals;  ///< "DELETE FROM users WHERE id = ?1"
    std::function<StoredDocument(const Statement&)> read;
    std::function<void(SqliteConnection&, const std::string& text)> insert;
    int page_limit = page_of_documents;
};

/// `database` must outlive it.
std::unique_ptr<Collection> open_rows(SqliteDatabase& database, RowMapping mapping);

/// What `table` holds, a row for each T, the column `key` being its key.
template <reflect::DescribedStruct T>
RowMapping rows_of(const std::string& table, const std::string& key) {
    return {
        .name = table,
        .table = table,
        .select = "SELECT " + key + ", " + column_list<T>() + " FROM " + table,
        .after = key + " > ?1",
        .order = key,
        .removals = {"DELETE FROM " + table + " WHERE " + key + " = ?1"},
        .read =
            [](const Statement& row) {
                return StoredDocument{row.get<std::string>(0), reflect::encode_text(read_row<T>(row, 1)), {}};
            },
        .insert = [table](SqliteConnection& connection,
                          const std::string& text) { insert_row(connection, table, reflect::decode_own<T>(text)); }};
}

}  // namespace fitview::storage
