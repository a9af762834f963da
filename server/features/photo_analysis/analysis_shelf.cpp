#include "photo_analysis/analysis_shelf.hpp"

#include <chrono>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "engine/composer.hpp"

namespace fitview::photo_analysis {
namespace {

constexpr std::chrono::hours kept_for{24 * 30};

storage::ObjectKey key_of(const std::string& hash, const std::string& what) {
    return storage::ObjectKey::of("analyses/" + hash + "/" + what + "_v" + std::string(engine::engine_version) +
                                  ".bin");
}

}  // namespace

std::optional<std::string> AnalysisShelf::find(const std::string& hash, const std::string& what) try {
    return objects_.find(key_of(hash, what));
} catch (const Unavailable&) {
    return std::nullopt;  // it can be made again
}

void AnalysisShelf::keep(const std::string& hash, const std::string& what, std::string_view bytes) try {
    const storage::ObjectKey key = key_of(hash, what);
    ledger_.add({.key = key,
                 .owner = std::nullopt,
                 .purpose = "analysis",
                 .content_hash = hex(sha256(bytes)),
                 .reference_count = 0,
                 .expires_at = clock_.now() + kept_for});
    objects_.put(key, bytes);
} catch (const Unavailable&) {
    // The next one who needs it makes it again.
}

}  // namespace fitview::photo_analysis
