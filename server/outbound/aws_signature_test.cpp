#include "outbound/aws_signature.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fitview::outbound {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
    return std::string(value.as_string());
}

Headers pairs_of(const json::value& list) {
    Headers pairs;
    for (const json::value& pair : list.as_array()) pairs.emplace_back(text_of(pair.at(0)), text_of(pair.at(1)));
    return pairs;
}

/// One of the recorded vectors, as our types.
struct Vector {
    explicit Vector(const json::value& recorded) : json(recorded) {
        const json::value& wanted = recorded.at("request");
        request.method = text_of(wanted.at("method"));
        request.host = text_of(wanted.at("host"));
        request.path = text_of(wanted.at("path_on_the_wire"));
        request.query = pairs_of(wanted.at("query_in"));
        request.headers = pairs_of(wanted.at("headers"));
        request.payload_hash = text_of(wanted.at("body").at("sha256"));
        credentials.access_key_id = text_of(recorded.at("access_key_id"));
        credentials.secret_access_key = Secret(text_of(recorded.at("secret_access_key")));
        if (recorded.at("session_token").is_string()) {
            credentials.session_token = Secret(text_of(recorded.at("session_token")));
        }
        scope = {.region = text_of(recorded.at("region")), .service = text_of(recorded.at("service"))};
        now = *Timestamp::check(text_of(recorded.at("date")));
    }
    std::string name() const { return text_of(json.at("name")); }

    json::value json;
    SignableRequest request;
    AwsCredentials credentials;
    AwsScope scope;
    Timestamp now;
};

std::vector<Vector> vectors(bool presigned) {
    std::ifstream file(FITVIEW_SOURCE_DIR "/tests/data/sigv4_vectors.json");
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<Vector> chosen;
    const json::value document = json::parse(text);
    for (const json::value& recorded : document.at("vectors").as_array()) {
        if (recorded.as_object().contains("url") == presigned) chosen.emplace_back(recorded);
    }
    return chosen;
}

std::string value_of(const Headers& headers, std::string_view name) {
    for (const auto& [given, value] : headers) {
        if (given == name) return value;
    }
    return {};
}

TEST(AwsSignature, SignsEveryRecordedRequestAsTheOfficialLibraryDoes) {
    const auto recorded = vectors(false);
    ASSERT_GE(recorded.size(), 42U);
    for (Vector vector : recorded) {
        // The library adds the hash of the body by itself; here it is the caller's.
        const std::string hash = value_of(pairs_of(vector.json.at("headers_added")), "x-amz-content-sha256");
        if (!hash.empty()) vector.request.headers.emplace_back("x-amz-content-sha256", hash);
        const std::string given = value_of(vector.request.headers, "x-amz-content-sha256");
        if (!given.empty()) vector.request.payload_hash = given;
        const Headers added = signature_headers(vector.request, vector.credentials, vector.scope, vector.now);
        EXPECT_EQ(value_of(added, "authorization"), text_of(vector.json.at("authorization"))) << vector.name();
    }
}

TEST(AwsSignature, SignsEveryRecordedAddressAsTheOfficialLibraryDoes) {
    const auto recorded = vectors(true);
    ASSERT_EQ(recorded.size(), 6U);
    for (Vector vector : recorded) {
        // In an address these headers stand in the query, or nowhere.
        const std::string url = text_of(vector.json.at("url"));
        Headers kept;
        for (const auto& header : vector.request.headers) {
            if (!header.first.starts_with("x-amz-")) {
                kept.push_back(header);
            } else if (url.find("&" + header.first + "=") != std::string::npos) {
                vector.request.query.push_back(header);
            }
        }
        vector.request.headers = kept;
        vector.request.payload_hash = unsigned_payload;
        const auto valid_for = std::chrono::seconds(vector.json.at("expires_in").as_int64());
        const std::string query =
            presigned_query(vector.request, vector.credentials, vector.scope, vector.now, valid_for);
        EXPECT_EQ(query, url.substr(url.find('?') + 1)) << vector.name();
    }
}

TEST(AwsSignature, AnAddressOpensForAWeekAtMost) {
    const Vector vector = vectors(true).front();
    const auto sign = [&vector](Milliseconds valid_for) {
        return presigned_query(vector.request, vector.credentials, vector.scope, vector.now, valid_for);
    };
    EXPECT_NO_THROW(sign(std::chrono::hours(24 * 7)));
    EXPECT_THROW(sign(std::chrono::hours(24 * 7) + std::chrono::seconds(1)), std::invalid_argument);
    EXPECT_THROW(sign(Milliseconds(0)), std::invalid_argument);
}

TEST(AwsSignature, TheSecretIsInNoHeader) {
    for (const Vector& vector : vectors(false)) {
        for (const auto& [name, value] :
             signature_headers(vector.request, vector.credentials, vector.scope, vector.now)) {
            EXPECT_EQ(value.find(vector.credentials.secret_access_key.reveal()), std::string::npos) << name;
        }
    }
}

}  // namespace
}  // namespace fitview::outbound
