#include "engine/garment/judge_garment.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace fitview::engine {
namespace {

const char* const part = "cutout";
const char* const sleeves_touch =
    "The sleeves touch the body of the garment. Spread them out, or mark the armpits with fit points.";
const char* const one_sleeve =
    "Only one sleeve could be measured. Lay both sleeves out evenly, or mark the armpits with fit points.";
const char* const neckline_unseen =
    "The front of the neckline could not be seen. Mark its lowest point with a fit point.";

/// Sleeveless by its outline, but much wider below than at the shoulders: sleeves may lie on the trunk unseen.
bool may_hide_sleeves(const GarmentEvidence& evidence) {
    if (evidence.kind != GarmentClass::upper || evidence.sleeves != SleeveClass::none) return false;
    const GarmentShape& shape = evidence.shape;
    const auto top = static_cast<float>(shape.box.y);
    const float height = shape.height();
    float low = 0;
    float high = 0;
    for (const int side : {picture_left, picture_right}) {
        low += median_trunk(shape, side, top + 0.7F * height, top + 0.9F * height);
        high += median_trunk(shape, side, top + 0.1F * height, top + 0.2F * height);
    }
    return low > 1.7F * high && low > 0.5F * static_cast<float>(shape.mask.cols);
}

bool cut_by_frame(const GarmentShape& shape) {
    int touching = 0;
    for (const auto& outline : shape.outline)
        for (const Point place : outline)
            if (place.x < 2 || place.y < 2 || place.x > static_cast<float>(shape.mask.cols) - 3 ||
                place.y > static_cast<float>(shape.mask.rows) - 3)
                ++touching;
    return static_cast<float>(touching) > 0.04F * shape.height();
}

}  // namespace

void judge_cut_out(const CutOut& cut_out, std::vector<Finding>& findings) {
    if (cut_out.ground_scatter > 4.5F || cut_out.ground_share < 0.55F)
        findings.push_back({part, 0.35, "The background is not plain. Photograph the garment on one even colour."});
    if (cut_out.score <= 0.75F)
        findings.push_back(
            {part, 0.7, "The garment is hard to tell from the background. Use a background of another colour."});
}

std::vector<Finding> judge_garment(const GarmentEvidence& evidence) {
    std::vector<Finding> findings;
    const auto add = [&](double factor, std::string reason) {
        if (factor < 1) findings.push_back({part, factor, std::move(reason)});
    };
    judge_cut_out(evidence.cut_out, findings);
    if (cut_by_frame(evidence.shape))
        add(0.75, "The picture cuts the garment off. Show all of it with some space around.");
    add(std::clamp((evidence.shape.symmetry - 0.72) / 0.16, 0.45, 1.0),
        "The two halves of the garment differ. Lay it out evenly, seen straight from the front.");
    if (may_hide_sleeves(evidence)) add(0.5, "Sleeves may lie on the body of the garment. Spread them out.");
    const bool hidden = evidence.armholes[picture_left].on_trunk || evidence.armholes[picture_right].on_trunk;
    if (hidden) add(0.9, sleeves_touch);
    if (evidence.armholes[picture_left].mirrored || evidence.armholes[picture_right].mirrored) add(0.9, one_sleeve);
    if (evidence.neckline.guessed) add(0.96, neckline_unseen);
    return findings;
}

void judge_corrected(const GarmentFitPoints& corrections, std::vector<Finding>& findings) {
    const auto marked = [&](GarmentPoint name) {
        return std::any_of(corrections.points.begin(), corrections.points.end(),
                           [&](const GarmentPointDocument& point) { return point.name == name; });
    };
    const bool armpits = marked(GarmentPoint::left_armpit) && marked(GarmentPoint::right_armpit);
    const bool neckline = marked(GarmentPoint::neck_centre);
    std::erase_if(findings, [&](const Finding& finding) {
        return (armpits && (finding.reason == sleeves_touch || finding.reason == one_sleeve)) ||
               (neckline && finding.reason == neckline_unseen);
    });
}

std::vector<Finding> judge_lower(const CutOut& cut_out, const LowerShape& shape) {
    std::vector<Finding> findings;
    judge_cut_out(cut_out, findings);
    if (shape.empty()) findings.push_back(no_garment_found());
    const double halves = std::clamp((shape.symmetry - 0.72) / 0.16, 0.45, 1.0);
    if (halves < 1)
        findings.push_back(
            {part, halves, "The two halves of the garment differ. Lay it out evenly, seen straight from the front."});
    if (shape.legs_touch)
        findings.push_back({part, 0.75, "The legs touch each other. Lay them a little apart, seen from the front."});
    return findings;
}

Finding no_garment_found() {
    return {part, 0.02,
            "No garment was found in the picture. Show one garment on a plain background of another colour."};
}

}  // namespace fitview::engine
