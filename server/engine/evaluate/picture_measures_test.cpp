#include "engine/evaluate/picture_measures.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <stdexcept>

namespace fitview::engine {
namespace {

const cv::Mat everywhere(120, 160, CV_8U, cv::Scalar(255));

/// Soft blobs of several colours: something with edges, areas and shades.
cv::Mat scene() {
    cv::Mat picture(120, 160, CV_8UC3);
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x)
            picture.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(60 + 80 * ((x / 16 + y / 12) % 2)),
                                           static_cast<std::uint8_t>(90 + x / 2), static_cast<std::uint8_t>(200 - y)};
    cv::GaussianBlur(picture, picture, {}, 1.5);
    return picture;
}

cv::Mat with_noise(const cv::Mat& picture, double strength) {
    cv::RNG generator(7);
    cv::Mat noise(picture.size(), CV_16SC3), wide;
    generator.fill(noise, cv::RNG::NORMAL, 0, strength);
    picture.convertTo(wide, CV_16SC3);
    cv::Mat result;
    cv::Mat(wide + noise).convertTo(result, CV_8UC3);
    return result;
}

cv::Mat moved(const cv::Mat& picture, int by) {
    cv::Mat result;
    cv::warpAffine(picture, result, cv::Matx23d(1, 0, by, 0, 1, 0), picture.size(), cv::INTER_NEAREST,
                   cv::BORDER_REPLICATE);
    return result;
}

TEST(PictureMeasures, IdenticalPicturesAreAsLikeAsCanBe) {
    const Likeness same = compare_pictures(scene(), scene(), everywhere);
    EXPECT_EQ(same.psnr, psnr_max);
    EXPECT_NEAR(same.ssim, 1, 1e-6);
    EXPECT_NEAR(same.ms_ssim, 1, 1e-6);
    EXPECT_NEAR(same.gradient, 1, 1e-6);
    EXPECT_NEAR(same.histogram, 0, 1e-6);
}

TEST(PictureMeasures, PsnrOfAKnownErrorIsTheFormula) {
    const cv::Mat dark(64, 64, CV_8UC3, cv::Scalar::all(100)), light(64, 64, CV_8UC3, cv::Scalar::all(110));
    const Likeness likeness = compare_pictures(dark, light, cv::Mat(64, 64, CV_8U, cv::Scalar(255)));
    EXPECT_NEAR(likeness.psnr, 10 * std::log10(255.0 * 255.0 / 100.0), 1e-6);
    // Without structure only the lightness term is left: (2ab + c) / (a² + b² + c).
    EXPECT_NEAR(likeness.ssim, (2 * 100.0 * 110 + 6.5025) / (100.0 * 100 + 110.0 * 110 + 6.5025), 1e-4);
    EXPECT_NEAR(likeness.gradient, 1, 1e-6);
}

TEST(PictureMeasures, MoreNoiseIsLessLike) {
    const Likeness little = compare_pictures(scene(), with_noise(scene(), 5), everywhere);
    const Likeness much = compare_pictures(scene(), with_noise(scene(), 25), everywhere);
    EXPECT_GT(little.psnr, much.psnr);
    EXPECT_GT(little.ssim, much.ssim);
    EXPECT_GT(little.ms_ssim, much.ms_ssim);
    EXPECT_GT(little.gradient, much.gradient);
    EXPECT_NEAR(little.psnr, 10 * std::log10(255.0 * 255.0 / 25), 0.5);
}

TEST(PictureMeasures, AShiftCostsStructureButNoColour) {
    const Likeness one = compare_pictures(scene(), moved(scene(), 1), everywhere);
    const Likeness eight = compare_pictures(scene(), moved(scene(), 8), everywhere);
    EXPECT_GT(one.ssim, eight.ssim);
    EXPECT_GT(one.ssim, 0.8);
    EXPECT_LT(eight.ssim, 0.7);
    EXPECT_LT(eight.histogram, 0.1);
}

TEST(PictureMeasures, OnlyTheRegionCounts) {
    cv::Mat damaged = scene();
    damaged.colRange(0, 60).setTo(cv::Scalar(255, 0, 0));
    cv::Mat right(damaged.size(), CV_8U, cv::Scalar(0));
    right.colRange(80, 160).setTo(255);
    EXPECT_EQ(compare_pictures(scene(), damaged, right).psnr, psnr_max);
    EXPECT_LT(compare_pictures(scene(), damaged, everywhere).psnr, 20);
    EXPECT_EQ(compare_pictures(scene(), damaged, cv::Mat(damaged.size(), CV_8U, cv::Scalar(0))).ssim, 1);
}

TEST(PictureMeasures, ColoursWithNothingInCommonAreOneApart) {
    const cv::Mat red(50, 50, CV_8UC3, cv::Scalar(200, 20, 20)), blue(80, 40, CV_8UC3, cv::Scalar(20, 20, 200));
    const cv::Mat all_red(50, 50, CV_8U, cv::Scalar(255)), all_blue(80, 40, CV_8U, cv::Scalar(255));
    EXPECT_NEAR(colour_distance(red, all_red, blue, all_blue), 1, 1e-6);
    EXPECT_NEAR(colour_distance(red, all_red, red, all_red), 0, 1e-6);
    EXPECT_EQ(colour_distance(red, cv::Mat(50, 50, CV_8U, cv::Scalar(0)), blue, all_blue), 1);
}

TEST(PictureMeasures, RefusesPicturesThatDoNotFit) {
    EXPECT_THROW(compare_pictures(scene(), scene().rowRange(0, 60), everywhere), std::invalid_argument);
    EXPECT_THROW(compare_pictures(scene(), everywhere, everywhere), std::invalid_argument);
}

}  // namespace
}  // namespace fitview::engine
