#pragma once
// What shoppers, retailers and other features can do with models. Knows nothing of HTTP or databases.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "identity/identity.hpp"
#include "models/models_lookup.hpp"
#include "models/models_store.hpp"
#include "pictures/fit_points.hpp"
#include "privacy/personal_data.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::models {

using identity::Editor;

/// The port through which models have their picture looked at. The answer comes through Lookup::set_try_on; until then
/// the picture is `pending`. Asking twice is harmless. Thread-safe; must not take long.
class PictureAnalyst {
public:
    virtual ~PictureAnalyst() = default;
    virtual void analyse(const ModelId& id, const pictures::Picture& picture,
                         const std::optional<engine::BodyFitPoints>& fit_points) = 0;
};

/// Throws when the model is not in the revision that the caller expects (If-Match).
using Precondition = std::function<void(std::int64_t revision)>;

/// Thread-safe; calls block. A withdrawn model is not_found everywhere but in `find_all`. Everything may fail with
/// Unavailable. Whoever edits must own the model or be an admin, else: forbidden.
class Service final : public Lookup, public privacy::PersonalDataHolder {
public:
    /// What the service works with; all must outlive it.
    struct Parts {
        Store& store;
        storage::UnitOfWork& unit_of_work;
        pictures::Shelf& shelf;
        const pictures::Addresses& addresses;
        PictureAnalyst& analyst;
        pictures::FitPointFinder& finder;
        const Clock& clock;
    };
    explicit Service(const Parts& parts) : parts_(parts) {}

    /// Adds a model under `id`; when it is there already (a request made again), nothing changes.
    ModelView add(const Editor& editor, const ModelId& id, const NewModel& model);

    /// The model with its entity tag. Fails: not_found, also when it is hidden from `viewer`.
    struct Tagged {
        ModelView view;
        std::string etag;
    };
    Tagged get(const ModelId& id, const std::optional<Editor>& viewer);
    Page<ModelView> list(const ModelQuery& query, const std::optional<UserId>& viewer);

    /// Fails: not_found, forbidden, what `precondition` throws.
    Tagged change(const Editor& editor, const ModelId& id, const ModelChange& change, const Precondition& precondition);
    /// Fails: as change.
    void withdraw(const Editor& editor, const ModelId& id, const Precondition& precondition);
    /// Sets the picture, in place of an earlier one. When `picture_id` is there already, nothing changes.
    /// Fails: not_found, forbidden, and as Shelf::place.
    pictures::PictureView set_picture(const Editor& editor, const ModelId& id, const PictureId& picture_id,
                                      std::string_view bytes);

    /// The fit points of the model's picture with the model's entity tag; none without a picture.
    struct FitPoints {
        pictures::BodyFitPointsView view;
        std::string etag;
    };
    /// Fails: not_found, forbidden.
    FitPoints fit_points(const Editor& editor, const ModelId& id);
    /// Replaces every correction: what `corrections` leave out is as it was found. Points that are not seen are left
    /// out too. Fails: as change, and not_try_on_ready without a picture.
    FitPoints correct_fit_points(const Editor& editor, const ModelId& id, const engine::BodyFitPoints& corrections,
                                 const Precondition& precondition);

    /// Asks again for analyses that never came; called at the start of the program.
    void analyse_pending();

    std::optional<KnownModel> find_for(const ModelId& id, const std::optional<UserId>& viewer) override;
    std::vector<KnownModel> find_all(const std::vector<ModelId>& ids) override { return parts_.store.find_all(ids); }
    void count_use(const ModelId& id) override { parts_.store.count_use(id); }
    void set_try_on(const ModelId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) override;

    /// The retailer's models, as the wire shows them.
    std::vector<privacy::ExportedCollection> export_for(const UserId& user) override;
    /// Withdraws every model of the retailer and removes their pictures.
    void erase_for(const UserId& user) override;

private:
    KnownModel get_for(const Editor& editor, const ModelId& id);
    KnownModel edit(const Editor& editor, const ModelId& id, const Precondition& precondition,
                    const std::function<void(Model& model)>& edit);
    Tagged tagged(const KnownModel& known) const;
    void analyse(const Model& model);
    FitPoints fit_points_of(const KnownModel& known);

    const Parts parts_;
};

/// The tag of a model's page: of its revision, and of what the engine thinks of its picture. The usage count is no part
/// of it: otherwise every try-on would make every copy old.
std::string etag_of(const KnownModel& known);

}  // namespace fitview::models
