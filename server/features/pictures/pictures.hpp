#pragma once
// The pictures of products and models: as documents keep them, as the wire shows them, and where they are put.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/nullable.hpp"
#include "base/time.hpp"
#include "media/pictures.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::pictures {

class Addresses;

/// A stored picture; both objects are WebP. Documents hold keys, never addresses.
struct Picture {
    PictureId id;
    storage::ObjectKey key;
    storage::ObjectKey thumbnail_key;
    int width = 0;
    int height = 0;
    std::string blurhash;
    std::string content_hash;  ///< SHA-256 of the object under `key`
    /// A product's picture only: the shop's model who wears it there ("seen on").
    std::optional<ModelId> worn_by = {};

    bool operator==(const Picture&) const = default;
};
BOOST_DESCRIBE_STRUCT(Picture, (), (id, key, thumbnail_key, width, height, blurhash, content_hash, worn_by))

struct PictureView {
    PictureId id;
    std::string url;
    std::string thumbnail_url;
    int width = 0;
    int height = 0;
    std::string blurhash;
    std::optional<ModelId> worn_by = {};  ///< the model who wears the garment: show it as "seen on"

    static constexpr std::string_view schema_name = "Picture";
};
BOOST_DESCRIBE_STRUCT(PictureView, (), (id, url, thumbnail_url, width, height, blurhash, worn_by))

/// A garment in three dimensions, and the body it was cut on: binary glTF, whose morphs take the same amounts.
struct Model3d {
    storage::ObjectKey key;
    storage::ObjectKey body_key;

    bool operator==(const Model3d&) const = default;
};
BOOST_DESCRIBE_STRUCT(Model3d, (), (key, body_key))

struct Model3dView {
    std::string url;
    std::string body_url;

    static constexpr std::string_view schema_name = "Model3d";
};
BOOST_DESCRIBE_STRUCT(Model3dView, (), (url, body_url))

enum class TryOnState { ready, pending, unusable, no_picture };
BOOST_DESCRIBE_ENUM(TryOnState, ready, pending, unusable, no_picture)

/// Whether the engine can use a picture. `score` (0 to 1) is there once the picture was looked at; `reasons` say in
/// plain words what is wrong with it.
struct TryOnReadiness {
    TryOnState state = TryOnState::no_picture;
    Nullable<double> score;
    std::vector<std::string> reasons;

    bool operator==(const TryOnReadiness&) const = default;
};
BOOST_DESCRIBE_STRUCT(TryOnReadiness, (), (state, score, reasons))

/// The picture with the addresses it has now.
PictureView view_of(const Picture& picture, const Addresses& addresses);
Model3dView view_of(const Model3d& model, const Addresses& addresses);

/// Whether a file is binary glTF 2.0 by its header: as long as it says, and starting with its JSON part.
bool is_binary_gltf(std::string_view bytes);

/// A picture goes on the shelf in two steps: `place` stores its files, due again after an hour; `keep`, in the unit of
/// work that stores the document, makes them stay. Thread-safe; calls block. The references must outlive the shelf.
class Shelf {
public:
    Shelf(media::PictureDecoder& decoder, storage::Objects& objects, storage::ObjectLedger& ledger, const Clock& clock)
        : decoder_(decoder), objects_(objects), ledger_(ledger), clock_(clock) {}

    /// Checks, re-encodes and stores what was sent as `folder/{id}.webp` and `folder/thumbnails/{id}_thumb.webp`.
    /// Fails: payload_too_large, unsupported_media_type, unusable_picture (at `/file`), with nothing stored;
    /// Unavailable.
    Picture place(std::string_view bytes, const std::string& folder, const PictureId& id, const std::string& purpose);

    /// Checks and stores a binary glTF file as `folder/{its SHA-256}.glb`; the same file again is the same object.
    /// Fails: payload_too_large, unsupported_media_type, with nothing stored; Unavailable.
    storage::ObjectKey place_model(std::string_view bytes, const std::string& folder, const std::string& purpose);

    /// A document holds the picture from now on. Joins a unit of work.
    void keep(const Picture& picture) { keep(keys_of(picture)); }
    void keep(const Model3d& model) { keep(keys_of(model)); }

    /// A document holds it no longer. Joins a unit of work; `remove_released` may follow once that is stored.
    void release(const Picture& picture) { release(keys_of(picture)); }
    void release(const Model3d& model) { release(keys_of(model)); }

    /// Removes the files of a picture no document holds. Without it, or when it cannot be done now, the sweeper of the
    /// ledger does.
    void remove_released(const Picture& picture) { remove_released(keys_of(picture)); }
    void remove_released(const Model3d& model) { remove_released(keys_of(model)); }

    static constexpr std::chrono::hours placed_for{1};
    static constexpr std::size_t model_bytes_max = std::size_t{4} << 20U;

private:
    using Keys = std::array<storage::ObjectKey, 2>;

    static Keys keys_of(const Picture& picture) { return {picture.key, picture.thumbnail_key}; }
    static Keys keys_of(const Model3d& model) { return {model.key, model.body_key}; }
    void keep(const Keys& keys);
    void release(const Keys& keys);
    void remove_released(const Keys& keys);
    void enter(const storage::ObjectKey& key, std::string_view bytes, const std::string& purpose,
               const std::string& content_hash);

    media::PictureDecoder& decoder_;
    storage::Objects& objects_;
    storage::ObjectLedger& ledger_;
    const Clock& clock_;
};

}  // namespace fitview::pictures
