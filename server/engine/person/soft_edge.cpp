#include "engine/person/soft_edge.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

#include "engine/ops/guided_filter.hpp"
#include "engine/ops/pyramid_fill.hpp"
#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

cv::Mat as_float(const cv::Mat& picture, double scale = 1) {
    cv::Mat result;
    picture.convertTo(result, CV_32F, scale);
    return result;
}

cv::Mat enlarged(const cv::Mat& plane, cv::Size size) {
    cv::Mat result;
    cv::resize(plane, result, size, 0, 0, cv::INTER_LINEAR);
    return result;
}

/// Which share of the person around each pixel clearly differs from the wall, 0 to 1. Before a wall of their own colour
/// it is small, and nothing may be cut away by colour there.
cv::Mat contrast_around(const cv::Mat& silhouette, const Wall& wall, cv::Size size) {
    constexpr double clearly = 8;
    const cv::Size window(13, 13);
    cv::Mat different;
    cv::Mat all;
    cv::blur(as_float(silhouette & (wall.distance > clearly), 1.0 / 255), different, window);
    cv::blur(as_float(silhouette, 1.0 / 255), all, window);
    return enlarged(different / (all + 1e-3), size);
}

/// The regions of `mask` that hold a pixel of `anchor`.
cv::Mat connected_to(const cv::Mat& mask, const cv::Mat& anchor) {
    cv::Mat numbers;
    std::vector<std::uint8_t> kept(static_cast<std::size_t>(cv::connectedComponents(mask, numbers, 8)));
    for (int row = 0; row < mask.rows; ++row)
        for (int column = 0; column < mask.cols; ++column)
            if (anchor.at<std::uint8_t>(row, column) != 0)
                kept[static_cast<std::size_t>(numbers.at<int>(row, column))] = 255;
    kept[0] = 0;
    cv::Mat result(mask.size(), CV_8UC1);
    for (int row = 0; row < mask.rows; ++row)
        for (int column = 0; column < mask.cols; ++column)
            result.at<std::uint8_t>(row, column) = kept[static_cast<std::size_t>(numbers.at<int>(row, column))];
    return result;
}

/// Narrow ends of gaps, too fine for the analysis: where a pixel near the outline equals the clean plate and the person
/// around it does not. 32FC1, 1 where the wall shows for sure.
cv::Mat wall_in_gaps(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& clean_plate,
                     const Wall& wall) {
    const cv::Size size = picture.picture.size();
    constexpr float least_contrast = 0.75F;
    cv::Mat difference;
    cv::absdiff(picture.picture, clean_plate, difference);
    cv::Mat beside;
    cv::resize(dilated(~silhouette, 13), beside, size, 0, 0, cv::INTER_NEAREST);
    const cv::Mat contrast = contrast_around(silhouette, wall, size);
    cv::Mat result = cv::Mat::zeros(size, CV_32FC1);
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column) {
            if (beside.at<std::uint8_t>(row, column) == 0 || contrast.at<float>(row, column) < least_contrast) continue;
            const auto& levels = difference.at<cv::Vec3b>(row, column);
            const auto most = static_cast<float>(std::max({levels[0], levels[1], levels[2]}));
            result.at<float>(row, column) = std::clamp((16 - most) / 8, 0.0F, 1.0F);
        }
    // What is not connected to the wall outside is a light on skin or a print on cloth.
    cv::Mat outside;
    cv::resize(silhouette, outside, size, 0, 0, cv::INTER_NEAREST);
    outside = outside == 0;
    result.setTo(0, ~connected_to((result > 0.2) | outside, outside));
    return result;
}

}  // namespace

cv::Mat make_clean_plate(const WorkingPicture& picture, const cv::Mat& silhouette, const Wall& wall) {
    const cv::Mat small = as_float(picture.small);
    cv::Mat base = cv::Mat::zeros(small.size(), CV_32FC3);
    if (wall.plain) {
        cv::cvtColor(wall.surface, base, cv::COLOR_Lab2RGB);
        base *= 255;
    }
    const cv::Mat known = ~dilated(silhouette, 9);
    const cv::Mat plate = base + pyramid_fill(small - base, as_float(known, 1.0 / 255));
    cv::Mat result;
    enlarged(plate, picture.picture.size()).convertTo(result, CV_8U);
    cv::Mat seen;
    cv::resize(known, seen, result.size(), 0, 0, cv::INTER_NEAREST);
    picture.picture.copyTo(result, seen);
    return result;
}

cv::Mat soften_silhouette(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& clean_plate,
                          const Wall& wall) {
    const cv::Size size = picture.picture.size();
    const cv::Mat core = eroded(silhouette, 5);
    const cv::Mat person = enlarged(pyramid_fill(as_float(picture.small), as_float(core, 1.0 / 255)), size);
    const cv::Mat coarse = enlarged(as_float(silhouette, 1.0 / 255), size);
    cv::Mat grey;
    cv::cvtColor(picture.picture, grey, cv::COLOR_RGB2GRAY);
    const cv::Mat guided = GuidedFilter(as_float(grey, 1.0 / 255), 4, 1e-3).apply(coarse);
    const cv::Mat inner = enlarged(as_float(core, 1.0 / 255), size);
    const cv::Mat outer = enlarged(as_float(dilated(silhouette, 5), 1.0 / 255), size);

    const cv::Mat gaps =
        wall.plain ? wall_in_gaps(picture, silhouette, clean_plate, wall) : cv::Mat::zeros(size, CV_32FC1);

    cv::Mat result(size, CV_8UC1);
    for (int row = 0; row < size.height; ++row) {
        const auto* pixels = picture.picture.ptr<cv::Vec3b>(row);
        const auto* plates = clean_plate.ptr<cv::Vec3b>(row);
        const auto* persons = person.ptr<cv::Vec3f>(row);
        auto* out = result.ptr<std::uint8_t>(row);
        for (int column = 0; column < size.width; ++column) {
            float share = std::clamp((guided.at<float>(row, column) - 0.5F) * 1.6F + 0.5F, 0.0F, 1.0F);
            const float certain = inner.at<float>(row, column);
            const float possible = outer.at<float>(row, column);
            if (possible > 0 && certain < 1) {
                const cv::Vec3f behind = cv::Vec3f(plates[column]);
                const cv::Vec3f span = persons[column] - behind;
                const float contrast = span.dot(span);
                const float projected = std::clamp(
                    (cv::Vec3f(pixels[column]) - behind).dot(span) / std::max(contrast, 1.0F) * 1.25F - 0.08F, 0.0F,
                    1.0F);
                const float trust = std::clamp((std::sqrt(contrast) - 20) / 40, 0.0F, 1.0F);
                share += (projected - share) * trust;
            }
            share = std::max(share * possible, certain) * (1 - gaps.at<float>(row, column));
            out[column] = cv::saturate_cast<std::uint8_t>(share * 255);
        }
    }
    return result;
}

}  // namespace fitview::engine
