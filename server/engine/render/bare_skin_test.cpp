#include "engine/render/bare_skin.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

constexpr float unit = 40;
const cv::Scalar tone(210, 170, 145);
const cv::Scalar red(190, 20, 30);

/// Arms straight down, 200 px apart, twice as thick inside the sleeve as below it.
PersonModel person_in_wide_sleeves() {
    PersonModel person;
    person.picture = cv::Mat(400, 400, CV_8UC3, tone);
    person.labels = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(label_none));
    person.landmarks.unit = unit;
    person.landmarks.chin_y = 30;
    for (const Side side : {picture_left, picture_right}) {
        Arm& arm = person.landmarks.arm[side];
        for (float along = 0; along <= 4 * unit; along += 4)
            arm.line.push_back({{side == picture_left ? 100.0F : 300.0F, 60 + along},
                                along < 1.2F * unit ? 0.4F * unit : 0.2F * unit,
                                along});
        arm.wrist = 3.4F * unit;
        arm.sleeve_end = 1.2F * unit;
    }
    return person;
}

TEST(BareArms, AreAsThickInsideASleeveAsBelowIt) {
    const PersonModel person = person_in_wide_sleeves();
    for (const Arm& arm : bare_arms(person)) {
        EXPECT_LT(arm.line.front().radius, 0.3F * unit);
        EXPECT_GT(arm.line.front().radius, 0.18F * unit);
        EXPECT_FLOAT_EQ(arm.line.back().radius, 0.2F * unit);
    }
}

TEST(BareArms, StayAsMeasuredWithoutSleeves) {
    PersonModel person = person_in_wide_sleeves();
    for (Arm& arm : person.landmarks.arm) arm.sleeve_end = 0;
    EXPECT_FLOAT_EQ(bare_arms(person)[picture_left].line.front().radius, 0.4F * unit);
}

TEST(ContinuedSkin, IsNotLearntFromRedCloth) {
    PersonModel person = person_in_wide_sleeves();
    cv::rectangle(person.picture, cv::Rect(150, 60, 100, 60), red, cv::FILLED);
    person.labels(cv::Rect(150, 60, 100, 60)) = label_skin;  // taken for it
    person.labels(cv::Rect(80, 200, 40, 60)) = label_skin;
    const cv::Vec3b colour = continue_skin(person, visible_skin(person)).at<cv::Vec3b>(140, 200);
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(colour[c], tone[c], 6);
}

TEST(ContinuedSkin, HasAUsualToneWhereNoneIsSeen) {
    const PersonModel person = person_in_wide_sleeves();
    const cv::Vec3b colour = continue_skin(person, visible_skin(person)).at<cv::Vec3b>(100, 100);
    EXPECT_GT(colour[0], colour[1]);
    EXPECT_GT(colour[1], colour[2]);
}

}  // namespace
}  // namespace fitview::engine
