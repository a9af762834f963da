#include "models/models.hpp"

#include "pictures/pictures_lookup.hpp"

namespace fitview::models {

ModelView view_of(const KnownModel& known, const pictures::Addresses& addresses) {
    const Model& model = known.model;
    ModelView view{.id = model.id,
                   .retailer_id = model.retailer_id,
                   .name = model.name,
                   .body_type = model.body_type,
                   .height_cm = model.height_cm,
                   .measurements = model.measurements,
                   .skin_tone = model.skin_tone,
                   .size = model.size,
                   .image_url = {},
                   .thumbnail_url = {},
                   .image = {},
                   .usage_count = known.figures.usage_count,
                   .is_active = model.is_active,
                   .is_deleted = model.is_deleted,
                   .try_on = known.figures.try_on,
                   .revision = model.revision,
                   .created_at = model.created_at,
                   .updated_at = model.updated_at};
    if (model.image) {
        view.image = pictures::view_of(*model.image, addresses);
        view.image_url = view.image->url;
        view.thumbnail_url = view.image->thumbnail_url;
    }
    return view;
}

}  // namespace fitview::models
