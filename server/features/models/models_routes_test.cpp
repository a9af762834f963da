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
    void analyse(const ModelId& id, const pictures::Picture& picture) override { asked.emplace_back(id, picture.id); }
    std::vector<std::pair<ModelId, PictureId>> asked;
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
    pictures::Shelf shelf_{*decoder_, *objects_, *ledger_, clock_};
    Service service_{{*store_, *unit_of_work_, shelf_, addresses_, analyst_, clock_}};
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

}  // namespace
}  // namespace fitview::models
