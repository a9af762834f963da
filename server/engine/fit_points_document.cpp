#include "engine/fit_points_document.hpp"

#include <algorithm>
#include <set>

namespace fitview::engine {
namespace {

bool is_fraction(double number) {
    return number >= 0 && number <= 1;
}

void require_fraction(const std::optional<double>& number, const std::string& pointer, const char* otherwise,
                      std::vector<Problem>& problems) {
    if (number && !is_fraction(*number)) problems.push_back(at_pointer(pointer, otherwise));
}

/// A name that stands twice would leave open which place counts.
template <class Points>
void refuse_repeats(const Points& points, const std::string& pointer, std::vector<Problem>& problems) {
    if (!points) return;
    std::set<int> seen;
    std::size_t at = 0;
    for (const auto& point : *points) {
        if (!seen.insert(static_cast<int>(point.name)).second)
            problems.push_back(at_pointer(pointer + "/points/" + std::to_string(at) + "/name", "is named twice"));
        ++at;
    }
}

}  // namespace

void BodyPointDocument::check_together(const std::optional<BodyPoint>&, const std::optional<double>& x,
                                       const std::optional<double>& y,
                                       const std::optional<std::optional<double>>& visibility,
                                       const std::string& pointer, std::vector<Problem>& problems) {
    const double seen = visibility ? visibility->value_or(1) : 1;
    require_fraction(seen, pointer + "/visibility", "must be from 0 to 1", problems);
    // Pose models place what they cannot see outside the picture, and say so.
    if (seen < least_visibility) return;
    constexpr const char* outside = "must be from 0 to 1: a fraction of the picture (unless visibility is below 0.5)";
    require_fraction(x, pointer + "/x", outside, problems);
    require_fraction(y, pointer + "/y", outside, problems);
}

void StrokeDocument::check_together(const std::optional<StrokeKind>&, const std::optional<double>& width,
                                    const std::optional<List<List<double, 2, 2>, 1, 1000>>& points,
                                    const std::string& pointer, std::vector<Problem>& problems) {
    if (width && !(*width > 0 && *width <= 0.5))
        problems.push_back(at_pointer(pointer + "/width", "must be above 0 and at most 0.5"));
    if (!points) return;
    for (std::size_t at = 0; at < points->size(); ++at) {
        if (!is_fraction((*points)[at][0]) || !is_fraction((*points)[at][1]))
            problems.push_back(at_pointer(pointer + "/points/" + std::to_string(at),
                                          "must be two numbers from 0 to 1: fractions of the picture"));
    }
}

void BodyFitPoints::check_together(const std::optional<List<BodyPointDocument, 0, 64>>& points,
                                   const std::optional<std::optional<List<StrokeDocument, 0, 64>>>&,
                                   const std::string& pointer, std::vector<Problem>& problems) {
    refuse_repeats(points, pointer, problems);
}

void GarmentPointDocument::check_together(const std::optional<GarmentPoint>&, const std::optional<double>& x,
                                          const std::optional<double>& y, const std::string& pointer,
                                          std::vector<Problem>& problems) {
    constexpr const char* outside = "must be from 0 to 1: a fraction of the picture";
    require_fraction(x, pointer + "/x", outside, problems);
    require_fraction(y, pointer + "/y", outside, problems);
}

void GarmentFitPoints::check_together(const std::optional<List<GarmentPointDocument, 0, 64>>& points,
                                      const std::string& pointer, std::vector<Problem>& problems) {
    refuse_repeats(points, pointer, problems);
}

}  // namespace fitview::engine
