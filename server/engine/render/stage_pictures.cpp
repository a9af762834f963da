#include "engine/render/stage_pictures.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace fitview::engine {
namespace {

constexpr int shift = 3;

cv::Point fixed(float x, float y) {
    const auto coordinate = [](float v) { return cvRound(std::clamp(v, -4000.0F, 8000.0F) * (1 << shift)); };
    return {coordinate(x), coordinate(y)};
}

void draw_line(cv::Mat& picture, cv::Point from, cv::Point to, const cv::Scalar& colour, int thickness = 1) {
    cv::line(picture, from, to, colour, thickness, cv::LINE_AA, shift);
}

cv::Scalar colour_of(float tightness) {
    const cv::Scalar fitted(150, 205, 150), tight(220, 40, 40), loose(50, 90, 220);
    const float share = std::min(1.0F, std::abs(tightness));
    return fitted * (1 - share) + (tightness > 0 ? tight : loose) * share;
}

}  // namespace

cv::Mat picture_of_body(const BodyField& body, const cv::Mat& picture) {
    cv::Mat result = picture.clone();
    for (int y = 0; y < result.rows; ++y)
        for (int x = 0; x < result.cols; ++x) {
            const auto depth = body.front_depth(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
            if (!depth) continue;
            const auto grey = cv::saturate_cast<std::uint8_t>(90 + 120 * *depth / body.unit);
            auto& pixel = result.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>((pixel[c] + 3 * grey) / 4);
        }
    return result;
}

cv::Mat picture_of_cloth(const Cloth& cloth, const cv::Mat& picture) {
    cv::Mat result = picture.clone();
    for (const bool back : {true, false})
        for (const ClothTriangle& triangle : cloth.triangles) {
            if (triangle.back != back) continue;
            for (int corner = 0; corner < 3; ++corner) {
                const Vector3 &a = cloth.position[triangle.points[corner]],
                              &b = cloth.position[triangle.points[(corner + 1) % 3]];
                draw_line(result, fixed(a.x, a.y), fixed(b.x, b.y),
                          back ? cv::Scalar(190, 190, 190) : cv::Scalar(0, 110, 200));
            }
        }
    return result;
}

cv::Mat picture_of_fit(const Cloth& cloth, const std::vector<float>& tightness, const cv::Mat& finished,
                       const cv::Mat& coverage, const cv::Rect& box) {
    constexpr double share = 0.62;
    cv::Mat result;
    const cv::Size half(std::max(1, finished.cols / 2), std::max(1, finished.rows / 2));
    cv::resize(finished, result, half, 0, 0, cv::INTER_AREA);
    cv::Mat colours = result.clone(), whole(finished.size(), CV_8U, cv::Scalar(0)), covered;
    if (!coverage.empty()) coverage.copyTo(whole(box));
    cv::resize(whole, covered, half, 0, 0, cv::INTER_AREA);
    for (const bool back : {true, false})
        for (const bool sleeves : {false, true})
            for (const ClothTriangle& triangle : cloth.triangles) {
                const bool sleeve = cloth.pattern_vertex(triangle.points[0]).part != part_trunk;
                if (triangle.back != back || sleeve != sleeves) continue;
                std::array<cv::Point, 3> corners;
                float value = 0;
                for (std::size_t i = 0; i < 3; ++i) {
                    const Vector3& place = cloth.position[triangle.points[i]];
                    corners[i] = fixed(place.x / 2, place.y / 2);
                    value += tightness[triangle.points[i]] / 3;
                }
                cv::fillConvexPoly(colours, corners.data(), 3, colour_of(value), cv::LINE_8, shift);
            }
    cv::GaussianBlur(colours, colours, {}, 2);
    cv::Mat grey, mixed;  // the product's own colour would mix with the scale's
    cv::cvtColor(result, grey, cv::COLOR_RGB2GRAY);
    cv::cvtColor(grey, grey, cv::COLOR_GRAY2RGB);
    cv::addWeighted(colours, share, grey, 1 - share, 0, mixed);
    mixed.copyTo(result, covered > 127);
    return result;
}

}  // namespace fitview::engine
