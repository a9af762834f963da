#pragma once
// What every product search must do. A back end joins by being listed in product_search_test.cpp and adds no cases of
// its own, so none can drift. A Backend has `std::unique_ptr<ProductSearch> open_empty()`.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "products/product_search.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::products {

inline SearchEntry search_entry(std::uint32_t number, const std::string& name) {
    SearchEntry made;
    made.id = testkit::id<ProductId>(number);
    made.revision = 1;
    made.name = name;
    made.category = "Kurtas";
    made.price_paise = 100000;
    return made;
}

using ProductNumbers = std::vector<std::uint32_t>;

template <class Backend>
class ProductSearchContract : public testing::Test {
protected:
    void add(const SearchEntry& product) { search_->apply({product}); }

    ProductNumbers found(const SearchQuery& query) const {
        ProductNumbers numbers;
        for (const ProductId& id : search_->find(query).ids) numbers.push_back(id.bytes()[11]);
        return numbers;
    }
    ProductNumbers found_by(const std::string& words) const { return found({.words = words, .sort = Sort::relevance}); }

    Backend backend_;
    std::unique_ptr<ProductSearch> search_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ProductSearchContract);

TYPED_TEST_P(ProductSearchContract, SearchWantsEveryWordAnywhereInTheProduct) {
    auto silk = search_entry(1, "Royal Kurta");
    silk.description = "Hand woven in Varanasi";
    silk.material = "Pure Silk";
    silk.colors = {"Midnight Blue"};
    silk.tags = {"festive"};
    this->add(silk);
    auto saree = search_entry(2, "Royal Saree");
    saree.category = "Sarees";
    this->add(saree);
    EXPECT_EQ(this->found_by("royal"), (ProductNumbers{1, 2}));
    for (const char* words : {"royal kurta", "KURTAS royal", "silk varanasi", "blue festive woven"})
        EXPECT_EQ(this->found_by(words), ProductNumbers{1}) << words;
    EXPECT_EQ(this->found_by("royal cotton"), ProductNumbers{});
    EXPECT_EQ(this->found_by(""), (ProductNumbers{1, 2}));
    EXPECT_EQ(this->found_by("!?"), (ProductNumbers{1, 2}));
}

TYPED_TEST_P(ProductSearchContract, SearchMatchesPrefixesAndIgnoresAccents) {
    this->add(search_entry(1, "Banārasī साड़ी"));
    this->add(search_entry(2, "Crème Dupatta"));
    EXPECT_EQ(this->found_by("ban"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("BANARASI"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("bañarasí"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("साड़"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("creme dup"), ProductNumbers{2});
    EXPECT_EQ(this->found_by("anarasi"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("upat"), ProductNumbers{});
}

TYPED_TEST_P(ProductSearchContract, ASlipIsForgivenOnlyWhereNoProductHasTheWord) {
    this->add(search_entry(1, "Linen Shirt"));
    this->add(search_entry(2, "Linen Skirt"));
    EXPECT_EQ(this->found_by("shirt"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("skrit"), ProductNumbers{2});
    EXPECT_EQ(this->found_by("shirrt"), ProductNumbers{1});
    EXPECT_EQ(this->found_by("lnen shrt"), ProductNumbers{1});
    this->search_->apply({SearchRemoval{.id = testkit::id<ProductId>(1), .revision = 2}});
    EXPECT_EQ(this->found_by("shirt"), ProductNumbers{2});
}

TYPED_TEST_P(ProductSearchContract, RelevancePutsWholeWordsAndNamesFirst) {
    auto elsewhere = search_entry(1, "Festive Set");
    elsewhere.description = "With a silk dupatta";
    auto beginning = search_entry(2, "Silken Touch");
    auto in_name = search_entry(3, "Silk Saree");
    auto popular = search_entry(4, "Silk Stole");
    popular.popularity = 7;
    for (const auto& product : {elsewhere, beginning, in_name, popular}) this->add(product);
    EXPECT_EQ(this->found_by("silk"), (ProductNumbers{4, 3, 1, 2}));
    EXPECT_EQ(this->found({.words = "silk", .sort = Sort::relevance, .offset = 1, .limit = 2}), (ProductNumbers{3, 1}));
}

TYPED_TEST_P(ProductSearchContract, SortsBreakTiesById) {
    const auto make = [](std::uint32_t number, const char* name, std::int64_t price, std::int64_t created,
                         std::uint32_t popularity) {
        auto product = search_entry(number, name);
        product.price_paise = price;
        product.created_at = Timestamp::from_milliseconds(created);
        product.popularity = popularity;
        return product;
    };
    this->search_->apply({make(3, "beta", 500, 10, 1), make(1, "Álpha", 500, 30, 5), make(2, "alpha", 300, 30, 1),
                          make(4, "Gamma", 900, 20, 5)});
    EXPECT_EQ(this->found({.sort = Sort::newest}), (ProductNumbers{1, 2, 4, 3}));
    EXPECT_EQ(this->found({.sort = Sort::price_asc}), (ProductNumbers{2, 1, 3, 4}));
    EXPECT_EQ(this->found({.sort = Sort::price_desc}), (ProductNumbers{4, 1, 3, 2}));
    EXPECT_EQ(this->found({.sort = Sort::popular}), (ProductNumbers{1, 4, 2, 3}));
    EXPECT_EQ(this->found({.sort = Sort::name}), (ProductNumbers{1, 2, 3, 4}));
    this->search_->set_popularity({{testkit::id<ProductId>(3), 9}, {testkit::id<ProductId>(99), 1}});
    EXPECT_EQ(this->found({.sort = Sort::popular}), (ProductNumbers{3, 1, 4, 2}));
}

TYPED_TEST_P(ProductSearchContract, SizesCountAsOfferedOrAsInStock) {
    auto first = search_entry(1, "One");
    first.sizes = {{"M", true}, {"L", false}};
    auto second = search_entry(2, "Two");
    second.sizes = {{"m", false}, {"L", false}};
    this->search_->apply({first, second});
    const auto sizes = [&](std::optional<bool> in_stock) {
        return this->search_->find({.sizes = {"M"}, .in_stock = in_stock, .facets = true}).facets->size;
    };
    EXPECT_EQ(this->found({.sizes = {"M"}}), (ProductNumbers{1, 2}));
    EXPECT_EQ(this->found({.sizes = {"m"}, .in_stock = true}), ProductNumbers{1});
    EXPECT_EQ(this->found({.sizes = {"L"}, .in_stock = true}), ProductNumbers{});
    EXPECT_EQ(this->found({.sizes = {"L", "M"}, .in_stock = true}), ProductNumbers{1});
    EXPECT_EQ(this->found({.in_stock = false}), ProductNumbers{2});
    EXPECT_EQ(sizes(std::nullopt), (std::vector<FacetCount>{{"L", 2}, {"M", 2}}));
    EXPECT_EQ(sizes(true), (std::vector<FacetCount>{{"M", 1}}));
}

TYPED_TEST_P(ProductSearchContract, EachFacetIsCountedWithoutItsOwnFilter) {
    auto red = search_entry(1, "One");
    red.colors = {"Royal Red"};
    red.price_paise = 100;
    auto blue = search_entry(2, "Two");
    blue.colors = {"Blue"};
    blue.price_paise = 200;
    auto saree = search_entry(3, "Three");
    saree.category = "Sarees";
    saree.colors = {"royal red"};
    saree.price_paise = 300;
    this->search_->apply({red, blue, saree});
    const auto page = this->search_->find({.min_price_paise = 100,
                                           .max_price_paise = 200,
                                           .categories = {"KURTAS"},
                                           .colors = {"royal RED"},
                                           .facets = true});
    EXPECT_EQ(page.total, 1U);
    EXPECT_EQ(page.facets->category, (std::vector<FacetCount>{{"Kurtas", 1}}));
    EXPECT_EQ(page.facets->color, (std::vector<FacetCount>{{"Blue", 1}, {"Royal Red", 1}}));
    EXPECT_EQ(page.facets->price, (PriceSpan{100, 100}));
    EXPECT_EQ(page.facets->material, std::vector<FacetCount>{});
    EXPECT_EQ(this->search_->find({.colors = {"none"}, .facets = true}).facets->price, std::nullopt);
}

TYPED_TEST_P(ProductSearchContract, OnlyNewerRevisionsAreTaken) {
    auto product = search_entry(1, "Third");
    product.revision = 3;
    this->add(product);
    product.revision = 2;
    product.name = "Second";
    this->add(product);
    this->search_->apply({SearchRemoval{.id = product.id, .revision = 3}});
    EXPECT_EQ(this->found_by("third"), ProductNumbers{1});
    this->search_->apply({SearchRemoval{.id = product.id, .revision = 4}});
    product.revision = 4;
    this->add(product);
    EXPECT_EQ(this->found_by(""), ProductNumbers{});
    product.revision = 5;
    this->add(product);
    EXPECT_EQ(this->found_by("second"), ProductNumbers{1});
}

TYPED_TEST_P(ProductSearchContract, AChangedProductKeepsItsPopularity) {
    auto product = search_entry(2, "Two");
    product.popularity = 4;
    this->search_->apply({search_entry(1, "One"), product});
    product.revision = 2;
    product.popularity = 0;
    this->add(product);
    EXPECT_EQ(this->found({.sort = Sort::popular}), (ProductNumbers{2, 1}));
}

TYPED_TEST_P(ProductSearchContract, ARebuildTakesThePlaceOfWhatWasThere) {
    this->add(search_entry(1, "Old"));
    int batches = 0;
    this->search_->rebuild([&](std::vector<SearchEntry>& batch) {
        EXPECT_EQ(this->found_by("old"), ProductNumbers{1});
        if (++batches <= 2) batch = {search_entry(static_cast<std::uint32_t>(batches + 1), "New")};
    });
    EXPECT_EQ(this->found_by(""), (ProductNumbers{2, 3}));
    EXPECT_EQ(this->found_by("old"), ProductNumbers{});
    this->add(search_entry(4, "Newer"));
    EXPECT_EQ(this->found_by("newe"), ProductNumbers{4});
}

TYPED_TEST_P(ProductSearchContract, ManyChangesLeaveNothingBehind) {
    constexpr int rounds = 5000;
    for (int round = 1; round <= rounds; ++round) {
        auto product = search_entry(static_cast<std::uint32_t>(round % 3 + 1), "Kurta number" + std::to_string(round));
        product.revision = round;
        product.category = "Category " + std::to_string(round);
        this->add(product);
    }
    EXPECT_EQ(this->found_by("kurta").size(), 3U);
    EXPECT_EQ(this->found_by("number17"), ProductNumbers{});
    EXPECT_EQ(this->found_by("number4999"), ProductNumbers{2});
    EXPECT_EQ(this->search_->find({.facets = true}).facets->category.size(), 3U);
}

TYPED_TEST_P(ProductSearchContract, SearchesGoOnWhileProductsChange) {
    this->search_->apply({search_entry(1, "Kurta"), search_entry(2, "Kurta")});
    std::atomic<bool> stop = false;
    std::atomic<int> searches = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&] {
            while (!stop || searches < 30) {
                const auto page = this->search_->find({.words = "kurta", .sort = Sort::relevance, .facets = true});
                // Both copies always hold two products, whatever revision they have.
                EXPECT_EQ(page.total, 2U);
                EXPECT_EQ(page.facets->category.size(), 1U);
                ++searches;
            }
        });
    }
    for (int round = 2; round < 400; ++round) {
        auto product = search_entry(static_cast<std::uint32_t>(round % 2 + 1), "Kurta " + std::to_string(round));
        product.revision = round;
        this->add(product);
    }
    stop = true;
    for (auto& reader : readers) reader.join();
}

REGISTER_TYPED_TEST_SUITE_P(ProductSearchContract, SearchWantsEveryWordAnywhereInTheProduct,
                            SearchMatchesPrefixesAndIgnoresAccents, ASlipIsForgivenOnlyWhereNoProductHasTheWord,
                            RelevancePutsWholeWordsAndNamesFirst, SortsBreakTiesById, SizesCountAsOfferedOrAsInStock,
                            EachFacetIsCountedWithoutItsOwnFilter, OnlyNewerRevisionsAreTaken,
                            AChangedProductKeepsItsPopularity, ARebuildTakesThePlaceOfWhatWasThere,
                            ManyChangesLeaveNothingBehind, SearchesGoOnWhileProductsChange);

}  // namespace fitview::products
