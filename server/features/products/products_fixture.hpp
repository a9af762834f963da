#pragma once
// A whole products feature over SQLite in memory and a temporary folder, for tests of the service and the routes.
#include <gtest/gtest.h>

#include <vector>

#include "products/catalogue_follower.hpp"
#include "products/catalogue_index.hpp"
#include "products/products_builders.hpp"
#include "products/products_service.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::products {

/// Remembers what it was asked.
class RecordingAnalyst final : public PictureAnalyst {
public:
    void analyse(const PictureToAnalyse& picture) override { asked.push_back(picture); }
    std::vector<PictureToAnalyse> asked;
};

/// Sees the shoulders of every garment.
class ShoulderFinder final : public pictures::FitPointFinder {
public:
    std::vector<engine::FoundPoint<engine::BodyPoint>> on_person(const pictures::Picture&) override { return {}; }
    std::vector<engine::FoundPoint<engine::GarmentPoint>> on_garment(
        const pictures::Picture&, const std::optional<engine::GarmentType>&) override {
        return {{engine::GarmentPoint::left_shoulder, 0.7, 0.2, 0.8},
                {engine::GarmentPoint::right_shoulder, 0.3, 0.2, 0.8}};
    }
};

class RecordingEvents final : public telemetry::EventSink {
public:
    void publish(telemetry::Event event) noexcept override { events.push_back(std::move(event)); }
    std::vector<telemetry::Event> events;
};

inline std::string photo(int side, std::uint8_t grey = 120) {
    media::Raster raster{.width = side, .height = side, .channels = 3, .bytes = {}};
    raster.bytes.assign(raster.row_bytes() * static_cast<std::size_t>(side), grey);
    return media::encode_png(raster);
}

class ProductsFixture : public testing::Test {
protected:
    testkit::FixedClock clock_;
    testkit::TemporaryFolder folder_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::UnitOfWork> unit_of_work_ = storage::open_sqlite_unit_of_work(database_);
    std::unique_ptr<storage::ChangeFeed> feed_ = storage::open_sqlite_change_feed(database_);
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::unique_ptr<storage::Cache> cache_ = storage::open_in_process_cache(1U << 20U, clock_);
    std::unique_ptr<media::PictureDecoder> decoder_ = media::make_in_process_decoder();
    std::unique_ptr<Store> store_ = open_sqlite_store(database_);
    const pictures::Addresses addresses_{"http://shop.test", "", Secret("key"), std::chrono::hours(1), clock_};
    CatalogueIndex index_;
    ProductDocuments documents_{*store_, *cache_, addresses_};
    RecordingEvents events_;
    RecordingAnalyst analyst_;
    ShoulderFinder finder_;
    Popularity popularity_{*store_, index_, events_, clock_};
    pictures::Shelf shelf_{*decoder_, *objects_, *ledger_, clock_};
    Service service_{{*store_, *unit_of_work_, index_, documents_, popularity_, shelf_, addresses_, analyst_, finder_,
                      clock_, [](const ModelId& id) { return id == testkit::id<ModelId>(9); }}};

    const UserId shop_ = testkit::id<UserId>(101);
    const UserId other_shop_ = testkit::id<UserId>(102);
    const UserId shopper_ = testkit::id<UserId>(103);
};

}  // namespace fitview::products
