#include "products/products_routes.hpp"

#include "products/products_fixture.hpp"
#include "testkit/api_driver.hpp"

namespace fitview::products {
namespace {

constexpr const char* kurta =
    R"({"name": "Royal Blue Silk Kurta", "category": "Kurtas", "price": 4999.5, "sizes": [{"size": "M", "stock": 15}, {"size": "L", "stock": 0}],
        "description": "<p onclick=x>Soft</p><script>1</script>", "subcategory": "Festive", "tags": ["silk"], "colors": ["Royal Blue"],
        "material": "100% Pure Silk", "size_chart": {"M": {"bust": 92, "waist": [74, 78]}}, "hsn": "6211"})";

class ProductsRoutes : public ProductsFixture {
protected:
    ProductsRoutes() {
        add_routes(api_.router, service_, true);
        api_.as(shop_, http::Role::retailer);
    }
    std::string text(const testkit::ApiAnswer& answer, std::string_view pointer) {
        return std::string(answer.at(pointer).as_string());
    }
    std::string add(const char* body = kurta) { return text(api_.post("/products", body), "/id"); }
    testkit::ApiAnswer upload(const std::string& id, const std::string& bytes) {
        return api_.post_form("/products/" + id + "/images", {{"file", bytes, "a.png", "image/png"}});
    }
    std::size_t listed(const std::string& query) {
        return api_.get("/products" + query).at("/items").as_array().size();
    }
    void as_nobody() { api_.as_nobody(); }

    testkit::ApiDriver api_;
};

TEST_F(ProductsRoutes, ACreatedProductIsFoundAsItWasSent) {
    const auto created = api_.post("/products", kurta);
    ASSERT_EQ(created.status, 201) << created.text;
    const std::string path = "/products/" + text(created, "/id");
    EXPECT_EQ(created.header("Location"), "/api/v1" + path);
    EXPECT_EQ(created.at("/price"), 4999.5);
    EXPECT_EQ(created.at("/currency"), "INR");
    EXPECT_EQ(created.at("/description"), "<p>Soft</p>");
    EXPECT_EQ(text(created, "/retailer_id"), shop_.str());
    EXPECT_EQ(created.at("/in_stock"), true);
    EXPECT_EQ(created.at("/sizes/0/stock"), 15);
    EXPECT_EQ(created.at("/size_chart/M/waist/1"), 78);
    EXPECT_EQ(created.at("/try_on/state"), "no_picture");
    EXPECT_EQ(created.at("/revision"), 1);
    as_nobody();
    const auto read = api_.get(path);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(read.json, created.json);
    EXPECT_EQ(api_.with("If-None-Match", read.header("ETag")).get(path).status, 304);
}

TEST_F(ProductsRoutes, EveryWrongFieldIsNamed) {
    const auto refused = api_.post(
        "/products",
        R"({"name": "", "price": 0, "sizes": [{"size": "M", "stock": 1}, {"size": "m", "stock": -1}], "hsn": "12",
        "size_chart": {"M": {"bust": [9, 3]}}, "tags": ["ok", ""], "colour": "x"})");
    EXPECT_EQ(refused.status, 422);
    std::vector<std::string> pointers;
    const auto errors = refused.at("/errors");
    for (const auto& error : errors.as_array()) pointers.emplace_back(error.at("pointer").as_string());
    std::sort(pointers.begin(), pointers.end());
    EXPECT_EQ(pointers, (std::vector<std::string>{"/category", "/colour", "/hsn", "/name", "/price",
                                                  "/size_chart/M/bust", "/sizes/1/size", "/sizes/1/stock", "/tags/1"}));
}

struct Refused {
    const char* body;
    const char* pointer;
};
class RefusedProducts : public ProductsRoutes, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedProducts, NameTheField) {
    const std::string body =
        std::string(R"({"name": "A", "category": "B", "price": 1, "sizes": [{"size": "M", "stock": 1}])") +
        GetParam().body + "}";
    const std::string id = add();
    const auto refused = api_.put("/products/" + id, "{" + std::string(GetParam().body).substr(1) + "}");
    EXPECT_EQ(refused.status, 422) << refused.text;
    EXPECT_EQ(refused.at("/errors/0/pointer"), GetParam().pointer) << refused.text;
}

INSTANTIATE_TEST_SUITE_P(
    Fields, RefusedProducts,
    testing::Values(Refused{R"(,"name": "  ")", "/name"}, Refused{R"(,"price": 10000000)", "/price"},
                    Refused{R"(,"price": 1.005)", "/price"}, Refused{R"(,"price": "5")", "/price"},
                    Refused{R"(,"sizes": [])", "/sizes"}, Refused{R"(,"sizes": [{"size": "M"}])", "/sizes/0/stock"},
                    Refused{R"(,"sizes": [{"size": "M", "stock": 1000001}])", "/sizes/0/stock"},
                    Refused{R"(,"sizes": [{"size": "M", "stock": 1.5}])", "/sizes/0/stock"},
                    Refused{R"(,"category": "0123456789012345678901234567890123456789012345678901234567890")",
                            "/category"},
                    Refused{R"(,"size_chart": {"M": {"bust": "92"}})", "/size_chart/M/bust"},
                    Refused{R"(,"size_chart": {"M": {"bust": [1, 2, 3]}})", "/size_chart/M/bust"},
                    Refused{R"(,"size_chart": {"M": {"bust": 0}})", "/size_chart/M/bust"},
                    Refused{R"(,"size_chart_of": "dress")", "/size_chart_of"},
                    Refused{R"(,"tax_class": "luxury")", "/tax_class"},
                    Refused{R"(,"id": "65f0c0ffee0123456789abcd")", "/id"}, Refused{R"(,"hsn": "123456789")", "/hsn"},
                    Refused{R"(,"name": null)", "/name"}, Refused{R"(,"price": -1)", "/price"}));

TEST_F(ProductsRoutes, OnlyRetailersAndAdminsMayWrite) {
    const std::string id = add();
    api_.as(shopper_);
    EXPECT_EQ(api_.post("/products", kurta).status, 403);
    EXPECT_EQ(api_.put("/products/" + id, "{}").status, 403);
    EXPECT_EQ(api_.del("/products/" + id).status, 403);
    EXPECT_EQ(upload(id, photo(64)).status, 403);
    as_nobody();
    EXPECT_EQ(api_.post("/products", kurta).status, 401);
}

TEST_F(ProductsRoutes, AnotherShopIsForbiddenAndAnAdminIsNot) {
    const std::string id = add();
    api_.as(other_shop_, http::Role::retailer);
    EXPECT_EQ(api_.put("/products/" + id, R"({"name": "Mine"})").status, 403);
    EXPECT_EQ(api_.del("/products/" + id).status, 403);
    EXPECT_EQ(upload(id, photo(64)).status, 403);
    EXPECT_EQ(api_.put("/products/" + id + "/images/order", R"({"image_ids": []})").status, 403);
    EXPECT_EQ(api_.put("/products/ffffffffffffffffffffffff", "{}").status, 404);
    EXPECT_EQ(api_.put("/products/nonsense", "{}").status, 404);
    api_.as(testkit::id<UserId>(9), http::Role::admin);
    const auto changed = api_.put("/products/" + id, R"({"name": "Ours"})");
    EXPECT_EQ(changed.at("/name"), "Ours");
    EXPECT_EQ(text(changed, "/retailer_id"), shop_.str());
}

TEST_F(ProductsRoutes, AChangeKeepsWhatItLeavesOut) {
    const std::string id = add();
    clock_.advance(std::chrono::seconds(5));
    const auto changed =
        api_.put("/products/" + id, R"({"price": 999, "subcategory": null, "description": "<b>New</b>"})");
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(changed.at("/price"), 999);
    EXPECT_TRUE(changed.at("/subcategory").is_null());
    EXPECT_EQ(changed.at("/name"), "Royal Blue Silk Kurta");
    EXPECT_EQ(changed.at("/sizes/0/stock"), 15);
    EXPECT_EQ(changed.at("/revision"), 2);
    EXPECT_NE(changed.at("/updated_at"), changed.at("/created_at"));
    EXPECT_EQ(api_.get("/products/" + id).json, changed.json);
    EXPECT_EQ(listed("?max_price=1000"), 1U);
    EXPECT_EQ(listed("?subcategory=festive"), 0U);
}

TEST_F(ProductsRoutes, APreconditionHoldsForTheRevision) {
    const std::string path = "/products/" + add();
    const std::string etag = api_.get(path).header("ETag");
    EXPECT_EQ(api_.with("If-Match", etag).put(path, R"({"price": 1})").status, 200);
    const auto refused = api_.with("If-Match", etag).put(path, R"({"price": 2})");
    EXPECT_EQ(refused.status, 412);
    EXPECT_EQ(refused.code(), "precondition_failed");
    EXPECT_EQ(api_.with("If-Match", "nonsense").put(path, R"({"price": 2})").status, 400);
    EXPECT_EQ(api_.with("If-Match", "*").put(path, R"({"price": 3})").status, 200);
    EXPECT_EQ(api_.with("If-Match", etag).del(path).status, 412);
    EXPECT_EQ(api_.get(path).at("/price"), 3);
}

TEST_F(ProductsRoutes, AnAnalysisIsNoEdit) {
    const std::string id = add();
    const std::string path = "/products/" + id;
    const auto picture = upload(id, photo(64));
    const std::string etag = api_.get(path).header("ETag");
    EXPECT_EQ(api_.get(path).at("/try_on/state"), "pending");
    service_.set_try_on(*ProductId::check(id), *PictureId::check(text(picture, "/id")),
                        {.state = pictures::TryOnState::ready, .score = 0.9, .reasons = {}});
    EXPECT_EQ(api_.get(path).at("/try_on/score"), 0.9);
    EXPECT_NE(api_.get(path).header("ETag"), etag);
    EXPECT_EQ(api_.with("If-Match", etag).put(path, R"({"price": 1})").status, 200);
}

TEST_F(ProductsRoutes, AWithdrawnProductIsGone) {
    const std::string id = add();
    EXPECT_EQ(api_.get("/products/" + id).status, 200);
    EXPECT_EQ(api_.del("/products/" + id).status, 204);
    EXPECT_EQ(api_.get("/products/" + id).status, 404);
    EXPECT_EQ(api_.put("/products/" + id, "{}").status, 404);
    EXPECT_EQ(api_.del("/products/" + id).status, 404);
    EXPECT_EQ(listed(""), 0U);
    EXPECT_TRUE(store_->find(*ProductId::check(id)));
}

TEST_F(ProductsRoutes, AListHasPagesAndFacets) {
    add();
    clock_.advance(std::chrono::seconds(1));
    const std::string newer = add(
        R"({"name": "Maroon Saree", "category": "Sarees", "price": 100, "sizes": [{"size": "Free", "stock": 1}], "colors": ["Maroon"]})");
    as_nobody();
    const auto page = api_.get("/products?page_size=1&facets=true");
    EXPECT_EQ(text(page, "/items/0/id"), newer);
    EXPECT_EQ(page.at("/total"), 2);
    EXPECT_EQ(page.at("/pages"), 2);
    EXPECT_EQ(page.at("/facets/category/0/value"), "Kurtas");
    EXPECT_EQ(page.at("/facets/price/min"), 100);
    EXPECT_EQ(page.at("/facets/price/max"), 4999.5);
    EXPECT_FALSE(page.header("ETag").empty());
    EXPECT_EQ(api_.with("If-None-Match", page.header("ETag")).get("/products?page_size=1&facets=true").status, 304);
    EXPECT_EQ(api_.get("/products?page=3").at("/items").as_array().size(), 0U);
    EXPECT_EQ(api_.get("/products").json.at("items"), api_.get("/products?sort=newest").json.at("items"));
    EXPECT_FALSE(api_.get("/products").json.as_object().contains("facets"));
    EXPECT_TRUE(api_.get("/products?category=none&facets=true").at("/facets/price/min").is_null());
}

TEST_F(ProductsRoutes, FiltersNarrowAndRepeatedFiltersWiden) {
    add();
    add(R"({"name": "Maroon Saree", "category": "Sarees", "price": 100, "sizes": [{"size": "Free", "stock": 0}], "colors": ["Maroon"]})");
    for (const char* query :
         {"?search=silk%20kur", "?category=KURTAS", "?category=kurtas&color=royal%20blue", "?size=m", "?size=l",
          "?in_stock=true", "?min_price=4999.5", "?max_price=100", "?material=100%25%20pure%20silk", "?tag=Silk",
          "?subcategory=festive", "?category=Sarees&in_stock=false",
          "?search=roayl&retailer_id=000000000000000000000065"}) {
        EXPECT_EQ(listed(query), 1U) << query;
    }
    for (const char* query : {"?category=Kurtas&category=Sarees", "?category=", "?min_price=100&max_price=4999.50",
                              "?color=maroon&color=Royal%20Blue"}) {
        EXPECT_EQ(listed(query), 2U) << query;
    }
    for (const char* query : {"?size=l&in_stock=true", "?category=kurta", "?retailer_id=ffffffffffffffffffffffff",
                              "?min_price=5&max_price=4", "?search=cotton"}) {
        EXPECT_EQ(listed(query), 0U) << query;
    }
}

TEST_F(ProductsRoutes, AWrongQueryIsRefusedWithItsParameter) {
    for (const auto& [query, parameter] :
         std::vector<std::pair<std::string, std::string>>{{"?sort=cheap", "sort"},
                                                          {"?page=0", "page"},
                                                          {"?page_size=101", "page_size"},
                                                          {"?min_price=abc", "min_price"},
                                                          {"?min_price=-1", "min_price"},
                                                          {"?in_stock=yes", "in_stock"},
                                                          {"?retailer_id=7", "retailer_id"},
                                                          {"?colour=red", "colour"},
                                                          {"?sort=newest&sort=name", "sort"}}) {
        const auto refused = api_.get("/products" + query);
        EXPECT_EQ(refused.status, 422) << query;
        EXPECT_EQ(text(refused, "/errors/0/parameter"), parameter) << query;
    }
}

TEST_F(ProductsRoutes, PicturesAreStoredListedAndServedByKey) {
    const std::string id = add();
    const auto picture = upload(id, photo(600));
    ASSERT_EQ(picture.status, 201) << picture.text;
    const std::string picture_id = text(picture, "/id");
    EXPECT_EQ(text(picture, "/url"), "http://shop.test/media/products/" + id + "/" + picture_id + ".webp");
    EXPECT_EQ(text(picture, "/thumbnail_url"),
              "http://shop.test/media/products/" + id + "/thumbnails/" + picture_id + "_thumb.webp");
    EXPECT_EQ(picture.at("/width"), 600);
    EXPECT_EQ(api_.get("/products/" + id).at("/images/0"), picture.json);
    ASSERT_EQ(analyst_.asked.size(), 1U);
    EXPECT_EQ(analyst_.asked[0].picture.id.str(), picture_id);
    EXPECT_EQ(analyst_.asked[0].garment_type, engine::GarmentType::kurta);
    const auto key = storage::ObjectKey::of("products/" + id + "/" + picture_id + ".webp");
    clock_.advance(std::chrono::hours(100));
    EXPECT_TRUE(ledger_->condemn_due(clock_.now(), 10).empty());
    EXPECT_TRUE(objects_->exists(key));
    EXPECT_EQ(api_.del("/products/" + id + "/images/" + picture_id).status, 204);
    EXPECT_FALSE(objects_->exists(key));
    EXPECT_EQ(api_.get("/products/" + id).at("/try_on/state"), "no_picture");
    EXPECT_EQ(api_.del("/products/" + id + "/images/" + picture_id).status, 404);
}

TEST_F(ProductsRoutes, AnUnusablePictureIsRefusedAndNothingIsStored) {
    const std::string id = add();
    EXPECT_EQ(upload(id, "no picture").status, 415);
    EXPECT_EQ(upload(id, "").status, 415);
    const auto small = upload(id, photo(63));
    EXPECT_EQ(small.status, 422);
    EXPECT_EQ(small.code(), "unusable_picture");
    EXPECT_EQ(small.at("/errors/0/pointer"), "/file");
    EXPECT_EQ(upload(id, photo(64).substr(0, 60)).status, 422);
    EXPECT_TRUE(objects_->list("", std::nullopt, 10).empty());
    EXPECT_EQ(api_.get("/products/" + id).at("/revision"), 1);
    EXPECT_EQ(api_.post_form("/products/" + id + "/images", {{"photo", photo(64), "a.png", "image/png"}}).status, 422);
}

TEST_F(ProductsRoutes, APictureNamesTheModelWhoWearsTheProduct) {
    const std::string path = "/products/" + add() + "/images";
    const auto sent = [&](const std::string& model) {
        return api_.post_form(path, {{"file", photo(64), "a.png", "image/png"}, {.name = "worn_by", .bytes = model}});
    };
    const std::string model = testkit::id<ModelId>(9).str();
    const auto picture = sent(model);
    ASSERT_EQ(picture.status, 201) << picture.text;
    EXPECT_EQ(text(picture, "/worn_by"), model);
    EXPECT_EQ(sent("me").at("/errors/0/pointer"), "/worn_by");
    const auto unknown = sent(testkit::id<ModelId>(8).str());
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.at("/errors/0/pointer"), "/worn_by");
}

TEST_F(ProductsRoutes, TheEleventhPictureIsAConflict) {
    const std::string id = add();
    for (int count = 0; count < 10; ++count) EXPECT_EQ(upload(id, photo(64)).status, 201);
    const auto refused = upload(id, photo(64));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "conflict");
    EXPECT_EQ(api_.get("/products/" + id).at("/images").as_array().size(), 10U);
}

TEST_F(ProductsRoutes, PicturesTakeTheOrderGiven) {
    const std::string id = add();
    const std::string first = text(upload(id, photo(64)), "/id");
    const std::string second = text(upload(id, photo(64)), "/id");
    const std::string path = "/products/" + id + "/images/order";
    const auto ordered = api_.put(path, R"({"image_ids": [")" + second + R"(", ")" + first + R"("]})");
    ASSERT_EQ(ordered.status, 200) << ordered.text;
    EXPECT_EQ(text(ordered, "/items/0/id"), second);
    EXPECT_EQ(text(api_.get("/products/" + id), "/images/0/id"), second);
    EXPECT_EQ(analyst_.asked.back().picture.id.str(), second);
    EXPECT_EQ(api_.put(path, R"({"image_ids": [")" + first + R"("]})").at("/errors/0/pointer"), "/image_ids");
    EXPECT_EQ(api_.put(path, R"({"image_ids": [")" + first + R"(", ")" + first + R"("]})").at("/errors/0/pointer"),
              "/image_ids/1");
    EXPECT_EQ(text(api_.get("/products/" + id), "/images/0/id"), second);
}

TEST_F(ProductsRoutes, CorrectedFitPointsHoldForTheMainPictureOnly) {
    const std::string id = add();
    const std::string path = "/products/" + id + "/fit-points";
    EXPECT_EQ(api_.put(path, R"({"points": []})").code(), "not_try_on_ready");
    const std::string first = text(upload(id, photo(64)), "/id");
    const std::string second = text(upload(id, photo(64)), "/id");
    const auto found = api_.get(path);
    ASSERT_EQ(found.status, 200) << found.text;
    EXPECT_EQ(found.at("/points/0/source"), "found");

    const std::string corrections = R"({"points": [{"name": "left_shoulder", "x": 0.75, "y": 0.25}]})";
    const auto corrected = api_.with("If-Match", found.header("ETag")).put(path, corrections);
    ASSERT_EQ(corrected.status, 200) << corrected.text;
    EXPECT_EQ(corrected.at("/points/0/x"), 0.75);
    EXPECT_EQ(corrected.at("/points/0/source"), "corrected");
    EXPECT_EQ(corrected.at("/points/1/source"), "found");
    EXPECT_EQ(corrected.at("/revision"), api_.get("/products/" + id).at("/revision"));
    ASSERT_TRUE(analyst_.asked.back().fit_points) << "the picture is judged again with them";
    EXPECT_EQ(api_.with("If-Match", found.header("ETag")).put(path, corrections).code(), "precondition_failed");
    EXPECT_EQ(
        api_.put(path, R"({"points": [{"name": "left_shoulder", "x": 0.75, "y": 1.25}]})").at("/errors/0/pointer"),
        "/points/0/y");

    api_.put("/products/" + id + "/images/order", R"({"image_ids": [")" + second + R"(", ")" + first + R"("]})");
    EXPECT_EQ(api_.get(path).at("/points/0/source"), "found");
    api_.as(other_shop_, http::Role::retailer);
    EXPECT_EQ(api_.get(path).status, 403);
}

TEST_F(ProductsRoutes, AViewCountsOncePerViewerAndDay) {
    const std::string first = add();
    clock_.advance(std::chrono::seconds(1));
    const std::string second = add();
    api_.as(shopper_);
    for (int again = 0; again < 3; ++again) api_.get("/products/" + first);
    as_nobody();
    for (int again = 0; again < 2; ++again) api_.with("User-Agent", "one").get("/products/" + first);
    api_.with("User-Agent", "two").get("/products/" + first);
    ASSERT_EQ(events_.events.size(), 3U);
    EXPECT_EQ(events_.events[0].viewer, shopper_.str());
    EXPECT_EQ(events_.events[1].viewer.size(), 32U);
    clock_.advance(std::chrono::hours(24));
    api_.with("User-Agent", "two").get("/products/" + first);
    EXPECT_EQ(events_.events.size(), 4U);
    EXPECT_NE(events_.events[3].viewer, events_.events[2].viewer);
    popularity_.write_down();
    EXPECT_EQ(text(api_.get("/products?sort=popular"), "/items/0/id"), first);
    EXPECT_EQ(text(api_.get("/products?sort=newest"), "/items/0/id"), second);
}

}  // namespace
}  // namespace fitview::products
