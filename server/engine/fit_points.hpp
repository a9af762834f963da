#pragma once
// Points and strokes that a person or a pose model set on a photo; they override what was measured.
#include <string>
#include <string_view>
#include <vector>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// A named place as a fraction of the upright picture. Left and right are the WEARER's.
struct FitPoint {
    std::string name;  ///< one of `is_fit_point_name`
    double x = 0;
    double y = 0;
    double visibility = 1;  ///< below `least_visibility` the point is not used
};

struct FitStroke {
    enum class Kind { keep_in_front, old_garment };
    struct Place {
        double x = 0;
        double y = 0;
    };

    Kind kind = Kind::keep_in_front;
    double width = 0.02;        ///< as a fraction of the picture's longer side
    std::vector<Place> points;  ///< fractions of the picture
};

struct FitPoints {
    std::vector<FitPoint> points;
    std::vector<FitStroke> strokes;
};

constexpr double least_visibility = 0.5;

/// The 33 names of the usual pose model ("left_shoulder", "right_elbow", "nose", …). Shoulders, elbows, wrists and hips
/// change the analysis, the others are accepted and not used.
bool is_fit_point_name(std::string_view name);

/// Moves landmarks to the points given, makes the arms anew along shoulder, elbow and wrist, and applies strokes to the
/// labels. Points outside the picture or not visible are left out. `person.picture` must not be empty.
void apply_fit_points(const FitPoints& fit_points, PersonModel& person);

}  // namespace fitview::engine
