#include "identity/session_store_contract.hpp"
#include "identity/user_store_contract.hpp"
#include "storage/mongo/mongo_fixture.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::identity {
namespace {

struct InSqlite {
    using Database = storage::SqliteDatabase;
    static Database open_empty() { return Database::in_memory(); }
    static std::unique_ptr<UserStore> open_users(Database& database) { return open_sqlite_user_store(database); }
    static std::unique_ptr<SessionStore> open_sessions(Database& database) {
        return open_sqlite_session_store(database);
    }
};
struct InMongo {
    using Database = storage::MongoTestDatabase;
    static Database open_empty() { return {}; }
    static std::unique_ptr<UserStore> open_users(Database& database) { return database.opened(open_mongo_user_store); }
    static std::unique_ptr<SessionStore> open_sessions(Database& database) {
        return database.opened(open_mongo_session_store);
    }
};
using Backends = testing::Types<InSqlite, InMongo>;
INSTANTIATE_TYPED_TEST_SUITE_P(Identity, UserStoreContract, Backends);
INSTANTIATE_TYPED_TEST_SUITE_P(Identity, SessionStoreContract, Backends);

}  // namespace
}  // namespace fitview::identity
