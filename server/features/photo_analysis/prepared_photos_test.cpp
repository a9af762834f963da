#include "photo_analysis/prepared_photos.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/stored/stored_analysis.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::photo_analysis {
namespace {

/// Photos of nothing much: their analysis is quick and as good as any to be kept.
class PreparedPhotosTest : public testing::Test {
protected:
    PreparedPhotos::Load counting() {
        return [this] {
            ++loads_;
            return media::Raster{96, 96, 3, std::vector<std::uint8_t>(96 * 96 * 3, 120)};
        };
    }
    std::vector<storage::ObjectKey> kept() { return objects_->list("analyses/", std::nullopt, 10); }

    testkit::TemporaryFolder folder_;
    testkit::FixedClock clock_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    AnalysisShelf shelf_{*objects_, *ledger_, clock_};
    const std::string hash_ = hex(sha256("a photo"));
    int loads_ = 0;
};

TEST_F(PreparedPhotosTest, ARestartDoesNotLookAtTheCataloguesPhotosAgain) {
    PreparedPhotos(&shelf_).person(hash_, PhotoOf::catalogue, counting());
    PreparedPhotos(&shelf_).garment(hash_, engine::GarmentType::kurta, counting());
    EXPECT_EQ(loads_, 2);
    EXPECT_EQ(kept().size(), 2U);

    PreparedPhotos restarted(&shelf_);
    const auto person = restarted.person(hash_, PhotoOf::catalogue, counting());
    restarted.person(hash_, PhotoOf::catalogue, counting(),
                     {.fit_points = R"({"points": []})", .mask_hash = {}, .mask = {}});
    restarted.garment(hash_, engine::GarmentType::kurta, counting());
    EXPECT_EQ(loads_, 2);
    EXPECT_EQ(person->model.picture.cols, 96);

    restarted.garment(hash_, engine::GarmentType::dress, counting());
    EXPECT_EQ(loads_, 3);
}

TEST_F(PreparedPhotosTest, AShoppersPhotoLeavesNothingOnTheShelf) {
    PreparedPhotos prepared(&shelf_);
    prepared.person(hash_, PhotoOf::shopper, counting());
    EXPECT_TRUE(kept().empty());
    prepared.person(hash_, PhotoOf::shopper, counting());
    EXPECT_EQ(loads_, 1);
}

TEST_F(PreparedPhotosTest, DamagedOrForeignBytesAreMadeAnew) {
    PreparedPhotos(&shelf_).person(hash_, PhotoOf::catalogue, counting());
    objects_->put(kept().at(0), "FVA1 but no analysis");
    PreparedPhotos(&shelf_).person(hash_, PhotoOf::catalogue, counting());
    EXPECT_EQ(loads_, 2);
    EXPECT_TRUE(engine::restore_person(objects_->find(kept().at(0)).value()));
}

TEST_F(PreparedPhotosTest, WhatIsKeptIsInTheBookAndGoesAfterThirtyDays) {
    PreparedPhotos(&shelf_).person(hash_, PhotoOf::catalogue, counting());
    EXPECT_TRUE(ledger_->condemn_due(clock_.now() + std::chrono::hours(24 * 29), 10).empty());
    EXPECT_EQ(ledger_->condemn_due(clock_.now() + std::chrono::hours(24 * 31), 10).size(), 1U);
}

TEST_F(PreparedPhotosTest, WithoutAShelfMemoryServes) {
    PreparedPhotos prepared;
    prepared.person(hash_, PhotoOf::catalogue, counting());
    prepared.person(hash_, PhotoOf::catalogue, counting());
    EXPECT_EQ(loads_, 1);
}

}  // namespace
}  // namespace fitview::photo_analysis
