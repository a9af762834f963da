#include "products/catalogue_index.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "testkit/deterministic.hpp"

namespace fitview::products {
namespace {

SearchEntry entry(std::uint32_t number, const std::string& name) {
    SearchEntry made;
    made.id = testkit::id<ProductId>(number);
    made.revision = 1;
    made.name = name;
    made.category = "Kurtas";
    made.price_paise = 100000;
    return made;
}

class CatalogueIndexTest : public testing::Test {
protected:
    void add(const SearchEntry& product) { index_.apply({product}); }

    std::vector<std::uint32_t> found(const SearchQuery& query) const {
        std::vector<std::uint32_t> numbers;
        for (const ProductId& id : index_.find(query).ids) numbers.push_back(id.bytes()[11]);
        return numbers;
    }
    std::vector<std::uint32_t> found_by(const std::string& words) const {
        return found({.words = words, .sort = Sort::relevance});
    }

    CatalogueIndex index_;
};

using Numbers = std::vector<std::uint32_t>;

TEST_F(CatalogueIndexTest, SearchWantsEveryWordAnywhereInTheProduct) {
    auto silk = entry(1, "Royal Kurta");
    silk.description = "Hand woven in Varanasi";
    silk.material = "Pure Silk";
    silk.colors = {"Midnight Blue"};
    silk.tags = {"festive"};
    add(silk);
    auto saree = entry(2, "Royal Saree");
    saree.category = "Sarees";
    add(saree);
    EXPECT_EQ(found_by("royal"), (Numbers{1, 2}));
    for (const char* words : {"royal kurta", "KURTAS royal", "silk varanasi", "blue festive woven"})
        EXPECT_EQ(found_by(words), Numbers{1}) << words;
    EXPECT_EQ(found_by("royal cotton"), Numbers{});
    EXPECT_EQ(found_by(""), (Numbers{1, 2}));
    EXPECT_EQ(found_by("!?"), (Numbers{1, 2}));
}

TEST_F(CatalogueIndexTest, SearchMatchesPrefixesAndIgnoresAccents) {
    add(entry(1, "Banārasī साड़ी"));
    add(entry(2, "Crème Dupatta"));
    EXPECT_EQ(found_by("ban"), Numbers{1});
    EXPECT_EQ(found_by("BANARASI"), Numbers{1});
    EXPECT_EQ(found_by("bañarasí"), Numbers{1});
    EXPECT_EQ(found_by("साड़"), Numbers{1});
    EXPECT_EQ(found_by("creme dup"), Numbers{2});
    EXPECT_EQ(found_by("anarasi"), Numbers{1});
    EXPECT_EQ(found_by("upat"), Numbers{});
}

TEST_F(CatalogueIndexTest, ASlipIsForgivenOnlyWhereNoProductHasTheWord) {
    add(entry(1, "Linen Shirt"));
    add(entry(2, "Linen Skirt"));
    EXPECT_EQ(found_by("shirt"), Numbers{1});
    EXPECT_EQ(found_by("skrit"), Numbers{2});
    EXPECT_EQ(found_by("shirrt"), Numbers{1});
    EXPECT_EQ(found_by("lnen shrt"), Numbers{1});
    index_.apply({SearchRemoval{.id = testkit::id<ProductId>(1), .revision = 2}});
    EXPECT_EQ(found_by("shirt"), Numbers{2});
}

TEST_F(CatalogueIndexTest, RelevancePutsWholeWordsAndNamesFirst) {
    auto elsewhere = entry(1, "Festive Set");
    elsewhere.description = "With a silk dupatta";
    auto beginning = entry(2, "Silken Touch");
    auto in_name = entry(3, "Silk Saree");
    auto popular = entry(4, "Silk Stole");
    popular.popularity = 7;
    for (const auto& product : {elsewhere, beginning, in_name, popular}) add(product);
    EXPECT_EQ(found_by("silk"), (Numbers{4, 3, 1, 2}));
    EXPECT_EQ(found({.words = "silk", .sort = Sort::relevance, .offset = 1, .limit = 2}), (Numbers{3, 1}));
}

TEST_F(CatalogueIndexTest, SortsBreakTiesById) {
    const auto make = [](std::uint32_t number, const char* name, std::int64_t price, std::int64_t created,
                         std::uint32_t popularity) {
        auto product = entry(number, name);
        product.price_paise = price;
        product.created_at = Timestamp::from_milliseconds(created);
        product.popularity = popularity;
        return product;
    };
    index_.apply({make(3, "beta", 500, 10, 1), make(1, "Álpha", 500, 30, 5), make(2, "alpha", 300, 30, 1),
                  make(4, "Gamma", 900, 20, 5)});
    EXPECT_EQ(found({.sort = Sort::newest}), (Numbers{1, 2, 4, 3}));
    EXPECT_EQ(found({.sort = Sort::price_asc}), (Numbers{2, 1, 3, 4}));
    EXPECT_EQ(found({.sort = Sort::price_desc}), (Numbers{4, 1, 3, 2}));
    EXPECT_EQ(found({.sort = Sort::popular}), (Numbers{1, 4, 2, 3}));
    EXPECT_EQ(found({.sort = Sort::name}), (Numbers{1, 2, 3, 4}));
    index_.set_popularity({{testkit::id<ProductId>(3), 9}, {testkit::id<ProductId>(99), 1}});
    EXPECT_EQ(found({.sort = Sort::popular}), (Numbers{3, 1, 4, 2}));
}

TEST_F(CatalogueIndexTest, SizesCountAsOfferedOrAsInStock) {
    auto first = entry(1, "One");
    first.sizes = {{"M", true}, {"L", false}};
    auto second = entry(2, "Two");
    second.sizes = {{"m", false}, {"L", false}};
    index_.apply({first, second});
    const auto sizes = [&](std::optional<bool> in_stock) {
        return index_.find({.sizes = {"M"}, .in_stock = in_stock, .facets = true}).facets->size;
    };
    EXPECT_EQ(found({.sizes = {"M"}}), (Numbers{1, 2}));
    EXPECT_EQ(found({.sizes = {"m"}, .in_stock = true}), Numbers{1});
    EXPECT_EQ(found({.sizes = {"L"}, .in_stock = true}), Numbers{});
    EXPECT_EQ(found({.sizes = {"L", "M"}, .in_stock = true}), Numbers{1});
    EXPECT_EQ(found({.in_stock = false}), Numbers{2});
    EXPECT_EQ(sizes(std::nullopt), (std::vector<FacetCount>{{"L", 2}, {"M", 2}}));
    EXPECT_EQ(sizes(true), (std::vector<FacetCount>{{"M", 1}}));
}

TEST_F(CatalogueIndexTest, EachFacetIsCountedWithoutItsOwnFilter) {
    auto red = entry(1, "One");
    red.colors = {"Royal Red"};
    red.price_paise = 100;
    auto blue = entry(2, "Two");
    blue.colors = {"Blue"};
    blue.price_paise = 200;
    auto saree = entry(3, "Three");
    saree.category = "Sarees";
    saree.colors = {"royal red"};
    saree.price_paise = 300;
    index_.apply({red, blue, saree});
    const auto page = index_.find({.min_price_paise = 100,
                                   .max_price_paise = 200,
                                   .categories = {"KURTAS"},
                                   .colors = {"royal RED"},
                                   .facets = true});
    EXPECT_EQ(page.total, 1U);
    EXPECT_EQ(page.facets->category, (std::vector<FacetCount>{{"Kurtas", 1}}));
    EXPECT_EQ(page.facets->color, (std::vector<FacetCount>{{"Blue", 1}, {"Royal Red", 1}}));
    EXPECT_EQ(page.facets->price, (PriceSpan{100, 100}));
    EXPECT_EQ(page.facets->material, std::vector<FacetCount>{});
    EXPECT_EQ(index_.find({.colors = {"none"}, .facets = true}).facets->price, std::nullopt);
}

TEST_F(CatalogueIndexTest, OnlyNewerRevisionsAreTaken) {
    auto product = entry(1, "Third");
    product.revision = 3;
    add(product);
    product.revision = 2;
    product.name = "Second";
    add(product);
    index_.apply({SearchRemoval{.id = product.id, .revision = 3}});
    EXPECT_EQ(found_by("third"), Numbers{1});
    index_.apply({SearchRemoval{.id = product.id, .revision = 4}});
    product.revision = 4;
    add(product);
    EXPECT_EQ(found_by(""), Numbers{});
    product.revision = 5;
    add(product);
    EXPECT_EQ(found_by("second"), Numbers{1});
}

TEST_F(CatalogueIndexTest, AChangedProductKeepsItsPopularity) {
    auto product = entry(2, "Two");
    product.popularity = 4;
    index_.apply({entry(1, "One"), product});
    product.revision = 2;
    product.popularity = 0;
    add(product);
    EXPECT_EQ(found({.sort = Sort::popular}), (Numbers{2, 1}));
}

TEST_F(CatalogueIndexTest, ARebuildTakesThePlaceOfWhatWasThere) {
    add(entry(1, "Old"));
    int batches = 0;
    index_.rebuild([&](std::vector<SearchEntry>& batch) {
        EXPECT_EQ(found_by("old"), Numbers{1});
        if (++batches <= 2) batch = {entry(static_cast<std::uint32_t>(batches + 1), "New")};
    });
    EXPECT_EQ(found_by(""), (Numbers{2, 3}));
    EXPECT_EQ(found_by("old"), Numbers{});
    add(entry(4, "Newer"));
    EXPECT_EQ(found_by("newe"), Numbers{4});
}

TEST_F(CatalogueIndexTest, ManyChangesLeaveNothingBehind) {
    constexpr int rounds = 5000;
    for (int round = 1; round <= rounds; ++round) {
        auto product = entry(static_cast<std::uint32_t>(round % 3 + 1), "Kurta number" + std::to_string(round));
        product.revision = round;
        product.category = "Category " + std::to_string(round);
        add(product);
    }
    EXPECT_EQ(index_.size(), 3U);
    EXPECT_EQ(found_by("kurta").size(), 3U);
    EXPECT_EQ(found_by("number17"), Numbers{});
    EXPECT_EQ(found_by("number4999"), Numbers{2});
    EXPECT_EQ(index_.find({.facets = true}).facets->category.size(), 3U);
    EXPECT_LT(index_.bytes(), 2'000'000U);
}

TEST_F(CatalogueIndexTest, SearchesGoOnWhileProductsChange) {
    index_.apply({entry(1, "Kurta"), entry(2, "Kurta")});
    std::atomic<bool> stop = false;
    std::atomic<int> searches = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&] {
            while (!stop || searches < 30) {
                const auto page = index_.find({.words = "kurta", .sort = Sort::relevance, .facets = true});
                // Both copies always hold two products, whatever revision they have.
                EXPECT_EQ(page.total, 2U);
                EXPECT_EQ(page.facets->category.size(), 1U);
                ++searches;
            }
        });
    }
    for (int round = 2; round < 400; ++round) {
        auto product = entry(static_cast<std::uint32_t>(round % 2 + 1), "Kurta " + std::to_string(round));
        product.revision = round;
        add(product);
    }
    stop = true;
    for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace fitview::products
