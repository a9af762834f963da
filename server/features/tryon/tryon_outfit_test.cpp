#include "tryon/tryon_fixture.hpp"

#include <boost/json/array.hpp>

namespace fitview::tryon {
namespace {

class Outfits : public Tryon {
protected:
    Outfits() {
        const auto add = [&](const ProductId& id, const std::string& name, const std::string& category,
                             std::uint8_t value) {
            const std::string key = "products/q/" + std::to_string(value) + ".webp";
            objects_->put(storage::ObjectKey::of(key), media::encode_webp(grey(96, 128, value)));
            sources_.products[id] = {
                .name = name, .picture_key = key, .picture_hash = key, .category = category, .usable = true};
        };
        add(dupatta_, "Red Dupatta", "Dupattas", 10);
        add(trousers_, "White Palazzo", "Palazzos", 20);
    }
    std::string outfit(const std::vector<ProductId>& products, const std::string& more = "") {
        std::string ids;
        for (const ProductId& product : products) ids += (ids.empty() ? "\"" : ",\"") + product.str() + "\"";
        return R"({"model_id":")" + model_.str() + R"(","product_ids":[)" + ids + "]" + more + "}";
    }
    const ProductId dupatta_ = testkit::id<ProductId>(71);
    const ProductId trousers_ = testkit::id<ProductId>(72);
};

TEST_F(Outfits, AreWornInDressingOrderWhateverTheOrderAskedFor) {
    const auto started = api_.post("/tryon/outfit", outfit({dupatta_, product_, trousers_}));
    ASSERT_EQ(started.status, 202) << started.text;
    EXPECT_EQ(text(started, "/kind"), "outfit");
    EXPECT_EQ(text(started, "/product_id"), dupatta_.str());
    EXPECT_EQ(text(started, "/garments/0/name"), "White Palazzo");
    EXPECT_EQ(text(started, "/garments/1/name"), "Blue Kurta");
    EXPECT_EQ(text(started, "/garments/2/product_id"), dupatta_.str());
    work();
    const auto done = api_.get("/tryon/" + text(started, "/id"));
    EXPECT_EQ(text(done, "/status"), "completed") << done.text;
    EXPECT_EQ(painter_.garments.size(), 3U);
    EXPECT_EQ(sources_.uses, 3);
    EXPECT_EQ(api_.get("/tryon/history").at("/items/0/kind"), "outfit");

    const auto again = api_.post("/tryon/outfit", outfit({product_, trousers_, dupatta_}));
    EXPECT_EQ(again.status, 201) << again.text;
    EXPECT_EQ(again.at("/cached"), true);
    EXPECT_EQ(text(again, "/result_url"), text(done, "/result_url"));
    EXPECT_EQ(painter_.calls, 1);
    EXPECT_EQ(api_.post("/tryon/outfit", outfit({product_, trousers_})).status, 202) << "another outfit";
}

TEST_F(Outfits, NameTheProductsThatCannotBeWorn) {
    const auto missing = testkit::id<ProductId>(99);
    const auto unknown = api_.post("/tryon/outfit", outfit({product_, missing}));
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(text(unknown, "/errors/0/pointer"), "/product_ids/1");
    const auto unready = api_.post("/tryon/outfit", outfit({product_, unready_}));
    EXPECT_EQ(unready.code(), "not_try_on_ready");
    EXPECT_EQ(text(unready, "/errors/0/pointer"), "/product_ids/1");
    EXPECT_NE(text(unready, "/detail").find("Bag"), std::string::npos);
    EXPECT_EQ(text(api_.post("/tryon/outfit", outfit({product_, trousers_, product_})), "/errors/0/pointer"),
              "/product_ids/2");
    EXPECT_EQ(api_.post("/tryon/outfit", outfit({product_})).status, 422);
    EXPECT_EQ(api_.post("/tryon/outfit", outfit({product_, trousers_, dupatta_, unready_, missing})).status, 422);
    EXPECT_EQ(api_.get("/tryon/history").at("/total"), 0);
}

TEST_F(Outfits, EachSareeOrDupattaMayBeWornInItsOwnWay) {
    const ProductId second = testkit::id<ProductId>(73);
    sources_.products[second] = sources_.products[dupatta_];
    const auto started = api_.post(
        "/tryon/outfit",
        outfit({product_, dupatta_, second}, R"(,"options":{"drape":"round_neck"},"drapes":[{"product_id":")" +
                                                 dupatta_.str() + R"(","drape":"one_shoulder"}])"));
    ASSERT_EQ(started.status, 202) << started.text;
    work();
    using enum engine::DrapeWay;
    EXPECT_EQ(painter_.drapes, (std::vector<std::optional<engine::DrapeWay>>{std::nullopt, one_shoulder, round_neck}));
    EXPECT_EQ(text(started, "/garments/1/drape"), "one_shoulder");
    EXPECT_EQ(api_.post("/tryon/outfit", outfit({product_, dupatta_, second})).status, 202) << "another picture";
}

TEST_F(Outfits, AWayToWearIsOneOfTheGarments) {
    const auto asked = [&](const std::string& more) {
        return api_.post("/tryon/outfit", outfit({product_, dupatta_}, more));
    };
    const auto drape_of = [](const ProductId& product, const std::string& way) {
        return R"({"product_id":")" + product.str() + R"(","drape":")" + way + "\"}";
    };
    const auto fault = [&](const std::string& more) {
        const auto answer = asked(more);
        EXPECT_EQ(answer.status, 422) << answer.text;
        return text(answer, "/errors/0/pointer");
    };
    EXPECT_EQ(fault(R"(,"drapes":[)" + drape_of(product_, "sides") + "]"), "/drapes/0/drape");
    EXPECT_EQ(fault(R"(,"drapes":[)" + drape_of(dupatta_, "nivi") + "]"), "/drapes/0/drape");
    EXPECT_EQ(fault(R"(,"drapes":[)" + drape_of(trousers_, "sides") + "]"), "/drapes/0/product_id");
    const std::string sides = drape_of(dupatta_, "sides");
    EXPECT_EQ(fault(R"(,"drapes":[)" + sides + "," + sides + "]"), "/drapes/1/product_id");
    EXPECT_EQ(fault(R"(,"options":{"drape":"nivi"})"), "/options/drape");
    EXPECT_EQ(fault(R"(,"options":{"drape":"upside_down"})"), "/options/drape");
    const auto single = api_.post("/tryon", body(product_, R"(,"options":{"drape":"sides"})"));
    EXPECT_EQ(text(single, "/errors/0/pointer"), "/options/drape") << single.text;
    EXPECT_NE(text(single, "/errors/0/detail").find("sarees and dupattas"), std::string::npos);
    EXPECT_EQ(api_.post("/tryon", body(dupatta_, R"(,"options":{"drape":"sides"})")).status, 202);
    EXPECT_EQ(api_.get("/tryon/history").at("/total"), 1);
}

TEST_F(Outfits, OfABatchOnlyWhatCannotBeWornThatWayFails) {
    const auto batch =
        api_.post("/tryon/batch", R"({"model_id":")" + model_.str() + R"(","product_ids":[")" + dupatta_.str() +
                                      R"(",")" + product_.str() + R"("],"options":{"drape":"round_neck"}})");
    ASSERT_EQ(batch.status, 202) << batch.text;
    EXPECT_EQ(batch.at("/items/0/status"), "pending");
    EXPECT_EQ(batch.at("/items/1/status"), "failed");
    EXPECT_NE(text(batch, "/items/1/error/detail").find("sarees and dupattas"), std::string::npos) << batch.text;
}

TEST_F(Outfits, AFinishedOutfitIsAModelOfAllItsLayers) {
    const auto started = api_.post("/tryon/outfit", outfit({product_, trousers_}));
    work();
    const auto model = api_.get("/tryon/" + text(started, "/id") + "/model.glb");
    ASSERT_EQ(model.status, 200) << model.text;
    EXPECT_EQ(model.text.substr(0, 4), "glTF");
    sources_.products.erase(trousers_);
    objects_->remove(storage::ObjectKey::of("products/q/20.webp"));
    EXPECT_EQ(api_.get("/tryon/" + text(started, "/id") + "/model.glb").status, 200) << "it is kept";
}

TEST_F(Tryon, TheFitOverlayIsKeptBesideThePictureAndSharedWithIt) {
    const auto made = finished();
    const auto shared = api_.post("/tryon", body(product_));
    EXPECT_FALSE(text(made, "/fit_overlay_url").empty()) << made.text;
    EXPECT_EQ(shared.at("/fit_overlay_url"), made.at("/fit_overlay_url"));
    EXPECT_EQ(text(made, "/fit_overlay_url").find("signature="), std::string::npos) << "a brand model's is public";
    EXPECT_EQ(objects_->list("tryon_results/", std::nullopt, 10).size(), 3U);
    api_.clock.advance(std::chrono::hours(24 * 92));
    sweeper_.sweep();
    EXPECT_TRUE(objects_->list("tryon_results/", std::nullopt, 10).empty());
}

TEST_F(Tryon, CorrectedFitPointsAreAnotherPicture) {
    finished();
    sources_.products[product_].fit_points = R"({"points":[]})";
    EXPECT_EQ(api_.post("/tryon", body(product_)).status, 202);
    work();
    EXPECT_EQ(api_.post("/tryon", body(product_)).at("/cached"), true);
    sources_.models[model_].fit_points = R"({"points":[]})";
    EXPECT_EQ(api_.post("/tryon", body(product_)).status, 202);
}

TEST_F(Tryon, TheSizeChartAndTheModelsHeightReachTheGenerator) {
    sources_.models[model_].size = "M";
    sources_.models[model_].body = {{"height", 165}};
    sources_.products[product_].size_chart.of_garment = true;
    sources_.products[product_].size_chart.sizes["M"]["length"] = {110, 110};
    EXPECT_EQ(text(finished(), "/status"), "completed");
    EXPECT_EQ(painter_.measures.body.height, 165);
    EXPECT_EQ(painter_.measures.garment.length, 110);
    EXPECT_FALSE(painter_.measures.garment.sleeve);
    sources_.products[product_].size_chart.sizes["M"]["length"] = {100, 100};
    EXPECT_EQ(api_.post("/tryon", body(product_)).status, 202) << "another length is another picture";
}

TEST_F(Tryon, TheMaterialReachesTheGenerator) {
    sources_.products[product_].material = "Pure silk";
    EXPECT_EQ(text(finished(), "/status"), "completed");
    EXPECT_EQ(painter_.material, "Pure silk");
    sources_.products[product_].material = "Denim";
    EXPECT_EQ(api_.post("/tryon", body(product_)).status, 202) << "another cloth is another picture";
}

TEST_F(Tryon, SaysHowTheGarmentFitsAlsoWhenItComesFromTheCache) {
    EXPECT_FALSE(finished().json.at("quality").as_object().contains("fit"));
    painter_.fit.zones = {{.zone = "chest", .verdict = "tight", .ease_cm = -1.234}};
    painter_.fit.notes = {"Ends at the knee."};
    sources_.products[product_].material = "Denim";
    const auto made = finished();
    const auto shared = api_.post("/tryon", body(product_));
    EXPECT_EQ(shared.at("/cached"), true);
    for (const auto& session : {made, shared}) {
        EXPECT_EQ(session.at("/quality/fit/zones/0/verdict"), "tight");
        EXPECT_EQ(session.at("/quality/fit/zones/0/ease_cm"), -1.2);
        EXPECT_EQ(text(session, "/quality/fit/notes/0"), "Ends at the knee.");
    }
}

TEST_F(Tryon, TheShopMayShowRoughPreviews) {
    painter_.score = 0.1;
    const auto refused = finished();
    EXPECT_EQ(text(refused, "/status"), "failed");
    EXPECT_NE(text(refused, "/error/detail").find("daylight"), std::string::npos);
    sources_.products[product_].rough_preview = true;
    const auto shown = finished();
    EXPECT_EQ(text(shown, "/status"), "completed") << shown.text;
    EXPECT_EQ(shown.at("/is_rough_preview"), true);
    sources_.products[product_].rough_preview = false;
    const auto again = api_.post("/tryon", body(product_));
    EXPECT_EQ(text(again, "/status"), "failed") << "what was shared as a rough preview is not shown to others";
    EXPECT_EQ(again.at("/is_rough_preview"), false);
}

}  // namespace
}  // namespace fitview::tryon
