#include "engine/drape/fit_report.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
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

constexpr double loose_trunk = 0.22, loose_arm = 0.55;  // ease against the girth of the body
constexpr std::size_t fewest_points = 12;

std::string verdict_of(const ZoneFit& fit, double ease_share, double loose_share) {
    if (fit.strain > tight_strain || ease_share < 0) return "tight";
    if (fit.gap > loose_gap || ease_share > loose_share) return "loose";
    return "fitted";
}

/// Girth of the cloth cut for a row of the person's picture.
float girth_of_cloth(const PatternMesh& pattern, const FitPlan& plan, float y) {
    const float row = std::clamp(plan.garment_row(y), 0.0F, static_cast<float>(pattern.trunk.size() - 1));
    const TrunkExtent& extent = pattern.trunk[static_cast<std::size_t>(row)];
    return 2 * (extent.right - extent.left) * plan.across * plan.widening_at(row);
}

/// The trunk between two heights below the shoulders, in u, measured in its row `at`; nothing when not covered.
std::optional<ZoneFit> trunk_fit(const Cloth& cloth, const FitPlan& plan, const BodyField& body, const char* name,
                                 float from, float to, float at, double hem_y) {
    ZoneFit fit{name, "fitted"};
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
    if (gaps.size() < fewest_points) return std::nullopt;
    fit.strain = median(strains);
    fit.gap = median(gaps);
    const float y = std::min(body.shoulder_y + at * u, static_cast<float>(hem_y) - 0.15F * u);
    if (y < body.shoulder_y + from * u) return std::nullopt;
    const float around = 2 * body.half_girth(y);
    const float ease = girth_of_cloth(*cloth.pattern, plan, y) - around;
    fit.ease_cm = ease / plan.pixels_per_cm;
    fit.verdict = verdict_of(fit, ease / around, loose_trunk);
    return fit;
}

/// The tighter of the two sleeves, a little below the armpit.
std::optional<ZoneFit> arm_fit(const Cloth& cloth, const FitPlan& plan, const BodyField& body) {
    std::optional<ZoneFit> tighter;
    for (Side side : {picture_left, picture_right}) {
        const auto& frame = cloth.pattern->sleeve[side];
        const float along = std::min(1.1F * body.unit, 0.8F * plan.sleeve_end[side]);
        if (!frame || along < 0.4F * body.unit) continue;
        const float share =
            (along - plan.sleeve_start[side]) / std::max(1.0F, plan.sleeve_end[side] - plan.sleeve_start[side]);
        const auto k = static_cast<std::size_t>(std::clamp(share, 0.0F, 1.0F) * (SleeveFrame::samples - 1));
        const auto& line = body.arm[side].line;
        const auto sample =
            std::find_if(line.begin(), line.end() - 1, [&](const ArmSample& s) { return s.along >= along; });
        const float around = 2 * static_cast<float>(CV_PI) * sample->radius;
        const float ease =
            2 * (frame->outer[k] - frame->inner[k]) * plan.across * plan.sleeve_widening[side][k] - around;
        ZoneFit fit{"upper_arm", "fitted", ease / plan.pixels_per_cm};
        fit.verdict = verdict_of(fit, ease / around, loose_arm);
        if (!tighter || fit.ease_cm < tighter->ease_cm) tighter = fit;
    }
    return tighter;
}

struct Level {
    const char* name;
    float at;
};

std::string place_of(float at, const std::vector<Level>& levels, float pixels_per_cm) {
    const auto nearest = std::min_element(levels.begin(), levels.end(), [&](const Level& a, const Level& b) {
        return std::abs(a.at - at) < std::abs(b.at - at);
    });
    const auto cm = std::lround((at - nearest->at) / pixels_per_cm);
    const std::string name = nearest->name;
    if (std::abs(cm) < 2) return " at the " + name + ".";
    return " " + std::to_string(std::abs(cm)) + " cm " + (cm < 0 ? "above" : "below") + " the " + name + ".";
}

/// Sentences about hem, sleeves and zones. Heights of a body's levels are shares of its height (Drillis and Contini).
std::vector<std::string> describe(const FitReport& report, const FitPlan& plan, const BodyField& body) {
    std::vector<std::string> notes;
    const float l = body.length_unit, y = body.shoulder_y;
    const std::vector<Level> body_levels{{"waist", y + 2.1F * l},
                                         {"hip", y + 3.1F * l},
                                         {"middle of the thigh", y + 4.4F * l},
                                         {"knee", y + 5.6F * l},
                                         {"middle of the calf", y + 6.8F * l},
                                         {"ankle", y + 8.0F * l}};
    if (report.tucked)
        notes.emplace_back("Is tucked in at the waist.");
    else if (report.hem_y > 0)
        notes.push_back("Ends" + place_of(static_cast<float>(report.hem_y), body_levels, plan.pixels_per_cm));
    const Side side = plan.sleeve_end[picture_left] > 0 ? picture_left : picture_right;
    if (plan.sleeve_end[side] > 0) {
        const Arm& arm = body.arm[side];
        const float wrist = arm.hand_visible ? arm.wrist : std::max(arm.wrist, 3.4F * l);
        const std::vector<Level> arm_levels{{"shoulder", 0}, {"elbow", 0.55F * wrist}, {"wrist", wrist}};
        notes.push_back("The sleeves end" + place_of(plan.sleeve_end[side], arm_levels, plan.pixels_per_cm));
    }
    for (const ZoneFit& zone : report.zones) {
        if (zone.verdict == "fitted") continue;
        const std::string name = zone.zone == "upper_arm" ? "upper arm" : zone.zone;
        notes.push_back((zone.verdict == "tight" ? "Tight at the " : "Loose at the ") + name + ".");
    }
    return notes;
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

// What is painted below the hem of a blouse is the midriff, about half of a worn top that reaches the hips.
constexpr double uncovered_by_cut = 0.5, uncovered_harmless = 0.06;
constexpr float cropped_above = 2.0F;  // length units below the shoulder; the waist is at 2.1

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
    const double uncovered = report.cropped ? std::min(falling(report.uncovered_share, uncovered_by_cut, 0.22),
                                                       falling(report.bare_shoulder_share, uncovered_harmless, 0.22))
                                            : falling(report.uncovered_share, uncovered_harmless, 0.22);
    return {
        finding(uncovered,
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

std::vector<float> tightness(const Cloth& cloth, const BodyField& body) {
    constexpr float fully_tight = 0.06F, close = 0.12F, fully_loose = 0.4F;
    constexpr int rounds = 4;
    std::vector<float> value(cloth.size()), sum(cloth.size()), count(cloth.size());
    for (const Link& edge : cloth.edges) {
        const float strain = static_cast<float>(std::max(0.0, strain_of(cloth, edge)));
        for (const int point : {edge.first, edge.second}) {
            sum[point] += strain;
            count[point] += 1;
        }
    }
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const float gap = body.distance(cloth.position[i], cloth.solid(static_cast<int>(i))) / body.unit;
        // the yoke carries the whole garment: its stretch says nothing about the size
        const float carrying =
            smooth_step(body.shoulder_y + 0.4F * body.unit, body.shoulder_y + body.unit, cloth.position[i].y);
        const float tight = count[i] > 0 ? carrying * sum[i] / count[i] / fully_tight : 0;
        value[i] = std::clamp(tight - std::max(0.0F, gap - close) / (fully_loose - close), -1.0F, 1.0F);
    }
    for (int round = 0; round < rounds; ++round) {
        sum = value;
        std::fill(count.begin(), count.end(), 1.0F);
        for (const Link& edge : cloth.edges) {
            sum[edge.first] += value[edge.second];
            sum[edge.second] += value[edge.first];
            count[edge.first] += 1;
            count[edge.second] += 1;
        }
        for (std::size_t i = 0; i < cloth.size(); ++i) value[i] = sum[i] / count[i];
    }
    return value;
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
    report.cropped =
        !report.tucked && report.hem_y > 0 && report.hem_y < body.shoulder_y + cropped_above * body.length_unit;
    const auto add = [&](const std::optional<ZoneFit>& zone) {
        if (zone) report.zones.push_back(*zone);
    };
    add(trunk_fit(cloth, plan, body, "chest", 0.8F, 1.5F, 1.15F, report.hem_y));
    add(trunk_fit(cloth, plan, body, "waist", 1.9F, 2.5F, 2.2F, report.hem_y));
    add(trunk_fit(cloth, plan, body, "hip", 2.9F, 3.6F, 3.2F, report.hem_y));
    add(arm_fit(cloth, plan, body));
    report.notes = describe(report, plan, body);
    return report;
}

}  // namespace fitview::engine
