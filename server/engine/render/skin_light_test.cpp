#include "engine/render/skin_light.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace fitview::engine {
namespace {

/// Two bare arms straight down, lit as `light` says.
PersonModel person_lit_by(const SkinLight& light) {
    PersonModel person;
    person.picture = cv::Mat(400, 300, CV_8UC3, cv::Scalar::all(230));
    for (const Side side : {picture_left, picture_right})
        for (float along = 0; along <= 300; along += 10)
            person.landmarks.arm[side].line.push_back({{side == picture_left ? 70.0F : 230.0F, 50 + along}, 24, along});
    const ArmSurface surface = surface_of(person.landmarks.arm, person.picture.size());
    for (int y = 0; y < person.picture.rows; ++y)
        for (int x = 0; x < person.picture.cols; ++x) {
            const float across = surface.across.at<float>(y, x);
            if (across > 1) continue;
            const float factor = light.at(across, surface.sideways.at<float>(y, x));
            person.picture.at<cv::Vec3b>(y, x) = cv::Vec3b(cv::Vec3f(190, 150, 130) * factor);
        }
    return person;
}

TEST(SkinLight, IsReadOffBareArms) {
    const SkinLight lit{0.15F, 0.35F, 0};
    const PersonModel person = person_lit_by(lit);
    const ArmSurface surface = surface_of(person.landmarks.arm, person.picture.size());
    const SkinLight found = measure_skin_light(person, surface.across <= 0.92, surface);
    EXPECT_NEAR(found.sideways, lit.sideways, 0.03);
    EXPECT_NEAR(found.rounding, lit.rounding, 0.06);
}

TEST(SkinLight, IsTheUsualOneWhereNoArmIsSeen) {
    const PersonModel person = person_lit_by({0.2F, 0.4F, 0});
    const ArmSurface surface = surface_of(person.landmarks.arm, person.picture.size());
    const SkinLight found = measure_skin_light(person, cv::Mat(person.picture.size(), CV_8U, cv::Scalar(0)), surface);
    EXPECT_NEAR(found.sideways, 0, 1e-6);
    EXPECT_GT(found.rounding, 0.15F);
}

TEST(SkinLight, DarkensTheEdgesAndKeepsTheMean) {
    const SkinLight light;
    EXPECT_LT(light.at(0.95F, 0.95F), light.at(0, 0));
    float sum = 0;
    for (int i = 0; i < 100; ++i) sum += light.at(static_cast<float>(i) / 100, 0) / 100;
    EXPECT_NEAR(sum, 1, 0.02);
}

}  // namespace
}  // namespace fitview::engine
