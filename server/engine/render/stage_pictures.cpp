#include "engine/render/stage_pictures.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

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

}  // namespace fitview::engine
