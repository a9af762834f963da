#pragma once
// What other features may ask about models.
#include <optional>
#include <vector>

#include "models/models.hpp"

namespace fitview::models {

/// Thread-safe; may block. Fails: Unavailable.
class Lookup {
public:
    virtual ~Lookup() = default;

    /// The model, unless it is withdrawn or hidden from `viewer` (without a picture or inactive, and not the viewer's).
    virtual std::optional<KnownModel> find_for(const ModelId& id, const std::optional<UserId>& viewer) = 0;

    /// Those of `ids` that exist, withdrawn ones too, in the order of `ids`.
    virtual std::vector<KnownModel> find_all(const std::vector<ModelId>& ids) = 0;

    /// Counts a try-on on the model.
    virtual void count_use(const ModelId& id) = 0;

    /// What an analysis found out about the model's picture. Ignored when `picture` is no longer its picture.
    virtual void set_try_on(const ModelId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) = 0;
};

}  // namespace fitview::models
