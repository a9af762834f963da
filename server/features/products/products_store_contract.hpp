#pragma once
// What every product store must do; a back end joins by being listed in products_store_test.cpp.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "products/products_builders.hpp"
#include "products/products_store.hpp"
#include "storage/change_feed.hpp"

namespace fitview::products {

/// `Backend` has `Database`, `open_empty()`, `open_feed(database)` and `open(database)`.
template <class Backend>
class StoreContract : public testing::Test {
protected:
    static StockLine line(std::uint32_t product, const char* size, std::int64_t quantity) {
        return {.product_id = testkit::id<ProductId>(product), .size = *SizeName::check(size), .quantity = quantity};
    }
    std::int64_t stock(std::uint32_t product, const char* size) {
        return store_->find(testkit::id<ProductId>(product))->stock_of(*SizeName::check(size));
    }
    /// What the feed tells since it was asked last, without the zeros the ids begin with.
    std::string announced() {
        std::string text;
        for (const std::string& id : changes_->next(100).ids) text += id.substr(20) + " ";
        return text;
    }

    typename Backend::Database database_ = Backend::open_empty();
    std::unique_ptr<storage::ChangeFeed> feed_ = Backend::open_feed(database_);
    std::unique_ptr<Store> store_ = Backend::open(database_);
    std::unique_ptr<storage::ChangeCursor> changes_ = feed_ ? feed_->follow(products_collection) : nullptr;
    const OrderId order_ = testkit::id<OrderId>(50);
};
TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, KeepsEveryMember) {
    const StockedProduct product = stocked_product(1);
    this->store_->add(product);
    EXPECT_EQ(this->store_->find(product.product.id), product);
    EXPECT_EQ(this->store_->find(testkit::id<ProductId>(2)), std::nullopt);
}

TYPED_TEST_P(StoreContract, FindsManyInTheOrderAskedFor) {
    for (std::uint32_t number = 1; number <= 3; ++number) this->store_->add(stocked_product(number));
    const auto found =
        this->store_->find_all({testkit::id<ProductId>(3), testkit::id<ProductId>(9), testkit::id<ProductId>(1)});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].product.id, testkit::id<ProductId>(3));
    EXPECT_EQ(found[1].product.id, testkit::id<ProductId>(1));
}

TYPED_TEST_P(StoreContract, ReplacesOnlyTheRevisionBefore) {
    StockedProduct product = stocked_product(1);
    this->store_->add(product);
    product.product.name = *ProductName::check("Maroon Kurta");
    product.product.subcategory = std::nullopt;
    product.product.revision = 2;
    EXPECT_TRUE(this->store_->replace(product.product, std::nullopt));
    EXPECT_EQ(this->store_->find(product.product.id), product);
    EXPECT_FALSE(this->store_->replace(product.product, std::nullopt));
    product.product.revision = 4;
    EXPECT_FALSE(this->store_->replace(product.product, std::nullopt));
}

TYPED_TEST_P(StoreContract, ReplacesTheStockOnlyWhenGiven) {
    StockedProduct product = stocked_product(1);
    this->store_->add(product);
    product.product.revision = 2;
    this->store_->replace(product.product, std::map<SizeName, Stock>{{*SizeName::check("M"), *Stock::check(1)}});
    EXPECT_EQ(this->stock(1, "M"), 1);
    EXPECT_EQ(this->stock(1, "L"), 0);
}

TYPED_TEST_P(StoreContract, ListsWhatIsOnSaleById) {
    for (std::uint32_t number = 1; number <= 4; ++number) {
        StockedProduct product = stocked_product(number);
        product.product.is_deleted = number == 2;
        if (number == 4) product.product.retailer_id = testkit::id<UserId>(2);
        this->store_->add(product);
    }
    const auto first = this->store_->list_on_sale(std::nullopt, 2);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[1].product.id, testkit::id<ProductId>(3));
    const auto rest = this->store_->list_on_sale(first[1].product.id, 2);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].product.id, testkit::id<ProductId>(4));
    EXPECT_EQ(this->store_->list_of_retailer(testkit::id<UserId>(1), 10).size(), 2U);
    EXPECT_EQ(this->store_->list_of_retailer(testkit::id<UserId>(1), 1).size(), 1U);
}

TYPED_TEST_P(StoreContract, CountsWhatTheEngineThinks) {
    this->store_->add(stocked_product(1));
    const pictures::TryOnReadiness ready{.state = pictures::TryOnState::ready, .score = 0.9, .reasons = {}};
    EXPECT_TRUE(this->store_->set_try_on(testkit::id<ProductId>(1), ready));
    const auto found = this->store_->find(testkit::id<ProductId>(1));
    EXPECT_EQ(found->figures.try_on, ready);
    EXPECT_EQ(found->figures.try_on_revision, 3);
    EXPECT_EQ(found->product.revision, 1);
    EXPECT_FALSE(this->store_->set_try_on(testkit::id<ProductId>(2), ready));
}

TYPED_TEST_P(StoreContract, SumsUpPopularity) {
    this->store_->add(stocked_product(1));
    const auto sums = this->store_->add_popularity({{testkit::id<ProductId>(1), 3}, {testkit::id<ProductId>(2), 1}});
    ASSERT_EQ(sums.size(), 1U);
    EXPECT_EQ(sums[0].popularity, 10U);
    EXPECT_EQ(this->store_->find(testkit::id<ProductId>(1))->figures.popularity, 10U);
}

TYPED_TEST_P(StoreContract, TakesEveryLineOrNone) {
    this->store_->add(stocked_product(1));
    this->store_->add(stocked_product(2));
    const auto refused = this->store_->take(
        this->order_, {this->line(1, "M", 5), this->line(2, "L", 4), this->line(2, "XL", 1), this->line(9, "M", 1)});
    EXPECT_EQ(refused, (std::vector<ShortLine>{{1, 3}, {2, 0}, {3, 0}}));
    EXPECT_EQ(this->stock(1, "M"), 15);
    EXPECT_EQ(this->store_->take(this->order_, {this->line(1, "M", 5), this->line(2, "L", 3)}),
              std::vector<ShortLine>{});
    EXPECT_EQ(this->stock(1, "M"), 10);
    EXPECT_EQ(this->stock(2, "L"), 0);
    EXPECT_EQ(this->store_->find(testkit::id<ProductId>(1))->product.revision, 2);
}

TYPED_TEST_P(StoreContract, LinesOfTheSameSizeAddUp) {
    this->store_->add(stocked_product(1));
    const auto refused = this->store_->take(this->order_, {this->line(1, "L", 2), this->line(1, "L", 2)});
    EXPECT_EQ(refused, (std::vector<ShortLine>{{1, 1}}));
}

TYPED_TEST_P(StoreContract, AnOrderTakesAndGivesBackOnce) {
    this->store_->add(stocked_product(1));
    EXPECT_FALSE(this->store_->give_back(this->order_));
    for (int again = 0; again < 2; ++again)
        EXPECT_TRUE(this->store_->take(this->order_, {this->line(1, "M", 5)}).empty());
    EXPECT_EQ(this->stock(1, "M"), 10);
    EXPECT_TRUE(this->store_->give_back(this->order_));
    EXPECT_FALSE(this->store_->give_back(this->order_));
    EXPECT_EQ(this->stock(1, "M"), 15);
}

TYPED_TEST_P(StoreContract, OfManyOrdersAsManySucceedAsThereArePieces) {
    this->store_->add(stocked_product(1));
    std::atomic<int> taken = 0;
    std::vector<std::thread> orders;
    for (std::uint32_t number = 1; number <= 6; ++number) {
        orders.emplace_back([this, number, &taken] {
            const auto refused = this->store_->take(testkit::id<OrderId>(number), {this->line(1, "L", 1)});
            taken += refused.empty() ? 1 : 0;
        });
    }
    for (std::thread& order : orders) order.join();
    EXPECT_EQ(taken, 3);
    EXPECT_EQ(this->stock(1, "L"), 0);
}

TYPED_TEST_P(StoreContract, AnnouncesWhatChangesAPage) {
    StockedProduct product = stocked_product(1);
    this->store_->add(product);
    EXPECT_EQ(this->announced(), "0001 ");
    product.product.revision = 2;
    this->store_->replace(product.product, std::nullopt);
    this->store_->set_try_on(product.product.id, {});
    this->store_->take(this->order_, {this->line(1, "M", 5)});
    this->store_->add_popularity({{product.product.id, 3}});
    EXPECT_EQ(this->announced(), "0001 0001 0001 ");
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, KeepsEveryMember, FindsManyInTheOrderAskedFor, ReplacesOnlyTheRevisionBefore,
                            ReplacesTheStockOnlyWhenGiven, ListsWhatIsOnSaleById, CountsWhatTheEngineThinks,
                            SumsUpPopularity, TakesEveryLineOrNone, LinesOfTheSameSizeAddUp,
                            AnOrderTakesAndGivesBackOnce, OfManyOrdersAsManySucceedAsThereArePieces,
                            AnnouncesWhatChangesAPage);

}  // namespace fitview::products
