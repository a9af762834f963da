#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include "privacy/privacy_routes.hpp"
#include "privacy/privacy_service.hpp"
#include "testkit/api_driver.hpp"

namespace fitview::privacy {
namespace {

class Holder final : public PersonalDataHolder {
public:
    Holder(std::string name, std::vector<std::string>& order) : name_(std::move(name)), order_(order) {}
    std::vector<ExportedCollection> export_for(const UserId& user) override {
        return {{name_, {R"({"id":")" + user.str() + R"("})"}}};
    }
    void erase_for(const UserId&) override { order_.push_back(name_); }

private:
    std::string name_;
    std::vector<std::string>& order_;
};

class Privacy : public testing::Test {
protected:
    Privacy() {
        add_routes(api_.router, service_);
        api_.as(user_);
    }
    testkit::ApiDriver api_;
    std::vector<std::string> erased_;
    Holder tryons_{"tryon_sessions", erased_};
    Holder users_{"users", erased_};
    Service service_{
        {&tryons_, &users_}, {{"Accounts", "signing in", "contract", std::nullopt, "DELETE /auth/me"}}, api_.clock};
    UserId user_ = testkit::id<UserId>(1);
};

TEST_F(Privacy, TheExportHoldsEveryCollectionAsAFile) {
    const auto answer = api_.get("/auth/me/export");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.at("/user/id"), boost::json::value(user_.str()));
    EXPECT_EQ(answer.at("/collections/tryon_sessions/0/id"), boost::json::value(user_.str()));
    EXPECT_NE(answer.header("Content-Disposition").find("attachment"), std::string::npos);
    EXPECT_EQ(answer.header("Cache-Control"), "private, no-store");
}

TEST_F(Privacy, ErasureReachesEveryHolderInOrderAndIsAudited) {
    EXPECT_EQ(api_.del("/auth/me").status, 204);
    EXPECT_EQ(erased_, (std::vector<std::string>{"tryon_sessions", "users"}));
    ASSERT_EQ(api_.audit.records().size(), 1U);
    EXPECT_EQ(api_.audit.records()[0].event_type, "account.delete");
}

TEST_F(Privacy, RetentionIsPublic) {
    const auto answer = api_.as_nobody().get("/privacy/retention");
    EXPECT_EQ(answer.at("/items/0/data"), "Accounts");
    EXPECT_EQ(answer.at("/items/0/kept"), nullptr);
}

}  // namespace
}  // namespace fitview::privacy
