#include "products/products_store.hpp"
#include "products/stock_taking.hpp"
#include "storage/sqlite/change_log.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::products {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

const std::vector<storage::Migration>& migrations() {
    static const std::vector<storage::Migration> steps = {
        {"create products",
         "CREATE TABLE products (id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT "
         "NOT NULL, "
         "category TEXT NOT NULL, subcategory TEXT, tags TEXT NOT NULL, price INTEGER NOT NULL, colors TEXT NOT NULL, "
         "material TEXT, images TEXT NOT NULL, sizes TEXT NOT NULL, size_chart TEXT NOT NULL, size_chart_of TEXT NOT "
         "NULL, "
         "size_chart_unit TEXT NOT NULL, hsn TEXT, tax_class TEXT NOT NULL, is_deleted INTEGER NOT NULL, "
         "revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;"
         "CREATE INDEX products_of_retailer ON products (retailer_id, is_deleted);"
         "CREATE INDEX products_by_category ON products (category, is_deleted);"
         "CREATE INDEX products_by_price ON products (price, is_deleted);"
         "CREATE INDEX products_by_age ON products (created_at DESC);"},
        {"create product figures",
         "CREATE TABLE product_figures (product_id TEXT PRIMARY KEY, stock TEXT NOT NULL, try_on TEXT NOT NULL, "
         "try_on_revision INTEGER NOT NULL, popularity INTEGER NOT NULL) STRICT, WITHOUT ROWID;"},
        {"create stock takings",
         "CREATE TABLE stock_takings (order_id TEXT PRIMARY KEY, lines TEXT NOT NULL, given_back INTEGER NOT NULL) "
         "STRICT, WITHOUT ROWID;"},
        {"add corrected fit points and rough previews",
         "ALTER TABLE products ADD COLUMN fit_points TEXT;"
         "ALTER TABLE products ADD COLUMN rough_preview INTEGER NOT NULL DEFAULT 0;"},
        {"add garments in three dimensions", "ALTER TABLE products ADD COLUMN model_3d TEXT;"}};
    return steps;
}

const std::string& select_products() {
    static const std::string sql = "SELECT " + storage::column_list<Product>("p") + ", " +
                                   storage::column_list<Figures>("f") +
                                   " FROM products p JOIN product_figures f ON f.product_id = p.id ";
    return sql;
}

StockedProduct read_product(const Statement& statement, int first = 0) {
    return {.product = storage::read_row<Product>(statement, first),
            .figures = storage::read_row<Figures>(statement, first + int(reflect::member_count<Product>))};
}

void insert(SqliteConnection& connection, const StockedProduct& added) {
    static const std::string insert_product = "INSERT INTO products " + storage::insert_list<Product>();
    Statement product = connection.prepare(insert_product);
    storage::bind_row(product, added.product).run();
    Statement figures = connection.prepare(
        "INSERT INTO product_figures (product_id, stock, try_on, try_on_revision, popularity) "
        "VALUES (:product_id, :stock, :try_on, :try_on_revision, :popularity)");
    storage::bind_row(figures, added.figures).bind(":product_id", added.product.id).run();
}

std::vector<StockedProduct> read_products(Statement& statement) {
    std::vector<StockedProduct> products;
    while (statement.step()) products.push_back(read_product(statement));
    return products;
}

class SqliteStore final : public Store {
public:
    explicit SqliteStore(storage::SqliteDatabase& database) : database_(database), log_(database) {
        storage::migrate(database, "products", migrations());
    }

    void add(const StockedProduct& added) override {
        database_.write(Durability::durable, [&](SqliteConnection& connection) {
            insert(connection, added);
            announce(added);
        });
    }

    std::optional<StockedProduct> find(const ProductId& id) override {
        static const std::string sql = select_products() + "WHERE p.id = ?";
        return database_.read([&](SqliteConnection& connection) -> std::optional<StockedProduct> {
            Statement statement = connection.prepare(sql);
            if (!statement.bind(1, id).step()) return std::nullopt;
            return read_product(statement);
        });
    }

    std::vector<StockedProduct> find_all(const std::vector<ProductId>& ids) override {
        static const std::string sql = select_products() + "WHERE p.id = ?";
        return database_.read([&](SqliteConnection& connection) {
            std::vector<StockedProduct> products;
            Statement statement = connection.prepare(sql);
            for (const ProductId& id : ids) {
                if (statement.bind(1, id).step()) products.push_back(read_product(statement));
                statement.rewind();
            }
            return products;
        });
    }

    bool replace(const Product& product, const std::optional<std::map<SizeName, Stock>>& stock) override {
        static const std::string update = "UPDATE products SET " +
                                          storage::assignment_list<Product>({"id", "retailer_id", "created_at"}) +
                                          " WHERE id = :id AND revision = :revision - 1";
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            Statement statement = connection.prepare(update);
            if (storage::bind_row(statement, product).run() == 0) return false;
            if (stock) write_stock(connection, product.id, *stock);
            announce(*find(product.id));
            return true;
        });
    }

    bool set_try_on(const ProductId& id, const pictures::TryOnReadiness& try_on) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            const auto changed = connection.run(
                "UPDATE product_figures SET try_on = ?, try_on_revision = try_on_revision + 1 WHERE product_id = ?",
                reflect::encode_text(try_on), id);
            if (changed == 0) return false;
            announce(*find(id));
            return true;
        });
    }

    std::vector<PopularityChange> add_popularity(const std::vector<PopularityChange>& counts) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            std::vector<PopularityChange> sums;
            for (const PopularityChange& count : counts) {
                Statement statement = connection.prepare(
                    "UPDATE product_figures SET popularity = min(popularity + ?, 4294967295) WHERE product_id = ? "
                    "RETURNING popularity");
                if (!statement.bind_all(count.popularity, count.id).step()) continue;
                sums.push_back({.id = count.id, .popularity = statement.get<std::uint32_t>(0)});
                statement.step();
            }
            return sums;
        });
    }

    std::vector<StockedProduct> list_on_sale(const std::optional<ProductId>& after, int limit) override {
        static const std::string sql = select_products() + "WHERE p.id > ? AND p.is_deleted = 0 ORDER BY p.id LIMIT ?";
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(sql);
            statement.bind_all(after ? after->str() : std::string(), limit);
            return read_products(statement);
        });
    }

    std::vector<StockedProduct> list_of_retailer(const UserId& retailer, int limit) override {
        static const std::string sql =
            select_products() + "WHERE p.retailer_id = ? AND p.is_deleted = 0 ORDER BY p.id LIMIT ?";
        return database_.read([&](SqliteConnection& connection) {
            Statement statement = connection.prepare(sql);
            statement.bind_all(retailer, limit);
            return read_products(statement);
        });
    }

    std::vector<ShortLine> take(const OrderId& order, const std::vector<StockLine>& lines) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            if (is_taken(connection, order)) return std::vector<ShortLine>{};
            ProductsById products = by_id(find_all(products_of(lines)));
            std::vector<ShortLine> short_lines = take_lines(products, lines);
            if (!short_lines.empty()) return short_lines;
            for (auto& [id, product] : products) write_figures_of(connection, product);
            connection.run("INSERT INTO stock_takings (order_id, lines, given_back) VALUES (?, ?, 0)", order,
                           reflect::encode_text(lines));
            return short_lines;
        });
    }

    bool give_back(const OrderId& order) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            std::vector<StockLine> lines;
            {
                Statement statement =
                    connection.prepare("SELECT lines FROM stock_takings WHERE order_id = ? AND given_back = 0");
                if (!statement.bind(1, order).step()) return false;
                lines = reflect::decode_own<std::vector<StockLine>>(statement.text(0));
            }
            connection.run("UPDATE stock_takings SET given_back = 1 WHERE order_id = ?", order);
            ProductsById products = by_id(find_all(products_of(lines)));
            give_back_lines(products, lines);
            for (auto& [id, product] : products) write_figures_of(connection, product);
            return true;
        });
    }

private:
    void announce(const StockedProduct& changed) {
        log_.append(products_collection, changed.product.id.str(), changed.version());
    }

    static bool is_taken(SqliteConnection& connection, const OrderId& order) {
        Statement statement = connection.prepare("SELECT 1 FROM stock_takings WHERE order_id = ?");
        return statement.bind(1, order).step();
    }

    static void write_stock(SqliteConnection& connection, const ProductId& id, const std::map<SizeName, Stock>& stock) {
        connection.run("UPDATE product_figures SET stock = ? WHERE product_id = ?", reflect::encode_text(stock), id);
    }

    /// Stores changed stock; what a page shows has changed, so the revision grows.
    void write_figures_of(SqliteConnection& connection, StockedProduct& product) {
        write_stock(connection, product.product.id, product.figures.stock);
        connection.run("UPDATE products SET revision = revision + 1 WHERE id = ?", product.product.id);
        product.product.revision += 1;
        announce(product);
    }

    storage::SqliteDatabase& database_;
    storage::ChangeLog log_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(storage::SqliteDatabase& database) {
    return std::make_unique<SqliteStore>(database);
}

storage::Collections sqlite_collections(storage::SqliteDatabase& database) {
    const std::string from = " FROM products p JOIN product_figures f ON f.product_id = p.id";
    storage::RowMapping moved{
        .name = "products",
        .table = "products",
        .select =
            "SELECT p.id, " + storage::column_list<Product>("p") + ", " + storage::column_list<Figures>("f") + from,
        .after = "p.id > ?1",
        .order = "p.id",
        .removals = {"DELETE FROM products WHERE id = ?1", "DELETE FROM product_figures WHERE product_id = ?1"},
        .read =
            [](const Statement& row) {
                const StockedProduct stocked = read_product(row, 1);
                return storage::StoredDocument{stocked.product.id.str(), reflect::encode_text(stocked), {}};
            },
        .insert = [](SqliteConnection& connection,
                     const std::string& text) { insert(connection, reflect::decode_own<StockedProduct>(text)); }};
    storage::RowMapping taken = storage::rows_of<StockTaken>("stock_takings", "order_id");
    taken.select = "SELECT order_id, order_id, lines, given_back FROM stock_takings";
    taken.insert = [](SqliteConnection& connection, const std::string& text) {
        const auto taking = reflect::decode_own<StockTaken>(text);
        connection.run("INSERT INTO stock_takings (order_id, lines, given_back) VALUES (?, ?, ?)", taking.id,
                       reflect::encode_text(taking.lines), taking.given_back);
    };
    return storage::collections(storage::open_rows(database, std::move(moved)),
                                storage::open_rows(database, std::move(taken)));
}

}  // namespace fitview::products
