#include "tryon/tryon_pictures.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"

namespace fitview::tryon {
namespace {

/// Much longer than it takes to store what shows the picture.
constexpr Milliseconds placed_for = std::chrono::hours(1);

}  // namespace

void place_picture(const Parts& parts, const storage::ObjectKey& key, std::string_view bytes,
                   const std::optional<UserId>& owner, const std::string& purpose) {
    parts.ledger.add({.key = key,
                      .owner = owner,
                      .purpose = purpose,
                      .content_hash = hex(sha256(bytes)),
                      .reference_count = 1,
                      .expires_at = parts.clock.now() + placed_for});
    parts.objects.put(key, bytes);
}

bool keep_until(storage::ObjectLedger& ledger, const std::string& key, const Timestamp& until, Milliseconds longer) {
    const auto object = storage::ObjectKey::of(key);
    const auto entry = ledger.find(object);
    if (entry && entry->expires_at && *entry->expires_at >= until) return true;
    return ledger.set_expiry(object, until + longer);
}

void keep_photo(storage::ObjectLedger& ledger, const Session& session) {
    for (const auto& key : {std::optional(session.person_key), session.person_mask_key}) {
        if (key && !keep_until(ledger, *key, session.expires_at))
            throw Unavailable("a photo was swept before its session was stored");
    }
}

void check_pictures(const Parts& parts, const Session& session) {
    if (session.result_key && !keep_until(parts.ledger, *session.result_key, parts.clock.now() + placed_for / 2))
        throw Unavailable("a picture was swept before its session was stored");
}

void keep_pictures(storage::ObjectLedger& ledger, const Session& session) {
    for (const auto& key : {session.result_key, session.mask_key, session.overlay_key})
        if (key) keep_until(ledger, *key, session.expires_at);
}

}  // namespace fitview::tryon
