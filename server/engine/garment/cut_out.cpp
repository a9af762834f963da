#include "engine/garment/cut_out.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/garment/garment_shape.hpp"
#include "engine/garment/rim_trim.hpp"
#include "engine/ops/border_surface.hpp"
#include "engine/ops/regions.hpp"

namespace fitview::engine {
namespace {

constexpr int seed = 7;
constexpr float trusted_barrier = 0.6F;  // score from which a barrier's candidate says how large the garment is
constexpr float mirror_needed = 0.9F;
constexpr double smallest_bite = 0.0006;  // of the garment's area
constexpr double largest_bite = 0.05;
constexpr double smallest_opening = 0.0012;  // between straps, of the picture's area
constexpr double smallest_gap = 0.0006;      // between sleeve and trunk, of the picture's area
constexpr int most_gaps = 2;
constexpr float strong_contrast = 20;     // Lab units
constexpr double longest_contact = 0.14;  // of sleeve and trunk below a pocket, in heights of the garment
constexpr float same_colour = 14;         // Lab units between the two halves of one cloth
constexpr int thresholds = 6;
constexpr int barriers = 2;  // further candidates, which stop at faint edges instead of at colours
constexpr std::array<float, barriers> barrier_gradients{0.10F, 0.18F};  // L per pixel
constexpr int blurred_thresholds = 2;                                   // the lowest ones only work on a stronger blur

cv::Mat square(int size) {
    return cv::Mat::ones(size, size, CV_8UC1);
}

cv::Mat opened(const cv::Mat& mask, int size) {
    cv::Mat result;
    cv::morphologyEx(mask, result, cv::MORPH_OPEN, square(size));
    return result;
}

cv::Mat closed(const cv::Mat& mask, int size) {
    cv::Mat result;
    cv::morphologyEx(mask, result, cv::MORPH_CLOSE, square(size));
    return result;
}

cv::Mat dilated(const cv::Mat& mask, int size) {
    cv::Mat result;
    cv::dilate(mask, result, square(size));
    return result;
}

cv::Mat eroded(const cv::Mat& mask, int size) {
    cv::Mat result;
    cv::erode(mask, result, square(size), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    return result;
}

cv::Mat blurred(const cv::Mat& plane, double sigma) {
    cv::Mat result;
    cv::GaussianBlur(plane, result, {}, sigma);
    return result;
}

/// What every threshold is tried on.
struct Evidence {
    cv::Mat distance;         // from the ground, slightly blurred
    cv::Mat smooth_distance;  // the same, blurred more
    cv::Mat gradient;         // of lightness, L per pixel
    cv::Mat darker;           // 8UC1: darker than the ground
    float scatter = 0;
    float share = 0;
};

/// Distance from the ground; darkening counts less than brightening, because shadows darken.
Evidence gather(const cv::Mat& lab) {
    const BorderSurface ground = fit_border_surface(lab, true);
    Evidence evidence;
    evidence.scatter = ground.sigma;
    evidence.share = ground.inliers;
    cv::Mat distance(lab.size(), CV_32FC1);
    cv::Mat lightness(lab.size(), CV_32FC1);
    evidence.darker.create(lab.size(), CV_8UC1);
    for (int row = 0; row < lab.rows; ++row) {
        const auto* colours = lab.ptr<cv::Vec3f>(row);
        const auto* expected = ground.surface.ptr<cv::Vec3f>(row);
        for (int column = 0; column < lab.cols; ++column) {
            const cv::Vec3f difference = colours[column] - expected[column];
            const float light = difference[0] < 0 ? 0.75F * difference[0] : difference[0];
            distance.at<float>(row, column) =
                std::sqrt(light * light + 1.6F * (difference[1] * difference[1] + difference[2] * difference[2]));
            lightness.at<float>(row, column) = colours[column][0];
            evidence.darker.at<std::uint8_t>(row, column) = difference[0] < 0 ? 255 : 0;
        }
    }
    evidence.distance = blurred(distance, 0.7);
    evidence.smooth_distance = blurred(distance, 1.6);
    cv::Mat across, down;
    const cv::Mat soft = blurred(lightness, 0.8);
    cv::Scharr(soft, across, CV_32F, 1, 0, 1 / 32.0);
    cv::Scharr(soft, down, CV_32F, 0, 1, 1 / 32.0);
    cv::magnitude(across, down, evidence.gradient);
    return evidence;
}

struct Candidate {
    cv::Mat mask;
    float threshold = 0;
    float score = 0;
    float area = 0;  // 0 where the shape is not plausible at all
};

/// Everything that is not reached from the border over ground-like pixels.
cv::Mat unreached(const Evidence& evidence, int number, float threshold) {
    if (number >= thresholds) {
        // White cloth on a white ground of the same lightness still has a thin line around it.
        const double barrier = barrier_gradients[static_cast<std::size_t>(number - thresholds)];
        const cv::Mat ground = border_region((evidence.smooth_distance < threshold) & (evidence.gradient < barrier));
        return largest_region(opened(eroded(closed(255 - ground, 3), 3), 5));
    }
    const cv::Mat& distance = number < blurred_thresholds ? evidence.smooth_distance : evidence.distance;
    const cv::Mat soft_shadow = (evidence.gradient < 0.25) & (distance < 2.2 * threshold) & evidence.darker;
    const cv::Mat ground = border_region(opened((distance < threshold) | soft_shadow, 3));
    return largest_region(closed(opened(255 - ground, 3), 5));
}

/// Middle thresholds are tried first: what a candidate costs for being an unusual one.
float preference(int number) {
    if (number >= thresholds) return 0.15F;
    return number < blurred_thresholds ? 0.04F * static_cast<float>(blurred_thresholds - number)
                                       : 0.03F * static_cast<float>(number - blurred_thresholds);
}

Candidate try_threshold(const Evidence& evidence, const cv::Mat& strongest_gradient, int number, float threshold) {
    Candidate candidate{unreached(evidence, number, threshold), threshold, -2, 0};
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(candidate.mask, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    if (outlines.empty()) return candidate;
    const auto& outline = *std::max_element(outlines.begin(), outlines.end(),
                                            [](const auto& a, const auto& b) { return a.size() < b.size(); });
    const cv::Size size = candidate.mask.size();
    const bool faint = number < blurred_thresholds || number >= thresholds;
    const float edge = faint ? 0.22F : 0.35F;
    int on_edge = 0;
    int on_frame = 0;
    for (const cv::Point place : outline) {
        if (strongest_gradient.at<float>(place) > edge) ++on_edge;
        if (place.x < 2 || place.y < 2 || place.x > size.width - 3 || place.y > size.height - 3) ++on_frame;
    }
    const auto length = static_cast<float>(outline.size());
    const auto area = static_cast<float>(cv::countNonZero(candidate.mask));
    const auto smooth_area = static_cast<float>(cv::countNonZero(opened(candidate.mask, 9)));
    const float roughness = (area - smooth_area) / std::max(1.F, area);
    const float touching = static_cast<float>(on_frame) / length;
    candidate.score = static_cast<float>(on_edge) / length - 2 * roughness - 0.8F * touching - preference(number);
    if (touching < 0.06F && roughness < 0.12F) candidate.area = area / static_cast<float>(size.area());
    return candidate;
}

/// White on near-white needs a low threshold, shadows need a high one. A candidate much smaller than the largest
/// plausible one is a print on the garment, not the garment.
Candidate best_candidate(const Evidence& evidence) {
    const float scatter = evidence.scatter;
    const float middle = std::max(1.8F, 2.6F * scatter);
    const float lowest = std::max(0.75F, 1.6F * scatter);
    const std::array<float, thresholds + barriers> values{
        lowest, std::max(1.2F, 2 * scatter), middle, 1.6F * middle, 2.6F * middle, 4.2F * middle, lowest, lowest};
    cv::Mat strongest_gradient;
    cv::dilate(evidence.gradient, strongest_gradient, square(5));
    std::array<Candidate, thresholds + barriers> candidates;
    float largest = 0;
    for (int number = 0; number < thresholds + barriers; ++number) {
        const auto at = static_cast<std::size_t>(number);
        candidates[at] = try_threshold(evidence, strongest_gradient, number, values[at]);
        // Grain stops the barriers everywhere; then they enclose much ground and follow no edges.
        if (number < thresholds || candidates[at].score > trusted_barrier)
            largest = std::max(largest, candidates[at].area);
    }
    for (Candidate& candidate : candidates)
        candidate.score -= 1.2F * std::max(0.F, 0.9F - candidate.area / std::max(largest, 1e-6F));
    return *std::max_element(candidates.begin(), candidates.end(),
                             [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
}

float median_around(const cv::Mat& plane, const cv::Mat& ring) {
    std::vector<float> values;
    for (int row = 0; row < plane.rows; ++row)
        for (int column = 0; column < plane.cols; ++column)
            if (ring.at<std::uint8_t>(row, column) != 0) values.push_back(plane.at<float>(row, column));
    if (values.empty()) return 0;
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), half, values.end());
    return *half;
}

/// Where sleeve and trunk touch below a pocket, they are cut apart: the pocket opens downwards.
void open_downwards(cv::Mat& mask, const cv::Mat& pocket, cv::Point offset, int longest) {
    const cv::Rect box = cv::boundingRect(pocket);
    const int row = box.br().y - 1;
    int first = box.x;
    while (pocket.at<std::uint8_t>(row, first) == 0) ++first;
    int last = first;
    while (last + 1 < pocket.cols && pocket.at<std::uint8_t>(row, last + 1) != 0) ++last;
    const cv::Point from = offset + cv::Point((first + last) / 2, row);
    for (int end = from.y + 1; end < std::min(mask.rows, from.y + longest); ++end)
        if (mask.at<std::uint8_t>(end, from.x) == 0) {
            cv::line(mask, from, {from.x, end}, 0, 3);
            return;
        }
}

struct Pocket {
    cv::Mat mask;       // 8UC1 of the box's size
    cv::Point offset;   // of the box
    bool high = false;  // between the straps rather than beside the trunk
};

/// Enclosed regions of the ground's colour, large and smooth, with cloth of another colour all round.
std::vector<Pocket> find_pockets(const cv::Mat& mask, const Evidence& evidence, float threshold) {
    const cv::Rect garment = cv::boundingRect(mask);
    const float axis = find_mirror_axis(mask).column;
    cv::Mat labels, statistics, centres;
    const cv::Mat ground_like = opened((evidence.distance < 0.8 * threshold) & mask, 3);
    const int count = cv::connectedComponentsWithStats(ground_like, labels, statistics, centres, 4, CV_32S);
    std::vector<Pocket> pockets;
    for (int label = 1; label < count; ++label) {
        const cv::Point2d centre(centres.at<double>(label, 0), centres.at<double>(label, 1));
        const bool high = centre.y < garment.y + 0.3 * garment.height;
        const double smallest = high ? smallest_opening : smallest_gap;
        if (statistics.at<int>(label, cv::CC_STAT_AREA) <= smallest * mask.size().area()) continue;
        // In the middle of the trunk it is a print.
        if (!high && std::abs(centre.x - axis) < 0.27 * garment.width) continue;
        const cv::Rect box =
            cv::Rect(statistics.at<int>(label, cv::CC_STAT_LEFT) - 4, statistics.at<int>(label, cv::CC_STAT_TOP) - 4,
                     statistics.at<int>(label, cv::CC_STAT_WIDTH) + 8,
                     statistics.at<int>(label, cv::CC_STAT_HEIGHT) + 8) &
            cv::Rect({}, mask.size());
        const cv::Mat pocket = labels(box) == label;
        // A gap beside the trunk may be so narrow that only its middle is free of its own edges.
        const cv::Mat smooth = high ? pocket : eroded(pocket, 3);
        if (cv::countNonZero(smooth) == 0 || cv::mean(evidence.gradient(box), smooth)[0] >= 0.3) continue;
        if (!high && cv::mean(evidence.distance(box), smooth)[0] > std::max(0.6F, 1.2F * evidence.scatter)) continue;
        const cv::Mat ring = dilated(pocket, 7) & ~dilated(pocket, 3);
        if (median_around(evidence.distance(box), ring) <= std::min(5 * threshold, strong_contrast)) continue;
        pockets.push_back({pocket, box.tl(), high});
    }
    return pockets;
}

/// Takes out enclosed pockets that equal the ground; other holes are fabric.
cv::Mat without_pockets(const cv::Mat& mask, const Evidence& evidence, float threshold) {
    cv::Mat result = mask.clone();
    const std::vector<Pocket> pockets = find_pockets(mask, evidence, threshold);
    const auto gaps = std::count_if(pockets.begin(), pockets.end(), [](const Pocket& each) { return !each.high; });
    const auto longest = static_cast<int>(longest_contact * cv::boundingRect(mask).height);
    for (const Pocket& pocket : pockets) {
        if (!pocket.high && gaps > most_gaps) continue;  // stripes or dots of the ground's colour
        result(cv::Rect(pocket.offset, pocket.mask.size())).setTo(0, pocket.mask);
        if (!pocket.high) open_downwards(result, pocket.mask, pocket.offset, longest);
    }
    return result;
}

/// Narrow gaps that look like the ground and are reached from it: closing small leaks has filled them.
cv::Mat narrow_gaps(const cv::Mat& mask, const Evidence& evidence, float threshold) {
    return mask & border_region(evidence.distance < 0.8 * threshold) & (evidence.distance < 0.6 * threshold);
}

/// Two rounds of GrabCut in a narrow band about the outline and in `doubtful`, on the box of the mask only.
cv::Mat refined(const cv::Mat& picture, const cv::Mat& mask, const cv::Mat& doubtful) {
    const cv::Rect tight = cv::boundingRect(mask);
    const cv::Rect box =
        cv::Rect(tight.x - 6, tight.y - 6, tight.width + 12, tight.height + 12) & cv::Rect({}, mask.size());
    const cv::Mat inside = mask(box);
    cv::Mat trimap(box.size(), CV_8UC1, cv::Scalar(cv::GC_BGD));
    trimap.setTo(cv::GC_PR_BGD, dilated(inside, 5));
    trimap.setTo(cv::GC_PR_FGD, inside);
    trimap.setTo(cv::GC_FGD, eroded(inside, 7));
    trimap.setTo(cv::GC_PR_BGD, doubtful(box));
    if (cv::countNonZero(trimap == cv::GC_BGD) == 0 || cv::countNonZero(inside) < 100) return mask;
    cv::Mat lab, background_model, foreground_model;
    cv::cvtColor(picture(box), lab, cv::COLOR_RGB2Lab);
    cv::setRNGSeed(seed);
    cv::grabCut(lab, trimap, {}, background_model, foreground_model, 2, cv::GC_INIT_WITH_MASK);
    const cv::Mat found = (trimap == cv::GC_FGD) | (trimap == cv::GC_PR_FGD);
    if (cv::countNonZero(found) <= 0.9 * cv::countNonZero(inside)) return mask;
    cv::Mat result = cv::Mat::zeros(mask.size(), CV_8UC1);
    found.copyTo(result(box));
    return result;
}

/// Puts back bites: pieces that only one half of a symmetric garment has, where the other half differs from the ground
/// too.
cv::Mat without_bites(const cv::Mat& mask, const Evidence& evidence, const cv::Mat& lab) {
    const MirrorAxis axis = find_mirror_axis(mask);
    if (axis.overlap < mirror_needed) return mask;
    cv::Mat mirrored;
    const cv::Matx23f turn(-1, 0, 2 * axis.column, 0, 1, 0);
    cv::warpAffine(mask, mirrored, turn, mask.size(), cv::INTER_NEAREST);
    const cv::Mat bites = opened(mirrored & ~mask, 7);
    const cv::Mat clear = 255 - dilated(mask, 7);  // the blurred distance is high next to any edge
    cv::Mat labels, statistics, centres;
    const int count = cv::connectedComponentsWithStats(bites, labels, statistics, centres, 4, CV_32S);
    const double area = cv::countNonZero(mask);
    const double ground = std::max(0.9, 1.6 * evidence.scatter);
    cv::Mat result = mask.clone();
    for (int label = 1; label < count; ++label) {
        const double own = statistics.at<int>(label, cv::CC_STAT_AREA);
        if (own < smallest_bite * area || own > largest_bite * area) continue;
        const cv::Mat bite = labels == label;
        const cv::Mat inside = bite & clear;
        if (cv::countNonZero(inside) == 0 || cv::mean(evidence.smooth_distance, inside)[0] <= ground) continue;
        cv::Mat source;
        cv::warpAffine(inside, source, turn, mask.size(), cv::INTER_NEAREST);
        if (cv::norm(cv::mean(lab, inside) - cv::mean(lab, source)) < same_colour) result.setTo(255, bite);
    }
    return largest_region(closed(result, 5));
}

}  // namespace

CutOut cut_out_garment(const cv::Mat& picture, const cv::Mat& lab) {
    const Evidence evidence = gather(lab);
    const Candidate best = best_candidate(evidence);
    CutOut result{best.mask, best.score, evidence.scatter, evidence.share};
    if (cv::countNonZero(best.mask) == 0) {
        result.score = 0;
        return result;
    }
    const cv::Mat whole = without_pockets(fill_holes(best.mask), evidence, best.threshold);
    const cv::Mat gaps = narrow_gaps(whole, evidence, best.threshold);
    const cv::Mat region = without_bites(largest_region(opened(refined(picture, whole, gaps), 3)), evidence, lab);
    cv::Mat soft;
    trim_rim(region, lab).convertTo(soft, CV_32F, 1 / 255.0);
    result.mask = blurred(soft, 1.3) > 0.5;
    result.score = std::clamp(best.score, 0.F, 1.F);
    return result;
}

}  // namespace fitview::engine
