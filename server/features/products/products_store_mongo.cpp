#include "products/products_store.hpp"
#include "products/stock_taking.hpp"
#include "storage/mongo/bson_collection.hpp"
#include "storage/mongo/mongo_database.hpp"

namespace fitview::products {

namespace {

using storage::bson;
using storage::Document;
using storage::Durability;

constexpr std::string_view products_name = products_collection;
constexpr std::string_view takings = "stock_takings";

std::vector<SizeStock> sizes_of(const Product& product, const std::map<SizeName, Stock>& stock) {
    std::vector<SizeStock> sizes;
    for (const SizeName& size : product.sizes) {
        const auto found = stock.find(size);
        sizes.push_back({.size = size, .stock = found == stock.end() ? Stock() : found->second});
    }
    return sizes;
}

/// One document holds the product and its figures; `sizes` carries the stock.
Document document_of(const StockedProduct& stocked) {
    Document document = storage::to_document(stocked.product).without("sizes");
    storage::put(*document.get(), "sizes", sizes_of(stocked.product, stocked.figures.stock));
    storage::put(*document.get(), "try_on", stocked.figures.try_on);
    storage::put(*document.get(), "try_on_revision", stocked.figures.try_on_revision);
    storage::put(*document.get(), "popularity", stocked.figures.popularity);
    return document;
}

StockedProduct product_of(const Document& document) {
    std::vector<SizeName> names;
    std::map<SizeName, Stock> stock;
    try {
        const auto sizes = storage::find_member(document, "sizes");
        if (!sizes) storage::throw_unreadable("sizes");
        for (const SizeStock& size : storage::read_bson<std::vector<SizeStock>>(*sizes)) {
            names.push_back(size.size);
            stock.emplace(size.size, size.stock);
        }
    } catch (const std::runtime_error& fault) {
        throw Unavailable(std::string("mongodb: a stored product cannot be read: ") + fault.what());
    }
    Document flat = document.without("sizes");
    storage::put(*flat.get(), "sizes", names);
    storage::put(*flat.get(), "stock", stock);
    return {.product = storage::from_document<Product>(flat), .figures = storage::from_document<Figures>(flat)};
}

std::vector<StockedProduct> products_of_documents(const std::vector<Document>& documents) {
    std::vector<StockedProduct> products;
    products.reserve(documents.size());
    for (const Document& document : documents) products.push_back(product_of(document));
    return products;
}

/// What makes an update one that changes the product's page, and so is told to other processes.
void touch(Document& update) {
    storage::put(*update.get(), "$currentDate", bson("changed_at", true));
}

class MongoStore final : public Store {
public:
    explicit MongoStore(storage::MongoDatabase& database, std::vector<std::string>* missing) : database_(database) {
        const auto lacks =
            database_.ensure(products_name, {{.keys = bson("retailer_id", 1, "is_deleted", 1, "_id", 1)},
                                             {.keys = bson("category", 1, "is_deleted", 1)},
                                             {.keys = bson("price", 1, "is_deleted", 1)},
                                             {.keys = bson("created_at", -1)},
                                             {.keys = bson("is_deleted", 1, "_id", 1)},
                                             {.keys = bson("changed_at", 1)},
                                             {.keys = bson("name", 1, "description", 1, "tags", 1), .text = true}});
        database_.ensure(takings, {});
        if (missing != nullptr) missing->insert(missing->end(), lacks.begin(), lacks.end());
    }

    // By an upsert, since only an update can take the server's time.
    void add(const StockedProduct& added) override {
        Document update = bson("$setOnInsert", document_of(added).without("_id"));
        touch(update);
        const Document absent = bson("_id", added.product.id, "revision", bson("$exists", false));
        if (!database_.update_one(Durability::durable, products_name, absent, update, storage::Upsert::yes).inserted) {
            throw Unavailable("mongodb: a product has an id that is taken");
        }
    }

    std::optional<StockedProduct> find(const ProductId& id) override {
        const auto found = database_.find_one(products_name, bson("_id", id));
        if (!found) return std::nullopt;
        return product_of(*found);
    }

    std::vector<StockedProduct> find_all(const std::vector<ProductId>& ids) override {
        if (ids.empty()) return {};
        ProductsById found = by_id(products_of_documents(database_.find(
            products_name, bson("_id", bson("$in", ids)), {.sort = {}, .limit = std::int64_t(ids.size())})));
        std::vector<StockedProduct> products;
        for (const ProductId& id : ids) {
            if (const auto product = found.find(id); product != found.end()) products.push_back(product->second);
        }
        return products;
    }

    // Stock counts as a revision too: one that was taken since the product was read refuses the replacement.
    bool replace(const Product& product, const std::optional<std::map<SizeName, Stock>>& stock) override {
        const auto before = find(product.id);
        if (!before || before->product.revision != product.revision - 1) return false;
        const auto sizes = sizes_of(product, stock.value_or(before->figures.stock));
        Document update = storage::replacement(product, {"retailer_id", "created_at", "sizes"}, bson("sizes", sizes));
        touch(update);
        const Document same = bson("_id", product.id, "revision", product.revision - 1);
        return database_.update_one(Durability::durable, products_name, same, update).matched == 1;
    }

    bool set_try_on(const ProductId& id, const pictures::TryOnReadiness& try_on) override {
        Document update = bson("$set", bson("try_on", try_on), "$inc", bson("try_on_revision", 1));
        touch(update);
        return database_.update_one(Durability::durable, products_name, bson("_id", id), update).matched == 1;
    }

    std::vector<PopularityChange> add_popularity(const std::vector<PopularityChange>& counts) override {
        constexpr std::int64_t most = 4294967295;
        std::vector<storage::DocumentUpdate> updates;
        std::vector<ProductId> ids;
        for (const PopularityChange& count : counts) {
            const Document sum = bson("$add", storage::bson_array("$popularity", count.popularity));
            const Document set = bson("popularity", bson("$min", storage::bson_array(sum, most)));
            updates.push_back({.filter = bson("_id", count.id), .update = storage::bson_array(bson("$set", set))});
            ids.push_back(count.id);
        }
        if (ids.empty()) return {};
        database_.update_each(Durability::relaxed, products_name, updates);
        std::vector<PopularityChange> sums;
        for (const Document& found :
             database_.find(products_name, bson("_id", bson("$in", ids)),
                            {.sort = {}, .limit = std::int64_t(ids.size()), .projection = bson("popularity", 1)})) {
            sums.push_back(
                {.id = ProductId(storage::find_member(found, "_id")->id()),
                 .popularity = storage::read_bson<std::uint32_t>(*storage::find_member(found, "popularity"))});
        }
        return sums;
    }

    std::vector<StockedProduct> list_on_sale(const std::optional<ProductId>& after, int limit) override {
        return products_of_documents(
            database_.find(products_name, bson("is_deleted", false, "_id", bson("$gt", after.value_or(ProductId()))),
                           {.sort = bson("_id", 1), .limit = limit}));
    }

    std::vector<StockedProduct> list_of_retailer(const UserId& retailer, int limit) override {
        return products_of_documents(database_.find(products_name, bson("retailer_id", retailer, "is_deleted", false),
                                                    {.sort = bson("_id", 1), .limit = limit}));
    }

    // Several products and the order's own mark: no single document can hold that promise.
    std::vector<ShortLine> take(const OrderId& order, const std::vector<StockLine>& lines) override {
        std::vector<ShortLine> short_lines;
        database_.run(Durability::durable, [&] {
            short_lines.clear();
            if (database_.find_one(takings, bson("_id", order))) return;
            ProductsById products = by_id(find_all(products_of(lines)));
            short_lines = take_lines(products, lines);
            if (!short_lines.empty()) return;
            write_stock(products);
            database_.insert(Durability::durable, takings,
                             storage::to_document(StockTaken{.id = order, .lines = lines, .given_back = false}));
        });
        return short_lines;
    }

    bool give_back(const OrderId& order) override {
        bool changed = false;
        database_.run(Durability::durable, [&] {
            const auto taken = storage::from_document<StockTaken>(
                database_.find_and_update(Durability::durable, takings, bson("_id", order, "given_back", false),
                                          bson("$set", bson("given_back", true)), storage::Returned::before));
            changed = taken.has_value();
            if (!taken) return;
            ProductsById products = by_id(find_all(products_of(taken->lines)));
            give_back_lines(products, taken->lines);
            write_stock(products);
        });
        return changed;
    }

private:
    void write_stock(const ProductsById& products) {
        std::vector<storage::DocumentUpdate> updates;
        for (const auto& [id, stocked] : products) {
            Document update = bson("$set", bson("sizes", sizes_of(stocked.product, stocked.figures.stock)), "$inc",
                                   bson("revision", 1));
            touch(update);
            updates.push_back({.filter = bson("_id", id), .update = std::move(update)});
        }
        database_.update_each(Durability::durable, products_name, updates);
    }

    storage::MongoDatabase& database_;
};

}  // namespace

std::unique_ptr<Store> open_mongo_store(storage::MongoDatabase& database, std::vector<std::string>* missing) {
    return std::make_unique<MongoStore>(database, missing);
}

storage::Collections mongo_collections(storage::MongoDatabase& database) {
    storage::BsonMapping moved{
        .name = std::string(products_name),
        .keys = storage::object_id_keys(),
        .read = [](const Document& document) { return reflect::encode_text(product_of(document)); },
        .write =
            [now = database.server_time()](const std::string& text) {
                Document document = document_of(reflect::decode_own<StockedProduct>(text));
                storage::put(*document.get(), "changed_at", now);
                return document;
            },
        .ends_at = {}};
    return storage::collections(storage::open_bson(database, std::move(moved)),
                                storage::open_bson(database, storage::bson_of<StockTaken>(std::string(takings))));
}

}  // namespace fitview::products
