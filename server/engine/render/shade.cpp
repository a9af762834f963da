#include "engine/render/shade.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

constexpr float worn_light = 0.85F;   // exponent of the measured light under a top that lies as the old one did
constexpr float loose_light = 0.45F;  // and under one that hangs freely
constexpr float occlusion = 0.3F;

/// Cloth that lies behind the cloth just above it is in its shade. 1 = open.
cv::Mat openness(const ClothLayer& layer, float unit) {
    // depths change slowly: a quarter of the size is enough
    cv::Mat covered, depth, small_weight;
    cv::threshold(layer.alpha, covered, 127, 1, cv::THRESH_BINARY);
    covered.convertTo(covered, CV_32F);
    const cv::Size small((layer.box.width + 3) / 4, (layer.box.height + 3) / 4);
    cv::resize(layer.depth.mul(covered), depth, small, 0, 0, cv::INTER_AREA);
    cv::resize(covered, small_weight, small, 0, 0, cv::INTER_AREA);
    const double sigma = std::max(0.6, 0.11 * unit / 4);
    cv::GaussianBlur(depth, depth, {}, sigma);
    cv::GaussianBlur(small_weight, small_weight, {}, sigma);
    cv::Mat around, weight;
    cv::resize(depth, around, layer.box.size(), 0, 0, cv::INTER_LINEAR);
    cv::resize(small_weight, weight, layer.box.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat open(layer.box.size(), CV_32F, cv::Scalar(1));
    const int up = static_cast<int>(0.09F * unit);  // the light comes from above
    for (int y = 0; y < open.rows; ++y) {
        const int above = std::max(0, y - up);
        for (int x = 0; x < open.cols; ++x) {
            if (layer.alpha.at<std::uint8_t>(y, x) < 153) continue;
            const float near = weight.at<float>(above, x);
            if (near < 0.05F) continue;
            const float higher = (around.at<float>(above, x) / near - layer.depth.at<float>(y, x)) / (0.30F * unit);
            open.at<float>(y, x) =
                1 - occlusion * std::clamp(higher - 0.12F, 0.0F, 0.8F) * std::clamp((near - 0.02F) * 1.6F, 0.0F, 1.0F);
        }
    }
    return open;
}

float median_of(const cv::Mat& light, const cv::Mat& alpha) {
    std::vector<float> values;
    for (int y = 0; y < light.rows; y += 2)
        for (int x = 0; x < light.cols; x += 2)
            if (alpha.at<std::uint8_t>(y, x) > 153) values.push_back(light.at<float>(y, x));
    if (values.empty()) return 1;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

}  // namespace

cv::Mat shade(const ClothLayer& layer, const UndressedPerson& undressed, float unit, bool as_worn) {
    const cv::Mat measured = undressed.light(layer.box), known = undressed.light_known(layer.box);
    cv::Mat light = layer.light.mul(openness(layer, unit));
    float factors[256];
    for (int i = 0; i < 256; ++i)
        factors[i] = std::pow(static_cast<float>(i) / light_one, as_worn ? worn_light : loose_light);
    for (int y = 0; y < light.rows; ++y) {
        auto* out = light.ptr<float>(y);
        for (int x = 0; x < light.cols; ++x) {
            const float sure = static_cast<float>(known.at<std::uint8_t>(y, x)) / 255;
            out[x] *= 1 + (factors[measured.at<std::uint8_t>(y, x)] - 1) * sure;
        }
    }
    light *= 1 / std::clamp(median_of(light, layer.alpha), 0.80F, 1.06F);
    // white cloth has no room above: its brightest folds stay at its own white
    for (int y = 0; y < light.rows; ++y)
        for (int x = 0; x < light.cols; ++x) {
            float& value = light.at<float>(y, x);
            if (value <= 1) continue;
            const auto& colour = layer.albedo.at<cv::Vec3b>(y, x);
            const float luminance = 0.299F * colour[0] + 0.587F * colour[1] + 0.114F * colour[2];
            value = 1 + (value - 1) * std::clamp((248 - luminance) / 70, 0.0F, 1.0F);
        }
    return light;
}

}  // namespace fitview::engine
