#include "products/products_service.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/given.hpp"
#include "reflect/json_write.hpp"

namespace fitview::products {

using pictures::Picture;
using pictures::TryOnState;
using storage::Durability;

namespace {

std::map<SizeName, Stock> stock_of(const Sizes& sizes) {
    std::map<SizeName, Stock> stock;
    for (const SizeStock& entry : sizes.items) stock.insert_or_assign(entry.size, entry.stock);
    return stock;
}

std::vector<SizeName> names_of(const Sizes& sizes) {
    std::vector<SizeName> names;
    for (const SizeStock& entry : sizes.items) names.push_back(entry.size);
    return names;
}

void apply(const ProductChange& change, Product& product) {
    set_if_given(product.name, change.name);
    set_if_given(product.category, change.category);
    set_if_given(product.price, change.price);
    if (change.sizes) product.sizes = names_of(*change.sizes);
    if (change.description) product.description = change.description->str();
    set_if_given(product.subcategory, change.subcategory);
    set_if_given(product.tags, change.tags);
    set_if_given(product.colors, change.colors);
    set_if_given(product.material, change.material);
    set_if_given(product.size_chart, change.size_chart);
    set_if_given(product.size_chart_of, change.size_chart_of);
    set_if_given(product.size_chart_unit, change.size_chart_unit);
    set_if_given(product.hsn, change.hsn);
    set_if_given(product.tax_class, change.tax_class);
    set_if_given(product.rough_preview, change.rough_preview);
}

std::vector<Picture>::iterator picture_in(Product& product, const PictureId& id) {
    return std::find_if(product.images.begin(), product.images.end(),
                        [&](const Picture& picture) { return picture.id == id; });
}

void refuse_eleventh(const Product& product) {
    if (product.images.size() >= pictures_max) {
        throw Failure(FailureCode::conflict, "A product has at most " + std::to_string(pictures_max) + " pictures.");
    }
}

bool same_main_picture(const Product& one, const Product& other) {
    if (one.images.empty() || other.images.empty()) return one.images.empty() == other.images.empty();
    return one.images.front().id == other.images.front().id;
}

void nothing_expected(std::int64_t) {}

}  // namespace

ProductView Service::add(const Editor& editor, const ProductId& id, const NewProduct& wanted) {
    const Timestamp now = parts_.clock.now();
    const StockedProduct stocked{
        .product = {.id = id,
                    .retailer_id = editor.id,
                    .name = wanted.name,
                    .description = wanted.description.value_or(Description()).str(),
                    .category = wanted.category,
                    .subcategory = wanted.subcategory,
                    .tags = wanted.tags.value_or(Tags()),
                    .price = wanted.price,
                    .colors = wanted.colors.value_or(Colors()),
                    .material = wanted.material,
                    .images = {},
                    .fit_points = {},
                    .model_3d = {},
                    .rough_preview = wanted.rough_preview.value_or(false),
                    .sizes = names_of(wanted.sizes),
                    .size_chart = wanted.size_chart.value_or(SizeChart()),
                    .size_chart_of = wanted.size_chart_of.value_or(SizeChartOf::body),
                    .size_chart_unit = wanted.size_chart_unit.value_or(SizeChartUnit::cm),
                    .hsn = wanted.hsn,
                    .tax_class = wanted.tax_class.value_or(TaxClass::apparel),
                    .is_deleted = false,
                    .revision = 1,
                    .created_at = now,
                    .updated_at = now},
        .figures = {.stock = stock_of(wanted.sizes), .try_on = {}, .try_on_revision = 0, .popularity = 0}};
    std::optional<StockedProduct> earlier;
    parts_.unit_of_work.run(Durability::durable, [&] {
        earlier = parts_.store.find(id);
        if (!earlier) parts_.store.add(stocked);
    });
    const StockedProduct& stored = earlier ? *earlier : stocked;
    after_change(stored, false);
    return view_of(stored, parts_.addresses);
}

ProductDocument Service::get(const ProductId& id) {
    auto document = parts_.documents.find(id);
    if (!document) throw not_found("product");
    return std::move(*document);
}

StockedProduct Service::get_for(const Editor& editor, const ProductId& id) {
    auto stocked = find_on_sale(id);
    if (!stocked) throw not_found("product");
    if (!editor.is_admin && stocked->product.retailer_id != editor.id) {
        throw Failure(FailureCode::forbidden, "This product belongs to another shop.");
    }
    return std::move(*stocked);
}

// Everything about one change happens in one transaction, so that two editors never see half of each other.
StockedProduct Service::edit(const Editor& editor, const ProductId& id, const Precondition& precondition,
                             const Edit& edit) {
    std::optional<StockedProduct> changed;
    bool analyse = false;
    parts_.unit_of_work.run(Durability::durable, [&] {
        const StockedProduct before = get_for(editor, id);
        precondition(before.product.revision);
        changed = before;
        const auto stock = edit(*changed);
        if (!same_main_picture(before.product, changed->product)) changed->product.fit_points.reset();
        changed->product.revision += 1;
        changed->product.updated_at = parts_.clock.now();
        if (!parts_.store.replace(changed->product, stock)) throw Unavailable("a product changed inside a transaction");
        analyse = judge_picture_again(before.product, changed->product);
        changed = parts_.store.find(id);
    });
    after_change(*changed, analyse);
    return std::move(*changed);
}

bool Service::judge_picture_again(const Product& before, const Product& after) {
    if (after.images.empty()) {
        if (!before.images.empty()) parts_.store.set_try_on(after.id, {});
        return false;
    }
    const bool same_type = garment_type_of(before) == garment_type_of(after);
    if (same_main_picture(before, after) && same_type && before.fit_points == after.fit_points) return false;
    parts_.store.set_try_on(after.id, {.state = TryOnState::pending, .score = {}, .reasons = {}});
    return true;
}

void Service::after_change(const StockedProduct& stocked, bool analyse) {
    parts_.documents.remember(stocked);
    const Product& product = stocked.product;
    if (product.is_deleted) {
        parts_.search.apply({SearchRemoval{.id = product.id, .revision = product.revision}});
    } else {
        parts_.search.apply({search_entry_of(stocked)});
    }
    if (analyse) analyse_pending(stocked);
}

void Service::analyse_pending(const StockedProduct& stocked) {
    const Product& product = stocked.product;
    if (stocked.figures.try_on.state != TryOnState::pending || product.images.empty()) return;
    try {
        parts_.analyst.analyse({.product_id = product.id,
                                .picture = product.images.front(),
                                .garment_type = garment_type_of(product),
                                .fit_points = product.fit_points});
    } catch (const Unavailable&) {
        // What was asked for is stored; the picture stays pending and is asked for again at the next start.
    }
}

ProductDocument Service::change(const Editor& editor, const ProductId& id, const ProductChange& change,
                                const Precondition& precondition) {
    const StockedProduct changed = edit(editor, id, precondition, [&](StockedProduct& stocked) {
        apply(change, stocked.product);
        return change.sizes ? std::optional(stock_of(*change.sizes)) : std::nullopt;
    });
    return {.id = id, .etag = etag_of(changed), .json = reflect::encode_text(view_of(changed, parts_.addresses))};
}

void Service::withdraw(const Editor& editor, const ProductId& id, const Precondition& precondition) {
    edit(editor, id, precondition, [](StockedProduct& stocked) {
        stocked.product.is_deleted = true;
        return std::nullopt;
    });
}

Service::ListDocument Service::list(const ProductQuery& query) {
    const SearchPage page = parts_.search.find(search_query_of(query));
    return encode_page(query, page, parts_.documents.find_all(page.ids));
}

std::optional<ProductDocument> Service::find_quickly(const ProductId& id) {
    return parts_.documents.find_cached(id);
}

std::optional<Service::ListDocument> Service::list_quickly(const ProductQuery& query) {
    const SearchQuery asked = search_query_of(query);
    const bool filters = !asked.categories.empty() || !asked.subcategories.empty() || !asked.sizes.empty() ||
                         !asked.colors.empty() || !asked.materials.empty() || !asked.tags.empty() ||
                         !asked.retailers.empty() || asked.in_stock || asked.min_price_paise || asked.max_price_paise;
    if (filters || asked.facets || !asked.words.empty()) return std::nullopt;
    const SearchPage page = parts_.search.find(asked);
    auto documents = parts_.documents.find_all_cached(page.ids);
    if (!documents) return std::nullopt;
    return encode_page(query, page, std::move(*documents));
}

// The tag is made of the products' tags: a digest of the whole page would cost more than the page.
Service::ListDocument Service::encode_page(const ProductQuery& query, const SearchPage& page,
                                           std::vector<ProductDocument> documents) const {
    const Paging paging = paging_of(query);
    const auto total = static_cast<std::int64_t>(page.total);
    ProductPage<reflect::RawJson> answer{.items = {},
                                         .total = total,
                                         .page = paging.page,
                                         .page_size = paging.page_size,
                                         .pages = (total + paging.page_size - 1) / paging.page_size,
                                         .facets = {}};
    if (page.facets) answer.facets = view_of(*page.facets);
    std::string parts = parts_.addresses.of({}) + reflect::encode_text(answer);
    answer.items.reserve(documents.size());
    for (ProductDocument& document : documents) {
        parts += document.id.str() + document.etag;
        answer.items.push_back({.text = std::move(document.json)});
    }
    constexpr std::size_t tag_bytes = 16;
    return {.etag = "\"" + base64url(sha256(parts).substr(0, tag_bytes)) + "\"", .json = reflect::encode_text(answer)};
}

pictures::PictureView Service::add_picture(const Editor& editor, const ProductId& id, const PictureId& picture_id,
                                           std::string_view bytes, const std::optional<ModelId>& worn_by) {
    // Whoever may not add it should not make us decode it.
    StockedProduct before = get_for(editor, id);
    if (const auto there = picture_in(before.product, picture_id); there != before.product.images.end()) {
        return view_of(*there, parts_.addresses);
    }
    refuse_eleventh(before.product);
    if (worn_by && !parts_.is_model(*worn_by)) throw not_found("model", "/worn_by");
    Picture picture = parts_.shelf.place(bytes, "products/" + id.str(), picture_id, "product_picture");
    picture.worn_by = worn_by;
    edit(editor, id, nothing_expected, [&](StockedProduct& stocked) {
        refuse_eleventh(stocked.product);
        stocked.product.images.push_back(picture);
        parts_.shelf.keep(picture);
        return std::nullopt;
    });
    return view_of(picture, parts_.addresses);
}

void Service::set_model_3d(const Editor& editor, const ProductId& id, std::string_view garment, std::string_view body) {
    const StockedProduct before = get_for(editor, id);
    const pictures::Model3d model{.key = parts_.shelf.place_model(garment, "products/" + id.str(), "product_model"),
                                  .body_key = parts_.shelf.place_model(body, "bodies", "body_model")};
    if (before.product.model_3d == model) return;
    std::optional<pictures::Model3d> replaced;
    edit(editor, id, nothing_expected, [&](StockedProduct& stocked) {
        replaced = std::exchange(stocked.product.model_3d, model);
        parts_.shelf.keep(model);
        if (replaced) parts_.shelf.release(*replaced);
        return std::nullopt;
    });
    if (replaced) parts_.shelf.remove_released(*replaced);
}

void Service::remove_picture(const Editor& editor, const ProductId& id, const PictureId& picture_id) {
    std::optional<Picture> removed;
    edit(editor, id, nothing_expected, [&](StockedProduct& stocked) {
        const auto place = picture_in(stocked.product, picture_id);
        if (place == stocked.product.images.end()) throw not_found("picture");
        parts_.shelf.release(*place);
        removed = *place;
        stocked.product.images.erase(place);
        return std::nullopt;
    });
    parts_.shelf.remove_released(*removed);
}

std::vector<pictures::PictureView> Service::order_pictures(const Editor& editor, const ProductId& id,
                                                           const PictureOrder& order,
                                                           const Precondition& precondition) {
    const StockedProduct changed = edit(editor, id, precondition, [&](StockedProduct& stocked) {
        std::vector<Picture> ordered;
        for (std::size_t at = 0; at < order.image_ids.size(); ++at) {
            const auto place = picture_in(stocked.product, order.image_ids[at]);
            if (place == stocked.product.images.end()) {
                throw invalid_input("/image_ids/" + std::to_string(at), "must be a picture of this product, once");
            }
            ordered.push_back(std::move(*place));
            stocked.product.images.erase(place);
        }
        if (!stocked.product.images.empty())
            throw invalid_input("/image_ids", "must name every picture of this product");
        stocked.product.images = std::move(ordered);
        return std::nullopt;
    });
    std::vector<pictures::PictureView> views;
    for (const Picture& picture : changed.product.images) views.push_back(view_of(picture, parts_.addresses));
    return views;
}

void Service::erase_for(const UserId& retailer) {
    constexpr int batch = 100;
    for (auto products = parts_.store.list_of_retailer(retailer, batch); !products.empty();
         products = parts_.store.list_of_retailer(retailer, batch)) {
        for (const StockedProduct& stocked : products) {
            std::vector<Picture> removed;
            std::optional<pictures::Model3d> model;
            edit({.id = retailer}, stocked.product.id, nothing_expected, [&](StockedProduct& gone) {
                removed = std::exchange(gone.product.images, {});
                for (const Picture& picture : removed) parts_.shelf.release(picture);
                model = std::exchange(gone.product.model_3d, {});
                if (model) parts_.shelf.release(*model);
                gone.product.is_deleted = true;
                return std::nullopt;
            });
            for (const Picture& picture : removed) parts_.shelf.remove_released(picture);
            if (model) parts_.shelf.remove_released(*model);
        }
    }
}

std::vector<privacy::ExportedCollection> Service::export_for(const UserId& retailer) {
    privacy::ExportedCollection products{.name = "products", .records = {}};
    for (const StockedProduct& stocked : parts_.store.list_of_retailer(retailer, Store::list_limit)) {
        products.records.push_back(reflect::encode_text(view_of(stocked, parts_.addresses)));
    }
    return {std::move(products)};
}

std::optional<StockedProduct> Service::find_on_sale(const ProductId& id) {
    auto stocked = parts_.store.find(id);
    if (stocked && stocked->product.is_deleted) stocked.reset();
    return stocked;
}

std::vector<StockedProduct> Service::find_all(const std::vector<ProductId>& ids) {
    return parts_.store.find_all(ids);
}

std::optional<std::string> Service::find_document(const ProductId& id) {
    auto document = parts_.documents.find(id);
    if (!document) return std::nullopt;
    return std::move(document->json);
}

std::vector<ShortLine> Service::take_stock(const OrderId& order, const std::vector<StockLine>& lines) {
    auto short_lines = parts_.store.take(order, lines);
    if (!short_lines.empty()) return short_lines;
    std::vector<ProductId> ids;
    for (const StockLine& line : lines) {
        if (std::find(ids.begin(), ids.end(), line.product_id) == ids.end()) ids.push_back(line.product_id);
    }
    for (const StockedProduct& stocked : parts_.store.find_all(ids)) after_change(stocked, false);
    return short_lines;
}

bool Service::give_back_stock(const OrderId& order) {
    // What it touches is followed through the change feed.
    return parts_.store.give_back(order);
}

void Service::set_try_on(const ProductId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) {
    std::optional<StockedProduct> changed;
    parts_.unit_of_work.run(Durability::durable, [&] {
        changed = find_on_sale(id);
        const bool is_main =
            changed && !changed->product.images.empty() && changed->product.images.front().id == picture;
        if (!is_main || changed->figures.try_on == try_on) {
            changed.reset();
            return;
        }
        parts_.store.set_try_on(id, try_on);
        changed = parts_.store.find(id);
    });
    if (changed) after_change(*changed, false);
}

}  // namespace fitview::products
