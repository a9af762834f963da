#pragma once
// One bucket of Amazon S3 or of a server that speaks its protocol.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace fitview::outbound {
class AwsCredentialSource;
class HttpClient;
}  // namespace fitview::outbound

namespace fitview::storage {

struct S3Settings {
    std::string bucket;
    std::string region;
    std::string endpoint;     ///< `https://minio.example:9000`; empty for Amazon's own
    bool path_style = false;  ///< the bucket in the path; always so when its name has dots, which no certificate covers
};

struct S3Page {
    std::vector<std::string> keys;
    std::string next;  ///< continues the listing; empty at its end
};

/// The operations of a bucket, each one signed request (repeated up to three times where the answer says that helps,
/// with random waits; every operation may be repeated without harm). What is read is compared with the checksum it was
/// stored with. Thread-safe; blocks, 20 s at most. Fails: Unavailable, whose text names the bucket's host and the error
/// code.
class S3Bucket {
public:
    static constexpr std::size_t remove_many_max = 1000;

    virtual ~S3Bucket() = default;

    /// `cache_control` may be empty.
    virtual void put(std::string_view key, std::string_view bytes, std::string_view content_type,
                     std::string_view cache_control) = 0;

    virtual std::optional<std::string> get(std::string_view key) = 0;

    /// `length` bytes from `first` on, fewer at the end of the object; nothing when there is no such object or no such
    /// byte. Its checksum cannot be checked.
    virtual std::optional<std::string> get_range(std::string_view key, std::size_t first, std::size_t length) = 0;

    virtual bool exists(std::string_view key) = 0;

    /// Removes the object if it is there.
    virtual void remove(std::string_view key) = 0;

    /// Removes up to `remove_many_max` objects with one request; those that are not there count as removed.
    virtual void remove_many(const std::vector<std::string>& keys) = 0;

    /// Keys that begin with `prefix` in byte order, up to `limit` (1 to 1000): after `after`, or where `next` of the
    /// page before points.
    virtual S3Page list(std::string_view prefix, std::string_view after, std::string_view next, int limit) = 0;

    /// An address that opens the object for whoever has it.
    virtual std::string presigned_get(std::string_view key, Milliseconds valid_for) = 0;
};

/// The references must outlive the bucket. Fails: std::invalid_argument for settings that cannot be an address.
std::unique_ptr<S3Bucket> open_s3_bucket(const S3Settings& settings, outbound::HttpClient& client,
                                         outbound::AwsCredentialSource& credentials, const Clock& clock);

}  // namespace fitview::storage
