#include "outbound/aws_credentials.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "base/failure.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/scripted_server.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::outbound {
namespace {

using testkit::ScriptedServer;

std::string keys_json(const std::string& id, const std::string& ends) {
    return R"({"RoleArn":"arn:aws:iam::123456789012:role/dummy-task","AccessKeyId":")" + id +
           R"(","SecretAccessKey":"dummy/secret+key","Token":"DUMMY/SESSION+TOKEN==","Expiration":")" + ends + R"("})";
}

class AwsKeys : public testing::Test {
protected:
    AwsKeys() { clock_.set(*Timestamp::check("2026-01-15T12:00:00.000Z")); }
    std::unique_ptr<AwsCredentialSource> in_container(const ScriptedServer& server) {
        AwsCredentialSettings settings;
        settings.container_full_uri = server.address() + "/v2/credentials/dummy-guid";
        settings.container_token = Secret("DUMMY-TASK-TOKEN");
        return open_aws_credentials(settings, *client_, clock_);
    }
    std::unique_ptr<HttpClient> client_ = open_http_client();
    testkit::FixedClock clock_;
};

TEST_F(AwsKeys, FixedOnesComeFirst) {
    AwsCredentialSettings settings;
    settings.access_key_id = Secret("AKIDEXAMPLE");
    settings.secret_access_key = Secret("secret");
    settings.container_full_uri = "http://127.0.0.1:1/";
    const auto source = open_aws_credentials(settings, *client_, clock_);
    EXPECT_EQ(source->current().access_key_id, "AKIDEXAMPLE");
    EXPECT_TRUE(source->current().session_token.empty());
}

TEST_F(AwsKeys, TheContainerGivesItsRole) {
    const ScriptedServer server(
        [](const std::string&) { return ScriptedServer::answer(200, keys_json("ASIADUMMY", "2026-01-15T18:00:00Z")); });
    const AwsCredentials keys = in_container(server)->current();
    EXPECT_EQ(keys.access_key_id, "ASIADUMMY");
    EXPECT_EQ(keys.secret_access_key.reveal(), "dummy/secret+key");
    EXPECT_EQ(keys.session_token.reveal(), "DUMMY/SESSION+TOKEN==");
    EXPECT_EQ(server.requests()[0].find("GET /v2/credentials/dummy-guid HTTP/1.1\r\n"), 0U);
    EXPECT_NE(server.requests()[0].find("\r\nAuthorization: DUMMY-TASK-TOKEN\r\n"), std::string::npos);
}

TEST_F(AwsKeys, TheTokenFileIsReadAnewEachTime) {
    const testkit::TemporaryFolder folder;
    const ScriptedServer server(
        [](const std::string&) { return ScriptedServer::answer(200, keys_json("A", "2026-01-15T12:01:00Z")); });
    AwsCredentialSettings settings;
    settings.container_full_uri = server.address() + "/";
    settings.container_token_file = folder.path() + "/token";
    const auto source = open_aws_credentials(settings, *client_, clock_);
    EXPECT_THROW(source->current(), Unavailable);
    for (const char* token : {"first", "second"}) {
        std::ofstream(*settings.container_token_file) << token << "\n";
        source->current();
        EXPECT_NE(server.requests().back().find(std::string("\r\nAuthorization: ") + token + "\r\n"),
                  std::string::npos);
    }
}

TEST_F(AwsKeys, TemporaryOnesAreFetchedAgainShortlyBeforeTheyEnd) {
    int given = 0;
    const ScriptedServer server([&given](const std::string&) {
        ++given;
        const std::string ends = given == 1 ? "2026-01-15T13:00:00Z" : "2026-01-15T14:00:00Z";
        return ScriptedServer::answer(200, keys_json("KEY" + std::to_string(given), ends));
    });
    const auto source = in_container(server);
    EXPECT_EQ(source->current().access_key_id, "KEY1");
    clock_.advance(std::chrono::minutes(54));
    EXPECT_EQ(source->current().access_key_id, "KEY1");
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(source->current().access_key_id, "KEY2");
}

TEST_F(AwsKeys, RefusedOnesAreFetchedAgainOnce) {
    int given = 0;
    const ScriptedServer server([&given](const std::string&) {
        return ScriptedServer::answer(200, keys_json("KEY" + std::to_string(++given), "2026-01-15T18:00:00Z"));
    });
    const auto source = in_container(server);
    const AwsCredentials first = source->current();
    source->refused(first);
    EXPECT_EQ(source->current().access_key_id, "KEY2");
    source->refused(first);  // another caller met the same refusal late
    EXPECT_EQ(source->current().access_key_id, "KEY2");
}

TEST_F(AwsKeys, OldOnesServeWhileTheServiceIsAwayUntilTheyEnd) {
    bool away = false;
    const ScriptedServer server([&away](const std::string&) {
        return away ? ScriptedServer::answer(500, "")
                    : ScriptedServer::answer(200, keys_json("KEY", "2026-01-15T13:00:00Z"));
    });
    const auto source = in_container(server);
    source->current();
    away = true;
    clock_.advance(std::chrono::minutes(58));
    EXPECT_EQ(source->current().access_key_id, "KEY");
    clock_.advance(std::chrono::minutes(2));
    EXPECT_THROW(source->current(), Unavailable);
}

TEST_F(AwsKeys, AnAnswerWithoutTheFieldsSaysSoAndNothingOfItself) {
    for (const std::string body : {R"({"AccessKeyId":"x"})", "[]", "not json", R"({"AccessKeyId":7})", ""}) {
        const ScriptedServer server([&body](const std::string&) { return ScriptedServer::answer(200, body); });
        try {
            in_container(server)->current();
            FAIL() << body;
        } catch (const Unavailable& unavailable) {
            EXPECT_STREQ(unavailable.what(),
                         "AWS keys: the container's credential service answered without the four fields of keys");
        }
    }
}

TEST_F(AwsKeys, TheInstanceIsAskedWithItsSessionToken) {
    const ScriptedServer server([](const std::string& request) {
        if (request.starts_with("PUT /latest/api/token ")) return ScriptedServer::answer(200, "DUMMY-IMDS-TOKEN");
        if (request.find("x-aws-ec2-metadata-token: DUMMY-IMDS-TOKEN") == std::string::npos) {
            return ScriptedServer::answer(401, "");
        }
        if (request.starts_with("GET /latest/meta-data/iam/security-credentials/ ")) {
            return ScriptedServer::answer(200, "dummy-role\n");
        }
        return request.starts_with("GET /latest/meta-data/iam/security-credentials/dummy-role ")
                   ? ScriptedServer::answer(200, keys_json("ASIA", "2026-01-15T18:00:00Z"))
                   : ScriptedServer::answer(404, "");
    });
    AwsCredentialSettings settings;
    settings.metadata_address = server.address();
    EXPECT_EQ(open_aws_credentials(settings, *client_, clock_)->current().access_key_id, "ASIA");
    EXPECT_NE(server.requests()[0].find("x-aws-ec2-metadata-token-ttl-seconds: 21600"), std::string::npos);
}

TEST_F(AwsKeys, SettingsThatCannotWorkAreRefusedAtOnce) {
    AwsCredentialSettings settings;
    EXPECT_THROW(open_aws_credentials(settings, *client_, clock_), std::invalid_argument);
    settings.access_key_id = Secret("only half");
    EXPECT_THROW(open_aws_credentials(settings, *client_, clock_), std::invalid_argument);
    for (const char* url : {"http://example.com/", "http://127.0.0.1.example.com/", "http://localhost@example.com/",
                            "ftp://localhost/"}) {
        AwsCredentialSettings elsewhere;
        elsewhere.container_full_uri = url;
        EXPECT_THROW(open_aws_credentials(elsewhere, *client_, clock_), std::invalid_argument) << url;
    }
}

}  // namespace
}  // namespace fitview::outbound
