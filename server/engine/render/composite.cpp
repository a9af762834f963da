#include "engine/render/composite.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fitview::engine {
namespace {

/// Below it the worn clothes stay as they are: without a hem the old top and what is under it cannot be told apart.
int last_removed_row(const PersonModel& person, const Removals& removals, const std::vector<LaidCloth>& cloths) {
    const PersonLandmarks& marks = person.landmarks;
    if (!removals.top) return -1;
    if (removals.lower != nullptr || (marks.hem_y && !marks.one_piece)) return person.picture.rows;
    int last = static_cast<int>(marks.shoulder_y);
    for (const LaidCloth& cloth : cloths) {
        const ClothLayer& layer = cloth.layer;
        for (int y = layer.box.height - 1; y >= 0 && layer.box.y + y > last; --y) {
            int trunk = 0;
            for (int x = 0; x < layer.box.width; ++x)
                trunk += layer.alpha.at<std::uint8_t>(y, x) > 127 && layer.sleeve.at<std::uint8_t>(y, x) < 128;
            if (static_cast<float>(trunk) > 0.3F * marks.unit) last = layer.box.y + y;
        }
    }
    return last;
}

/// How much the cloth darkens the skin and clothes just under its edges, 0 to 1. Exactly 0 a little further away.
cv::Mat contact_shadow(const ClothLayer& layer, float unit) {
    constexpr float strength = 0.30F, cut = 0.05F;
    const cv::Size small((layer.box.width + 1) / 2, (layer.box.height + 1) / 2);
    cv::Mat shadow, moved;
    cv::resize(layer.alpha, shadow, small, 0, 0, cv::INTER_AREA);
    const cv::Matx23f down(1, 0, 0, 0, 1, 0.035F * unit / 2);
    cv::warpAffine(shadow, moved, down, small);
    moved.convertTo(moved, CV_32F, 1 / 255.0);
    cv::GaussianBlur(moved, moved, {}, std::max(0.6, 0.055 * unit / 2));
    cv::max((moved - cut) * strength, 0, moved);
    cv::resize(moved, shadow, layer.box.size(), 0, 0, cv::INTER_LINEAR);
    return shadow;
}

/// A hint of thickness: the last pixels inside the edge are darker.
cv::Mat edge_shade(const ClothLayer& layer, float unit) {
    constexpr float strength = 0.10F;
    cv::Mat soft, shade;
    cv::GaussianBlur(layer.alpha, soft, {}, 0.02 * unit + 0.6);
    soft.convertTo(shade, CV_32F, -1.6 / 255, 1.6);
    cv::min(shade, 1, shade);
    return 1 - shade * strength;
}

/// Leaves of `removed` only where a worn top would stand out beside the coat over it: outside the coat in the rows that
/// have one. A hem that is not level counts with what is just above it.
void keep_inside(const std::vector<LaidCloth>& cloths, float unit, cv::Mat& removed) {
    std::vector<int> first(static_cast<std::size_t>(removed.rows), removed.cols), last(first.size(), -1);
    for (const LaidCloth& cloth : cloths)
        for (int y = 0; y < cloth.layer.box.height; ++y)
            for (int x = 0; x < cloth.layer.box.width; ++x) {
                if (cloth.layer.alpha.at<std::uint8_t>(y, x) < 128) continue;
                const auto row = static_cast<std::size_t>(y + cloth.layer.box.y);
                first[row] = std::min(first[row], x + cloth.layer.box.x);
                last[row] = std::max(last[row], x + cloth.layer.box.x);
            }
    const int above = std::max(1, static_cast<int>(0.3F * unit));
    for (int y = 0; y < removed.rows; ++y) {
        int left = removed.cols, right = -1;
        if (last[static_cast<std::size_t>(y)] >= 0)
            for (int near = std::max(0, y - above); near <= y; ++near) {
                left = std::min(left, first[static_cast<std::size_t>(near)]);
                right = std::max(right, last[static_cast<std::size_t>(near)]);
            }
        if (right < 0)
            removed.row(y).setTo(0);
        else
            removed.row(y).colRange(left, right + 1).setTo(0);
    }
}

struct Coverage {
    std::size_t old_top = 0, uncovered = 0, bare_shoulders = 0, cloth = 0, outside = 0;
};

/// What the cloths cover together.
cv::Mat union_of(const std::vector<LaidCloth>& cloths, cv::Size size, bool close_only = false) {
    cv::Mat covered(size, CV_8U, cv::Scalar(0));
    for (const LaidCloth& cloth : cloths) {
        if (cloth.layer.box.empty() || (close_only && !cloth.close)) continue;
        cv::Mat part = covered(cloth.layer.box);
        cv::max(part, cloth.layer.alpha, part);
    }
    return covered;
}

/// Rows above `armpits` are shoulders. What is changed beside the person, such as a sleeve's edge, counts nowhere.
Coverage measure(const PersonModel& person, const cv::Mat& removed, const cv::Mat& cloths, const cv::Mat& close,
                 const cv::Mat& near_person) {
    constexpr float armpits = 1.2F;  // units below the shoulder line
    const float shoulders_end = person.landmarks.shoulder_y + armpits * person.landmarks.unit;
    Coverage coverage;
    for (int y = 0; y < removed.rows; ++y)
        for (int x = 0; x < removed.cols; ++x) {
            const bool cloth = cloths.at<std::uint8_t>(y, x) > 127;
            if (removed.at<std::uint8_t>(y, x) > 127 && person.silhouette.at<std::uint8_t>(y, x) > 0) {
                ++coverage.old_top;
                coverage.uncovered += !cloth;
                coverage.bare_shoulders += !cloth && static_cast<float>(y) < shoulders_end;
            }
            const bool lying = close.at<std::uint8_t>(y, x) > 127;
            coverage.cloth += lying;
            coverage.outside += lying && near_person.at<std::uint8_t>(y, x) == 0;
        }
    return coverage;
}

cv::Mat near_person(const PersonModel& person, float reach) {
    cv::Mat small, grown;
    cv::resize(person.silhouette, small, {}, 0.25, 0.25, cv::INTER_AREA);
    const int radius = std::max(1, cvRound(reach / 4));
    cv::dilate(small, small, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1}));
    cv::resize(small, grown, person.silhouette.size(), 0, 0, cv::INTER_NEAREST);
    return grown > 127;
}

/// `removed` holds what of the top goes.
void take_top_away(const UndressedPerson& undressed, const cv::Mat& removed, Composite& result) {
    const cv::Mat changed = removed > 0;
    undressed.picture.copyTo(result.picture, changed);
    result.change_mask.setTo(255, changed);
}

void take_lower_away(const RemovedLower& lower, Composite& result) {
    for (int y = 0; y < result.picture.rows; ++y) {
        const auto* removed = lower.removed.ptr<std::uint8_t>(y);
        for (int x = 0; x < result.picture.cols; ++x) {
            if (removed[x] == 0) continue;
            auto& out = result.picture.at<cv::Vec3b>(y, x);
            const auto& under = lower.colours.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                out[c] = static_cast<std::uint8_t>((out[c] * (255 - removed[x]) + under[c] * removed[x] + 127) / 255);
            result.change_mask.at<std::uint8_t>(y, x) = 255;
        }
    }
}

/// `shaded` is the person, 8UC1, and what is worn under the cloth.
void lay(const PersonModel& person, const UndressedPerson& undressed, const cv::Mat& shaded, const LaidCloth& cloth,
         Composite& result) {
    const ClothLayer& layer = cloth.layer;
    const float u = person.landmarks.unit;
    const cv::Mat shadow = contact_shadow(layer, u), edge = edge_shade(layer, u);
    for (int y = 0; y < layer.box.height; ++y) {
        auto* out = result.picture.ptr<cv::Vec3b>(y + layer.box.y) + layer.box.x;
        auto* mask = result.change_mask.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
        const auto* body = shaded.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
        const auto* front = undressed.front.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
        for (int x = 0; x < layer.box.width; ++x) {
            const float alpha = static_cast<float>(layer.alpha.at<std::uint8_t>(y, x)) / 255;
            const float on_body = static_cast<float>(body[x]) / 255 * (1 - static_cast<float>(front[x]) / 255);
            const float base = (1 - shadow.at<float>(y, x) * on_body) * (1 - alpha);
            const float lit = cloth.light.at<float>(y, x) * edge.at<float>(y, x) * alpha;
            const auto& albedo = layer.albedo.at<cv::Vec3b>(y, x);
            const cv::Vec3b before = out[x];
            for (int c = 0; c < 3; ++c) out[x][c] = cv::saturate_cast<std::uint8_t>(out[x][c] * base + albedo[c] * lit);
            if (alpha > 0 || out[x] != before) mask[x] = 255;
        }
    }
}

}  // namespace

Composite composite(const PersonModel& person, const UndressedPerson& undressed, const Removals& removals,
                    const std::vector<LaidCloth>& cloths) {
    Composite result;
    result.picture = person.picture.clone();
    result.change_mask = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(0));
    cv::Mat removed(person.picture.size(), CV_8U, cv::Scalar(0));
    if (removals.top) {
        const int last_row = last_removed_row(person, removals, cloths);
        const cv::Range rows(0, std::clamp(last_row + 1, 0, removed.rows));
        undressed.removed.rowRange(rows).copyTo(removed.rowRange(rows));
        if (removals.only_beside) keep_inside(cloths, person.landmarks.unit, removed);
        take_top_away(undressed, removed, result);
    }
    if (removals.lower != nullptr) {
        take_lower_away(*removals.lower, result);
        cv::max(removed, removals.lower->removed, removed);
    }
    cv::Mat shaded = person.silhouette.clone();
    for (const LaidCloth& cloth : cloths) {
        if (cloth.layer.box.empty()) continue;
        lay(person, undressed, shaded, cloth, result);
        cv::Mat part = shaded(cloth.layer.box);
        cv::max(part, cloth.layer.alpha, part);
    }
    Coverage coverage =
        measure(person, removed, union_of(cloths, removed.size()), union_of(cloths, removed.size(), true),
                near_person(person, 0.3F * person.landmarks.unit));
    // Of a top that stays but for what would stand out beside a coat, these few pixels are all that could go.
    if (removals.only_beside) coverage.old_top = static_cast<std::size_t>(cv::countNonZero(undressed.removed > 127));
    result.uncovered_share =
        static_cast<double>(coverage.uncovered) / static_cast<double>(std::max<std::size_t>(1, coverage.old_top));
    result.bare_shoulder_share =
        static_cast<double>(coverage.bare_shoulders) / static_cast<double>(std::max<std::size_t>(1, coverage.old_top));
    result.outside_share =
        static_cast<double>(coverage.outside) / static_cast<double>(std::max<std::size_t>(1, coverage.cloth));
    return result;
}

Composite composite(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                    const cv::Mat& light) {
    return composite(person, undressed, Removals{}, {LaidCloth{layer, light}});
}

void set_studio_background(const PersonModel& person, const UndressedPerson& undressed, const Removals& removals,
                           const std::vector<LaidCloth>& cloths, Composite& result) {
    const int last_row = last_removed_row(person, removals, cloths);
    const cv::Mat cloth = union_of(cloths, person.picture.size());
    for (int y = 0; y < result.picture.rows; ++y) {
        const int level = 238 - 16 * y / std::max(1, result.picture.rows);
        const auto wall = static_cast<float>(level);
        for (int x = 0; x < result.picture.cols; ++x) {
            int covered = (y <= last_row ? undressed.silhouette : person.silhouette).at<std::uint8_t>(y, x);
            if (removals.lower != nullptr)
                covered = std::min<int>(covered, removals.lower->silhouette.at<std::uint8_t>(y, x));
            covered = std::max<int>(covered, cloth.at<std::uint8_t>(y, x));
            if (covered == 255) continue;
            auto& pixel = result.picture.at<cv::Vec3b>(y, x);
            const float share = static_cast<float>(covered) / 255;
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] * share + wall * (1 - share));
            result.change_mask.at<std::uint8_t>(y, x) = 255;
        }
    }
}

}  // namespace fitview::engine
