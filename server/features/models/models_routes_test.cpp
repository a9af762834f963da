#include "models/models_routes.hpp"

#include <gtest/gtest.h>

#include "models/models_service.hpp"
#include "pictures/pictures_lookup.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/api_driver.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::models {
namespace {

class RecordingAnalyst final : public PictureAnalyst {
public:
    void analyse(const ModelId& id, const pictures::Picture& picture,
                 const std::optional<engine::BodyFitPoints>& fit_points) override {
        asked.emplace_back(id, picture.id);
        corrections = fit_points;
    }
    std::vector<std::pair<ModelId, PictureId>> asked;
    std::optional<engine::BodyFitPoints> corrections;
};

/// Sees the shoulders of everybody.
class ShoulderFinder final : public pictures::FitPointFinder {
public:
    std::vector<engine::FoundPoint<engine::BodyPoint>> on_person(const pictures::Picture&) override {
        return {{engine::BodyPoint::left_shoulder, 0.62, 0.25, 0.9},
                {engine::BodyPoint::right_shoulder, 0.38, 0.25, 0.4}};
    }
    std::vector<engine::FoundPoint<engine::GarmentPoint>> on_garment(
        const pictures::Picture&, const std::optional<engine::GarmentType>&) override {
        return {};
    }
};

std::string photo(int side) {
    media::Raster raster{.width = side, .height = side, .channels = 3, .bytes = {}};
    raster.bytes.assign(raster.row_bytes() * static_cast<std::size_t>(side), 120);
    return media::encode_png(raster);
}

class ModelsRoutes : public testing::Test {
protected:
    ModelsRoutes() {
        add_routes(api_.router, service_);
        api_.as(shop_, http::Role::retailer);
    }
    std::string text(const testkit::ApiAnswer& answer, std::string_view pointer) {
        return std::string(answer.at(pointer).as_string());
    }
    std::string add(const std::string& more = {}) {
        return text(api_.post("/models",
                              R"({"name": "Riya", "body_type": "curvy", "height_cm": 165, "size": "L")" + more + "}"),
                    "/id");
    }
    testkit::ApiAnswer upload(const std::string& id, const std::string& bytes = photo(64)) {
        return api_.post_form("/models/" + id + "/image", {{"file", bytes, "a.png", "image/png"}});
    }
    std::int64_t listed(const std::string& query = {}) { return api_.get("/models" + query).at("/total").as_int64(); }

    testkit::FixedClock clock_;
    testkit::TemporaryFolder folder_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::UnitOfWork> unit_of_work_ = storage::open_sqlite_unit_of_work(database_);
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::unique_ptr<media::PictureDecoder> decoder_ = media::make_in_process_decoder();
    std::unique_ptr<Store> store_ = open_sqlite_store(database_);
    const pictures::Addresses addresses_{"http://shop.test", "", Secret("key"), std::chrono::hours(1), clock_};
    RecordingAnalyst analyst_;
    ShoulderFinder finder_;
    pictures::Shelf shelf_{*decoder_, *objects_, *ledger_, clock_};
    Service service_{{*store_, *unit_of_work_, shelf_, addresses_, analyst_, finder_, clock_}};
    testkit::ApiDriver api_;
    const UserId shop_ = testkit::id<UserId>(101);
    const UserId other_shop_ = testkit::id<UserId>(102);
};

TEST_F(ModelsRoutes, ACreatedModelIsShownToItsOwnerUntilItHasAPicture) {
    const auto created = api_.post("/models", R"({"name": "Riya", "body_type": "curvy", "height_cm": 165, "size": "L",
        "skin_tone": "olive", "measurements": {"bust": 92.5}})");
    ASSERT_EQ(created.status, 201) << created.text;
    const std::string id = text(created, "/id");
    EXPECT_EQ(created.header("Location"), "/api/v1/models/" + id);
    EXPECT_TRUE(created.at("/image_url").is_null());
    EXPECT_EQ(created.at("/try_on/state"), "no_picture");
    EXPECT_EQ(created.at("/usage_count"), 0);
    EXPECT_EQ(api_.get("/models/" + id).json, created.json);
    EXPECT_EQ(listed(), 1);
    api_.as(other_shop_, http::Role::retailer);
    EXPECT_EQ(api_.get("/models/" + id).status, 404);
    EXPECT_EQ(listed(), 0);
    api_.as_nobody();
    EXPECT_EQ(api_.get("/models/" + id).status, 404);
    EXPECT_EQ(listed(), 0);
}

TEST_F(ModelsRoutes, APictureListsTheModel) {
    const std::string id = add();
    const auto picture = upload(id);
    ASSERT_EQ(picture.status, 201) << picture.text;
    EXPECT_EQ(text(picture, "/url"), "http://shop.test/media/models/" + id + "/" + text(picture, "/id") + ".webp");
    ASSERT_EQ(analyst_.asked.size(), 1U);
    api_.as_nobody();
    const auto read = api_.get("/models/" + id);
    EXPECT_EQ(text(read, "/image_url"), text(picture, "/url"));
    EXPECT_EQ(read.at("/try_on/state"), "pending");
    EXPECT_EQ(api_.with("If-None-Match", read.header("ETag")).get("/models/" + id).status, 304);
    EXPECT_EQ(listed(), 1);
}

TEST_F(ModelsRoutes, ANewPictureTakesThePlaceOfTheOld) {
    const std::string id = add();
    const std::string first = text(upload(id), "/id");
    const std::string second = text(upload(id), "/id");
    EXPECT_FALSE(objects_->exists(storage::ObjectKey::of("models/" + id + "/" + first + ".webp")));
    EXPECT_TRUE(objects_->exists(storage::ObjectKey::of("models/" + id + "/" + second + ".webp")));
    service_.set_try_on(*ModelId::check(id), *PictureId::check(first),
                        {.state = pictures::TryOnState::unusable, .score = {}, .reasons = {}});
    EXPECT_EQ(api_.get("/models/" + id).at("/try_on/state"), "pending");
    service_.set_try_on(*ModelId::check(id), *PictureId::check(second),
                        {.state = pictures::TryOnState::ready, .score = 0.8, .reasons = {}});
    EXPECT_EQ(api_.get("/models/" + id).at("/try_on/state"), "ready");
}

TEST_F(ModelsRoutes, AnInactiveModelIsHiddenFromOthers) {
    const std::string id = add();
    upload(id);
    EXPECT_EQ(api_.put("/models/" + id, R"({"is_active": false})").status, 200);
    EXPECT_EQ(listed(), 1);
    api_.as_nobody();
    EXPECT_EQ(listed(), 0);
    EXPECT_EQ(api_.get("/models/" + id).status, 404);
}

TEST_F(ModelsRoutes, AListWithATokenIsPersonal) {
    EXPECT_EQ(api_.get("/models").header("Cache-Control"), "private, no-store");
    api_.as_nobody();
    const auto list = api_.get("/models");
    EXPECT_EQ(list.header("Cache-Control"), "public, no-cache");
    EXPECT_FALSE(list.header("ETag").empty());
}

TEST_F(ModelsRoutes, EveryWrongFieldIsNamed) {
    const auto refused = api_.post(
        "/models",
        R"({"body_type": "round", "height_cm": 99, "size": "huge", "skin_tone": 3, "usage_count": 5, "measurements": {"bust": 1}})");
    EXPECT_EQ(refused.status, 422);
    std::vector<std::string> pointers;
    const auto errors = refused.at("/errors");
    for (const auto& error : errors.as_array()) pointers.emplace_back(error.at("pointer").as_string());
    std::sort(pointers.begin(), pointers.end());
    EXPECT_EQ(pointers, (std::vector<std::string>{"/body_type", "/height_cm", "/measurements/bust", "/name", "/size",
                                                  "/skin_tone", "/usage_count"}));
    EXPECT_EQ(api_.get("/models?body_type=round").at("/errors/0/parameter"), "body_type");
    EXPECT_EQ(api_.get("/models?sort=name").status, 422);
}

TEST_F(ModelsRoutes, OnlyTheOwnerOrAnAdminChangesIt) {
    const std::string id = add();
    api_.as(other_shop_, http::Role::retailer);
    EXPECT_EQ(api_.put("/models/" + id, R"({"name": "Mine"})").status, 403);
    EXPECT_EQ(api_.del("/models/" + id).status, 403);
    EXPECT_EQ(upload(id).status, 403);
    EXPECT_EQ(api_.put("/models/ffffffffffffffffffffffff", "{}").status, 404);
    api_.as(testkit::id<UserId>(5));
    EXPECT_EQ(api_.post("/models", "{}").status, 403);
    api_.as(testkit::id<UserId>(9), http::Role::admin);
    EXPECT_EQ(api_.put("/models/" + id, R"({"name": "Ours", "skin_tone": null})").at("/name"), "Ours");
}

TEST_F(ModelsRoutes, AWithdrawnModelIsGone) {
    const std::string id = add();
    upload(id);
    EXPECT_EQ(api_.del("/models/" + id).status, 204);
    EXPECT_EQ(api_.get("/models/" + id).status, 404);
    EXPECT_EQ(api_.del("/models/" + id).status, 404);
    EXPECT_EQ(listed(), 0);
    EXPECT_EQ(service_.find_all({*ModelId::check(id)}).size(), 1U);
}

TEST_F(ModelsRoutes, APreconditionHoldsForTheRevision) {
    const std::string path = "/models/" + add();
    const std::string etag = api_.get(path).header("ETag");
    EXPECT_EQ(api_.with("If-Match", etag).put(path, R"({"name": "A"})").status, 200);
    EXPECT_EQ(api_.with("If-Match", etag).put(path, R"({"name": "B"})").status, 412);
    EXPECT_EQ(api_.with("If-Match", "*").put(path, R"({"name": "C"})").status, 200);
}

TEST_F(ModelsRoutes, UseMakesAModelPopularWithoutMakingCopiesOld) {
    const std::string first = add();
    upload(first);
    clock_.advance(std::chrono::seconds(1));
    upload(add());
    const std::string etag = api_.get("/models/" + first).header("ETag");
    service_.count_use(*ModelId::check(first));
    EXPECT_EQ(text(api_.get("/models?sort=popular"), "/items/0/id"), first);
    EXPECT_NE(text(api_.get("/models?sort=newest"), "/items/0/id"), first);
    EXPECT_EQ(api_.get("/models/" + first).at("/usage_count"), 1);
    EXPECT_EQ(api_.get("/models/" + first).header("ETag"), etag);
}

TEST_F(ModelsRoutes, ErasingAShopWithdrawsItsModelsAndTheirPictures) {
    const std::string id = add();
    upload(id);
    EXPECT_EQ(service_.export_for(shop_).front().records.size(), 1U);
    service_.erase_for(shop_);
    EXPECT_EQ(api_.get("/models/" + id).status, 404);
    EXPECT_TRUE(objects_->list("", std::nullopt, 10).empty());
}

TEST_F(ModelsRoutes, AnalysesThatNeverCameAreAskedForAgain) {
    upload(add());
    add();
    analyst_.asked.clear();
    service_.analyse_pending();
    EXPECT_EQ(analyst_.asked.size(), 1U);
}

TEST_F(ModelsRoutes, CorrectedFitPointsWinAndCountAsAChange) {
    const std::string id = add();
    const std::string path = "/models/" + id + "/fit-points";
    EXPECT_EQ(api_.get(path).at("/points").as_array().size(), 0U) << "there is no picture yet";
    EXPECT_EQ(api_.put(path, R"({"points": []})").code(), "not_try_on_ready");
    upload(id);

    const auto found = api_.get(path);
    ASSERT_EQ(found.status, 200) << found.text;
    EXPECT_EQ(found.at("/points/1/name"), "right_shoulder");
    EXPECT_EQ(found.at("/points/1/confidence"), 0.4);
    EXPECT_EQ(found.at("/points/1/source"), "found");

    const std::string corrections = R"({"points": [{"name": "right_shoulder", "x": 0.35, "y": 0.26},
        {"name": "left_ankle", "x": 0.4, "y": 1.4, "visibility": 0.1}],
        "strokes": [{"kind": "keep_in_front", "width": 0.02, "points": [[0.4, 0.3]]}]})";
    const auto corrected = api_.with("If-Match", found.header("ETag")).put(path, corrections);
    ASSERT_EQ(corrected.status, 200) << corrected.text;
    EXPECT_EQ(corrected.at("/points").as_array().size(), 2U) << "what is not seen is dropped";
    EXPECT_EQ(corrected.at("/points/0/source"), "found");
    EXPECT_EQ(corrected.at("/points/1/x"), 0.35);
    EXPECT_EQ(corrected.at("/points/1/confidence"), 1);
    EXPECT_EQ(corrected.at("/strokes/0/kind"), "keep_in_front");
    EXPECT_EQ(corrected.at("/revision"), api_.get("/models/" + id).at("/revision"));
    EXPECT_EQ(api_.get(path).json, corrected.json);
    ASSERT_TRUE(analyst_.corrections) << "the picture is judged again with them";
    EXPECT_EQ(analyst_.corrections->points.size(), 1U);
    EXPECT_EQ(api_.get("/models/" + id).at("/try_on/state"), "pending");

    EXPECT_EQ(api_.with("If-Match", found.header("ETag")).put(path, corrections).code(), "precondition_failed");
    EXPECT_EQ(api_.put(path, R"({"points": []})").at("/points/1/source"), "found") << "falls back to what was found";
    EXPECT_FALSE(analyst_.corrections);

    api_.put(path, corrections);
    upload(id);
    EXPECT_EQ(api_.get(path).at("/points/1/source"), "found") << "another picture has other places";
}

TEST_F(ModelsRoutes, FitPointsAreTheOwnersAndNamedByTheirFaults) {
    const std::string id = add();
    upload(id);
    const std::string path = "/models/" + id + "/fit-points";
    const auto refused = api_.put(path, R"({"points": [{"name": "left_hat", "x": 0.1, "y": 0.1},
        {"name": "nose", "x": 1.5, "y": 0.1}]})");
    EXPECT_EQ(refused.at("/errors/0/pointer"), "/points/0/name");
    EXPECT_EQ(refused.at("/errors/1/pointer"), "/points/1/x");
    api_.as(other_shop_, http::Role::retailer);
    EXPECT_EQ(api_.get(path).status, 403);
    EXPECT_EQ(api_.put(path, R"({"points": []})").status, 403);
    EXPECT_EQ(api_.get("/models/000000000000000000000fff/fit-points").status, 404);
    api_.as(other_shop_, http::Role::admin);
    EXPECT_EQ(api_.get(path).status, 200);
}

}  // namespace
}  // namespace fitview::models
