#include "pictures/pictures.hpp"

#include <cstdint>

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

Model3dView view_of(const Model3d& model, const Addresses& addresses) {
    return {.url = addresses.of(model.key.str()), .body_url = addresses.of(model.body_key.str())};
}

bool is_binary_gltf(std::string_view bytes) {
    constexpr std::size_t header_bytes = 12;
    constexpr std::size_t part_header_bytes = 8;
    if (!bytes.starts_with("glTF") || bytes.size() < header_bytes + part_header_bytes) return false;
    const auto number_at = [&](std::size_t at) {
        std::uint32_t number = 0;
        for (std::size_t byte = 4; byte-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[at + byte]);
        return number;
    };
    return number_at(4) == 2 && number_at(8) == bytes.size() &&
           number_at(header_bytes) <= bytes.size() - header_bytes - part_header_bytes &&
           bytes.substr(header_bytes + 4).starts_with("JSON");
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

ObjectKey Shelf::place_model(std::string_view bytes, const std::string& folder, const std::string& purpose) {
    if (bytes.size() > model_bytes_max) {
        throw Failure(FailureCode::payload_too_large, "A three-dimensional model has at most 4 MiB.");
    }
    if (!is_binary_gltf(bytes)) {
        throw Failure(FailureCode::unsupported_media_type, "A three-dimensional model must be binary glTF 2.0 (.glb).");
    }
    const std::string content_hash = hex(sha256(bytes));
    ObjectKey key = ObjectKey::of(folder + "/" + content_hash + ".glb");
    enter(key, bytes, purpose, content_hash);
    return key;
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

void Shelf::keep(const Keys& keys) {
    for (const ObjectKey& key : keys) {
        if (!ledger_.add_reference(key) || !ledger_.set_expiry(key, std::nullopt)) {
            throw Unavailable("a picture was swept before its document was stored");
        }
    }
}

void Shelf::release(const Keys& keys) {
    for (const ObjectKey& key : keys) ledger_.release(key);
}

void Shelf::remove_released(const Keys& keys) try {
    for (const ObjectKey& key : keys) {
        const auto entry = ledger_.find(key);
        if (!entry || entry->reference_count > 0) continue;
        objects_.remove(key);
        ledger_.forget(key);
    }
} catch (const Unavailable&) {
    // It stays due, so the sweeper takes it.
}

}  // namespace fitview::pictures
