#pragma once
// Where what was learnt from the catalogue's photos is kept, so that a restart or another node need not learn it again.
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::photo_analysis {

/// Stored analyses by the photo's content hash and the engine's version, entered in the ledger and gone thirty days
/// later: then the next use makes them anew, and those of deleted photos and old engines are not kept for ever.
/// Never for a shopper's own photo, which must go when the shopper says so. Thread-safe.
class AnalysisShelf {
public:
    /// The references must outlive the shelf.
    AnalysisShelf(storage::Objects& objects, storage::ObjectLedger& ledger, const Clock& clock)
        : objects_(objects), ledger_(ledger), clock_(clock) {}

    /// The bytes kept for the photo; nothing when there are none or the store is away. `what` is "person" or "garment"
    /// with the words that change the analysis, letters and digits.
    std::optional<std::string> find(const std::string& hash, const std::string& what);

    /// Keeps the bytes. A store that is away is no reason to fail: then nothing is kept.
    void keep(const std::string& hash, const std::string& what, std::string_view bytes);

private:
    storage::Objects& objects_;
    storage::ObjectLedger& ledger_;
    const Clock& clock_;
};

}  // namespace fitview::photo_analysis
