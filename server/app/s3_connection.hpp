#pragma once
// Objects in S3, put together from the settings.
#include <memory>

#include "app/config.hpp"
#include "base/time.hpp"
#include "outbound/aws_credentials.hpp"
#include "outbound/http_client.hpp"
#include "storage/objects/objects.hpp"
#include "storage/objects/s3_bucket.hpp"

namespace fitview::app {

/// What speaks to the bucket; must outlive the objects it opens.
class S3Connection {
public:
    /// Fails: std::invalid_argument, naming the settings that cannot work.
    S3Connection(const AwsSettings& settings, const Clock& clock);

    /// Once.
    std::unique_ptr<storage::Objects> open_objects();

private:
    std::unique_ptr<outbound::HttpClient> client_ = outbound::open_http_client();
    std::unique_ptr<outbound::AwsCredentialSource> credentials_;
    std::unique_ptr<storage::S3Bucket> bucket_;
};

}  // namespace fitview::app
