#pragma once
// The few XML documents of the S3 protocol.
#include <string>
#include <string_view>
#include <vector>

#include "storage/objects/s3_bucket.hpp"

namespace fitview::storage {

/// The `Code` of an error document; empty when the text is none.
std::string s3_error_code(std::string_view xml);

/// A listing (ListBucketResult). Fails: Unavailable when it is none.
S3Page read_s3_listing(std::string_view xml);

/// The codes of what a DeleteObjects answer says was not removed. Fails: Unavailable when it is no such answer.
std::vector<std::string> s3_delete_faults(std::string_view xml);

/// The body of DeleteObjects.
std::string s3_delete_request(const std::vector<std::string>& keys);

}  // namespace fitview::storage
