#include "pictures/pictures.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::pictures {
namespace {

std::string photo(int side) {
    media::Raster raster{.width = side, .height = side, .channels = 3, .bytes = {}};
    raster.bytes.assign(raster.row_bytes() * static_cast<std::size_t>(side), 120);
    return media::encode_png(raster);
}

class ShelfTest : public testing::Test {
protected:
    std::size_t objects_stored() { return objects_->list("", std::nullopt, 10).size(); }

    testkit::TemporaryFolder folder_;
    testkit::FixedClock clock_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::unique_ptr<media::PictureDecoder> decoder_ = media::make_in_process_decoder();
    Shelf shelf_{*decoder_, *objects_, *ledger_, clock_};
    const PictureId id_ = testkit::id<PictureId>(7);
};

TEST_F(ShelfTest, StoresThePictureAndItsThumbnailUnderTheGuidesKeys) {
    const Picture picture = shelf_.place(photo(600), "products/p1", id_, "product_picture");
    EXPECT_EQ(picture.key.str(), "products/p1/000000000000000000000007.webp");
    EXPECT_EQ(picture.thumbnail_key.str(), "products/p1/thumbnails/000000000000000000000007_thumb.webp");
    EXPECT_EQ(picture.width, 600);
    EXPECT_TRUE(objects_->exists(picture.key));
    EXPECT_TRUE(objects_->exists(picture.thumbnail_key));
}

TEST_F(ShelfTest, WhatIsNotKeptIsDueAfterAnHour) {
    const Picture picture = shelf_.place(photo(64), "products/p1", id_, "product_picture");
    clock_.advance(Shelf::placed_for - std::chrono::seconds(1));
    EXPECT_TRUE(ledger_->condemn_due(clock_.now(), 10).empty());
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(ledger_->condemn_due(clock_.now(), 10).size(), 2U);
    EXPECT_THROW(shelf_.keep(picture), Unavailable);
}

TEST_F(ShelfTest, WhatIsKeptStaysUntilItIsReleased) {
    const Picture picture = shelf_.place(photo(64), "products/p1", id_, "product_picture");
    shelf_.keep(picture);
    clock_.advance(std::chrono::hours(1000));
    EXPECT_TRUE(ledger_->condemn_due(clock_.now(), 10).empty());
    shelf_.remove_released(picture);
    EXPECT_EQ(objects_stored(), 2U) << "it is held";
    shelf_.release(picture);
    shelf_.remove_released(picture);
    EXPECT_EQ(objects_stored(), 0U);
    EXPECT_FALSE(ledger_->find(picture.key));
}

std::string binary_gltf(const std::string& description) {
    const auto number = [](std::size_t value) {
        std::string bytes;
        for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFFU);
        return bytes;
    };
    return "glTF" + number(2) + number(20 + description.size()) + number(description.size()) + "JSON" + description;
}

TEST_F(ShelfTest, StoresAModelOnceUnderItsContent) {
    const auto key = shelf_.place_model(binary_gltf("{}  "), "bodies", "body_model");
    EXPECT_EQ(key.content_type(), "model/gltf-binary");
    EXPECT_EQ(objects_->find(key), binary_gltf("{}  "));
    EXPECT_EQ(shelf_.place_model(binary_gltf("{}  "), "bodies", "body_model"), key);
    EXPECT_NE(shelf_.place_model(binary_gltf("{ } "), "bodies", "body_model"), key);
    EXPECT_EQ(objects_stored(), 2U);
}

TEST_F(ShelfTest, WhatSeveralDocumentsHoldStaysUntilTheLastLetsGo) {
    const auto garment = shelf_.place_model(binary_gltf("{}"), "products/p1", "product_model");
    const auto other = shelf_.place_model(binary_gltf("{}"), "products/p2", "product_model");
    const auto body = shelf_.place_model(binary_gltf("[]"), "bodies", "body_model");
    const Model3d one{.key = garment, .body_key = body};
    const Model3d two{.key = other, .body_key = body};
    for (const Model3d& model : {one, two}) shelf_.keep(model);
    shelf_.release(one);
    shelf_.remove_released(one);
    EXPECT_FALSE(objects_->exists(garment));
    EXPECT_TRUE(objects_->exists(body));
    shelf_.release(two);
    shelf_.remove_released(two);
    EXPECT_EQ(objects_stored(), 0U);
}

TEST_F(ShelfTest, RefusesWhatIsNoBinaryGltf) {
    const std::string whole = binary_gltf("{}");
    std::string other_version = whole;
    other_version[4] = 1;
    std::string long_part = whole;
    long_part[12] = 3;
    for (const std::string& bytes : {std::string(), std::string("glTF"), std::string("{}"), whole + " ",
                                     whole.substr(0, whole.size() - 1), other_version, long_part}) {
        EXPECT_THROW(shelf_.place_model(bytes, "bodies", "body_model"), Failure) << bytes.size();
    }
    EXPECT_THROW(shelf_.place_model(binary_gltf(std::string(Shelf::model_bytes_max, ' ')), "bodies", "body_model"),
                 Failure);
    EXPECT_EQ(objects_stored(), 0U);
}

TEST_F(ShelfTest, NothingIsStoredOfARefusedFile) {
    EXPECT_THROW(shelf_.place("no picture", "products/p1", id_, "product_picture"), Failure);
    EXPECT_EQ(objects_stored(), 0U);
}

}  // namespace
}  // namespace fitview::pictures
