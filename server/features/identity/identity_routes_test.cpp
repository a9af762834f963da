#include "identity/identity_routes.hpp"

#include <gtest/gtest.h>

#include "identity/identity_service.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/api_driver.hpp"

namespace fitview::identity {
namespace {

const char* const priya =
    R"({"email":"priya@example.com","password":"Correct-Horse-7","name":"Priya Sharma","phone":"+91 99999 99999"})";

class IdentityRoutes : public testing::Test {
protected:
    IdentityRoutes() { add_routes(api_.router, service_); }

    testkit::ApiDriver api_;
    testkit::CountingIds ids_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::UnitOfWork> unit_ = storage::open_sqlite_unit_of_work(database_);
    std::unique_ptr<UserStore> users_ = open_sqlite_user_store(database_);
    std::unique_ptr<SessionStore> sessions_ = open_sqlite_session_store(database_);
    PasswordHasher hasher_{4};
    TokenSigner signer_{Secret("a secret that is used by this test only"), {}, api_.clock};
    Service service_{*users_, *sessions_, *unit_, hasher_, signer_, TokenLifetimes(), api_.clock, ids_};
};

TEST_F(IdentityRoutes, RegisteringAnswersWithTheUserAndItsTokensAndNoHash) {
    const auto answer = api_.post("/auth/register", priya);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.at("/user/email"), "priya@example.com");
    EXPECT_EQ(answer.at("/user/role"), "customer");
    EXPECT_EQ(answer.at("/token_type"), "bearer");
    EXPECT_EQ(answer.at("/expires_in"), 1800);
    EXPECT_EQ(answer.text.find("hashed_password"), std::string::npos);
    EXPECT_EQ(answer.header("Cache-Control"), "private, no-store");
    EXPECT_EQ(api_.post("/auth/register", priya).code(), "email_taken");
}

TEST_F(IdentityRoutes, EveryFaultOfARegistrationIsNamed) {
    const auto answer = api_.post("/auth/register", R"({"email":"x","password":"short","role":"admin","nme":"P"})");
    EXPECT_EQ(answer.status, 422);
    std::string pointers;
    const boost::json::value errors = answer.at("/errors");
    for (const auto& error : errors.as_array()) pointers += std::string(error.at("pointer").as_string()) + " ";
    EXPECT_EQ(pointers, "/email /name /role /password /password /password /nme ");
    EXPECT_EQ(answer.text.find("short"), std::string::npos);
}

TEST_F(IdentityRoutes, SigningInIsLimitedByAddressAndAccount) {
    api_.settings.rates.login = storage::RateLimit{5, std::chrono::seconds(60)};
    api_.post("/auth/register", priya);
    const auto attempt = [&](const char* email) {
        return api_.post("/auth/login", std::string(R"({"email":")") + email + R"(","password":"wrong"})");
    };
    for (int count = 0; count < 5; ++count)
        EXPECT_EQ(attempt(count % 2 ? "PRIYA@example.com" : "priya@example.com").code(), "bad_credentials");
    const auto refused = attempt("priya@example.com");
    EXPECT_EQ(refused.status, 429);
    EXPECT_FALSE(refused.header("Retry-After").empty());
    EXPECT_EQ(attempt("somebody@example.com").code(), "bad_credentials");
}

TEST_F(IdentityRoutes, RefreshTokensWorkOnce) {
    const auto first = api_.post("/auth/register", priya);
    const std::string body = R"({"refresh_token":")" + std::string(first.at("/refresh_token").as_string()) + R"("})";
    EXPECT_EQ(api_.post("/auth/refresh", body).status, 200);
    const auto again = api_.post("/auth/refresh", body);
    EXPECT_EQ(again.status, 401);
    EXPECT_EQ(again.code(), "token_reused");
    EXPECT_FALSE(again.header("WWW-Authenticate").empty());
    EXPECT_EQ(api_.post("/auth/refresh", R"({"refresh_token":"x"})").code(), "unauthenticated");
}

TEST_F(IdentityRoutes, ProfilesAreReadAndChanged) {
    const auto user = api_.post("/auth/register", priya);
    api_.as(*UserId::check(std::string(user.at("/user/id").as_string())));
    EXPECT_EQ(api_.get("/auth/me").at("/name"), "Priya Sharma");
    const auto changed =
        api_.patch("/auth/me", R"({"name":"Priya S","phone":null,"measurements":{"bust":92.5,"waist":80}})");
    EXPECT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(changed.at("/phone"), nullptr);
    EXPECT_EQ(changed.at("/measurements/bust"), 92.5);
    EXPECT_EQ(api_.patch("/auth/me", R"({"email":"new@example.com"})").at("/errors/0/pointer"), "/email");
    EXPECT_EQ(api_.patch("/auth/me", R"({"measurements":{"bust":10}})").at("/errors/0/pointer"), "/measurements/bust");
    EXPECT_EQ(
        api_.patch("/auth/me", R"({"password":"Battery-Staple-9","current_password":"no"})").at("/errors/0/pointer"),
        "/current_password");
}

TEST_F(IdentityRoutes, NobodyHasNoProfile) {
    EXPECT_EQ(api_.get("/auth/me").code(), "unauthenticated");
    EXPECT_EQ(api_.post("/auth/logout").status, 401);
}

}  // namespace
}  // namespace fitview::identity
