#pragma once
// A collection as a row of whole documents, the same on every engine: what moving a shop from one to another walks
// along.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace fitview::storage {

struct StoredDocument {
    std::string key;   ///< its place in the order of the collection, by bytes
    std::string text;  ///< its described type as JSON: equal documents have equal texts, whatever engine holds them
    std::optional<Timestamp> ends_at;  ///< the engine may remove it by itself from then on
};

/// Every document of one collection, with everything the shop knows of it. Nobody else may change the collection
/// meanwhile. Blocks; one thread at a time. Fails: Unavailable, also for a document that cannot be read.
class Collection {
public:
    virtual ~Collection() = default;

    /// The same on every engine.
    virtual const std::string& name() const = 0;
    /// How many documents the engine says it has.
    virtual std::int64_t count() = 0;
    /// Those after the key `after` (empty: from the start) in the order of their keys, at most `page_limit()`; none at
    /// the end.
    virtual std::vector<StoredDocument> read(const std::string& after) = 0;
    virtual int page_limit() const = 0;
    /// Adds documents whose keys are not there. Durable when it returns; after a crash some may be there.
    virtual void insert(const std::vector<StoredDocument>& documents) = 0;
    /// Removes those of `keys` that are there.
    virtual void remove(const std::vector<std::string>& keys) = 0;
};

using Collections = std::vector<std::unique_ptr<Collection>>;

/// Bounds what one page holds in memory.
constexpr int page_of_documents = 500;

template <class... Items>
Collections collections(Items... items) {
    Collections list;
    (list.push_back(std::move(items)), ...);
    return list;
}

}  // namespace fitview::storage
