#include <stdexcept>

#include "storage/objects/objects.hpp"
#include "storage/objects/s3_bucket.hpp"

namespace fitview::storage {
namespace {

class S3Objects final : public Objects {
public:
    S3Objects(std::unique_ptr<S3Bucket> bucket, CacheControlOf cache_control)
        : bucket_(std::move(bucket)), cache_control_(std::move(cache_control)) {}

    void put(const ObjectKey& key, std::string_view bytes) override {
        if (bytes.size() > size_limit) throw std::invalid_argument("the object is too large");
        bucket_->put(key.str(), bytes, key.content_type(), cache_control_(key));
    }

    std::optional<std::string> find(const ObjectKey& key) override { return bucket_->get(key.str()); }

    bool exists(const ObjectKey& key) override { return bucket_->exists(key.str()); }

    bool remove(const ObjectKey& key) override {
        // A removal does not tell whether there was something.
        const bool there = bucket_->exists(key.str());
        if (there) bucket_->remove(key.str());
        return there;
    }

    std::vector<ObjectKey> list(std::string_view prefix, const std::optional<ObjectKey>& after, int limit) override {
        if (limit < 1 || limit > list_limit) throw std::invalid_argument("limit must be 1 to 1000");
        std::vector<ObjectKey> keys;
        std::string next;
        do {
            const int missing = limit - static_cast<int>(keys.size());
            S3Page page = bucket_->list(prefix, after ? after->str() : "", next, missing);
            for (const std::string& name : page.keys) {
                // What others put into the bucket under other names is not ours.
                if (auto key = ObjectKey::check(name)) keys.push_back(*key);
            }
            next = std::move(page.next);
        } while (!next.empty() && static_cast<int>(keys.size()) < limit);
        return keys;
    }

private:
    const std::unique_ptr<S3Bucket> bucket_;
    const CacheControlOf cache_control_;
};

}  // namespace

std::unique_ptr<Objects> open_s3_objects(std::unique_ptr<S3Bucket> bucket, CacheControlOf cache_control) {
    return std::make_unique<S3Objects>(std::move(bucket), std::move(cache_control));
}

}  // namespace fitview::storage
