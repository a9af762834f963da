#include "tryon/tryon_fixture.hpp"

#include <boost/json/array.hpp>

namespace fitview::tryon {
namespace {

TEST_F(Tryon, AFinishedSessionShowsItsPictureAndWhoMadeIt) {
    const auto answer = finished();
    EXPECT_EQ(answer.at("/status"), "completed") << answer.text;
    EXPECT_EQ(answer.at("/kind"), "model");
    EXPECT_EQ(answer.at("/ai_provider"), "fallback");
    EXPECT_EQ(answer.at("/progress"), 100);
    EXPECT_EQ(answer.at("/quality/score"), 0.8);
    EXPECT_EQ(answer.at("/cached"), false);
    EXPECT_TRUE(text(answer, "/result_url").starts_with("http://shop.test/media/tryon_results/"));
    const std::string key = text(answer, "/result_url").substr(std::string("http://shop.test/media/").size());
    EXPECT_TRUE(objects_->exists(storage::ObjectKey::of(key)));
    EXPECT_EQ(sources_.uses, 1);
}

TEST_F(Tryon, TheSameInputsAreServedFromTheCache) {
    const auto first = finished();
    const auto second = api_.post("/tryon", body(product_));
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.at("/cached"), true);
    EXPECT_EQ(second.at("/result_url"), first.at("/result_url"));
    EXPECT_NE(second.at("/id"), first.at("/id"));
    EXPECT_EQ(painter_.calls, 1);
    EXPECT_EQ(api_.post("/tryon", body(product_, R"(,"options":{"background":"studio"})")).status, 202);
}

TEST_F(Tryon, ALargerSizeThanTheModelWearsIsLarger) {
    sources_.models[model_].size = "M";
    sources_.products[product_].sizes = {"M", "XL"};
    finished(R"(,"options":{"size":"XL"})");
    EXPECT_NEAR(painter_.size_scale, 1.09, 1e-9);
    finished();
    EXPECT_EQ(painter_.size_scale, 1);
}

TEST_F(Tryon, WhatCannotBeTriedOnIsRefusedWithTheReason) {
    const auto unready = api_.post("/tryon", body(unready_));
    EXPECT_EQ(unready.code(), "not_try_on_ready");
    EXPECT_EQ(unready.at("/errors/0/pointer"), "/product_id");
    EXPECT_EQ(unready.at("/errors/0/detail"), "shows no garment");
    const auto unknown = api_.post("/tryon", body(testkit::id<ProductId>(99)));
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.at("/errors/0/pointer"), "/product_id");
    EXPECT_EQ(api_.post("/tryon", body(product_, R"(,"options":{"size":"XXL"})")).at("/errors/0/pointer"),
              "/options/size");
    EXPECT_EQ(api_.post("/tryon", R"({"model_id":"x","product_id":7,"colour":1})").status, 422);
}

TEST_F(Tryon, APoorResultIsRefusedUnlessAPreviewIsWanted) {
    painter_.score = 0.1;
    const auto refused = finished();
    EXPECT_EQ(refused.at("/status"), "failed");
    EXPECT_EQ(refused.at("/error/code"), "unusable_picture");
    EXPECT_NE(text(refused, "/error/detail").find("daylight"), std::string::npos);
    EXPECT_EQ(refused.at("/result_url"), nullptr);
    EXPECT_EQ(finished(R"(,"options":{"preview":true})").at("/status"), "completed");
}

TEST_F(Tryon, OneBadProductFailsOnlyItsOwnItem) {
    const auto answer = api_.post("/tryon/batch", R"({"model_id":")" + model_.str() + R"(","product_ids":[")" +
                                                      product_.str() + R"(",")" + unready_.str() + R"(",")" +
                                                      testkit::id<ProductId>(99).str() + R"("]})");
    EXPECT_EQ(answer.status, 202) << answer.text;
    EXPECT_EQ(answer.at("/items/0/status"), "pending");
    EXPECT_EQ(answer.at("/items/1/error/code"), "not_try_on_ready");
    EXPECT_EQ(answer.at("/items/2/error/code"), "not_found");
    work();
    EXPECT_EQ(api_.get("/tryon/" + text(answer, "/items/0/id")).at("/status"), "completed");
    EXPECT_EQ(api_.get("/tryon/history").at("/total"), 3);
    EXPECT_EQ(api_.post("/tryon/batch", R"({"model_id":")" + model_.str() + R"(","product_ids":[]})").status, 422);
}

TEST_F(Tryon, NobodySeesAnotherShoppersSession) {
    const std::string id = text(finished(), "/id");
    api_.as(testkit::id<UserId>(55));
    EXPECT_EQ(api_.get("/tryon/" + id).status, 404);
    EXPECT_EQ(api_.patch("/tryon/" + id + "/favorite").status, 404);
    EXPECT_EQ(api_.del("/tryon/" + id).status, 404);
    EXPECT_EQ(api_.get("/tryon/" + id + "/events").status, 404);
    EXPECT_EQ(api_.get("/tryon/history").at("/total"), 0);
}

TEST_F(Tryon, MarksAreTurnedAndSetAndFiltered) {
    const std::string id = text(finished(), "/id");
    EXPECT_EQ(api_.patch("/tryon/" + id + "/favorite").at("/is_favorite"), true);
    EXPECT_EQ(api_.patch("/tryon/" + id + "/favorite", R"({"is_favorite":true})").at("/is_favorite"), true);
    EXPECT_EQ(api_.get("/tryon/history?favorite=true").at("/total"), 1);
    EXPECT_EQ(api_.get("/tryon/history?favorite=false").at("/total"), 0);
    EXPECT_EQ(api_.patch("/tryon/" + id + "/favorite").at("/is_favorite"), false);
}

TEST_F(Tryon, DeletingAPendingSessionCancelsItsWork) {
    const auto started = api_.post("/tryon", body(product_));
    EXPECT_EQ(api_.del("/tryon/" + text(started, "/id")).status, 204);
    EXPECT_EQ(api_.get("/tryon/" + text(started, "/id")).status, 404);
    work();
    EXPECT_EQ(painter_.calls, 0);
}

TEST_F(Tryon, ASessionDeletedWhileItIsRenderedStaysDeleted) {
    const auto started = api_.post("/tryon", body(product_));
    painter_.meanwhile = [&] { api_.del("/tryon/" + text(started, "/id")); };
    work();
    EXPECT_EQ(api_.get("/tryon/history").at("/total"), 0);
}

TEST_F(Tryon, WorkThatFailsThreeTimesEndsWithAReason) {
    painter_.fails = true;
    const auto answer = finished();
    EXPECT_EQ(painter_.calls, 3);
    EXPECT_EQ(answer.at("/status"), "failed");
    EXPECT_EQ(answer.at("/error/code"), "internal");
}

TEST_F(Tryon, ALostJobIsEnqueuedAgain) {
    const auto started = api_.post("/tryon", body(product_));
    queue_->cancel(JobId(TryonId::check(text(started, "/id"))->bytes()));
    EXPECT_EQ(sweeper_.sweep(), 0);
    api_.clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(sweeper_.sweep(), 1);
    work();
    EXPECT_EQ(api_.get("/tryon/" + text(started, "/id")).at("/status"), "completed");
}

TEST_F(Tryon, ALostJobIsFoundBehindALongQueue) {
    for (std::uint32_t number = 1; number <= 250; ++number) {
        Session session{.id = testkit::id<TryonId>(number), .user_id = testkit::id<UserId>(1)};
        session.created_at = session.updated_at = api_.clock.now();
        session.expires_at = api_.clock.now() + std::chrono::hours(1);
        store_->add(session);
    }
    api_.clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(sweeper_.sweep(), 200);
    EXPECT_EQ(sweeper_.sweep(), 50);
    EXPECT_EQ(sweeper_.sweep(), 0);
    queue_->cancel(JobId(testkit::id<TryonId>(230).bytes()));
    EXPECT_EQ(sweeper_.sweep() + sweeper_.sweep(), 1);
}

TEST_F(Tryon, AfterNinetyDaysSessionAndPictureAreGone) {
    const auto answer = finished();
    const auto key =
        storage::ObjectKey::of(text(answer, "/result_url").substr(std::string("http://shop.test/media/").size()));
    api_.clock.advance(std::chrono::hours(24 * 90));
    EXPECT_EQ(api_.get("/tryon/" + text(answer, "/id")).status, 404);
    sweeper_.sweep();
    EXPECT_FALSE(objects_->exists(key));
    EXPECT_EQ(api_.post("/tryon", body(product_)).status, 202);
}

TEST_F(Tryon, ASharedPictureStaysAsLongAsTheNewestSessionThatShowsIt) {
    const auto key =
        storage::ObjectKey::of(text(finished(), "/result_url").substr(std::string("http://shop.test/media/").size()));
    for (const auto wait : {std::chrono::hours(1), std::chrono::hours(24 * 50)}) {
        api_.clock.advance(wait);
        EXPECT_EQ(api_.post("/tryon", body(product_)).at("/cached"), true);
    }
    api_.clock.advance(std::chrono::hours(24 * 90 - 1));
    sweeper_.sweep();
    EXPECT_TRUE(objects_->exists(key));
    api_.clock.advance(std::chrono::hours(26));
    sweeper_.sweep();
    EXPECT_FALSE(objects_->exists(key));
}

TEST_F(Tryon, AFinishedTryOnIsAModelMadeOnce) {
    const auto started = api_.post("/tryon", body(product_));
    const std::string address = "/tryon/" + text(started, "/id") + "/model.glb";
    EXPECT_EQ(api_.get(address).status, 404) << "it is still pending";
    work();
    const auto model = api_.get(address);
    ASSERT_EQ(model.status, 200) << model.text;
    EXPECT_EQ(model.text.substr(0, 4), "glTF");
    EXPECT_EQ(api_.get(address).text, model.text);
    const auto session = store_->find(*TryonId::check(text(started, "/id")), api_.clock.now());
    const auto key = storage::ObjectKey::of(model_key_of(*session->result_key));
    EXPECT_EQ(objects_->find(key), model.text);
    EXPECT_TRUE(ledger_->find(key));
    api_.as(testkit::id<UserId>(77));
    EXPECT_EQ(api_.get(address).status, 404) << "it is somebody else's";
}

/// A process that dies when what it made is to be stored for good.
class DyingUnit final : public storage::UnitOfWork {
public:
    void run(storage::Durability, const std::function<void()>&) override { throw Unavailable("killed"); }
    void after_commit(std::function<void()>) override {}
};

/// A process that dies when it asks for a picture, or when it is to keep one.
class DyingLedger final : public storage::ObjectLedger {
public:
    DyingLedger(storage::ObjectLedger& ledger, bool dies_asking) : ledger_(ledger), dies_asking_(dies_asking) {}
    bool add(const storage::LedgerEntry& entry) override { return ledger_.add(entry); }
    std::optional<storage::LedgerEntry> find(const storage::ObjectKey& key) override {
        if (dies_asking_) throw Unavailable("killed");
        return ledger_.find(key);
    }
    bool add_reference(const storage::ObjectKey& key) override { return ledger_.add_reference(key); }
    std::optional<int> release(const storage::ObjectKey& key) override { return ledger_.release(key); }
    bool set_expiry(const storage::ObjectKey&, const std::optional<Timestamp>&) override {
        throw Unavailable("killed");
    }
    std::vector<storage::LedgerEntry> condemn_due(const Timestamp& now, int limit) override {
        return ledger_.condemn_due(now, limit);
    }
    bool forget(const storage::ObjectKey& key) override { return ledger_.forget(key); }
    std::vector<storage::LedgerEntry> of_owner(const UserId& owner, const std::optional<storage::ObjectKey>& after,
                                               int limit) override {
        return ledger_.of_owner(owner, after, limit);
    }

private:
    storage::ObjectLedger& ledger_;
    const bool dies_asking_;
};

class DyingWorkers : public Tryon {
protected:
    /// Starts a try-on whose first worker dies; its id.
    std::string started_by_dying(bool dies_asking) {
        DyingLedger ledger(*ledger_, dies_asking);
        Worker dying({*store_, sources_, *queue_, *bus_, *objects_, ledger, *unit_, *decoder_, prepared_, follower_,
                      addresses_, api_.clock, ids_, std::chrono::hours(24 * 90)},
                     {&painter_}, telemetry::no_event_sink(), telemetry::no_log());
        class Held final : public jobs::JobControl {
            bool is_lost() const override { return false; }
        } control;
        const auto started = api_.post("/tryon", body(product_));
        const auto job = queue_->claim({job_kind}, Milliseconds(0), jobs::JobQueue::any_priority);
        EXPECT_THROW(dying.handler().run(*job, control), Unavailable);
        queue_->fail(job->id, job->fence, Milliseconds(0), "killed");
        return text(started, "/id");
    }
    std::size_t pictures() { return objects_->list("tryon_results/", std::nullopt, 10).size(); }
    void expect_picture_of(const std::string& id) {
        const auto answer = api_.get("/tryon/" + id);
        const std::string key = text(answer, "/result_url").substr(std::string("http://shop.test/media/").size());
        EXPECT_TRUE(objects_->exists(storage::ObjectKey::of(key))) << answer.text;
    }
};

TEST_F(DyingWorkers, LeavePicturesThatAreGoneAfterAnHour) {
    const std::string id = started_by_dying(true);
    const auto left = pictures();
    EXPECT_GT(left, 0U);
    store_->remove_result(
        store_->find_result(store_->find(*TryonId::check(id), api_.clock.now())->input_hash)->result_key);
    work();
    EXPECT_EQ(pictures(), 2 * left);
    api_.clock.advance(std::chrono::minutes(61));
    sweeper_.sweep();
    EXPECT_EQ(pictures(), left);
    expect_picture_of(id);
}

TEST_F(DyingWorkers, WhoFinishedTheSessionLeaveItsPicturesToWhoeverHasTheJobNext) {
    const std::string id = started_by_dying(false);
    EXPECT_EQ(api_.get("/tryon/" + id).at("/status"), "completed");
    work();
    EXPECT_EQ(painter_.calls, 1);
    api_.clock.advance(std::chrono::hours(24 * 89));
    sweeper_.sweep();
    expect_picture_of(id);
}

TEST_F(DyingWorkers, WhoseLastAttemptWasThatLeaveThePicturesToo) {
    const std::string id = started_by_dying(false);
    for (int attempt = 1; attempt < jobs::JobQueue::attempt_limit; ++attempt) {
        const auto job = queue_->claim({job_kind}, Milliseconds(0), jobs::JobQueue::any_priority);
        queue_->fail(job->id, job->fence, Milliseconds(0), "killed");
    }
    work();
    api_.clock.advance(std::chrono::hours(24 * 89));
    sweeper_.sweep();
    expect_picture_of(id);
}

TEST_F(Tryon, APhotoWhoseSessionWasNeverStoredIsGoneAfterAnHour) {
    DyingUnit unit;
    Service dying({*store_, sources_, *queue_, *bus_, *objects_, *ledger_, unit, *decoder_, prepared_, follower_,
                   addresses_, api_.clock, ids_, std::chrono::hours(24 * 90)});
    const std::string photo = media::encode_webp(grey(96, 128, 128));
    PhotoFields fields;
    fields.product_id = product_;
    fields.consent = "true";
    fields.options = R"({"preview":true})";
    EXPECT_THROW(dying.start_with_photo({.id = user_}, ids_.make<TryonId>(), fields, {photo, nullptr}), Unavailable);
    EXPECT_EQ(objects_->list("user_uploads/", std::nullopt, 10).size(), 1U);
    api_.clock.advance(std::chrono::minutes(61));
    sweeper_.sweep();
    EXPECT_TRUE(objects_->list("user_uploads/", std::nullopt, 10).empty());
}

TEST_F(Tryon, EventsTellTheEndOfAFinishedSession) {
    const auto answer = api_.get("/tryon/" + text(finished(), "/id") + "/events");
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.text.find("event: completed"), std::string::npos) << answer.text;
}

}  // namespace
}  // namespace fitview::tryon
