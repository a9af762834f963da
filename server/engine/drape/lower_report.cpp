#include "engine/drape/lower_report.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr double tight_strain = 0.03;
constexpr double loose_gap = 0.25;

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double strain_of(const Cloth& cloth, const Link& edge) {
    return length(cloth.position[edge.second] - cloth.position[edge.first]) / std::max(1e-3F, edge.length) - 1;
}

ZoneFit zone_fit(const Cloth& cloth, const BodyField& body, const char* name, float from_y, float to_y,
                 double ease_cm) {
    ZoneFit fit{name, "fitted", ease_cm, 0, 0};
    std::vector<double> strains, gaps;
    const auto inside = [&](int point) { return cloth.position[point].y >= from_y && cloth.position[point].y < to_y; };
    for (const Link& edge : cloth.edges) {
        if (!inside(edge.first) || !inside(edge.second)) continue;
        const Point offset = cloth.pattern_vertex(edge.second).uv - cloth.pattern_vertex(edge.first).uv;
        if (std::abs(offset.x) > std::abs(offset.y)) strains.push_back(strain_of(cloth, edge));
    }
    for (std::size_t i = 0; i < cloth.size(); ++i)
        if (inside(static_cast<int>(i)))
            gaps.push_back(body.distance(cloth.position[i], Solid::without_arms) / body.unit);
    fit.strain = median(std::move(strains));
    fit.gap = median(std::move(gaps));
    if (fit.strain > tight_strain || fit.ease_cm < 0)
        fit.verdict = "tight";
    else if (fit.gap > loose_gap)
        fit.verdict = "loose";
    return fit;
}

/// Of the tighter leg, in cm.
double thigh_ease(const PatternMesh& pattern, const LowerPlan& plan, const LegLines& legs, float y) {
    const float share = std::clamp((y - plan.crotch_y) / std::max(1.0F, plan.hem_y - plan.crotch_y), 0.0F, 1.0F);
    const auto sample = static_cast<std::size_t>(share * (SleeveFrame::samples - 1));
    double tighter = 1e9;
    for (const Side side : {picture_left, picture_right}) {
        if (!pattern.leg[side]) continue;
        const SleeveFrame& frame = *pattern.leg[side];
        const float cut =
            2 * (frame.outer[sample] - frame.inner[sample]) * plan.across * plan.leg_widening[side][sample];
        const float around = 2 * static_cast<float>(CV_PI) * legs.at(side, y).radius;
        tighter = std::min<double>(tighter, (cut - around) / plan.pixels_per_cm);
    }
    return tighter < 1e9 ? tighter : 0;
}

/// The level of the leg nearest to a hem.
std::string end_of(float y, const LegLines& legs) {
    const float share = (y - legs.crotch_y) / std::max(1.0F, legs.floor_y - legs.crotch_y);
    if (share < 0.30F) return "at the thigh";
    if (share < 0.52F) return "at the knee";
    if (share < 0.72F) return "at the calf";
    return share < 0.93F ? "at the ankle" : "at the floor";
}

}  // namespace

FitReport report_lower(const Cloth& cloth, const LowerPlan& plan, const LegLines& legs, const BodyField& body) {
    FitReport report;
    std::vector<double> strains, hem;
    for (const Link& edge : cloth.edges) strains.push_back(strain_of(cloth, edge));
    for (std::size_t i = 0; i < cloth.size(); ++i)
        if (cloth.pattern_vertex(static_cast<int>(i)).opening == Opening::hem) hem.push_back(cloth.position[i].y);
    report.median_strain = median(std::move(strains));
    report.hem_y = median(std::move(hem));
    const float u = body.unit;
    const auto ease = [&](float y) {
        return (cut_girth(*cloth.pattern, plan, y) - 2 * body.half_girth(y)) / plan.pixels_per_cm;
    };
    const float thigh_y = plan.crotch_y + 0.6F * u;
    report.zones = {zone_fit(cloth, body, "waist", plan.waist_y, plan.waist_y + 0.4F * u, ease(plan.waist_y)),
                    zone_fit(cloth, body, "hip", legs.hip_y - 0.3F * u, legs.hip_y + 0.3F * u,
                             ease(std::min(legs.hip_y, legs.crotch_y)))};
    if (plan.legs)
        report.zones.push_back(zone_fit(cloth, body, "thigh", plan.crotch_y + 0.3F * u, plan.crotch_y + u,
                                        thigh_ease(*cloth.pattern, plan, legs, thigh_y)));
    report.notes.push_back("Ends " + end_of(plan.hem_y, legs) + ".");
    for (const ZoneFit& zone : report.zones)
        if (zone.verdict != "fitted")
            report.notes.push_back((zone.verdict == "tight" ? "Tight at the " : "Loose at the ") + zone.zone + ".");
    return report;
}

std::vector<Finding> judge_lower_fit(const PersonModel& person, const LegLines& legs, bool keeps_top) {
    std::vector<Finding> findings;
    const auto add = [&](double factor, const char* reason) { findings.push_back({"fit", factor, reason}); };
    if (keeps_top && person.landmarks.one_piece)
        add(0.25, "The person wears a dress: choose a top to go with it, or a photo in a top and trousers.");
    if (legs.crotch_y > static_cast<float>(person.picture.rows) - 0.3F * person.landmarks.unit)
        add(0.45, "The legs are not in the picture: use a photo that shows the whole person.");
    else if (!legs.measured)
        add(0.6, "The legs cannot be told apart: stand with the feet a little apart, in trousers or leggings.");
    return findings;
}

}  // namespace fitview::engine
