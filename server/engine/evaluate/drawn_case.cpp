#include "engine/evaluate/drawn_case.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/evaluate/defects.hpp"
#include "engine/evaluate/overlay.hpp"
#include "engine/evaluate/product_colours.hpp"
#include "engine/evaluate/raster_view.hpp"

namespace fitview::engine {
namespace {

/// Keeps the mask of the garment as it is seen, and the cloth that shows there.
class CoverageKeeper : public StageObserver {
public:
    bool wants_pictures() const override { return true; }
    void shows(std::string_view stage, const media::Raster& picture) override {
        if (stage == "coverage") coverage_ = matrix_from(picture);
    }
    void drapes(const Cloth& cloth, const PreparedGarment& /*garment*/) override { cloth_ = cloth; }
    cv::Mat seen_of(const GarmentModel& garment) const {
        return coverage_.empty() ? cv::Mat() : seen_part_of_product(cloth_, garment.picture.size(), coverage_);
    }
    cv::Mat coverage(cv::Size size) const {
        return coverage_.empty() ? cv::Mat(size, CV_8U, cv::Scalar(0)) : coverage_;
    }

private:
    cv::Mat coverage_;
    Cloth cloth_;
};

/// Columns of the trunk between the armpits and the waist: the middle values, so that one bad row does no harm.
cv::Range trunk_columns(const PersonModel& person) {
    const PersonLandmarks& marks = person.landmarks;
    constexpr float from = 1.0F, to = 2.4F;
    std::vector<float> left, right;
    for (std::size_t i = 0; i < marks.trunk.size(); ++i) {
        const float below = static_cast<float>(marks.trunk_top) + static_cast<float>(i) - marks.shoulder_y;
        if (below < from * marks.unit || below > to * marks.unit) continue;
        left.push_back(marks.trunk[i].left);
        right.push_back(marks.trunk[i].right);
    }
    if (left.empty()) return {0, 0};
    const auto middle = static_cast<std::ptrdiff_t>(left.size() / 2);
    std::nth_element(left.begin(), left.begin() + middle, left.end());
    std::nth_element(right.begin(), right.begin() + middle, right.end());
    // The outermost columns belong to side seams, where a hem is curved or slit.
    const float inset = 0.12F * (right[static_cast<std::size_t>(middle)] - left[static_cast<std::size_t>(middle)]);
    return {cvRound(left[static_cast<std::size_t>(middle)] + inset),
            cvRound(right[static_cast<std::size_t>(middle)] - inset)};
}

OutlinePlaces places_on(const PersonModel& person) {
    OutlinePlaces places{person.landmarks.neck_x, trunk_columns(person), {}};
    for (const int side : {picture_left, picture_right})
        for (const ArmSample& sample : person.landmarks.arm[static_cast<std::size_t>(side)].line)
            places.arms[static_cast<std::size_t>(side)].push_back(sample.centre);
    return places;
}

}  // namespace

DrawnCase draw_case(const PreparedPerson& person, const PreparedGarment& garment, const Truth* truth,
                    const TryOnOptions& options) {
    CoverageKeeper keeper;
    TryOnPicture result = render_try_on(person, garment, options, &keeper);
    DrawnCase drawn;
    EvaluationCase& record = drawn.record;
    for (const StageTiming& timing : result.timings) record.milliseconds += timing.milliseconds;
    record.score = result.quality.score;
    record.pose = result.quality.pose;
    record.cutout = result.quality.cutout;
    record.fit = result.quality.fit;
    record.warnings = result.quality.warnings;
    record.fit_figures = FitFigures{result.fit.uncovered_share, result.fit.outside_share, result.fit.median_strain,
                                    result.fit.pushed_share, result.fit.seam_slip};
    const Sided<bool>& seen = person.model.landmarks.shoulder_measured;
    record.shoulders_seen = (seen[0] ? 1 : 0) + (seen[1] ? 1 : 0);

    const DrawnPicture picture{matrix_from(result.picture), keeper.coverage(person.model.picture.size()),
                               matrix_from(result.change_mask), keeper.seen_of(garment.model)};
    const Overlay overlay = paste_overlay(person.model, garment.model);
    const cv::Mat true_garment = truth ? truth->garment : cv::Mat();
    record.defects = find_defects(person.model, garment.model, picture, true_garment);
    record.overlay_defects =
        find_defects(person.model, garment.model, {overlay.picture, overlay.coverage, {}, {}}, true_garment);
    if (truth) {
        const cv::Mat region = truth->region | picture.change_mask | overlay.coverage;
        record.likeness = compare_pictures(truth->picture, picture.picture, region);
        record.overlay = compare_pictures(truth->picture, overlay.picture, region);
        if (!truth->garment.empty())
            record.outline = compare_outlines(truth->garment, picture.coverage, places_on(person.model));
    }
    drawn.picture = std::move(result.picture);
    return drawn;
}

}  // namespace fitview::engine
