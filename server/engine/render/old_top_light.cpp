#include "engine/render/old_top_light.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/render/undressed_person.hpp"
#include "engine/render/weighted_blur.hpp"

namespace fitview::engine {
namespace {

constexpr float lightness_offset = 12;  // keeps ratios of dark cloth calm

struct Fabric {
    float lightness = 0, red_green = 0, yellow_blue = 0;  // medians
    float plainness = 0;                                  // 1: one even colour
};

float quantile(std::vector<float>& values, double share) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

Fabric describe(const std::vector<cv::Mat>& lab, const cv::Mat& top) {
    std::vector<float> lightness, a, b;
    for (int y = 0; y < top.rows; ++y)
        for (int x = 0; x < top.cols; ++x)
            if (top.at<float>(y, x) > 0) {
                lightness.push_back(lab[0].at<float>(y, x));
                a.push_back(lab[1].at<float>(y, x));
                b.push_back(lab[2].at<float>(y, x));
            }
    Fabric fabric;
    fabric.lightness = quantile(lightness, 0.5);
    fabric.red_green = quantile(a, 0.5);
    fabric.yellow_blue = quantile(b, 0.5);
    for (float& v : a) v = std::abs(v - fabric.red_green);
    for (float& v : b) v = std::abs(v - fabric.yellow_blue);
    const float hue_spread = (quantile(a, 0.5) + quantile(b, 0.5)) / 5;
    const float range = (quantile(lightness, 0.9) - quantile(lightness, 0.1)) / 38;
    fabric.plainness = std::exp(-hue_spread * hue_spread) * std::exp(-range * range);
    return fabric;
}

/// Where the cloth is printed: far from the smooth model in lightness or from the fabric in hue.
cv::Mat without_print(const std::vector<cv::Mat>& lab, const cv::Mat& top, const cv::Mat& fine, const cv::Mat& smooth,
                      const Fabric& fabric) {
    cv::Mat print(top.size(), CV_8U, cv::Scalar(0));
    const float limit = 11 + 0.10F * std::abs(fabric.lightness - 50);
    for (int y = 0; y < top.rows; ++y)
        for (int x = 0; x < top.cols; ++x)
            if (std::abs(fine.at<float>(y, x) - smooth.at<float>(y, x)) > limit ||
                std::abs(lab[1].at<float>(y, x) - fabric.red_green) > 11 ||
                std::abs(lab[2].at<float>(y, x) - fabric.yellow_blue) > 11)
                print.at<std::uint8_t>(y, x) = 255;
    cv::dilate(print, print, cv::Mat::ones(5, 5, CV_8U));
    cv::Mat plain = top.clone();
    plain.setTo(0, print);
    return plain;
}

float ratio(float upper, float lower, float least, float most) {
    return std::clamp((upper + lightness_offset) / (lower + lightness_offset), least, most);
}

}  // namespace

MeasuredLight measure_light(const PersonModel& person) {
    MeasuredLight light;
    light.factor = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(light_one));
    light.known = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(0));
    // folds are wider than two pixels: half the size is enough
    const cv::Size half((person.picture.cols + 1) / 2, (person.picture.rows + 1) / 2);
    const double u = person.landmarks.unit / 2.0;
    cv::Mat small, labels;
    cv::resize(person.picture, small, half, 0, 0, cv::INTER_AREA);
    cv::resize(person.labels, labels, half, 0, 0, cv::INTER_NEAREST);
    small.convertTo(small, CV_32FC3, 1 / 255.0);
    cv::cvtColor(small, small, cv::COLOR_RGB2Lab);
    std::vector<cv::Mat> lab;
    cv::split(small, lab);
    cv::Mat top = labels == label_upper;
    cv::erode(top, top, cv::Mat::ones(3, 3, CV_8U));
    if (cv::countNonZero(top) < 200) return light;
    top.convertTo(top, CV_32F, 1 / 255.0);

    Fabric fabric = describe(lab, top);
    cv::Mat smooth = weighted_blur(lab[0], top, 0.16 * u);
    const cv::Mat fine = weighted_blur(lab[0], top, 1.2);
    cv::Mat plain = without_print(lab, top, fine, smooth, fabric);
    if (cv::sum(plain)[0] < 0.35 * cv::sum(top)[0]) {
        fabric.plainness *= 0.3F;
        plain = top;
    } else {
        smooth = weighted_blur(lab[0], plain, 0.16 * u);
    }
    const cv::Mat wide = weighted_blur(lab[0], plain, 0.75 * u);
    cv::Mat known;
    cv::GaussianBlur(top, known, {}, 0.08 * u);
    cv::Mat factor8(half, CV_8U), known8(half, CV_8U);
    for (int y = 0; y < half.height; ++y)
        for (int x = 0; x < half.width; ++x) {
            const float s = smooth.at<float>(y, x), w = wide.at<float>(y, x);
            const float f = plain.at<float>(y, x) > 0 ? fine.at<float>(y, x) : s;
            const float wrinkles = std::pow(ratio(f, s, 0.80F, 1.16F), 0.95F * fabric.plainness);
            const float form = std::pow(ratio(s, w, 0.72F, 1.15F), 0.35F + 0.55F * fabric.plainness);
            const float direction = std::pow(ratio(w, fabric.lightness, 0.8F, 1.15F), 0.6F);
            factor8.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(wrinkles * form * direction * light_one);
            known8.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(known.at<float>(y, x) * 1.3F * 255);
        }
    cv::resize(factor8, light.factor, person.picture.size(), 0, 0, cv::INTER_LINEAR);
    cv::resize(known8, light.known, person.picture.size(), 0, 0, cv::INTER_LINEAR);
    return light;
}

}  // namespace fitview::engine
