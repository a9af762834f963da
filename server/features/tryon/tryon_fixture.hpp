#pragma once
// The whole try-on feature for tests: routes, service, queue, worker, sweeper on embedded back ends, with a generator
// that paints.
#include <gtest/gtest.h>

#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/log.hpp"
#include "testkit/api_driver.hpp"
#include "testkit/temporary_folder.hpp"
#include "tryon/end_watch.hpp"
#include "tryon/tryon_model_file.hpp"
#include "tryon/tryon_personal_data.hpp"
#include "tryon/tryon_routes.hpp"
#include "tryon/tryon_sweeper.hpp"
#include "tryon/tryon_worker.hpp"

namespace fitview::tryon {

inline media::Raster grey(int width, int height, std::uint8_t value) {
    return {.width = width,
            .height = height,
            .channels = 3,
            .bytes = std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3, value)};
}

/// Paints a grey picture, or does what the test says.
class Painter final : public ai::PictureGenerator {
public:
    std::string_view name() const override { return "fallback"; }
    std::variant<ai::GeneratedPicture, ai::ProviderFault> generate(const ai::TryOnInputs& inputs,
                                                                   std::chrono::steady_clock::time_point,
                                                                   const ai::ProgressReport& report) override {
        ++calls;
        EXPECT_FALSE(inputs.person_picture.empty());
        garments.clear();
        drapes.clear();
        for (const ai::GarmentInput& garment : inputs.garments) {
            garments.emplace_back(garment.picture);
            drapes.push_back(garment.drape);
        }
        measures = inputs.garments.front().measures;
        material = inputs.garments.front().material;
        size_scale = inputs.options.size_scale;
        if (looks_at_person) person = inputs.prepared_person();
        report(50, "painting");
        if (meanwhile) meanwhile();
        report(60, "painting");
        if (fails) return ai::ProviderFault{.kind = ai::ProviderFault::Kind::away, .detail = "away"};
        engine::Quality quality;
        quality.score = score;
        quality.warnings = {"Take the picture in daylight"};
        return ai::GeneratedPicture{.picture = grey(96, 128, 90),
                                    .change_mask = grey(96, 128, 255),
                                    .quality = quality,
                                    .fit = fit,
                                    .fit_overlay = grey(48, 64, 200)};
    }
    int calls = 0;
    std::vector<std::string> garments;
    std::vector<std::optional<engine::DrapeWay>> drapes;
    engine::KnownMeasures measures;
    std::string material;
    engine::FitReport fit;
    double score = 0.8;
    double size_scale = 0;
    bool fails = false;
    bool looks_at_person = false;
    std::shared_ptr<const engine::PreparedPerson> person;
    std::function<void()> meanwhile;
};

class FakeSources final : public Sources {
public:
    std::optional<Source> model(const ModelId& id, const UserId&, bool) override { return find(models, id); }
    std::optional<Source> product(const ProductId& id) override { return find(products, id); }
    Centimetres shopper(const UserId&) override { return profile; }
    void count_use(const std::optional<ModelId>&, const std::vector<Piece>& pieces) noexcept override {
        uses += static_cast<int>(pieces.size());
    }

    std::map<ModelId, Source> models;
    std::map<ProductId, Source> products;
    Centimetres profile;
    int uses = 0;

private:
    template <class Id>
    static std::optional<Source> find(const std::map<Id, Source>& sources, const Id& id) {
        const auto found = sources.find(id);
        return found == sources.end() ? std::nullopt : std::optional(found->second);
    }
};

class RecordingFollower final : public SessionFollower {
public:
    void session_goes(const TryonId& id) override { gone.push_back(id); }
    std::vector<TryonId> gone;
};

class Tryon : public testing::Test {
protected:
    Tryon() {
        const auto shelf = [&](const std::string& key, std::uint8_t value) {
            objects_->put(storage::ObjectKey::of(key), media::encode_webp(grey(96, 128, value)));
        };
        shelf("models/m/1.webp", 200);
        shelf("products/p/1.webp", 100);
        sources_.models[model_] = {
            .name = "Riya", .picture_key = "models/m/1.webp", .picture_hash = "m1", .usable = true};
        sources_.products[product_] = {.name = "Blue Kurta",
                                       .retailer_id = testkit::id<UserId>(9),
                                       .picture_key = "products/p/1.webp",
                                       .picture_hash = "p1",
                                       .category = "Kurtas",
                                       .sizes = {"M"},
                                       .usable = true};
        sources_.products[unready_] = {.name = "Bag", .reasons = {"shows no garment"}};
        add_routes(api_.router, service_, ends_, Milliseconds(0));
        api_.as(user_);
    }

    std::string body(const ProductId& product, const std::string& more = "") {
        return R"({"model_id":")" + model_.str() + R"(","product_id":")" + product.str() + "\"" + more + "}";
    }
    /// Does the jobs that wait, one after the other, as a runner would.
    void work() {
        class Held final : public jobs::JobControl {
            bool is_lost() const override { return false; }
        } control;
        const jobs::JobHandler handler = worker_.handler();
        while (auto job = queue_->claim({job_kind}, Milliseconds(30'000), jobs::JobQueue::any_priority)) {
            if (job->given_up_because) {
                handler.give_up(*job);
                queue_->bury(job->id, job->fence);
                continue;
            }
            try {
                handler.run(*job, control);
                queue_->finish(job->id, job->fence);
            } catch (const std::exception& error) {
                queue_->fail(job->id, job->fence, Milliseconds(0), error.what());
            }
        }
    }
    std::string text(const testkit::ApiAnswer& answer, std::string_view pointer) {
        const auto value = answer.at(pointer);
        return value.is_string() ? std::string(value.as_string()) : std::string();
    }
    /// Starts one, works, and reads it again.
    testkit::ApiAnswer finished(const std::string& more = "") {
        const auto started = api_.post("/tryon", body(product_, more));
        EXPECT_EQ(started.status, 202) << started.text;
        work();
        return api_.get("/tryon/" + text(started, "/id"));
    }

    testkit::ApiDriver api_;
    testkit::CountingIds ids_;
    testkit::TemporaryFolder folder_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::UnitOfWork> unit_ = storage::open_sqlite_unit_of_work(database_);
    std::unique_ptr<storage::ProgressBus> bus_ = storage::open_in_process_progress_bus();
    std::unique_ptr<jobs::JobQueue> queue_ = jobs::open_sqlite_job_queue(database_, *bus_, api_.clock);
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::unique_ptr<Store> store_ = open_sqlite_store(database_);
    std::unique_ptr<media::PictureDecoder> decoder_ = media::make_in_process_decoder();
    photo_analysis::PreparedPhotos prepared_;
    pictures::Addresses addresses_{"http://shop.test", "", Secret("key"), std::chrono::hours(1), api_.clock};
    FakeSources sources_;
    RecordingFollower follower_;
    Parts parts_{*store_,   sources_,  *queue_,   *bus_,      *objects_,  *ledger_, *unit_,
                 *decoder_, prepared_, follower_, addresses_, api_.clock, ids_,     std::chrono::hours(24 * 90)};
    Service service_{parts_};
    EndWatch ends_{*bus_};
    Painter painter_;
    Worker worker_{parts_, {&painter_}, telemetry::no_event_sink(), telemetry::no_log()};
    Sweeper sweeper_{parts_, service_, telemetry::no_log()};
    UserId user_ = testkit::id<UserId>(1);
    ModelId model_ = testkit::id<ModelId>(2);
    ProductId product_ = testkit::id<ProductId>(3);
    ProductId unready_ = testkit::id<ProductId>(4);
};

}  // namespace fitview::tryon
