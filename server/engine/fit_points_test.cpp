#include "engine/fit_points.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

PersonModel standing_person() {
    PersonModel person;
    person.picture = cv::Mat(400, 300, CV_8UC3, cv::Scalar::all(200));
    person.labels = cv::Mat(400, 300, CV_8U, cv::Scalar(label_none));
    person.landmarks.unit = 40;
    person.landmarks.shoulder = {Point(100, 100), Point(200, 100)};
    person.landmarks.shoulder_measured = {true, false};
    return person;
}

TEST(FitPoints, KnowTheNamesOfThePoseModel) {
    EXPECT_TRUE(is_fit_point_name("left_shoulder"));
    EXPECT_TRUE(is_fit_point_name("right_foot_index"));
    EXPECT_FALSE(is_fit_point_name("shoulder"));
    EXPECT_FALSE(is_fit_point_name(""));
}

TEST(FitPoints, MoveAGuessedShoulderOnTheWearersSide) {
    PersonModel person = standing_person();
    apply_fit_points({{{"left_shoulder", 0.7, 0.3}}, {}}, person);
    EXPECT_NEAR(person.landmarks.shoulder[picture_right].x, 210 + 0.22 * 40, 0.01);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
}

TEST(FitPoints, KeepAMeasuredShoulderNearThePoint) {
    PersonModel person = standing_person();
    apply_fit_points({{{"right_shoulder", 110.0 / 300, 104.0 / 400}}, {}}, person);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
}

TEST(FitPoints, LayTheArmThroughElbowAndWrist) {
    PersonModel person = standing_person();
    apply_fit_points({{{"left_shoulder", 0.66, 0.26}, {"left_elbow", 0.75, 0.45}, {"left_wrist", 0.72, 0.6}}, {}},
                     person);
    const Arm& arm = person.landmarks.arm[picture_right];
    ASSERT_GE(arm.line.size(), 2U);
    EXPECT_TRUE(arm.measured);
    EXPECT_NEAR(arm.line.front().centre.x, 198, 0.5);
    EXPECT_GT(arm.wrist, arm.elbow);
    EXPECT_TRUE(person.landmarks.arm[picture_left].line.empty());
}

TEST(FitPoints, LeaveOutWhatIsHiddenOrOutsideThePicture) {
    PersonModel person = standing_person();
    apply_fit_points({{{"left_shoulder", 0.7, 0.3, 0.2}, {"right_shoulder", 1.4, 0.3}}, {}}, person);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
    EXPECT_EQ(person.landmarks.shoulder[picture_right], Point(200, 100));
}

TEST(FitPoints, StrokesRelabelWhatTheyCross) {
    PersonModel person = standing_person();
    apply_fit_points({{},
                      {{FitStroke::Kind::keep_in_front, 0.02, {{0.1, 0.1}, {0.3, 0.1}}},
                       {FitStroke::Kind::old_garment, 0.02, {{0.5, 0.5}}}}},
                     person);
    EXPECT_EQ(person.labels.at<std::uint8_t>(40, 60), label_hair);
    EXPECT_EQ(person.labels.at<std::uint8_t>(200, 150), label_upper);
    EXPECT_EQ(person.labels.at<std::uint8_t>(300, 150), label_none);
}

}  // namespace
}  // namespace fitview::engine
