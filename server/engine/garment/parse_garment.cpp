#include "engine/garment/parse_garment.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/garment/armholes.hpp"
#include "engine/garment/cut_out.hpp"
#include "engine/garment/garment_shape.hpp"
#include "engine/garment/judge_garment.hpp"
#include "engine/garment/neckline.hpp"
#include "engine/garment/parse_drape.hpp"
#include "engine/garment/parse_lower.hpp"
#include "engine/garment/sleeve_cut.hpp"
#include "engine/garment/soft_alpha.hpp"
#include "engine/garment/top_edge.hpp"
#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

constexpr int smallest_side = 64;
constexpr int analysis_size = 640;       // long side of the picture the shape is measured on
constexpr float smallest_share = 0.01F;  // of the picture, below which nothing counts as a garment
constexpr float long_sleeve = 0.85F;     // length / chest width from which a sleeve is a long one

cv::Mat reduced(const cv::Mat& picture, int long_side) {
    const double scale = static_cast<double>(long_side) / std::max(picture.cols, picture.rows);
    if (scale >= 1) return picture.clone();
    cv::Mat result;
    const cv::Size size(std::max(1, static_cast<int>(std::lround(picture.cols * scale))),
                        std::max(1, static_cast<int>(std::lround(picture.rows * scale))));
    cv::resize(picture, result, size, 0, 0, cv::INTER_AREA);
    return result;
}

cv::Mat to_lab(const cv::Mat& picture) {
    cv::Mat real, lab;
    picture.convertTo(real, CV_32FC3, 1 / 255.0);
    cv::cvtColor(real, lab, cv::COLOR_RGB2Lab);
    return lab;
}

/// Long and narrow is a dress. Long tops cannot be told apart by shape, hence the merchant's word comes first.
GarmentType guess_type(const GarmentShape& shape) {
    if (has_legs(shape.mask)) return GarmentType::trousers;
    const float ratio = shape.height() / static_cast<float>(std::max(1, shape.box.width));
    float top_width = 0;
    const auto first = shape.box.y + 1;
    const int rows = static_cast<int>(0.06F * shape.height()) + 1;
    for (int row = first; row < first + rows && row < shape.mask.rows; ++row) {
        const auto at = static_cast<std::size_t>(row);
        top_width += std::max(0.F, shape.half[0][at].whole) + std::max(0.F, shape.half[1][at].whole);
    }
    top_width /= static_cast<float>(rows);
    const bool fills = shape.height() > 0.82F * static_cast<float>(shape.mask.rows);
    const bool narrow_top = top_width < 0.6F * static_cast<float>(shape.box.width);
    return ratio > 1.55F || (ratio > 1.35F && fills && narrow_top) ? GarmentType::dress : GarmentType::top;
}

struct Hem {
    float row = 0;
    Sided<Point> corner;
};

/// The hem's height is the usual lowest row near the axis; its corners are where the outline is furthest down and out.
Hem find_hem(const GarmentShape& shape, const Sided<Armhole>& armholes) {
    Hem hem;
    const float half_width = (armholes[picture_left].half_width + armholes[picture_right].half_width) / 2;
    std::vector<int> lowest;
    for (float offset = -0.75F * half_width; offset <= 0.75F * half_width; ++offset) {
        const auto column = static_cast<int>(shape.axis + offset);
        if (column >= 0 && column < shape.mask.cols && shape.bottom[static_cast<std::size_t>(column)] > 0)
            lowest.push_back(shape.bottom[static_cast<std::size_t>(column)]);
    }
    hem.row = static_cast<float>(shape.hem_row);
    if (!lowest.empty()) {
        const auto half = lowest.begin() + static_cast<std::ptrdiff_t>(lowest.size() / 2);
        std::nth_element(lowest.begin(), half, lowest.end());
        hem.row = static_cast<float>(*half);
    }
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        const auto& outline = shape.outline[at];
        hem.corner[at] = {shape.axis + GarmentShape::sign(side) * half_width, hem.row};
        if (outline.empty()) continue;
        const Point below = armholes[at].sleeved ? armholes[at].notch : armholes[at].armpit;
        std::size_t best = nearest_on_line(outline, below, 0, outline.size());
        float reach = -1e9F;
        for (std::size_t place = best; place < outline.size(); ++place) {
            const float value = outline[place].y + 0.6F * shape.outwards(side, outline[place]);
            if (value > reach) {
                reach = value;
                best = place;
            }
        }
        hem.corner[at] = outline[best];
    }
    return hem;
}

SleeveClass sleeve_class(const Sided<std::optional<SleeveCut>>& cuts, float chest) {
    float longest = 0;
    for (const auto& cut : cuts)
        if (cut) longest = std::max(longest, cut->length);
    if (longest <= 0) return SleeveClass::none;
    return longest > long_sleeve * chest ? SleeveClass::long_sleeve : SleeveClass::short_sleeve;
}

/// From analysis pixels to pixels of the working picture: pixel centres map to pixel centres.
class Enlarge {
public:
    explicit Enlarge(float scale) : scale_(scale) {}
    Point operator()(Point place) const { return {(place.x + 0.5F) * scale_ - 0.5F, (place.y + 0.5F) * scale_ - 0.5F}; }
    void operator()(std::vector<Point>& line) const {
        for (Point& place : line) place = (*this)(place);
    }
    float length(float value) const { return value * scale_; }

private:
    float scale_;
};

cv::Mat enlarged_mask(const cv::Mat& mask, cv::Size size) {
    cv::Mat result;
    cv::resize(mask, result, size, 0, 0, cv::INTER_LINEAR);
    return result > 127;
}

void fill_landmarks(GarmentModel& model, const GarmentShape& shape, const Sided<Armhole>& armholes,
                    const Neckline& neckline, const Enlarge& enlarge) {
    GarmentLandmarks& landmarks = model.landmarks;
    const Hem hem = find_hem(shape, armholes);
    landmarks.axis_x = enlarge({shape.axis, 0}).x;
    landmarks.hem_y = enlarge({0, hem.row}).y;
    landmarks.half_width = enlarge.length((armholes[picture_left].half_width + armholes[picture_right].half_width) / 2);
    for (std::size_t side = 0; side < 2; ++side) {
        landmarks.neck[side] = enlarge(neckline.neck[side]);
        landmarks.stand[side] = enlarge(neckline.neck[side] + neckline.stand[side]) - landmarks.neck[side];
        landmarks.shoulder[side] = enlarge(neckline.shoulder[side]);
        landmarks.armpit[side] = enlarge(armholes[side].armpit);
        landmarks.hem[side] = enlarge(hem.corner[side]);
        model.outline[side] = shape.outline[side];
        enlarge(model.outline[side]);
    }
    model.neckline = neckline.front;
    enlarge(model.neckline);
    landmarks.neck_centre =
        *std::max_element(model.neckline.begin(), model.neckline.end(), [](Point a, Point b) { return a.y < b.y; });
}

void fill_sleeves(GarmentModel& model, const GarmentShape& shape, const Sided<Armhole>& armholes,
                  const Neckline& neckline, const Enlarge& enlarge) {
    model.parts = cv::Mat::zeros(model.picture.size(), CV_8UC1);
    Sided<std::optional<SleeveCut>> cuts;
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        cuts[at] = cut_sleeve(shape, side, armholes[at], neckline.shoulder[at]);
        if (!cuts[at]) continue;
        Sleeve sleeve = cuts[at]->sleeve;
        sleeve.cuff_outer = enlarge(sleeve.cuff_outer);
        sleeve.cuff_inner = enlarge(sleeve.cuff_inner);
        sleeve.notch = enlarge(sleeve.notch);
        model.landmarks.sleeve[at] = sleeve;
        std::vector<cv::Point> polygon;
        for (const Point place : cuts[at]->polygon) polygon.emplace_back(enlarge(place));
        cv::fillPoly(model.parts, std::vector<std::vector<cv::Point>>{polygon},
                     side == picture_left ? part_sleeve_left : part_sleeve_right);
    }
    model.sleeves = sleeve_class(cuts, armholes[picture_left].half_width + armholes[picture_right].half_width);
}

/// Landmarks from proportions of the whole picture, for a photo without a garment.
void assume_middle(GarmentModel& model) {
    const auto width = static_cast<float>(model.picture.cols);
    const auto height = static_cast<float>(model.picture.rows);
    model.alpha = cv::Mat::zeros(model.picture.size(), CV_8UC1);
    model.inner = model.alpha.clone();
    model.parts = model.alpha.clone();
    GarmentLandmarks& landmarks = model.landmarks;
    landmarks.axis_x = width / 2;
    landmarks.half_width = 0.25F * width;
    landmarks.hem_y = 0.9F * height;
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        const auto place = [&](float across, float down) {
            return Point(width * (0.5F + GarmentShape::sign(side) * across), down * height);
        };
        landmarks.neck[at] = place(0.1F, 0.1F);
        landmarks.shoulder[at] = place(0.22F, 0.14F);
        landmarks.armpit[at] = place(0.25F, 0.35F);
        landmarks.hem[at] = place(0.25F, 0.9F);
    }
    landmarks.neck_centre = {width / 2, 0.15F * height};
    model.neckline = {landmarks.neck[picture_left], landmarks.neck_centre, landmarks.neck[picture_right]};
    model.findings.push_back(no_garment_found());
}

/// The rest of the analysis for trousers and skirts.
void fill_lower(GarmentModel& model, const CutOut& cut_out, const cv::Mat& lab, const Enlarge& enlarge) {
    LowerShape shape = describe_lower(cut_out.mask, lab, rules_of(model.type));
    model.alpha = soften_edge(model.picture, cut_out.mask);
    model.inner = cv::Mat::zeros(model.picture.size(), CV_8UC1);
    model.parts = model.inner.clone();
    model.symmetry = shape.symmetry;
    model.landmarks.axis_x = enlarge({shape.axis, 0}).x;
    model.landmarks.half_width = enlarge.length(shape.half_width);
    if (!shape.empty()) {
        LowerLandmarks marks = shape.landmarks;
        for (std::size_t side = 0; side < 2; ++side) {
            for (Point* place : {&marks.waist[side], &marks.hem_outer[side], &marks.hem_inner[side]})
                *place = enlarge(*place);
            enlarge(shape.outline[side]);
            model.landmarks.hem[side] = marks.hem_outer[side];
        }
        if (marks.crotch) marks.crotch = enlarge(*marks.crotch);
        model.outline = shape.outline;
        model.lower = marks;
        model.landmarks.hem_y = (marks.hem_outer[picture_left].y + marks.hem_outer[picture_right].y) / 2;
    }
    model.findings = judge_lower(cut_out, shape);
}

/// The rest of the analysis for unstitched cloth.
void fill_cloth(GarmentModel& model, const CutOut& cut_out, const Enlarge& enlarge) {
    const ClothRectangle cloth = find_cloth(cut_out.mask);
    model.alpha = soften_edge(model.picture, cut_out.mask);
    model.inner = cv::Mat::zeros(model.picture.size(), CV_8UC1);
    model.parts = model.inner.clone();
    if (cloth.box.area() > 0) {
        const Point from = enlarge(cv::Point(cloth.box.tl())),
                    to = enlarge(cv::Point(cloth.box.br()) - cv::Point(1, 1));
        model.cloth = cv::Rect2f(from, to);
        model.landmarks.axis_x = (from.x + to.x) / 2;
        model.landmarks.half_width = (to.x - from.x) / 2;
        model.landmarks.hem_y = to.y;
    }
    model.findings = judge_cloth(cut_out, cloth);
}

}  // namespace

GarmentModel parse_garment(const media::Raster& photo, std::optional<GarmentType> type) {
    if (photo.channels != 3 || photo.width < smallest_side || photo.height < smallest_side ||
        photo.bytes.size() != photo.row_bytes() * static_cast<std::size_t>(photo.height))
        throw std::invalid_argument("a garment's photo has three channels and at least 64 x 64 pixels");
    // The raster is only read; OpenCV has no header over constant bytes.
    const cv::Mat whole(photo.height, photo.width, CV_8UC3, const_cast<std::uint8_t*>(photo.bytes.data()));
    GarmentModel model;
    model.picture = reduced(whole, working_size);
    const cv::Mat small = reduced(model.picture, analysis_size);
    const cv::Mat lab = to_lab(small);
    const CutOut cut_out = cut_out_garment(small, lab);
    const auto area = static_cast<float>(cv::countNonZero(cut_out.mask));
    const GarmentShape shape = describe_shape(cut_out.mask);
    if (area < smallest_share * static_cast<float>(small.size().area()) || shape.height() < 24 ||
        shape.box.width < 16 || shape.outline[0].size() < 8 || shape.outline[1].size() < 8) {
        model.type = type.value_or(GarmentType::top);
        model.kind = rules_of(model.type).kind;
        assume_middle(model);
        return model;
    }
    model.type = type.value_or(guess_type(shape));
    model.kind = rules_of(model.type).kind;
    model.symmetry = shape.symmetry;
    model.cutout_score = cut_out.score;
    if (model.kind == GarmentClass::drape) {
        fill_cloth(model, cut_out, Enlarge(static_cast<float>(model.picture.cols) / static_cast<float>(small.cols)));
        return model;
    }
    if (model.kind == GarmentClass::lower) {
        fill_lower(model, cut_out, lab,
                   Enlarge(static_cast<float>(model.picture.cols) / static_cast<float>(small.cols)));
        return model;
    }
    Sided<Armhole> armholes = find_armholes(shape, model.kind == GarmentClass::dress);
    const std::optional<Neckline> edge = straight_top_edge(shape, armholes);
    for (std::size_t side = 0; edge && side < 2; ++side)
        armholes[side].armpit = armholes[side].notch = edge->shoulder[side];
    const Neckline neckline = edge ? *edge : find_neckline(shape, armholes, lab);
    const Enlarge enlarge(static_cast<float>(model.picture.cols) / static_cast<float>(small.cols));
    model.alpha = soften_edge(model.picture, cut_out.mask);
    model.inner = enlarged_mask(neckline.inner, model.picture.size());
    model.open_neck = cv::countNonZero(model.inner) > 0;
    fill_landmarks(model, shape, armholes, neckline, enlarge);
    fill_sleeves(model, shape, armholes, neckline, enlarge);
    model.findings = judge_garment({cut_out, shape, armholes, neckline, model.kind, model.sleeves});
    return model;
}

}  // namespace fitview::engine
