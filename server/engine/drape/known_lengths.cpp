#include "engine/drape/known_lengths.hpp"

#include <algorithm>

namespace fitview::engine {
namespace {

constexpr double units_of_height = 10.5;
constexpr double seen_height = 1.03;  // hair, and toes that reach towards the camera, add to the silhouette
constexpr double usual_ease = 1.10;   // chest of a garment that fits against the body's
constexpr double usual_waist_ease = 1.03, usual_hip_ease = 1.07;

std::optional<double> between(const std::optional<double>& value, double low, double high) {
    return value && *value >= low && *value <= high ? value : std::nullopt;
}

std::optional<double> scale_of(const KnownMeasures& measures, const BodyOutline& body) {
    const auto height = between(measures.body.height, 100, 230);
    if (!height) return std::nullopt;
    return units_of_height * body.length_unit / (seen_height * *height);
}

/// Girth of a garment, or of the body it is made for, against this body's.
std::optional<float> girth_of(const std::optional<double>& garment, const std::optional<double>& made_for,
                              const std::optional<double>& body, double ease) {
    const auto own = between(body, 40, 220), cut = between(garment, 40, 400), meant = between(made_for, 40, 220);
    if (!own || (!cut && !meant)) return std::nullopt;
    const double girth = cut ? *cut / (ease * *own) : *meant / *own;
    return static_cast<float>(std::clamp(girth, 0.6, 2.0));
}

}  // namespace

KnownLengths known_lengths(const KnownMeasures& measures, const BodyOutline& body) {
    KnownLengths known;
    const auto bust = between(measures.body.bust, 50, 200);
    const auto scale_from_height = scale_of(measures, body);
    const auto chest = between(measures.garment.chest, 50, 260);
    const auto made_for = between(measures.garment.made_for_bust, 50, 200);
    if (scale_from_height) {
        const double scale = *scale_from_height;
        known.pixels_per_cm = static_cast<float>(scale);
        const auto pixels = [&](const std::optional<double>& cm, double low, double high) {
            const auto usual = between(cm, low, high);
            return usual ? std::optional(static_cast<float>(*usual * scale)) : std::nullopt;
        };
        known.length = pixels(measures.garment.length, 25, 180);
        known.shoulder = pixels(measures.garment.shoulder, 25, 90);
        known.sleeve = pixels(measures.garment.sleeve, 5, 100);
    }
    const double chest_in_picture = 2.0 * body.half_girth(body.shoulder_y + 1.15F * body.unit);
    std::optional<double> girth;
    if (chest && bust)
        girth = *chest / (usual_ease * *bust);
    else if (chest && known.pixels_per_cm)
        girth = *chest * *known.pixels_per_cm / (usual_ease * chest_in_picture);
    else if (made_for && bust)
        girth = *made_for / *bust;
    if (girth) known.girth = static_cast<float>(std::clamp(*girth, 0.6, 2.0));
    return known;
}

KnownLowerLengths known_lower_lengths(const KnownMeasures& measures, const BodyOutline& body) {
    KnownLowerLengths known;
    const GarmentMeasures& garment = measures.garment;
    if (const auto scale = scale_of(measures, body)) {
        known.pixels_per_cm = static_cast<float>(*scale);
        const auto pixels = [&](const std::optional<double>& cm, double low, double high) {
            const auto usual = between(cm, low, high);
            return usual ? std::optional(static_cast<float>(*usual * *scale)) : std::nullopt;
        };
        known.outseam = pixels(garment.outseam ? garment.outseam : garment.length, 20, 140);
        known.inseam = pixels(garment.inseam, 4, 110);
    }
    known.waist_girth = girth_of(garment.waist, garment.made_for_waist, measures.body.waist, usual_waist_ease);
    known.hip_girth = girth_of(garment.hip, garment.made_for_hip, measures.body.hip, usual_hip_ease);
    return known;
}

}  // namespace fitview::engine
