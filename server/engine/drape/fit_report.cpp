#include "engine/drape/fit_report.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace fitview::engine {
namespace {

constexpr double tight_strain = 0.03;
constexpr double loose_gap = 0.25;

double median(std::vector<double>& values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double strain_of(const Cloth& cloth, const Link& edge) {
    return length(cloth.position[edge.second] - cloth.position[edge.first]) / std::max(1e-3F, edge.length) - 1;
}

RegionFit region_fit(const Cloth& cloth, const BodyField& body, const char* name, float from, float to) {
    RegionFit fit{name, "fitted", 0, 0};
    const float u = body.unit;
    const auto inside = [&](int point) {
        const float t = (cloth.position[point].y - body.shoulder_y) / u;
        return cloth.pattern_vertex(point).part == part_trunk && t >= from && t < to;
    };
    std::vector<double> strains, gaps;
    for (const Link& edge : cloth.edges) {
        if (!inside(edge.first) || !inside(edge.second)) continue;
        const Point offset = cloth.pattern_vertex(edge.second).uv - cloth.pattern_vertex(edge.first).uv;
        if (std::abs(offset.x) > std::abs(offset.y)) strains.push_back(strain_of(cloth, edge));
    }
    for (std::size_t i = 0; i < cloth.size(); ++i)
        if (inside(static_cast<int>(i))) gaps.push_back(body.distance(cloth.position[i], Solid::without_arms) / u);
    fit.strain = median(strains);
    fit.gap = median(gaps);
    if (fit.strain > tight_strain)
        fit.verdict = "tight";
    else if (fit.gap > loose_gap)
        fit.verdict = "loose";
    return fit;
}

void measure_hem(const Cloth& cloth, const BodyField& body, FitReport& report) {
    double left_x = 1e9, right_x = -1e9, left_y = 0, right_y = 0;
    std::vector<double> rows;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
        if (vertex.opening != Opening::hem || vertex.back) continue;
        const Vector3& place = cloth.position[i];
        rows.push_back(place.y);
        if (place.x < left_x) std::tie(left_x, left_y) = std::pair<double, double>(place.x, place.y);
        if (place.x > right_x) std::tie(right_x, right_y) = std::pair<double, double>(place.x, place.y);
    }
    report.hem_y = median(rows);
    if (!rows.empty()) report.hem_slant = std::abs(left_y - right_y) / body.unit;
}

/// 1 up to `harmless`, then falling; `width` more costs nearly two thirds.
double falling(double value, double harmless, double width) {
    const double over = std::max(0.0, value - harmless) / width;
    return std::exp(-over * over);
}

Finding finding(double factor, const char* reason) {
    constexpr double worth_telling = 0.93;
    return {"fit", factor, factor < worth_telling ? reason : ""};
}

}  // namespace

std::vector<Finding> judge_fit(const FitReport& report) {
    return {
        finding(falling(report.uncovered_share, 0.06, 0.22),
                "Much of the worn top stays uncovered and had to be painted over: wear a smaller, sleeveless or "
                "close-fitting top."),
        finding(falling(report.outside_share, 0.06, 0.15),
                "The garment stands far off the body: use a photo in which the whole upper body is free."),
        finding(falling(std::abs(report.median_strain), 0.06, 0.12),
                "The garment could not be laid on the body without stretching it."),
        finding(falling(report.pushed_share, 0.02, 0.08), "Arms or hands are in the way of the garment."),
        finding(falling(report.seam_slip, 0.35, 0.4), "The shoulder seams did not stay on the shoulders."),
    };
}

FitReport report_fit(const Cloth& cloth, const FitPlan& plan, const BodyField& body,
                     const SimulationReport& simulation) {
    FitReport report;
    std::vector<double> strains;
    for (const Link& edge : cloth.edges) strains.push_back(strain_of(cloth, edge));
    report.median_strain = median(strains);
    report.pushed_share = simulation.pushed_share;
    report.seam_slip = simulation.seam_slip;
    report.tucked = plan.tucked();
    if (report.tucked)
        report.hem_y = plan.waist_y;
    else
        measure_hem(cloth, body, report);
    report.regions = {region_fit(cloth, body, "chest", 0.8F, 1.5F), region_fit(cloth, body, "waist", 1.9F, 2.5F),
                      region_fit(cloth, body, "hip", 2.9F, 3.6F)};
    return report;
}

}  // namespace fitview::engine
