#include "products/stock_taking.hpp"

#include <algorithm>

namespace fitview::products {
namespace {

constexpr std::int64_t stock_max = 1'000'000;

void set_stock(StockedProduct& product, const SizeName& size, std::int64_t count) {
    product.figures.stock.insert_or_assign(size, *Stock::check(count));
}

/// Takes the line out of `product`, if there is enough. Returns what there was.
std::int64_t take_line(StockedProduct& product, const StockLine& line) {
    if (product.product.is_deleted) return 0;
    const auto& sizes = product.product.sizes;
    if (std::find(sizes.begin(), sizes.end(), line.size) == sizes.end()) return 0;
    const std::int64_t stock = product.stock_of(line.size);
    if (stock >= line.quantity) set_stock(product, line.size, stock - line.quantity);
    return stock;
}

}  // namespace

std::vector<ProductId> products_of(const std::vector<StockLine>& lines) {
    std::vector<ProductId> ids;
    for (const StockLine& line : lines) {
        if (std::find(ids.begin(), ids.end(), line.product_id) == ids.end()) ids.push_back(line.product_id);
    }
    return ids;
}

ProductsById by_id(std::vector<StockedProduct> products) {
    ProductsById found;
    for (StockedProduct& product : products) {
        const ProductId id = product.product.id;
        found.emplace(id, std::move(product));
    }
    return found;
}

std::vector<ShortLine> take_lines(ProductsById& products, const std::vector<StockLine>& lines) {
    std::vector<ShortLine> short_lines;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const auto product = products.find(lines[at].product_id);
        const std::int64_t left = product == products.end() ? 0 : take_line(product->second, lines[at]);
        if (left < lines[at].quantity) short_lines.push_back({.line = at, .stock = left});
    }
    return short_lines;
}

void give_back_lines(ProductsById& products, const std::vector<StockLine>& lines) {
    for (const StockLine& line : lines) {
        const auto product = products.find(line.product_id);
        if (product == products.end() || !product->second.figures.stock.contains(line.size)) continue;
        set_stock(product->second, line.size,
                  std::min<std::int64_t>(product->second.stock_of(line.size) + line.quantity, stock_max));
    }
}

}  // namespace fitview::products
