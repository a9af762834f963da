#include <string>

#include "models/models_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::models {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

const std::vector<storage::Migration>& migrations() {
    static const std::vector<storage::Migration> steps = {
        {"create models",
         "CREATE TABLE models (id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, name TEXT NOT NULL, body_type TEXT NOT "
         "NULL, "
         "height_cm REAL NOT NULL, measurements TEXT, skin_tone TEXT, size TEXT NOT NULL, image TEXT, "
         "is_active INTEGER NOT NULL, is_deleted INTEGER NOT NULL, revision INTEGER NOT NULL, created_at INTEGER NOT "
         "NULL, "
         "updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
         "CREATE INDEX models_of_retailer ON models (retailer_id, is_deleted);"
         "CREATE INDEX models_by_body_type ON models (body_type);"
         "CREATE INDEX models_by_skin_tone ON models (skin_tone);"
         "CREATE INDEX models_by_age ON models (created_at DESC);"},
        {"create model figures",
         "CREATE TABLE model_figures (model_id TEXT PRIMARY KEY, usage_count INTEGER NOT NULL, try_on TEXT NOT NULL, "
         "try_on_revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
         "CREATE INDEX model_figures_by_use ON model_figures (usage_count DESC);"},
        // Rows of this size belong into a table with row ids: without them every index page holds whole rows.
        {"keep models by row id, with corrected fit points",
         "CREATE TABLE models_by_row (id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, name TEXT NOT NULL, body_type "
         "TEXT NOT NULL, height_cm REAL NOT NULL, measurements TEXT, skin_tone TEXT, size TEXT NOT NULL, image TEXT, "
         "fit_points TEXT, is_active INTEGER NOT NULL, is_deleted INTEGER NOT NULL, revision INTEGER NOT NULL, "
         "created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;"
         "INSERT INTO models_by_row (id, retailer_id, name, body_type, height_cm, measurements, skin_tone, size, "
         "image, is_active, is_deleted, revision, created_at, updated_at) SELECT id, retailer_id, name, body_type, "
         "height_cm, measurements, skin_tone, size, image, is_active, is_deleted, revision, created_at, updated_at "
         "FROM models;"
         "DROP TABLE models;"
         "ALTER TABLE models_by_row RENAME TO models;"
         "CREATE INDEX models_of_retailer ON models (retailer_id, is_deleted);"
         "CREATE INDEX models_by_body_type ON models (body_type);"
         "CREATE INDEX models_by_skin_tone ON models (skin_tone);"
         "CREATE INDEX models_by_age ON models (created_at DESC);"}};
    return steps;
}

const std::string& select_models() {
    static const std::string sql = "SELECT " + storage::column_list<Model>("m") + ", " +
                                   storage::column_list<Figures>("f") +
                                   " FROM models m JOIN model_figures f ON f.model_id = m.id ";
    return sql;
}

KnownModel read_model(const Statement& statement, int first = 0) {
    return {.model = storage::read_row<Model>(statement, first),
            .figures = storage::read_row<Figures>(statement, first + int(reflect::member_count<Model>))};
}

void insert(SqliteConnection& connection, const KnownModel& added) {
    static const std::string insert_model = "INSERT INTO models " + storage::insert_list<Model>();
    Statement model = connection.prepare(insert_model);
    storage::bind_row(model, added.model).run();
    Statement figures = connection.prepare(
        "INSERT INTO model_figures (model_id, usage_count, try_on, try_on_revision) "
        "VALUES (:model_id, :usage_count, :try_on, :try_on_revision)");
    storage::bind_row(figures, added.figures).bind(":model_id", added.model.id).run();
}

std::vector<KnownModel> read_models(Statement& statement) {
    std::vector<KnownModel> models;
    while (statement.step()) models.push_back(read_model(statement));
    return models;
}

/// The WHERE of a list and its values in order. Only the number of values shapes the text.
struct Condition {
    std::string sql;
    std::vector<std::string> values;

    template <class Wanted, class Text>
    void any_of(const char* column, const Wanted& wanted, const Text& text) {
        if (wanted.empty()) return;
        sql += std::string(" AND m.") + column + " IN (";
        for (const auto& value : wanted) {
            sql += values.size() > first_of_list_ ? ", ?" : "?";
            values.push_back(text(value));
        }
        sql += ")";
        first_of_list_ = values.size();
    }

    std::size_t first_of_list_ = 0;
};

Condition condition_of(const ModelQuery& query, const std::optional<UserId>& viewer) {
    Condition condition{
        .sql = "WHERE m.is_deleted = 0 AND ((m.is_active = 1 AND m.image IS NOT NULL) OR m.retailer_id = ?)",
        .values = {viewer ? viewer->str() : std::string()},
        .first_of_list_ = 1};
    const auto name = [](auto value) { return std::string(reflect::enum_name(value)); };
    condition.any_of("body_type", query.body_type, name);
    condition.any_of("size", query.size, name);
    condition.any_of("skin_tone", query.skin_tone, name);
    condition.any_of("retailer_id", query.retailer_id, [](const UserId& id) { return id.str(); });
    return condition;
}

int bind_condition(Statement& statement, const Condition& condition) {
    int position = 0;
    for (const std::string& value : condition.values) statement.bind(++position, value);
    return position;
}

class SqliteStore final : public Store {
public:
    explicit SqliteStore(storage::SqliteDatabase& database) : database_(database) {
        storage::migrate(database, "models", migrations());
    }

    void add(const KnownModel& added) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) { insert(connection, added); });
    }

    std::optional<KnownModel> find(const ModelId& id) override {
        auto found = find_all({id});
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    }

    std::vector<KnownModel> find_all(const std::vector<ModelId>& ids) override {
        static const std::string sql = select_models() + "WHERE m.id = ?";
        return database_.read([&](SqliteConnection& connection) {
            std::vector<KnownModel> models;
            Statement statement = connection.prepare(sql);
            for (const ModelId& id : ids) {
                if (statement.bind(1, id).step()) models.push_back(read_model(statement));
                statement.rewind();
            }
            return models;
        });
    }

    bool replace(const Model& model) override {
        static const std::string update = "UPDATE models SET " +
                                          storage::assignment_list<Model>({"id", "retailer_id", "created_at"}) +
                                          " WHERE id = :id AND revision = :revision - 1";
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement statement = connection.prepare(update);
            return storage::bind_row(statement, model).run() == 1;
        });
    }

    bool set_try_on(const ModelId& id, const pictures::TryOnReadiness& try_on) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run(
                       "UPDATE model_figures SET try_on = ?, try_on_revision = try_on_revision + 1 WHERE model_id = ?",
                       reflect::encode_text(try_on), id) == 1;
        });
    }

    void count_use(const ModelId& id) override {
        database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            connection.run("UPDATE model_figures SET usage_count = usage_count + 1 WHERE model_id = ?", id);
        });
    }

    ModelPage list(const ModelQuery& query, const std::optional<UserId>& viewer) override {
        const Condition condition = condition_of(query, viewer);
        const char* order = query.sort.value_or(ModelSort::newest) == ModelSort::popular
                                ? " ORDER BY f.usage_count DESC, m.id LIMIT ? OFFSET ?"
                                : " ORDER BY m.created_at DESC, m.id LIMIT ? OFFSET ?";
        const Paging paging = paging_of(query);
        return database_.read([&](SqliteConnection& connection) {
            ModelPage page;
            {
                Statement count = connection.prepare("SELECT count(*) FROM models m " + condition.sql);
                bind_condition(count, condition);
                count.step();
                page.total = count.integer(0);
            }
            Statement rows = connection.prepare(select_models() + condition.sql + order);
            const int position = bind_condition(rows, condition);
            rows.bind(position + 1, paging.page_size).bind(position + 2, paging.offset());
            page.items = read_models(rows);
            return page;
        });
    }

    std::vector<KnownModel> list_of_retailer(const UserId& retailer, int limit) override {
        static const std::string sql =
            select_models() + "WHERE m.retailer_id = ? AND m.is_deleted = 0 ORDER BY m.id LIMIT ?";
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(sql);
            statement.bind_all(retailer, limit);
            return read_models(statement);
        });
    }

    std::vector<KnownModel> list_pending(const std::optional<ModelId>& after, int limit) override {
        static const std::string sql = select_models() +
                                       "WHERE f.model_id > ? AND f.try_on ->> 'state' = 'pending' AND "
                                       "m.is_deleted = 0 ORDER BY f.model_id LIMIT ?";
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(sql);
            statement.bind_all(after ? after->str() : std::string(), limit);
            return read_models(statement);
        });
    }

private:
    storage::SqliteDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteStore>(database);
}

storage::Collections sqlite_collections(storage::SqliteDatabase& database) {
    const std::string from = " FROM models m JOIN model_figures f ON f.model_id = m.id";
    storage::RowMapping moved{
        .name = "models",
        .table = "models",
        .select = "SELECT m.id, " + storage::column_list<Model>("m") + ", " + storage::column_list<Figures>("f") + from,
        .after = "m.id > ?1",
        .order = "m.id",
        .removals = {"DELETE FROM models WHERE id = ?1", "DELETE FROM model_figures WHERE model_id = ?1"},
        .read =
            [](const Statement& row) {
                const KnownModel known = read_model(row, 1);
                return storage::StoredDocument{known.model.id.str(), reflect::encode_text(known), {}};
            },
        .insert = [](SqliteConnection& connection,
                     const std::string& text) { insert(connection, reflect::decode_own<KnownModel>(text)); }};
    return storage::collections(storage::open_rows(database, std::move(moved)));
}

}  // namespace fitview::models
