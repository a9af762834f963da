#include "pictures/pictures.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "pictures/pictures_lookup.hpp"

namespace fitview::pictures {

using storage::ObjectKey;

PictureView view_of(const Picture& picture, const Addresses& addresses) {
    return {.id = picture.id,
            .url = addresses.of(picture.key.str()),
            .thumbnail_url = addresses.of(picture.thumbnail_key.str()),
            .width = picture.width,
            .height = picture.height,
            .blurhash = picture.blurhash,
            .worn_by = picture.worn_by};
}

Picture Shelf::place(std::string_view bytes, const std::string& folder, const PictureId& id,
                     const std::string& purpose) {
    const media::StoredPicture stored = media::value_or_throw(decoder_.prepare(bytes), "/file");
    Picture picture{.id = id,
                    .key = ObjectKey::of(folder + "/" + id.str() + ".webp"),
                    .thumbnail_key = ObjectKey::of(folder + "/thumbnails/" + id.str() + "_thumb.webp"),
                    .width = stored.width,
                    .height = stored.height,
                    .blurhash = stored.blurhash,
                    .content_hash = stored.sha256};
    enter(picture.key, stored.main, purpose, stored.sha256);
    enter(picture.thumbnail_key, stored.thumbnail, purpose, hex(sha256(stored.thumbnail)));
    return picture;
}

void Shelf::enter(const ObjectKey& key, std::string_view bytes, const std::string& purpose,
                  const std::string& content_hash) {
    // In the book first: an object nobody knows of could never be removed.
    ledger_.add({.key = key,
                 .owner = std::nullopt,
                 .purpose = purpose,
                 .content_hash = content_hash,
                 .reference_count = 0,
                 .expires_at = clock_.now() + placed_for});
    objects_.put(key, bytes);
}

void Shelf::keep(const Picture& picture) {
    for (const ObjectKey& key : {picture.key, picture.thumbnail_key}) {
        if (!ledger_.add_reference(key) || !ledger_.set_expiry(key, std::nullopt)) {
            throw Unavailable("a picture was swept before its document was stored");
        }
    }
}

void Shelf::release(const Picture& picture) {
    for (const ObjectKey& key : {picture.key, picture.thumbnail_key}) ledger_.release(key);
}

void Shelf::remove_released(const Picture& picture) try {
    for (const ObjectKey& key : {picture.key, picture.thumbnail_key}) {
        const auto entry = ledger_.find(key);
        if (!entry || entry->reference_count > 0) continue;
        objects_.remove(key);
        ledger_.forget(key);
    }
} catch (const Unavailable&) {
    // It stays due, so the sweeper takes it.
}

}  // namespace fitview::pictures
