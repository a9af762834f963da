#include "style/style_routes.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "media/pictures.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "style/style_removal.hpp"
#include "style/style_service.hpp"
#include "testkit/api_driver.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::style {
namespace {

media::Raster grey(std::uint8_t value) {
    return {.width = 96, .height = 128, .channels = 3, .bytes = std::vector<std::uint8_t>(96UL * 128 * 3, value)};
}

/// Paints the picture over, or fails when the test says so.
class Painter final : public ai::StyleGenerator {
public:
    explicit Painter(std::string_view name) : name_(name) {}
    std::string_view name() const override { return name_; }
    std::variant<media::Raster, ai::ProviderFault> generate(const media::Raster& picture, Style,
                                                            std::chrono::steady_clock::time_point) override {
        ++calls;
        if (fails) return ai::ProviderFault{.kind = ai::ProviderFault::Kind::away, .detail = "away"};
        EXPECT_EQ(picture.width, 96);
        return grey(50);
    }
    int calls = 0;
    bool fails = false;

private:
    std::string_view name_;
};

class FakeTryons final : public tryon::Lookup {
public:
    std::optional<tryon::Session> find_own(const UserId& user, const TryonId& id) override {
        const auto found = sessions.find(id);
        if (found == sessions.end() || found->second.user_id != user) return std::nullopt;
        return found->second;
    }
    std::map<TryonId, tryon::Session> sessions;
};

class StyleRoutes : public testing::Test {
protected:
    StyleRoutes() {
        add_routes(api_.router, service_);
        api_.as(user_);
        add_session(done_, tryon::Status::completed, "tryon_results/abc.webp");
    }
    void add_session(const TryonId& id, tryon::Status status, const std::optional<std::string>& key) {
        tryon::Session session{.id = id, .user_id = user_};
        session.status = status;
        session.result_key = key;
        session.expires_at = api_.clock.now() + std::chrono::hours(24);
        if (key) objects_->put(storage::ObjectKey::of(*key), media::encode_webp(grey(90)));
        tryons_.sessions[id] = session;
    }
    testkit::ApiAnswer generate(const TryonId& session, const std::string& style) {
        return api_.post("/style/generate", R"({"session_id":")" + session.str() + R"(","style":")" + style + R"("})");
    }
    std::string text(const testkit::ApiAnswer& answer, std::string_view pointer) {
        return std::string(answer.at(pointer).as_string());
    }
    std::size_t pictures() { return objects_->list("", std::nullopt, 100).size(); }

    testkit::ApiDriver api_;
    testkit::TemporaryFolder folder_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::Objects> objects_ = storage::open_filesystem_objects(folder_.path());
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::unique_ptr<Store> store_ = open_sqlite_store(database_);
    pictures::Addresses addresses_{"http://shop.test", "", Secret("key"), std::chrono::hours(1), api_.clock};
    FakeTryons tryons_;
    Painter first_{"gemini"};
    Painter second_{"fallback"};
    std::unique_ptr<storage::UnitOfWork> unit_ = storage::open_sqlite_unit_of_work(database_);
    Service service_{
        {*store_, tryons_, *objects_, *ledger_, *unit_, addresses_, {&first_, &second_}, api_.clock, api_.log}};
    Removal removal_{*store_, *objects_, *ledger_, addresses_};
    const UserId user_ = testkit::id<UserId>(1);
    const TryonId done_ = testkit::id<TryonId>(10);
    const TryonId own_photo_ = testkit::id<TryonId>(11);
};

TEST_F(StyleRoutes, AFinishedTryOnIsSetIntoAScene) {
    const auto made = generate(done_, "party");
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(text(made, "/session_id"), done_.str());
    EXPECT_EQ(text(made, "/style"), "party");
    EXPECT_EQ(text(made, "/ai_provider"), "gemini");
    EXPECT_EQ(text(made, "/result_url").find('?'), std::string::npos) << "a brand model's picture is public";
    generate(done_, "casual");
    const auto listed = api_.get("/style/variations/" + done_.str());
    ASSERT_EQ(listed.at("/items").as_array().size(), 2U) << listed.text;
    EXPECT_EQ(listed.at("/items/0"), made.json);
}

TEST_F(StyleRoutes, TheSameStyleIsMadeOnce) {
    const auto made = generate(done_, "formal");
    EXPECT_EQ(generate(done_, "formal").json, made.json);
    EXPECT_EQ(first_.calls, 1);
    EXPECT_EQ(pictures(), 2U);
}

TEST_F(StyleRoutes, TheNextGeneratorIsAskedAndNamedTruthfully) {
    first_.fails = true;
    EXPECT_EQ(text(generate(done_, "formal"), "/ai_provider"), "fallback");
    second_.fails = true;
    EXPECT_EQ(generate(done_, "casual").status, 503);
    EXPECT_EQ(pictures(), 2U) << "what failed leaves nothing";
}

TEST_F(StyleRoutes, OnlyOwnFinishedTryOnsHaveStyles) {
    const TryonId pending = testkit::id<TryonId>(12);
    add_session(pending, tryon::Status::pending, std::nullopt);
    EXPECT_EQ(generate(pending, "casual").code(), "not_try_on_ready");
    EXPECT_EQ(generate(done_, "beach").at("/errors/0/pointer"), "/style");
    const auto unknown = generate(testkit::id<TryonId>(99), "casual");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.at("/errors/0/pointer"), "/session_id");
    api_.as(testkit::id<UserId>(2));
    EXPECT_EQ(generate(done_, "casual").status, 404);
    EXPECT_EQ(api_.get("/style/variations/" + done_.str()).status, 404);
    api_.as_nobody();
    EXPECT_EQ(generate(done_, "casual").status, 401);
}

TEST_F(StyleRoutes, VariationsOfAnOwnPhotoArePersonalAndGoWithTheirSession) {
    add_session(own_photo_, tryon::Status::completed, "user_uploads/u/r.webp");
    const std::string address = text(generate(own_photo_, "casual"), "/result_url");
    EXPECT_NE(address.find("signature="), std::string::npos);
    generate(done_, "casual");
    EXPECT_EQ(pictures(), 4U);
    removal_.session_goes(own_photo_);
    removal_.session_goes(own_photo_);
    EXPECT_EQ(pictures(), 3U);
    EXPECT_EQ(api_.get("/style/variations/" + own_photo_.str()).at("/items").as_array().size(), 0U);
    EXPECT_EQ(removal_.export_for(user_).front().records.size(), 1U);
    removal_.erase_for(user_);
    EXPECT_EQ(pictures(), 2U);
    EXPECT_TRUE(ledger_->of_owner(user_, std::nullopt, 10).empty());
}

}  // namespace
}  // namespace fitview::style
