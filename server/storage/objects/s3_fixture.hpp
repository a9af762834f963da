#pragma once
// The S3 server of a test run (S3_TEST_URL, which tests/servers starts) and an empty bucket on it.
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "outbound/aws_credentials.hpp"
#include "outbound/http_client.hpp"
#include "storage/objects/s3_bucket.hpp"
#include "testkit/back_ends.hpp"

namespace fitview::storage {

/// `http://KEY:SECRET@HOST:PORT/BUCKET?region=REGION` taken apart, and what speaks to it.
struct S3OfTests {
    S3OfTests() {
        const auto address = testkit::server_address("S3_TEST_URL");
        if (!address) return;
        absent.clear();
        const std::string& url = *address;
        const auto host = url.find("://") + 3;
        const auto at = url.find('@');
        const auto colon = url.find(':', host);
        const auto slash = url.find('/', host);
        const auto region = url.find("?region=");
        if (at == std::string::npos || region == std::string::npos || !(colon < at && at < slash && slash < region)) {
            throw std::invalid_argument("S3_TEST_URL must be http://KEY:SECRET@HOST:PORT/BUCKET?region=REGION");
        }
        keys.access_key_id = Secret(url.substr(host, colon - host));
        keys.secret_access_key = Secret(url.substr(colon + 1, at - colon - 1));
        settings = {.bucket = url.substr(slash + 1, region - slash - 1),
                    .region = url.substr(region + 8),
                    .endpoint = url.substr(0, host) + url.substr(at + 1, slash - at - 1),
                    .path_style = true};
    }

    std::unique_ptr<S3Bucket> open() {
        credentials = outbound::open_aws_credentials(keys, *client, system_clock());
        return open_s3_bucket(settings, *client, *credentials, system_clock());
    }

    /// The bucket without any object.
    std::unique_ptr<S3Bucket> open_empty_bucket() {
        auto bucket = open();
        for (auto page = bucket->list("", "", "", 1000); !page.keys.empty(); page = bucket->list("", "", "", 1000)) {
            bucket->remove_many(page.keys);
        }
        return bucket;
    }

    std::string absent = "no S3 server: ./fit setup builds one, ./fit test starts it";
    S3Settings settings;
    outbound::AwsCredentialSettings keys;
    std::unique_ptr<outbound::HttpClient> client = outbound::open_http_client();
    std::unique_ptr<outbound::AwsCredentialSource> credentials;
};

}  // namespace fitview::storage
