#include "engine/render/composite.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fitview::engine {
namespace {

/// Below it the worn clothes stay as they are: without a hem the old top and what is under it cannot be told apart.
int last_removed_row(const PersonModel& person, const ClothLayer& layer) {
    const PersonLandmarks& marks = person.landmarks;
    if (marks.hem_y && !marks.one_piece) return person.picture.rows;
    for (int y = layer.box.height - 1; y >= 0; --y) {
        int trunk = 0;
        for (int x = 0; x < layer.box.width; ++x)
            trunk += layer.alpha.at<std::uint8_t>(y, x) > 127 && layer.sleeve.at<std::uint8_t>(y, x) < 128;
        if (static_cast<float>(trunk) > 0.3F * marks.unit) return layer.box.y + y;
    }
    return static_cast<int>(marks.shoulder_y);
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

struct Coverage {
    std::size_t old_top = 0, uncovered = 0, cloth = 0, outside = 0;
};

Coverage measure(const UndressedPerson& undressed, const ClothLayer& layer, const cv::Mat& near_person, int last_row) {
    Coverage coverage;
    for (int y = 0; y < undressed.removed.rows; ++y)
        for (int x = 0; x < undressed.removed.cols; ++x) {
            const bool in_box = layer.box.contains({x, y});
            const bool cloth = in_box && layer.alpha.at<std::uint8_t>(y - layer.box.y, x - layer.box.x) > 127;
            if (undressed.removed.at<std::uint8_t>(y, x) > 127 && y <= last_row) {
                ++coverage.old_top;
                coverage.uncovered += !cloth;
            }
            coverage.cloth += cloth;
            coverage.outside += cloth && near_person.at<std::uint8_t>(y, x) == 0;
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

}  // namespace

Composite composite(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                    const cv::Mat& light) {
    const float u = person.landmarks.unit;
    const int last_row = last_removed_row(person, layer);
    Composite result;
    result.picture = person.picture.clone();
    result.change_mask = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(0));
    const cv::Range removed_rows(0, std::min(person.picture.rows, last_row + 1));
    undressed.picture.rowRange(removed_rows).copyTo(result.picture.rowRange(removed_rows));
    cv::Mat changed = undressed.removed.rowRange(removed_rows) > 0;
    changed.copyTo(result.change_mask.rowRange(removed_rows));

    if (!layer.box.empty()) {
        const cv::Mat shadow = contact_shadow(layer, u), edge = edge_shade(layer, u);
        for (int y = 0; y < layer.box.height; ++y) {
            auto* out = result.picture.ptr<cv::Vec3b>(y + layer.box.y) + layer.box.x;
            auto* mask = result.change_mask.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
            const auto* source = person.picture.ptr<cv::Vec3b>(y + layer.box.y) + layer.box.x;
            const auto* body = person.silhouette.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
            const auto* front = undressed.front.ptr<std::uint8_t>(y + layer.box.y) + layer.box.x;
            for (int x = 0; x < layer.box.width; ++x) {
                const float alpha = static_cast<float>(layer.alpha.at<std::uint8_t>(y, x)) / 255;
                const float on_body = static_cast<float>(body[x]) / 255 * (1 - static_cast<float>(front[x]) / 255);
                const float base = (1 - shadow.at<float>(y, x) * on_body) * (1 - alpha);
                const float cloth = light.at<float>(y, x) * edge.at<float>(y, x) * alpha;
                const auto& albedo = layer.albedo.at<cv::Vec3b>(y, x);
                for (int c = 0; c < 3; ++c)
                    out[x][c] = cv::saturate_cast<std::uint8_t>(out[x][c] * base + albedo[c] * cloth);
                if (alpha > 0 || out[x] != source[x]) mask[x] = 255;
            }
        }
    }
    const Coverage coverage = measure(undressed, layer, near_person(person, 0.3F * u), last_row);
    result.uncovered_share =
        static_cast<double>(coverage.uncovered) / static_cast<double>(std::max<std::size_t>(1, coverage.old_top));
    result.outside_share =
        static_cast<double>(coverage.outside) / static_cast<double>(std::max<std::size_t>(1, coverage.cloth));
    return result;
}

void set_studio_background(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                           Composite& result) {
    const int last_row = last_removed_row(person, layer);
    for (int y = 0; y < result.picture.rows; ++y) {
        const int darker = 16 * y / std::max(1, result.picture.rows);
        const auto wall = static_cast<float>(238 - darker);
        for (int x = 0; x < result.picture.cols; ++x) {
            const cv::Mat& silhouette = y <= last_row ? undressed.silhouette : person.silhouette;
            int covered = silhouette.at<std::uint8_t>(y, x);
            if (layer.box.contains({x, y}))
                covered = std::max<int>(covered, layer.alpha.at<std::uint8_t>(y - layer.box.y, x - layer.box.x));
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
