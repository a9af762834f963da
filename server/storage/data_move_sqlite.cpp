#include "storage/data_move.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"

namespace fitview::storage {

std::unique_ptr<Collection> open_sqlite_data_moves(SqliteDatabase& database) {
    migrate(database, "data_moves",
            {{"create data moves",
              "CREATE TABLE data_moves (id TEXT PRIMARY KEY, source TEXT NOT NULL, started_at INTEGER NOT NULL, "
              "finished_at INTEGER) STRICT;"}});
    return open_rows(database, rows_of<DataMove>(data_moves, "id"));
}

}  // namespace fitview::storage
