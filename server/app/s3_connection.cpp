#include "app/s3_connection.hpp"

#include <stdexcept>

#include "http/replies.hpp"
#include "pictures/pictures_lookup.hpp"

namespace fitview::app {
namespace {

outbound::AwsCredentialSettings credential_settings(const AwsSettings& settings) {
    outbound::AwsCredentialSettings chain{.access_key_id = settings.aws_access_key_id,
                                          .secret_access_key = settings.aws_secret_access_key,
                                          .session_token = settings.aws_session_token,
                                          .container_relative_uri = settings.aws_container_credentials_relative_uri,
                                          .container_full_uri = settings.aws_container_credentials_full_uri,
                                          .container_token = settings.aws_container_authorization_token,
                                          .container_token_file = settings.aws_container_authorization_token_file,
                                          .metadata_address = std::nullopt};
    if (!settings.aws_ec2_metadata_disabled) chain.metadata_address = settings.aws_ec2_metadata_service_endpoint;
    return chain;
}

}  // namespace

S3Connection::S3Connection(const AwsSettings& settings, const Clock& clock) {
    if (!settings.aws_s3_bucket) throw std::invalid_argument("OBJECTS=s3 needs AWS_S3_BUCKET, the bucket's name");
    credentials_ = outbound::open_aws_credentials(credential_settings(settings), *client_, clock);
    bucket_ = storage::open_s3_bucket({.bucket = *settings.aws_s3_bucket,
                                       .region = settings.aws_region,
                                       .endpoint = settings.aws_s3_endpoint.value_or(""),
                                       .path_style = settings.aws_s3_path_style},
                                      *client_, *credentials_, clock);
}

std::unique_ptr<storage::Objects> S3Connection::open_objects() {
    return storage::open_s3_objects(std::move(bucket_), [](const storage::ObjectKey& key) {
        return std::string(pictures::is_personal(key.str()) ? http::cache::personal : http::cache::immutable);
    });
}

}  // namespace fitview::app
