#pragma once
// One try-on, end to end: a person's photo and a garment's photo become a picture of the person wearing the garment.
//
//   prepare_person  ─┐  (once per photo; cache by content hash and `engine_version`)
//   prepare_garment ─┴─ render_try_on ─► picture, change mask, quality, fit report
//
// No input/output, no global state, no random numbers: same build and same inputs, same bytes.
#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/drape/body_field.hpp"
#include "engine/drape/fit_report.hpp"
#include "engine/garment/garment_model.hpp"
#include "engine/garment/material.hpp"
#include "engine/garment/pattern_mesh.hpp"
#include "engine/measures.hpp"
#include "engine/person/person_model.hpp"
#include "engine/person/sighting.hpp"
#include "engine/render/undressed_person.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

/// Part of every cache key: it changes whenever the same inputs may give another picture.
constexpr std::string_view engine_version = "9";

/// Everything learnt from a person's photo. Immutable once made; may be shared between threads. About 15 MB.
struct PreparedPerson {
    PersonModel model;
    BodyField body;
    UndressedPerson undressed;
};

/// Everything learnt from a garment's photo. Immutable once made; may be shared between threads. About 8 MB.
struct PreparedGarment {
    GarmentModel model;
    PatternMesh pattern;
    cv::Mat texture;  ///< 8UC3 RGB, the photo with colours continued past the cut-out
};

struct Cloth;

enum class Background { keep, studio };

struct TryOnOptions {
    double size_scale = 1;   ///< girth of the garment, clamped to 0.6..1.6; 1 is the size that fits best
    KnownMeasures measures;  ///< what they say goes before `size_scale` and the pictures
    Background background = Background::keep;
    std::optional<DrapeWay> drape_way;  ///< of a saree or dupatta; the usual one where it has no such way
    std::optional<Material> material;   ///< as `material_of` reads it; cotton where nothing is known
};

struct Quality {
    double score = 0;                   ///< 0 to 1: the product of the parts
    double pose = 1;                    ///< what the person's photo costs
    double cutout = 1;                  ///< what the garment's photo costs
    double fit = 1;                     ///< what the drape itself costs
    std::vector<std::string> warnings;  ///< what the shopper or retailer can change, in plain words
};

/// Below it a result is shown only to those who asked for a rough preview.
constexpr double quality_floor = 0.3;

struct StageTiming {
    std::string_view stage;
    double milliseconds = 0;
};

/// Follows the stages of one call. Called on the caller's thread; an exception thrown here ends the call.
class StageObserver {
public:
    virtual ~StageObserver() = default;
    /// `progress` is the share of the call that is done, 0 to 100.
    virtual void starts(std::string_view /*stage*/, int /*progress*/) {}
    /// Whether `shows` is wanted; pictures of stages cost time.
    virtual bool wants_pictures() const { return false; }
    virtual void shows(std::string_view /*stage*/, const media::Raster& /*picture*/) {}
    /// The cloth of a garment as it hangs; once per garment, the innermost first.
    virtual void drapes(const Cloth& /*cloth*/, const PreparedGarment& /*garment*/) {}
};

struct TryOnPicture {
    media::Raster picture;      ///< RGB at working size (long side at most `working_size`)
    media::Raster change_mask;  ///< one channel, 0 or 255; where 0, `picture` equals the person's picture exactly
    Quality quality;
    FitReport fit;
    media::Raster fit_overlay;         ///< RGB at half size: red where the garment is tight, blue where it is loose
    std::vector<StageTiming> timings;  ///< in the order of the stages
};

/// Analyses a photo of at least 64 x 64 upright sRGB pixels; larger ones are first reduced to the working size. Never
/// fails on a picture: what could not be found costs quality. One thread of work. Fails: std::invalid_argument for
/// another size or number of channels.
PreparedPerson prepare_person(const media::Raster& photo, StageObserver* observer = nullptr);
/// The same with `sight` asked where the joints are and which pixels are the person.
PreparedPerson prepare_person(const media::Raster& photo, const PersonSight& sight, StageObserver* observer = nullptr);
/// The same from a model whose landmarks were corrected.
PreparedPerson prepare_person(PersonModel model, StageObserver* observer = nullptr);

/// As `prepare_person`. `type` is the merchant's word (`garment_type_of`); without it the shape decides.
PreparedGarment prepare_garment(const media::Raster& photo, std::optional<GarmentType> type = std::nullopt,
                                StageObserver* observer = nullptr);
PreparedGarment prepare_garment(GarmentModel model, StageObserver* observer = nullptr);

/// Drapes the garment on the person. Thread-safe, one thread of work, deterministic.
TryOnPicture render_try_on(const PreparedPerson& person, const PreparedGarment& garment,
                           const TryOnOptions& options = {}, StageObserver* observer = nullptr);

}  // namespace fitview::engine
