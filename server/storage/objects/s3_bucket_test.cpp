#include "storage/objects/s3_bucket.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "storage/objects/objects.hpp"
#include "storage/objects/s3_fixture.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/scripted_server.hpp"

namespace fitview::storage {
namespace {

using testkit::ScriptedServer;

// --- on a real server
// --------------------------------------------------------------------------------------------------

class S3OnServer : public testing::Test {
protected:
    void SetUp() override {
        FITVIEW_SKIP_WHEN_ABSENT(server_.absent);
        bucket_ = server_.open_empty_bucket();
    }
    outbound::HttpAnswer open_address(const std::string& url) {
        outbound::HttpRequest request;
        request.url = url;
        const auto answer = server_.client->send(request);
        return std::holds_alternative<outbound::HttpAnswer>(answer) ? std::get<outbound::HttpAnswer>(answer)
                                                                    : outbound::HttpAnswer{};
    }
    S3OfTests server_;
    std::unique_ptr<S3Bucket> bucket_;
};

TEST_F(S3OnServer, GivesARangeOfAnObject) {
    bucket_->put("a/picture.webp", "0123456789", "image/webp", "");
    EXPECT_EQ(bucket_->get_range("a/picture.webp", 2, 3), "234");
    EXPECT_EQ(bucket_->get_range("a/picture.webp", 8, 100), "89");
    EXPECT_EQ(bucket_->get_range("a/picture.webp", 10, 1), std::nullopt);
    EXPECT_EQ(bucket_->get_range("a/nothing.webp", 0, 1), std::nullopt);
    EXPECT_THROW(bucket_->get_range("a/picture.webp", 0, 0), std::invalid_argument);
}

TEST_F(S3OnServer, APresignedAddressOpensItsObjectWithoutKeysAndNoOther) {
    bucket_->put("a/picture.webp", "bytes", "image/webp", "");
    bucket_->put("a/other.webp", "other", "image/webp", "");
    const std::string url = bucket_->presigned_get("a/picture.webp", std::chrono::minutes(5));
    const auto opened = open_address(url);
    EXPECT_EQ(opened.status, 200);
    EXPECT_EQ(opened.body, "bytes");
    EXPECT_EQ(opened.header("content-type"), "image/webp");
    EXPECT_EQ(open_address(url.substr(0, url.find('?'))).status, 403) << "without a signature";
    std::string other = url;
    other.replace(other.find("picture"), 7, "other");
    EXPECT_EQ(open_address(other).status, 403) << "with the signature of another object";
}

TEST_F(S3OnServer, NamesWithAllKindsOfCharactersSignAndComeBack) {
    const std::vector<std::string> names = {"a b/c+d.webp", "a/%25/x.webp", "a/ü-é.webp", "a/=&?#.webp", "a/~.webp"};
    for (const std::string& name : names) {
        bucket_->put(name, name, "image/webp", "");
        EXPECT_EQ(bucket_->get(name), name);
    }
    EXPECT_EQ(bucket_->list("a", "", "", 1000).keys.size(), names.size());
}

TEST_F(S3OnServer, AListingGoesOnWhereThePageEnded) {
    for (int number = 10; number < 20; ++number)
        bucket_->put("n/" + std::to_string(number) + ".webp", "x", "image/webp", "");
    std::string seen;
    S3Page page = bucket_->list("n/", "n/11.webp", "", 3);
    while (true) {
        for (const std::string& key : page.keys) seen += key.substr(2, 2) + " ";
        if (page.next.empty()) break;
        page = bucket_->list("n/", "", page.next, 3);
    }
    EXPECT_EQ(seen, "12 13 14 15 16 17 18 19 ");
}

TEST_F(S3OnServer, RemovesManyAtOnceAndDoesNotMindThoseThatAreGone) {
    for (const char* name : {"a.webp", "b.webp", "c&d<e.webp"}) bucket_->put(name, "x", "image/webp", "");
    bucket_->remove_many({"a.webp", "c&d<e.webp", "never.webp"});
    EXPECT_EQ(bucket_->list("", "", "", 10).keys, std::vector<std::string>{"b.webp"});
    bucket_->remove("never.webp");
    EXPECT_THROW(bucket_->remove_many(std::vector<std::string>(1001, "x")), std::invalid_argument);
}

TEST_F(S3OnServer, AWrongKeyOrBucketIsUnavailableAndTheSecretIsNotTold) {
    S3OfTests wrong;
    wrong.keys.secret_access_key = Secret("wrong-secret");
    try {
        wrong.open()->put("a.webp", "x", "image/webp", "");
        FAIL() << "a wrong secret was accepted";
    } catch (const Unavailable& unavailable) {
        EXPECT_NE(std::string(unavailable.what()).find("SignatureDoesNotMatch"), std::string::npos)
            << unavailable.what();
        EXPECT_EQ(std::string(unavailable.what()).find("wrong-secret"), std::string::npos);
    }
    S3OfTests elsewhere;
    elsewhere.settings.bucket = "fitview-no-such-bucket";
    EXPECT_THROW(elsewhere.open()->get("a.webp"), Unavailable) << "a missing bucket is not a missing object";
}

// --- on answers no test can make a real server give
// -----------------------------------------------------------------------

class S3OnScript : public testing::Test {
protected:
    std::unique_ptr<S3Bucket> bucket(const ScriptedServer& server) {
        outbound::AwsCredentialSettings keys;
        keys.access_key_id = Secret("AKIDEXAMPLE");
        keys.secret_access_key = Secret("secret");
        credentials_ = outbound::open_aws_credentials(keys, *client_, clock_);
        return open_s3_bucket(
            {.bucket = "fitview-assets", .region = "ap-south-1", .endpoint = server.address(), .path_style = true},
            *client_, *credentials_, clock_);
    }
    static std::string error(int status, const std::string& code, const std::string& headers = {}) {
        return ScriptedServer::answer(
            status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>", headers);
    }
    testkit::FixedClock clock_;
    std::unique_ptr<outbound::HttpClient> client_ = outbound::open_http_client();
    std::unique_ptr<outbound::AwsCredentialSource> credentials_;
};

TEST_F(S3OnScript, TriesAgainWhereTheAnswerSaysThatHelps) {
    for (const auto& [status, code] : std::vector<std::pair<int, std::string>>{
             {503, "SlowDown"}, {500, "InternalError"}, {502, ""}, {400, "RequestTimeout"}, {400, "BadDigest"}}) {
        int asked = 0;
        const ScriptedServer server([&, status = status, code = code](const std::string&) {
            return ++asked < 3 ? error(status, code) : ScriptedServer::answer(200, "");
        });
        bucket(server)->put("a.webp", "x", "image/webp", "");
        EXPECT_EQ(asked, 3) << code;
    }
}

TEST_F(S3OnScript, GivesUpAfterThreeTriesOrAtOnceWhereNothingHelps) {
    const auto tries = [this](int status, const std::string& code) {
        int asked = 0;
        const ScriptedServer server([&](const std::string&) {
            ++asked;
            return error(status, code);
        });
        EXPECT_THROW(bucket(server)->put("a.webp", "x", "image/webp", ""), Unavailable) << code;
        return asked;
    };
    EXPECT_EQ(tries(503, "ServiceUnavailable"), 3);
    EXPECT_EQ(tries(403, "AccessDenied"), 1);
    EXPECT_EQ(tries(400, "AuthorizationHeaderMalformed"), 1);
    EXPECT_EQ(tries(301, "PermanentRedirect"), 1);
}

TEST_F(S3OnScript, AnEndedConnectionIsTriedAgain) {
    int asked = 0;
    const ScriptedServer server(
        [&asked](const std::string&) { return ++asked < 2 ? std::string() : ScriptedServer::answer(200, ""); });
    bucket(server)->put("a.webp", "x", "image/webp", "");
    EXPECT_GE(asked, 2);
}

TEST_F(S3OnScript, AClockThatIsWrongIsSetByTheServersDate) {
    std::vector<std::string> dates;
    const ScriptedServer server([&dates](const std::string& request) {
        dates.push_back(request.substr(request.find("x-amz-date: ") + 12, 16));
        return dates.size() == 1 ? error(403, "RequestTimeTooSkewed", "Date: Sun, 01 Mar 2026 05:00:00 GMT\r\n")
                                 : ScriptedServer::answer(200, "");
    });
    bucket(server)->put("a.webp", "x", "image/webp", "");
    EXPECT_EQ(dates, (std::vector<std::string>{"20260301T000000Z", "20260301T050000Z"}));
}

TEST_F(S3OnScript, AnObjectThatDiffersFromItsChecksumIsReadAgainAndThenRefused) {
    const std::string right = "x-amz-meta-sha256: " + hex(sha256("right")) + "\r\n";
    int asked = 0;
    const ScriptedServer once(
        [&](const std::string&) { return ScriptedServer::answer(200, ++asked == 1 ? "wrong" : "right", right); });
    EXPECT_EQ(bucket(once)->get("a.webp"), "right");
    const ScriptedServer always([&](const std::string&) { return ScriptedServer::answer(200, "wrong", right); });
    EXPECT_THROW(bucket(always)->get("a.webp"), Unavailable);
}

TEST_F(S3OnScript, ARemovalThatFailedInPartIsToldThoughItsStatusIs200) {
    const ScriptedServer server([](const std::string&) {
        return ScriptedServer::answer(
            200, "<DeleteResult><Error><Key>b</Key><Code>InternalError</Code></Error></DeleteResult>");
    });
    EXPECT_THROW(bucket(server)->remove_many({"a.webp", "b.webp"}), Unavailable);
}

TEST_F(S3OnScript, AnswersThatAreNoListingAreRefused) {
    for (const std::string body :
         {"", "<html>", "<a/>", "{}", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
          "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"}) {
        const ScriptedServer server([&body](const std::string&) { return ScriptedServer::answer(200, body); });
        EXPECT_THROW(bucket(server)->list("", "", "", 10), Unavailable) << body;
    }
}

TEST_F(S3OnScript, TheBucketStandsInTheHostOrInThePath) {
    const auto address = [this](const S3Settings& settings) {
        outbound::AwsCredentialSettings keys;
        keys.access_key_id = Secret("AKIDEXAMPLE");
        keys.secret_access_key = Secret("secret");
        credentials_ = outbound::open_aws_credentials(keys, *client_, clock_);
        const std::string url =
            open_s3_bucket(settings, *client_, *credentials_, clock_)->presigned_get("k.webp", std::chrono::hours(1));
        return url.substr(0, url.find('?'));
    };
    const S3Settings amazon{.bucket = "fitview-assets", .region = "ap-south-1", .endpoint = "", .path_style = false};
    EXPECT_EQ(address(amazon), "https://fitview-assets.s3.ap-south-1.amazonaws.com/k.webp");
    S3Settings changed = amazon;
    changed.path_style = true;
    EXPECT_EQ(address(changed), "https://s3.ap-south-1.amazonaws.com/fitview-assets/k.webp");
    changed = amazon;
    changed.bucket = "fitview.assets";
    EXPECT_EQ(address(changed), "https://s3.ap-south-1.amazonaws.com/fitview.assets/k.webp");
    changed = amazon;
    changed.endpoint = "http://127.0.0.1:9000/";
    EXPECT_EQ(address(changed), "http://fitview-assets.127.0.0.1:9000/k.webp");
    for (const char* endpoint : {"127.0.0.1:9000", "ftp://host", "http://", "http://user@host", "http://host/path"}) {
        changed.endpoint = endpoint;
        EXPECT_THROW(address(changed), std::invalid_argument) << endpoint;
    }
}

}  // namespace
}  // namespace fitview::storage
