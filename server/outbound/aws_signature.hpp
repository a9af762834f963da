#pragma once
// AWS Signature Version 4: requests signed in headers, and addresses that carry their signature.
// Source: AWS General Reference, "Signing AWS API requests"; checked against tests/data/sigv4_vectors.json.
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "outbound/http_client.hpp"

namespace fitview::outbound {

struct AwsCredentials {
    std::string access_key_id;
    Secret secret_access_key;
    Secret session_token;                 ///< empty for keys that do not expire
    std::optional<Timestamp> expires_at;  ///< of temporary ones
};

struct AwsScope {
    std::string region;   ///< `ap-south-1`
    std::string service;  ///< `s3`, `bedrock`; of `s3` the path is signed as it is on the wire
};

/// What a signature covers.
struct SignableRequest {
    std::string method;
    std::string host;          ///< with its port when that is not the scheme's
    std::string path;          ///< as on the wire, encoded
    Headers query;             ///< names and values, not encoded
    Headers headers;           ///< besides host; those that proxies may change are left out of the signature
    std::string payload_hash;  ///< hex SHA-256 of the body, or `UNSIGNED-PAYLOAD`
};

/// The headers that sign `request`: `x-amz-date`, `x-amz-security-token` with temporary keys, `authorization`.
/// Where a service wants `x-amz-content-sha256`, it stands among the request's headers.
Headers signature_headers(const SignableRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                          const Timestamp& now);

/// The query, encoded and with its signature, that opens `request` for `valid_for` (at most seven days: longer is
/// std::invalid_argument). With temporary keys the address dies with them.
std::string presigned_query(const SignableRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                            const Timestamp& now, Milliseconds valid_for);

/// Names and values, encoded, joined with `&`, in the order a signature wants.
std::string canonical_query(const Headers& query);

inline constexpr const char* unsigned_payload = "UNSIGNED-PAYLOAD";

}  // namespace fitview::outbound
