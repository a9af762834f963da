#include "products/catalogue_follower.hpp"

#include "products/products_fixture.hpp"

namespace fitview::products {
namespace {

/// A second process: its own index and cache over the same store.
class CatalogueFollowerTest : public ProductsFixture {
protected:
    std::size_t found_elsewhere(const std::string& words) { return other_index_.find({.words = words}).total; }
    std::string shown_elsewhere(const ProductId& id) {
        const auto document = other_documents_.find(id);
        return document ? document->json : "nothing";
    }

    const Editor owner_{.id = shop_};
    const ProductId id_ = testkit::id<ProductId>(1);
    CatalogueIndex other_index_;
    std::unique_ptr<storage::Cache> other_cache_ = storage::open_in_process_cache(1U << 20U, clock_);
    ProductDocuments other_documents_{*store_, *other_cache_, addresses_};
    CatalogueFollower follower_{*store_, other_index_, other_documents_, *feed_};
};

TEST_F(CatalogueFollowerTest, BuildsFromTheStore) {
    service_.add(owner_, id_, new_product("Silk Kurta"));
    service_.add(owner_, testkit::id<ProductId>(2), new_product("Gone"));
    service_.withdraw(owner_, testkit::id<ProductId>(2), [](std::int64_t) {});
    int visited = 0;
    follower_.build([&](const StockedProduct&) { ++visited; });
    EXPECT_EQ(visited, 1);
    EXPECT_EQ(found_elsewhere("silk"), 1U);
    EXPECT_EQ(found_elsewhere("gone"), 0U);
    EXPECT_EQ(follower_.follow(), 0U);
}

TEST_F(CatalogueFollowerTest, TakesChangesOfOtherProcesses) {
    follower_.build([](const StockedProduct&) {});
    service_.add(owner_, id_, new_product("Silk Kurta"));
    EXPECT_EQ(follower_.follow(), 1U);
    EXPECT_EQ(found_elsewhere("silk"), 1U);
    EXPECT_NE(shown_elsewhere(id_).find("Silk Kurta"), std::string::npos);
    service_.change(owner_, id_, {.name = *ProductName::check("Cotton Kurta")}, [](std::int64_t) {});
    follower_.follow();
    EXPECT_EQ(found_elsewhere("silk"), 0U);
    EXPECT_NE(shown_elsewhere(id_).find("Cotton Kurta"), std::string::npos);
    service_.withdraw(owner_, id_, [](std::int64_t) {});
    follower_.follow();
    EXPECT_EQ(found_elsewhere("cotton"), 0U);
    EXPECT_EQ(shown_elsewhere(id_), "nothing");
}

TEST_F(CatalogueFollowerTest, StockThatRunsOutIsSeenEverywhere) {
    follower_.build([](const StockedProduct&) {});
    service_.add(owner_, id_, new_product());
    service_.take_stock(testkit::id<OrderId>(1), {{.product_id = id_, .size = *SizeName::check("M"), .quantity = 15}});
    EXPECT_EQ(index_.find({.in_stock = true}).total, 0U);
    follower_.follow();
    EXPECT_EQ(other_index_.find({.in_stock = true}).total, 0U);
    EXPECT_NE(shown_elsewhere(id_).find("\"in_stock\":false"), std::string::npos);
    EXPECT_TRUE(service_.give_back_stock(testkit::id<OrderId>(1)));
    follower_.follow();
    EXPECT_EQ(other_index_.find({.in_stock = true}).total, 1U);
}

TEST_F(CatalogueFollowerTest, BuildsAnewWhereChangesWereTrimmed) {
    follower_.build([](const StockedProduct&) {});
    for (std::uint32_t number = 1; number <= 3; ++number)
        service_.add(owner_, testkit::id<ProductId>(number), new_product());
    feed_->trim(1);
    follower_.follow();
    EXPECT_EQ(found_elsewhere("kurta"), 3U);
}

TEST_F(CatalogueFollowerTest, ASlowReaderCannotBringAnOldDocumentBack) {
    service_.add(owner_, id_, new_product("Silk Kurta"));
    const auto old = store_->find(id_);
    service_.change(owner_, id_, {.name = *ProductName::check("Cotton Kurta")}, [](std::int64_t) {});
    documents_.remember(*old);
    EXPECT_NE(service_.get(id_).json.find("Cotton Kurta"), std::string::npos);
}

}  // namespace
}  // namespace fitview::products
