#pragma once
// What a shopper can do with try-ons. Knows nothing of HTTP, JSON or databases.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/id_source.hpp"
#include "base/page.hpp"
#include "jobs/job_queue.hpp"
#include "media/pictures.hpp"
#include "photo_analysis/photo_analysis_lookup.hpp"
#include "pictures/pictures_lookup.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/objects/objects.hpp"
#include "storage/progress_bus.hpp"
#include "storage/unit_of_work.hpp"
#include "tryon/tryon.hpp"
#include "tryon/tryon_lookup.hpp"
#include "tryon/tryon_sources.hpp"
#include "tryon/tryon_store.hpp"

namespace fitview::tryon {

/// The job kind of the queue; its payload is the session's id.
inline constexpr const char* job_kind = "tryon";
/// The job of a pending session.
jobs::NewJob job_of(const Session& session);
/// The topics of ProgressBus: every step of a session, and its end.
std::string progress_topic(const TryonId& id);
std::string end_topic(const TryonId& id);

/// Ends the session as one whose picture would be below the quality floor, with what to change.
void refuse_rough(Session& session, const Quality& quality);

/// The parts the service works with; all must outlive it.
struct Parts {
    Store& store;
    Sources& sources;
    jobs::JobQueue& queue;
    storage::ProgressBus& bus;
    storage::Objects& objects;
    storage::ObjectLedger& ledger;
    storage::UnitOfWork& unit_of_work;
    media::PictureDecoder& decoder;
    photo_analysis::PreparedPhotos& prepared;
    SessionFollower& follower;
    const pictures::Addresses& addresses;
    const Clock& clock;
    IdSource& ids;
    Milliseconds retention;
};

/// The files of a request with an own photo, as they were sent.
struct PhotoFiles {
    const std::string& photo;
    const std::string* person_mask = nullptr;  ///< may be null
};

/// Who asks.
struct Shopper {
    UserId id;
    bool is_admin = false;
};

/// Thread-safe; keeps no state of its own.
class Service final : public Lookup {
public:
    explicit Service(Parts parts) : parts_(parts) {}

    /// Starts a try-on on a brand model under `id`, or serves it finished when the same inputs were rendered before.
    /// When `id` is there already (a request made again), that session is the answer. Fails: not_found (model,
    /// product), not_try_on_ready with the reasons, invalid_input for a size that is not offered and for a way to wear
    /// that is none of the garment's.
    Session start(const Shopper& shopper, const TryonId& id, const TryonRequest& request, bool is_batch = false);

    /// The same with two to four products at once, worn in dressing order. Fails: as `start`, naming each product.
    Session start_outfit(const Shopper& shopper, const TryonId& id, const OutfitRequest& request);

    /// One session per product, in order; a product that cannot be tried on gives a failed session.
    /// Fails: not_found (model), not_try_on_ready (model).
    std::vector<Session> start_batch(const Shopper& shopper, const BatchRequest& request);

    /// Starts a try-on on the shopper's own photo. Analyses the photo first, which takes about half a second.
    /// Fails: consent_required, unusable_picture, unsupported_media_type, payload_too_large, invalid_input, not_found,
    /// not_try_on_ready.
    Session start_with_photo(const Shopper& shopper, const TryonId& id, const PhotoFields& fields,
                             const PhotoFiles& files);

    /// The shopper's own session. Fails: not_found.
    Session get(const UserId& user, const TryonId& id);
    std::optional<Session> find_own(const UserId& user, const TryonId& id) override;
    Page<Session> history(const UserId& user, const HistoryFilter& filter, const Paging& paging);
    /// Fails: not_found.
    Session set_favorite(const UserId& user, const TryonId& id, const std::optional<bool>& favorite);
    /// The finished try-on in three dimensions, a binary glTF file under a megabyte; made when it is first asked for
    /// and kept beside the picture. Fails: not_found, also while the session is pending, when it failed, and when a
    /// picture it was made from has been deleted since.
    std::string model_file(const UserId& user, const TryonId& id);
    /// Deletes the session; its own photo and result with it. Pending work is cancelled. Fails: not_found.
    void remove(const UserId& user, const TryonId& id);

    /// The session with the addresses of its pictures.
    SessionView view_of(const Session& session) const;

    /// Removes what one session alone holds: an own photo, what was made from it, and what others made of the session.
    void remove_belongings(const Session& session);

private:
    /// A product that is asked for, and where in the request.
    struct Wanted {
        ProductId product;
        std::string pointer;
        std::optional<engine::DrapeWay> drape;  ///< of this product alone
        std::string drape_pointer;
    };
    /// Fails: invalid_input for a way to wear that is none of the garment's; the options' must suit one of them.
    static void check_drapes(const Options& options, const std::vector<Wanted>& wanted,
                             const std::vector<Source>& garments);
    Session start_on_model(const Shopper& shopper, const TryonId& id, const ModelId& model,
                           const std::vector<Wanted>& wanted, const Options& options, bool is_batch);
    Session new_session(const Shopper& shopper, const TryonId& id, const Options& options, const Source& garment,
                        const ProductId& product) const;
    std::string make_model(const Session& session);
    /// One channel, for the photo that was sent with it. Fails: as a photo, and when it cannot be the photo's.
    media::Raster read_person_mask(const std::string& file, const media::StoredPicture& photo);
    /// Completes `session` from the result table, or enqueues it; then it is stored.
    Session submit(Session session);

    Parts parts_;
};

}  // namespace fitview::tryon
