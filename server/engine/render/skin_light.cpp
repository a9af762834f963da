#include "engine/render/skin_light.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

constexpr float usual_rounding = 0.24F;
constexpr float trusted_samples = 1500;  // px of skin that count as much as what is usual

/// One segment of an arm's line, drawn where it is nearer than what is there.
void draw_segment(const ArmSample& a, const ArmSample& b, ArmSurface& surface) {
    const float reach = std::max(a.radius, b.radius) * 1.1F;
    const Point axis = b.centre - a.centre;
    const float squared = std::max(1e-3F, axis.dot(axis));
    const cv::Rect box = cv::Rect(cv::Point(cvFloor(std::min(a.centre.x, b.centre.x) - reach),
                                            cvFloor(std::min(a.centre.y, b.centre.y) - reach)),
                                  cv::Point(cvCeil(std::max(a.centre.x, b.centre.x) + reach) + 1,
                                            cvCeil(std::max(a.centre.y, b.centre.y) + reach) + 1)) &
                         cv::Rect({}, surface.across.size());
    for (int y = box.y; y < box.br().y; ++y)
        for (int x = box.x; x < box.br().x; ++x) {
            const Point offset = Point(static_cast<float>(x), static_cast<float>(y)) - a.centre;
            const float t = std::clamp(offset.dot(axis) / squared, 0.0F, 1.0F);
            const Point away = offset - axis * t;
            const float radius = std::max(1.0F, a.radius + (b.radius - a.radius) * t);
            const float share = std::hypot(away.x, away.y) / radius;
            float& value = surface.across.at<float>(y, x);
            if (share >= value) continue;
            value = share;
            surface.sideways.at<float>(y, x) = away.x / radius;
        }
}

float lightness(const cv::Vec3b& colour) {
    return 0.299F * static_cast<float>(colour[0]) + 0.587F * static_cast<float>(colour[1]) +
           0.114F * static_cast<float>(colour[2]);
}

float median(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Median difference of a pixel from its neighbours, as the spread of a bell curve.
float grain_of(const PersonModel& person, const cv::Mat& skin) {
    std::vector<float> differences;
    for (int y = 1; y + 1 < skin.rows; y += 2)
        for (int x = 1; x + 1 < skin.cols; x += 2) {
            if (skin.at<std::uint8_t>(y, x) == 0) continue;
            const auto at = [&](int dy, int dx) { return lightness(person.picture.at<cv::Vec3b>(y + dy, x + dx)); };
            differences.push_back(std::abs(at(0, 0) - (at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1)) / 4));
        }
    return differences.size() < 100 ? 1.5F : std::clamp(1.5F * median(differences), 0.5F, 5.0F);
}

}  // namespace

ArmSurface surface_of(const Sided<Arm>& arms, cv::Size picture) {
    ArmSurface surface{cv::Mat(picture, CV_32F, cv::Scalar(2)), cv::Mat(picture, CV_32F, cv::Scalar(0))};
    for (const Arm& arm : arms)
        for (std::size_t i = 0; i + 1 < arm.line.size(); ++i) draw_segment(arm.line[i], arm.line[i + 1], surface);
    return surface;
}

float SkinLight::at(float across, float towards_right) const {
    constexpr float mean_of_cube = 0.25F;
    return std::exp(sideways * towards_right - rounding * (across * across * across - mean_of_cube));
}

SkinLight measure_skin_light(const PersonModel& person, const cv::Mat& skin, const ArmSurface& arms) {
    // each row against its own mean: hands are darker than shoulders
    double ss = 0, sr = 0, rr = 0, sl = 0, rl = 0;
    for (int y = 0; y < skin.rows; y += 2) {
        for (const auto& [first, last] : {std::pair(0, skin.cols / 2), std::pair(skin.cols / 2, skin.cols)}) {
            double count = 0, s = 0, r = 0, l = 0;
            for (const bool summing : {true, false})
                for (int x = first; x < last; ++x) {
                    const float across = arms.across.at<float>(y, x);
                    if (across > 0.92F || skin.at<std::uint8_t>(y, x) == 0) continue;
                    const double side = arms.sideways.at<float>(y, x), round = 0.25 - across * across * across;
                    const double light = std::log(8 + lightness(person.picture.at<cv::Vec3b>(y, x)));
                    if (summing) {
                        count += 1, s += side, r += round, l += light;
                        continue;
                    }
                    if (count < 8) break;
                    const double ds = side - s / count, dr = round - r / count, dl = light - l / count;
                    ss += ds * ds, sr += ds * dr, rr += dr * dr, sl += ds * dl, rl += dr * dl;
                }
        }
    }
    // what is usual weighs as much as some pixels, so that few of them cannot say anything strange
    constexpr double spread = 0.15;
    ss += trusted_samples * spread, rr += trusted_samples * spread, rl += trusted_samples * spread * usual_rounding;
    const double determinant = ss * rr - sr * sr;
    SkinLight light;
    light.sideways = std::clamp(static_cast<float>((sl * rr - rl * sr) / determinant), -0.25F, 0.25F);
    light.rounding = std::clamp(static_cast<float>((rl * ss - sl * sr) / determinant), 0.12F, 0.45F);
    light.grain = grain_of(person, skin);
    return light;
}

}  // namespace fitview::engine
