#pragma once
// What other features may ask about products.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "products/products.hpp"

namespace fitview::products {

/// So many pieces of one size of one product.
struct StockLine {
    ProductId product_id;
    SizeName size;
    std::int64_t quantity = 1;  ///< above 0

    bool operator==(const StockLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(StockLine, (), (product_id, size, quantity))

/// A line that asks for more than there is. `line` is its place in the list that was given.
struct ShortLine {
    std::size_t line = 0;
    std::int64_t stock = 0;

    bool operator==(const ShortLine&) const = default;
};

/// Thread-safe; may block. Fails: Unavailable.
class Lookup {
public:
    virtual ~Lookup() = default;

    /// The product with its stock, unless it is withdrawn or never was.
    virtual std::optional<StockedProduct> find_on_sale(const ProductId& id) = 0;

    /// Those of `ids` that exist, withdrawn ones too, in the order of `ids`; one call to the store.
    virtual std::vector<StockedProduct> find_all(const std::vector<ProductId>& ids) = 0;

    /// The product as JSON as GET /products/{id} shows it, unless it is withdrawn.
    virtual std::optional<std::string> find_document(const ProductId& id) = 0;

    /// As Store::take and Store::give_back.
    virtual std::vector<ShortLine> take_stock(const OrderId& order, const std::vector<StockLine>& lines) = 0;
    virtual bool give_back_stock(const OrderId& order) = 0;

    /// Counts towards the sort order `popular`. Never blocks.
    virtual void count_try_on(const ProductId& id) noexcept = 0;

    /// What an analysis found out about the product's picture. Ignored when `picture` is no longer its main picture.
    virtual void set_try_on(const ProductId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) = 0;
};

}  // namespace fitview::products
