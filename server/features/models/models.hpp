#pragma once
// Models: the people of the shop's photos, as they are stored, sent in and shown.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/list.hpp"
#include "base/nullable.hpp"
#include "base/number.hpp"
#include "base/page.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/fit_points_document.hpp"
#include "identity/identity.hpp"
#include "pictures/pictures.hpp"

namespace fitview::models {

enum class BodyType { curvy, slim, athletic, average, plus_size };
BOOST_DESCRIBE_ENUM(BodyType, curvy, slim, athletic, average, plus_size)
enum class SkinTone { fair, medium, olive, brown, dark };
BOOST_DESCRIBE_ENUM(SkinTone, fair, medium, olive, brown, dark)
enum class ModelSize { XS, S, M, L, XL, XXL, XXXL };
BOOST_DESCRIBE_ENUM(ModelSize, XS, S, M, L, XL, XXL, XXXL)

using ModelName = Text<1, 120>;
using HeightCm = Number<100, 230>;

/// A model's document. What changes without the model being edited is kept beside it (Figures).
struct Model {
    ModelId id;
    UserId retailer_id;
    ModelName name;
    BodyType body_type = BodyType::average;
    HeightCm height_cm;
    std::optional<identity::Measurements> measurements;
    std::optional<SkinTone> skin_tone;
    ModelSize size = ModelSize::M;
    std::optional<pictures::Picture> image;
    std::optional<engine::BodyFitPoints> fit_points;  ///< corrections for that image; only points that are seen
    bool is_active = true;
    bool is_deleted = false;
    std::int64_t revision = 1;
    Timestamp created_at;
    Timestamp updated_at;

    bool operator==(const Model&) const = default;
};
BOOST_DESCRIBE_STRUCT(Model, (),
                      (id, retailer_id, name, body_type, height_cm, measurements, skin_tone, size, image, fit_points,
                       is_active, is_deleted, revision, created_at, updated_at))

struct Figures {
    std::int64_t usage_count = 0;  ///< try-ons on this model
    pictures::TryOnReadiness try_on;
    std::int64_t try_on_revision = 0;  ///< counts changes of `try_on`

    bool operator==(const Figures&) const = default;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (usage_count, try_on, try_on_revision))

/// A model with all that is known of it.
struct KnownModel {
    Model model;
    Figures figures;

    /// Whether shoppers see it: with a picture, active, not withdrawn.
    bool is_listed() const { return model.image && model.is_active && !model.is_deleted; }
    bool operator==(const KnownModel&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownModel, (), (model, figures))

/// Body of POST /models.
struct NewModel {
    ModelName name;
    BodyType body_type;
    HeightCm height_cm;
    ModelSize size;
    std::optional<identity::Measurements> measurements;
    std::optional<SkinTone> skin_tone;
    std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(NewModel, (), (name, body_type, height_cm, size, measurements, skin_tone, is_active))

/// Body of PUT /models/{id}. Left out: stays as it is; null: cleared.
struct ModelChange {
    std::optional<ModelName> name;
    std::optional<BodyType> body_type;
    std::optional<HeightCm> height_cm;
    std::optional<ModelSize> size;
    std::optional<Nullable<identity::Measurements>> measurements;
    std::optional<Nullable<SkinTone>> skin_tone;
    std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(ModelChange, (), (name, body_type, height_cm, size, measurements, skin_tone, is_active))

/// A model as the wire shows it.
struct ModelView {
    ModelId id;
    UserId retailer_id;
    ModelName name;
    BodyType body_type = BodyType::average;
    HeightCm height_cm;
    Nullable<identity::Measurements> measurements;
    Nullable<SkinTone> skin_tone;
    ModelSize size = ModelSize::M;
    Nullable<std::string> image_url;
    Nullable<std::string> thumbnail_url;
    Nullable<pictures::PictureView> image;
    std::int64_t usage_count = 0;
    bool is_active = true;
    bool is_deleted = false;
    pictures::TryOnReadiness try_on;
    std::int64_t revision = 1;
    Timestamp created_at;
    Timestamp updated_at;

    static constexpr std::string_view schema_name = "Model";
};
BOOST_DESCRIBE_STRUCT(ModelView, (),
                      (id, retailer_id, name, body_type, height_cm, measurements, skin_tone, size, image_url,
                       thumbnail_url, image, usage_count, is_active, is_deleted, try_on, revision, created_at,
                       updated_at))

ModelView view_of(const KnownModel& known, const pictures::Addresses& addresses);

enum class ModelSort { popular, newest };
BOOST_DESCRIBE_ENUM(ModelSort, popular, newest)

/// Query of GET /models. A repeated filter means any of; the default order is newest.
struct ModelQuery {
    List<BodyType, 0, 10> body_type;
    List<ModelSize, 0, 10> size;
    List<SkinTone, 0, 10> skin_tone;
    List<UserId, 0, 50> retailer_id;
    std::optional<ModelSort> sort;
    std::optional<PageNumber> page;
    std::optional<PageSize> page_size;
};
BOOST_DESCRIBE_STRUCT(ModelQuery, (), (body_type, size, skin_tone, retailer_id, sort, page, page_size))

}  // namespace fitview::models
