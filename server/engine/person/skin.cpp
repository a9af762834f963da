#include "engine/person/skin.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr std::size_t fewest_examples = 60;

struct SkinColour {
    cv::Vec3f mean;
    cv::Matx33f inverse_covariance;
};

cv::Mat generic_skin(const WorkingPicture& picture) {
    cv::Mat luma_chroma;
    cv::cvtColor(picture.small, luma_chroma, cv::COLOR_RGB2YCrCb);
    cv::Mat result(picture.small.size(), CV_8UC1);
    for (int row = 0; row < result.rows; ++row)
        for (int column = 0; column < result.cols; ++column) {
            const auto& pixel = luma_chroma.at<cv::Vec3b>(row, column);
            const int red = pixel[1];
            const int blue = pixel[2];
            const bool skin = red > 130 && red < 188 && blue > 76 && blue < 134 && red > blue + 3 &&
                              picture.lab.at<cv::Vec3f>(row, column)[0] > 12;
            result.at<std::uint8_t>(row, column) = skin ? 255 : 0;
        }
    return result;
}

cv::Mat example_area(const cv::Mat& silhouette, const std::optional<Face>& face) {
    cv::Mat area = cv::Mat::zeros(silhouette.size(), CV_8UC1);
    if (face) {
        const cv::Rect2f& box = face->box;
        set_box(area, box.x + 0.22F * box.width, box.y + 0.25F * box.height, box.x + 0.78F * box.width,
                box.y + 0.9F * box.height, 255);
    } else {
        const auto top = static_cast<float>(rows_of(silhouette).first);
        set_box(area, 0, top, static_cast<float>(area.cols), top + 0.14F * static_cast<float>(area.rows), 255);
    }
    return area & silhouette;
}

std::vector<cv::Vec3f> colours_in(const cv::Mat& lab, const cv::Mat& mask) {
    std::vector<cv::Vec3f> colours;
    for (int row = 0; row < lab.rows; ++row)
        for (int column = 0; column < lab.cols; ++column)
            if (mask.at<std::uint8_t>(row, column) != 0) colours.push_back(lab.at<cv::Vec3f>(row, column));
    return colours;
}

std::optional<SkinColour> learn(const std::vector<cv::Vec3f>& examples) {
    if (examples.size() < fewest_examples) return std::nullopt;
    cv::Vec3f middle;
    for (int channel = 0; channel < 3; ++channel) {
        std::vector<float> values;
        for (const auto& colour : examples) values.push_back(colour[channel]);
        middle[channel] = median_of(std::move(values));
    }
    const cv::Vec3f limit(28, 9, 10);
    cv::Vec3d sum(0, 0, 0);
    cv::Matx33d products = cv::Matx33d::zeros();
    double count = 0;
    for (const auto& colour : examples) {
        const cv::Vec3d off = colour - middle;
        if (std::abs(off[0]) >= limit[0] || std::abs(off[1]) >= limit[1] || std::abs(off[2]) >= limit[2]) continue;
        sum += off;
        products += off * off.t();
        count += 1;
    }
    if (count < 2) return std::nullopt;
    const cv::Vec3d mean = sum / count;
    // Lips, shade and make-up widen the cloud in ways a few examples do not show; the diagonal allows for them.
    const cv::Matx33d covariance = products * (1 / count) - mean * mean.t() + cv::Matx33d::diag({60, 6, 8});
    const cv::Matx33d inverse = covariance.inv();
    return SkinColour{middle + cv::Vec3f(mean), cv::Matx33f(inverse)};
}

}  // namespace

cv::Mat skin_likelihood(const WorkingPicture& picture, const cv::Mat& silhouette, const std::optional<Face>& face) {
    const cv::Mat generic = generic_skin(picture);
    std::vector<cv::Vec3f> examples = colours_in(picture.lab, example_area(silhouette, face) & generic);
    if (examples.size() < fewest_examples) examples = colours_in(picture.lab, generic & silhouette);
    cv::Mat likelihood = cv::Mat::zeros(silhouette.size(), CV_32FC1);
    const std::optional<SkinColour> skin = learn(examples);
    if (!skin) return likelihood;
    constexpr float lightness_weight = 0.55F;
    for (int row = 0; row < likelihood.rows; ++row) {
        const auto* colours = picture.lab.ptr<cv::Vec3f>(row);
        auto* out = likelihood.ptr<float>(row);
        for (int column = 0; column < likelihood.cols; ++column) {
            cv::Vec3f off = colours[column] - skin->mean;
            off[0] *= lightness_weight;
            out[column] = std::exp(-off.dot(skin->inverse_covariance * off) / 6);
        }
    }
    return likelihood;
}

}  // namespace fitview::engine
