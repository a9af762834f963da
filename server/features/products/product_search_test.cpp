#include "products/product_search.hpp"

#include <gtest/gtest.h>

#include "products/catalogue_index.hpp"
#include "products/product_search_contract.hpp"

namespace fitview::products {
namespace {

struct InMemory {
    std::unique_ptr<ProductSearch> open_empty() { return std::make_unique<CatalogueIndex>(); }
};
using Backends = testing::Types<InMemory>;
INSTANTIATE_TYPED_TEST_SUITE_P(Catalogue, ProductSearchContract, Backends);

TEST(CatalogueIndex, ManyChangesOfOneProductTakeNoMoreMemory) {
    CatalogueIndex index;
    for (int round = 1; round <= 5000; ++round) {
        SearchEntry product = search_entry(1, "Kurta number" + std::to_string(round));
        product.revision = round;
        product.category = "Category " + std::to_string(round);
        index.apply({product});
    }
    EXPECT_EQ(index.size(), 1U);
    EXPECT_LT(index.bytes(), 2'000'000U);
}

}  // namespace
}  // namespace fitview::products
