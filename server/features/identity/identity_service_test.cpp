#include "identity/identity_service.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "reflect/json.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::identity {
namespace {

RegisterRequest registration(const std::string& email, const std::string& password = "Correct-Horse-7") {
    return reflect::decode_own<RegisterRequest>(R"({"email":")" + email + R"(","password":")" + password +
                                                R"(","name":"Priya"})");
}
LoginRequest sign_in_with(const std::string& email, const std::string& password) {
    return reflect::decode_own<LoginRequest>(R"({"email":")" + email + R"(","password":")" + password + R"("})");
}
ProfileChange change(const std::string& json) {
    return reflect::decode_own<ProfileChange>(json);
}

template <class Call>
FailureCode code_of(Call&& call) {
    try {
        call();
    } catch (const Failure& failure) {
        return failure.code();
    }
    ADD_FAILURE() << "nothing was refused";
    return FailureCode::internal;
}

class IdentityService : public testing::Test {
protected:
    testkit::FixedClock clock_;
    testkit::CountingIds ids_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::UnitOfWork> unit_ = storage::open_sqlite_unit_of_work(database_);
    std::unique_ptr<UserStore> users_ = open_sqlite_user_store(database_);
    std::unique_ptr<SessionStore> sessions_ = open_sqlite_session_store(database_);
    PasswordHasher hasher_{4};
    TokenSigner signer_{Secret("a secret that is used by this test only"), {}, clock_};
    Service service_{*users_, *sessions_, *unit_, hasher_, signer_, TokenLifetimes(), clock_, ids_};
    TokenAuthenticator authenticator_{signer_, *sessions_};

    bool works(const std::string& token) {
        return std::holds_alternative<http::Identity>(authenticator_.authenticate(token));
    }
};

TEST_F(IdentityService, WhoRegistersIsSignedIn) {
    const SignedIn signed_in = service_.register_user(registration("Priya@Example.com"));
    EXPECT_EQ(signed_in.user.email.str(), "priya@example.com");
    EXPECT_EQ(signed_in.expires_in, 1800);
    EXPECT_TRUE(works(signed_in.access_token));
    EXPECT_FALSE(works(signed_in.refresh_token));
    EXPECT_EQ(code_of([&] { service_.register_user(registration("PRIYA@example.com")); }), FailureCode::email_taken);
}

TEST_F(IdentityService, OnlyTheRightPasswordSignsIn) {
    service_.register_user(registration("priya@example.com"));
    EXPECT_TRUE(works(service_.login(sign_in_with("PRIYA@example.com", "Correct-Horse-7")).access_token));
    EXPECT_EQ(code_of([&] { service_.login(sign_in_with("priya@example.com", "Correct-Horse-8")); }),
              FailureCode::bad_credentials);
    EXPECT_EQ(code_of([&] { service_.login(sign_in_with("nobody@example.com", "Correct-Horse-7")); }),
              FailureCode::bad_credentials);
    EXPECT_EQ(code_of([&] { service_.login(sign_in_with("no address", "Correct-Horse-7")); }),
              FailureCode::bad_credentials);
}

TEST_F(IdentityService, ASpentRefreshTokenEndsTheFamily) {
    const SignedIn first = service_.register_user(registration("priya@example.com"));
    const SignedIn second = service_.refresh(first.refresh_token);
    EXPECT_TRUE(works(second.access_token));
    EXPECT_EQ(code_of([&] { service_.refresh(first.refresh_token); }), FailureCode::token_reused);
    EXPECT_FALSE(works(second.access_token));
    EXPECT_FALSE(works(first.access_token));
    EXPECT_EQ(code_of([&] { service_.refresh(second.refresh_token); }), FailureCode::unauthenticated);
}

TEST_F(IdentityService, TokensExpire) {
    const SignedIn signed_in = service_.register_user(registration("priya@example.com"));
    clock_.advance(std::chrono::minutes(30));
    EXPECT_EQ(std::get<FailureCode>(authenticator_.authenticate(signed_in.access_token)), FailureCode::token_expired);
    EXPECT_TRUE(works(service_.refresh(signed_in.refresh_token).access_token));
    clock_.advance(std::chrono::hours(24 * 8));
    EXPECT_EQ(code_of([&] { service_.refresh(signed_in.refresh_token); }), FailureCode::token_expired);
}

TEST_F(IdentityService, LoggingOutEndsThisSessionAtOnce) {
    const SignedIn here = service_.register_user(registration("priya@example.com"));
    const SignedIn there = service_.login(sign_in_with("priya@example.com", "Correct-Horse-7"));
    service_.logout(
        *SessionId::check(std::get<http::Identity>(authenticator_.authenticate(here.access_token)).session_id));
    EXPECT_FALSE(works(here.access_token));
    EXPECT_TRUE(works(there.access_token));
    EXPECT_EQ(code_of([&] { service_.refresh(here.refresh_token); }), FailureCode::unauthenticated);
}

TEST_F(IdentityService, ANewPasswordNeedsTheCurrentOneAndEndsOtherSessions) {
    const SignedIn here = service_.register_user(registration("priya@example.com"));
    const SignedIn there = service_.login(sign_in_with("priya@example.com", "Correct-Horse-7"));
    const SessionId session =
        *SessionId::check(std::get<http::Identity>(authenticator_.authenticate(here.access_token)).session_id);
    int counted = 0;
    const auto count = [&](const Email&) { ++counted; };
    const auto attempt = [&](const std::string& json) {
        return service_.change_profile(here.user.id, session, change(json), count);
    };
    EXPECT_EQ(code_of([&] { attempt(R"({"password":"Battery-Staple-9"})"); }), FailureCode::invalid_input);
    EXPECT_EQ(code_of([&] { attempt(R"({"password":"Battery-Staple-9","current_password":"wrong"})"); }),
              FailureCode::invalid_input);
    EXPECT_EQ(code_of([&] { attempt(R"({"current_password":"Correct-Horse-7"})"); }), FailureCode::invalid_input);
    EXPECT_EQ(counted, 2);
    attempt(R"({"password":"Battery-Staple-9","current_password":"Correct-Horse-7"})");
    EXPECT_TRUE(works(here.access_token));
    EXPECT_FALSE(works(there.access_token));
    EXPECT_TRUE(works(service_.login(sign_in_with("priya@example.com", "Battery-Staple-9")).access_token));
}

TEST_F(IdentityService, ProfilesKeepWhatIsLeftOutAndClearWhatIsNull) {
    const SignedIn user = service_.register_user(registration("priya@example.com"));
    const auto nobody_counts = [](const Email&) {};
    service_.change_profile(user.user.id, SessionId(), change(R"({"phone":"9876543210","measurements":{"bust":92.5}})"),
                            nobody_counts);
    const UserView changed =
        service_.change_profile(user.user.id, SessionId(), change(R"({"name":"Priya S","phone":null})"), nobody_counts);
    EXPECT_FALSE(changed.phone);
    EXPECT_EQ(changed.measurements->size(), 1U);
    EXPECT_EQ(code_of([&] {
                  service_.change_profile(user.user.id, SessionId(), change(R"({"state":"Kerala"})"), nobody_counts);
              }),
              FailureCode::invalid_input);
}

TEST_F(IdentityService, EveryBrokenPasswordRuleIsNamed) {
    const auto parsed =
        reflect::parse_json(R"({"email":"priya@example.com","password":"priya","name":"Priya","role":"admin"})");
    std::vector<Problem> problems;
    EXPECT_FALSE(reflect::decode<RegisterRequest>(std::get<boost::json::value>(parsed), problems));
    std::vector<std::string> texts;
    for (const Problem& problem : problems) texts.push_back(*problem.pointer + " " + problem.detail);
    EXPECT_EQ(texts, (std::vector<std::string>{
                         "/role must be one of: customer, retailer", "/password must be at least 12 characters long",
                         "/password must contain an upper-case letter", "/password must contain a digit",
                         "/password must not contain the name of the e-mail address"}));
}

TEST(Passwords, TheDummyOfUnknownAccountsCostsAsMuchAsARealHash) {
    const PasswordHasher hasher(8);
    const std::string real = hasher.hash("Some-Password-1");
    EXPECT_EQ(hasher.dummy().size(), real.size());
    EXPECT_FALSE(hasher.is_outdated(hasher.dummy()));
    EXPECT_NE(hasher.dummy(), PasswordHasher(8).dummy());
    const auto best_of_three = [&](const std::string& hash) {
        auto best = std::chrono::steady_clock::duration::max();
        for (int time = 0; time < 3; ++time) {
            const auto start = std::chrono::steady_clock::now();
            EXPECT_FALSE(hasher.verify("Another-Password-1", hash));
            best = std::min(best, std::chrono::steady_clock::now() - start);
        }
        return best;
    };
    EXPECT_GT(best_of_three(hasher.dummy()), best_of_three(real) / 3);
}

TEST(Passwords, AllBytesCountAndOldHashesAreUpgraded) {
    const PasswordHasher hasher(4);
    const std::string long_one = std::string(100, 'a') + "B1";
    const std::string hash = hasher.hash(long_one);
    EXPECT_TRUE(hasher.verify(long_one, hash));
    EXPECT_FALSE(hasher.verify(std::string(100, 'a') + "B2", hash));
    EXPECT_FALSE(hasher.verify(long_one, "rubbish"));
    EXPECT_FALSE(hasher.is_outdated(hash));
    EXPECT_TRUE(PasswordHasher(5).is_outdated(hash));
    // The published bcrypt vector of OpenBSD's test suite.
    const std::string plain = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    EXPECT_TRUE(hasher.verify("U*U", plain));
    EXPECT_FALSE(hasher.verify("U*V", plain));
    EXPECT_TRUE(hasher.is_outdated(plain));
}

TEST(Tokens, OnlyOurSignatureIsBelieved) {
    testkit::FixedClock clock;
    const Secret secret("one secret"), other("another secret");
    const TokenSigner signer(secret, {}, clock);
    const Claims claims{.sub = testkit::id<UserId>(1),
                        .role = Role::admin,
                        .sid = testkit::id<SessionId>(2),
                        .jti = "x",
                        .iat = 0,
                        .exp = clock.now().seconds() + 60,
                        .type = TokenType::access};
    const std::string token = signer.sign(claims);
    EXPECT_EQ(std::get<Claims>(signer.verify(token)), claims);
    EXPECT_EQ(std::get<TokenFault>(TokenSigner(other, {}, clock).verify(token)), TokenFault::bad_signature);
    EXPECT_EQ(std::get<Claims>(TokenSigner(other, {secret}, clock).verify(token)), claims);

    const std::string payload = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
    const std::string none = base64url(R"({"alg":"none","typ":"JWT"})") + "." + payload + ".";
    EXPECT_EQ(std::get<TokenFault>(signer.verify(none)), TokenFault::malformed);
    for (const std::string& bad :
         std::vector<std::string>{"", ".", "..", "a.b.c", token + "x", token.substr(1), std::string(5000, 'a')}) {
        EXPECT_TRUE(std::holds_alternative<TokenFault>(signer.verify(bad))) << bad;
    }
    // A token of another HS256 library with the same secret needs no key id.
    const std::string head = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + payload;
    EXPECT_EQ(std::get<Claims>(signer.verify(head + "." + base64url(hmac_sha256("one secret", head)))), claims);
}

TEST(Contact, AddressesAndNumbersCarryTheirRules) {
    for (const char* good : {"a@b.in", "Priya.Sharma+shop@mail.example.co.in"}) EXPECT_TRUE(Email::check(good)) << good;
    for (const char* bad :
         {"", "a", "@b.in", "a@b", "a b@c.in", "a@b..in", "a@-b.in", ".a@b.in", "a@b.c", "a@b.in\n"}) {
        EXPECT_EQ(bool(Email::check(bad)), std::string(bad) == "a@b.in\n")
            << bad;  // white space at the ends is trimmed
    }
    for (const char* good : {"+91 99999 99999", "9876543210", "09876543210", "+1 415 555 2671"})
        EXPECT_TRUE(Phone::check(good)) << good;
    for (const char* bad : {"", "12345", "+91 19999 99999", "99999-abc", "++919999999999", "5876543210"})
        EXPECT_FALSE(Phone::check(bad)) << bad;
    EXPECT_TRUE(Gstin::check("27AAPFU0939F1ZV"));
    for (const char* bad : {"", "27aapfu0939f1zv", "27AAPFU0939F1XV", "AAPFU0939F1ZV27"})
        EXPECT_FALSE(Gstin::check(bad)) << bad;
}

}  // namespace
}  // namespace fitview::identity
