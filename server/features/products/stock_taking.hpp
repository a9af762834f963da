#pragma once
// What an order does to the stock of products that were read; the same on every back end.
#include <boost/describe/class.hpp>

#include <map>
#include <vector>

#include "products/products.hpp"
#include "products/products_lookup.hpp"

namespace fitview::products {

/// What an order took; the order's id is the document's.
struct StockTaken {
    OrderId id;
    std::vector<StockLine> lines;
    bool given_back = false;
};
BOOST_DESCRIBE_STRUCT(StockTaken, (), (id, lines, given_back))

using ProductsById = std::map<ProductId, StockedProduct>;

/// The products of `lines`, each once.
std::vector<ProductId> products_of(const std::vector<StockLine>& lines);

ProductsById by_id(std::vector<StockedProduct> products);

/// Takes every line out of the stock of `products` and returns the lines for which there is not enough; with any of
/// these the products must not be kept.
std::vector<ShortLine> take_lines(ProductsById& products, const std::vector<StockLine>& lines);

/// Gives every line back, to the sizes that are still offered.
void give_back_lines(ProductsById& products, const std::vector<StockLine>& lines);

}  // namespace fitview::products
