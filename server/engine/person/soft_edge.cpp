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

cv::Mat soften_silhouette(const WorkingPicture& picture, const cv::Mat& silhouette, const cv::Mat& clean_plate) {
    const cv::Size size = picture.picture.size();
    const cv::Mat core = eroded(silhouette, 5);
    const cv::Mat person = enlarged(pyramid_fill(as_float(picture.small), as_float(core, 1.0 / 255)), size);
    const cv::Mat coarse = enlarged(as_float(silhouette, 1.0 / 255), size);
    cv::Mat grey;
    cv::cvtColor(picture.picture, grey, cv::COLOR_RGB2GRAY);
    const cv::Mat guided = GuidedFilter(as_float(grey, 1.0 / 255), 4, 1e-3).apply(coarse);
    const cv::Mat inner = enlarged(as_float(core, 1.0 / 255), size);
    const cv::Mat outer = enlarged(as_float(dilated(silhouette, 5), 1.0 / 255), size);

    cv::Mat result(size, CV_8UC1);
    for (int row = 0; row < size.height; ++row) {
        const auto* pixels = picture.picture.ptr<cv::Vec3b>(row);
        const auto* walls = clean_plate.ptr<cv::Vec3b>(row);
        const auto* persons = person.ptr<cv::Vec3f>(row);
        auto* out = result.ptr<std::uint8_t>(row);
        for (int column = 0; column < size.width; ++column) {
            float share = std::clamp((guided.at<float>(row, column) - 0.5F) * 1.6F + 0.5F, 0.0F, 1.0F);
            const float certain = inner.at<float>(row, column);
            const float possible = outer.at<float>(row, column);
            if (possible > 0 && certain < 1) {
                const cv::Vec3f wall = cv::Vec3f(walls[column]);
                const cv::Vec3f span = persons[column] - wall;
                const float contrast = span.dot(span);
                const float projected =
                    std::clamp((cv::Vec3f(pixels[column]) - wall).dot(span) / std::max(contrast, 1.0F) * 1.25F - 0.08F,
                               0.0F, 1.0F);
                const float trust = std::clamp((std::sqrt(contrast) - 20) / 40, 0.0F, 1.0F);
                share += (projected - share) * trust;
            }
            share = std::max(share * possible, certain);
            out[column] = cv::saturate_cast<std::uint8_t>(share * 255);
        }
    }
    return result;
}

}  // namespace fitview::engine
