#pragma once
// Pictures and files, whole, by key.
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/objects/object_key.hpp"

namespace fitview::storage {

class S3Bucket;

/// Keeps whole objects. The content type is the key's, so it is kept with it. Thread-safe; blocks.
/// Fails: Unavailable when the place is away, full or failing; its text is for the log.
class Objects {
public:
    static constexpr std::size_t size_limit = std::size_t{20} << 20U;
    static constexpr int list_limit = 1000;

    virtual ~Objects() = default;

    /// Keeps `bytes` under `key`, in place of what was there: a reader finds the old or the new object, whole. When it
    /// returns, the object survives the loss of power. More than `size_limit` bytes are std::invalid_argument.
    virtual void put(const ObjectKey& key, std::string_view bytes) = 0;

    /// The object, or nothing.
    virtual std::optional<std::string> find(const ObjectKey& key) = 0;

    virtual bool exists(const ObjectKey& key) = 0;

    /// Removes the object. Returns whether there was one.
    virtual bool remove(const ObjectKey& key) = 0;

    /// The keys that begin with `prefix` (any text; empty for all) and come after `after`, in the order of their bytes,
    /// at most `limit` (1 to `list_limit`).
    virtual std::vector<ObjectKey> list(std::string_view prefix, const std::optional<ObjectKey>& after, int limit) = 0;
};

/// Objects as files below `folder`, which is made when it is missing. What others put there under other names is left
/// alone and not listed.
std::unique_ptr<Objects> open_filesystem_objects(const std::string& folder);

/// What a CDN before the bucket is told of an object: a `Cache-Control`, or an empty text.
using CacheControlOf = std::function<std::string(const ObjectKey&)>;

/// Objects in a bucket, under their keys. What others put there under other names is left alone and not listed.
std::unique_ptr<Objects> open_s3_objects(std::unique_ptr<S3Bucket> bucket, CacheControlOf cache_control);

}  // namespace fitview::storage
