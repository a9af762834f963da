#pragma once
// Points and strokes that a person or a pose model set on a photo; they override what was measured.
#include <vector>

#include "engine/fit_points_document.hpp"
#include "engine/garment/garment_model.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// A named place as a fraction of the upright picture. Left and right are the WEARER's.
struct FitPoint {
    BodyPoint name = BodyPoint::nose;
    double x = 0;
    double y = 0;
    double visibility = 1;  ///< below `least_visibility` the point is not used
};

struct FitStroke {
    struct Place {
        double x = 0;
        double y = 0;
    };

    StrokeKind kind = StrokeKind::keep_in_front;
    double width = 0.02;        ///< as a fraction of the picture's longer side
    std::vector<Place> points;  ///< fractions of the picture
};

struct FitPoints {
    std::vector<FitPoint> points;
    std::vector<FitStroke> strokes;
};

/// Moves landmarks to the points given, makes the arms anew along shoulder, elbow and wrist and the legs along hip,
/// knee and ankle (of both sides), applies strokes to the labels, and judges again what the points answer. Points
/// outside the picture or not visible are left out. `person.picture` must not be empty. The points of face, hands and
/// feet are used only where a pose is looked for (parse_given_person.hpp).
void apply_fit_points(const FitPoints& fit_points, PersonModel& person);

/// Moves the landmarks of a product photo to the points given; the pattern is cut by them, and what they answer costs
/// nothing any more.
void apply_fit_points(const GarmentFitPoints& fit_points, GarmentModel& garment);

/// What the analysis found, in the order of the names; places outside the picture are left out.
std::vector<FoundPoint<BodyPoint>> found_points(const PersonModel& person);
std::vector<FoundPoint<GarmentPoint>> found_points(const GarmentModel& garment);

}  // namespace fitview::engine
