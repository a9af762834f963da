#include "storage/sqlite/sqlite_database.hpp"
#include "style/style_store_contract.hpp"

namespace fitview::style {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<Store> open(Database& database) { return open_sqlite_store(database); }
};
INSTANTIATE_TYPED_TEST_SUITE_P(Style, StoreContract, testing::Types<InSqlite>);

}  // namespace
}  // namespace fitview::style
