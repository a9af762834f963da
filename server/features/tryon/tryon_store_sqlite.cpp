#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::tryon {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

const char* const create_tables =
    "CREATE TABLE tryon_sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, kind TEXT NOT NULL, model_id TEXT, "
    "product_id TEXT NOT NULL, retailer_id TEXT, model_name TEXT NOT NULL, product_name TEXT NOT NULL, person_key TEXT "
    "NOT NULL, "
    "person_hash TEXT NOT NULL, garment_key TEXT NOT NULL, garment_hash TEXT NOT NULL, garment_category TEXT NOT NULL, "
    "options TEXT NOT NULL, fit_points TEXT, size_scale REAL NOT NULL, input_hash TEXT NOT NULL, status TEXT NOT NULL, "
    "progress INTEGER "
    "NOT NULL, stage TEXT NOT "
    "NULL, "
    "fence INTEGER NOT NULL, result_key TEXT, mask_key TEXT, quality TEXT, cached INTEGER NOT NULL, is_favorite "
    "INTEGER NOT NULL, "
    "ai_provider TEXT, processing_time_ms INTEGER, error TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT "
    "NULL, "
    "expires_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX tryon_user_created ON tryon_sessions (user_id, created_at DESC, id DESC);"
    "CREATE INDEX tryon_retailer_created ON tryon_sessions (retailer_id, created_at DESC);"
    "CREATE INDEX tryon_product_created ON tryon_sessions (product_id, created_at DESC);"
    "CREATE INDEX tryon_user_favorite ON tryon_sessions (user_id, is_favorite);"
    "CREATE INDEX tryon_expires ON tryon_sessions (expires_at);"
    "CREATE INDEX tryon_pending ON tryon_sessions (updated_at) WHERE status = 'pending';"
    "CREATE TABLE tryon_results (input_hash TEXT PRIMARY KEY, result_key TEXT NOT NULL, mask_key TEXT, quality TEXT "
    "NOT NULL, "
    "ai_provider TEXT NOT NULL, processing_time_ms INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX tryon_results_key ON tryon_results (result_key);"
    "CREATE TABLE consents (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, purpose TEXT NOT NULL, text_version INTEGER "
    "NOT NULL, "
    "given_at INTEGER NOT NULL, withdrawn_at INTEGER) STRICT;"
    "CREATE INDEX consents_user ON consents (user_id, given_at);";

const char* const add_outfits =
    "ALTER TABLE tryon_sessions ADD COLUMN outfit TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE tryon_sessions ADD COLUMN garment_fit_points TEXT;"
    "ALTER TABLE tryon_sessions ADD COLUMN rough_allowed INTEGER NOT NULL DEFAULT 0;";

const char* const add_is_batch = "ALTER TABLE tryon_sessions ADD COLUMN is_batch INTEGER NOT NULL DEFAULT 0;";

const char* const add_measures =
    "ALTER TABLE tryon_sessions DROP COLUMN garment_fit_points;"
    "ALTER TABLE tryon_sessions ADD COLUMN body TEXT NOT NULL DEFAULT '{}';";

const char* const add_overlays =
    "ALTER TABLE tryon_sessions ADD COLUMN overlay_key TEXT;"
    "ALTER TABLE tryon_results ADD COLUMN overlay_key TEXT;";

const char* const add_person_masks = "ALTER TABLE tryon_sessions ADD COLUMN person_mask_key TEXT;";

std::string select_sessions() {
    return "SELECT " + storage::column_list<Session>() + " FROM tryon_sessions ";
}

class SqliteStore final : public Store {
public:
    explicit SqliteStore(storage::SqliteDatabase& database) : database_(database) {
        storage::migrate(database, "tryon",
                         {{"create try-on sessions, results and consents", create_tables},
                          {"add outfits, corrected garments and rough previews", add_outfits},
                          {"add whether a session is of a batch", add_is_batch},
                          {"keep measures, and corrections with their garment", add_measures},
                          {"keep pictures of tight and loose places", add_overlays},
                          {"keep masks of own photos", add_person_masks}});
    }

    void add(const Session& session) override {
        const bool pending = session.status == Status::pending;
        database_.write(pending ? Durability::durable : Durability::relaxed, [&](SqliteConnection& connection) {
            storage::insert_row(connection, "tryon_sessions", session);
        });
    }

    std::optional<Session> find(const TryonId& id, const Timestamp& now) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(select_sessions() + "WHERE id = ? AND expires_at > ?");
            statement.bind_all(id, now);
            return storage::read_next<Session>(statement);
        });
    }

    std::optional<Session> find_own(const UserId& user, const TryonId& id, const Timestamp& now) override {
        return database_.read([&](SqliteConnection& connection) { return read_own(connection, user, id, now); });
    }

    Page<Session> history(const UserId& user, const HistoryFilter& filter, const Paging& paging,
                          const Timestamp& now) override {
        // A filter that is not asked for binds NULL and lets everything through.
        const std::string where =
            "WHERE user_id = ?1 AND expires_at > ?2 AND (?3 IS NULL OR is_favorite = ?3) AND (?4 IS NULL OR status = "
            "?4)";
        return database_.read([&](SqliteConnection& connection) {
            Statement count = connection.prepare("SELECT count(*) FROM tryon_sessions " + where);
            count.bind_all(user, now, filter.favorite, filter.status);
            count.step();
            const std::int64_t total = count.get<std::int64_t>(0);
            Statement statement =
                connection.prepare(select_sessions() + where + " ORDER BY created_at DESC, id DESC LIMIT ?5 OFFSET ?6");
            statement.bind_all(user, now, filter.favorite, filter.status, paging.page_size, paging.offset());
            return page_of(storage::read_rows<Session>(statement), total, paging);
        });
    }

    std::optional<Session> begin(const TryonId& id, std::int64_t fence, const Timestamp& at) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) -> std::optional<Session> {
            const auto taken = connection.run(
                "UPDATE tryon_sessions SET fence = ?, updated_at = ? WHERE id = ? AND status = 'pending' AND fence <= "
                "?",
                fence, at, id, fence);
            if (taken == 0) return std::nullopt;
            Statement statement = connection.prepare(select_sessions() + "WHERE id = ?");
            statement.bind(1, id);
            return storage::read_next<Session>(statement);
        });
    }

    bool report(const TryonId& id, std::int64_t fence, std::int64_t progress, const std::string& stage) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run(
                       "UPDATE tryon_sessions SET progress = ?, stage = ? WHERE id = ? AND status = 'pending' AND "
                       "fence = ?",
                       progress, stage, id, fence) == 1;
        });
    }

    bool finish(const Session& session) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement mark = connection.prepare(
                "UPDATE tryon_sessions SET status = ?, progress = ?, stage = ?, result_key = ?, mask_key = ?, "
                "overlay_key = ?, quality = ?, cached = ?, "
                "ai_provider = ?, processing_time_ms = ?, error = ?, updated_at = ? WHERE id = ? AND status = "
                "'pending' AND fence = ?");
            mark.bind_all(session.status, session.progress, session.stage, session.result_key, session.mask_key,
                          session.overlay_key);
            storage::bind_column(mark, 7, reflect::to_column(session.quality));
            mark.bind(8, session.cached).bind(9, session.ai_provider).bind(10, session.processing_time_ms);
            storage::bind_column(mark, 11, reflect::to_column(session.error));
            mark.bind(12, session.updated_at).bind(13, session.id).bind(14, session.fence);
            return mark.run() == 1;
        });
    }

    std::optional<Session> set_favorite(const UserId& user, const TryonId& id, const std::optional<bool>& favorite,
                                        const Timestamp& now) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) -> std::optional<Session> {
            const auto changed = connection.run(
                "UPDATE tryon_sessions SET is_favorite = coalesce(?, 1 - is_favorite) WHERE id = ? AND user_id = ? AND "
                "expires_at > ?",
                favorite, id, user, now);
            if (changed == 0) return std::nullopt;
            return read_own(connection, user, id, now);
        });
    }

    void remove(const TryonId& id) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("DELETE FROM tryon_sessions WHERE id = ?", id);
        });
    }

    std::vector<Session> stale_pending(const Timestamp& before, const PendingPlace& after, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(select_sessions() +
                                   "WHERE status = 'pending' AND updated_at < ? AND (updated_at, id) > (?, ?) "
                                   "ORDER BY updated_at, id LIMIT ?");
            statement.bind_all(before, after.updated_at, after.id, limit);
            return storage::read_rows<Session>(statement);
        });
    }

    std::vector<Session> expired(const Timestamp& now, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(select_sessions() + "WHERE expires_at <= ? ORDER BY expires_at, id LIMIT ?");
            statement.bind_all(now, limit);
            return storage::read_rows<Session>(statement);
        });
    }

    std::vector<Session> all_of(const UserId& user, const std::optional<TryonId>& after, int limit) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(select_sessions() + "WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?");
            statement.bind_all(user, after ? after->str() : std::string(), limit);
            return storage::read_rows<Session>(statement);
        });
    }

    std::optional<Result> find_result(const std::string& input_hash) override {
        return database_.read([&](SqliteConnection& connection) { return read_result(connection, input_hash); });
    }

    Result add_result(const Result& result) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare(storage::insert_sql<Result>("tryon_results") + " ON CONFLICT DO NOTHING");
            storage::bind_members(statement, result);
            statement.run();
            return *read_result(connection, result.input_hash);
        });
    }

    void remove_result(const std::string& result_key) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("DELETE FROM tryon_results WHERE result_key = ?", result_key);
        });
    }

    void add_consent(const Consent& consent) override {
        database_.write(Durability::durable,
                        [&](SqliteConnection& connection) { storage::insert_row(connection, "consents", consent); });
    }

    std::vector<Consent> consents_of(const UserId& user) override {
        return database_.read([&](SqliteConnection& connection) {
            Statement statement =
                connection.prepare("SELECT " + storage::column_list<Consent>() +
                                   " FROM consents WHERE user_id = ? ORDER BY given_at, id LIMIT 10000");
            statement.bind(1, user);
            return storage::read_rows<Consent>(statement);
        });
    }

    void remove_consents(const UserId& user) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            connection.run("DELETE FROM consents WHERE user_id = ?", user);
        });
    }

private:
    static std::optional<Session> read_own(SqliteConnection& connection, const UserId& user, const TryonId& id,
                                           const Timestamp& now) {
        Statement statement = connection.prepare(select_sessions() + "WHERE id = ? AND user_id = ? AND expires_at > ?");
        statement.bind_all(id, user, now);
        return storage::read_next<Session>(statement);
    }

    static std::optional<Result> read_result(SqliteConnection& connection, const std::string& input_hash) {
        Statement statement =
            connection.prepare("SELECT " + storage::column_list<Result>() + " FROM tryon_results WHERE input_hash = ?");
        statement.bind(1, input_hash);
        return storage::read_next<Result>(statement);
    }

    storage::SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteStore>(database);
}

storage::Collections sqlite_collections(storage::SqliteDatabase& database) {
    storage::RowMapping moved = storage::rows_of<Session>("tryon_sessions", "id");
    moved.read = [](const Statement& row) {
        const Session session = without_claim(storage::read_row<Session>(row, 1));
        return storage::StoredDocument{session.id.str(), reflect::encode_text(session), session.expires_at};
    };
    return storage::collections(storage::open_rows(database, std::move(moved)),
                                storage::open_rows(database, storage::rows_of<Result>("tryon_results", "input_hash")),
                                storage::open_rows(database, storage::rows_of<Consent>("consents", "id")));
}

}  // namespace fitview::tryon
