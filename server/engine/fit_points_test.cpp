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

TEST(FitPoints, MoveAGuessedShoulderOnTheWearersSide) {
    PersonModel person = standing_person();
    apply_fit_points({{{BodyPoint::left_shoulder, 0.7, 0.3}}, {}}, person);
    EXPECT_NEAR(person.landmarks.shoulder[picture_right].x, 210 + 0.22 * 40, 0.01);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
}

TEST(FitPoints, KeepAMeasuredShoulderNearThePoint) {
    PersonModel person = standing_person();
    apply_fit_points({{{BodyPoint::right_shoulder, 110.0 / 300, 104.0 / 400}}, {}}, person);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
}

TEST(FitPoints, LayTheArmThroughElbowAndWrist) {
    PersonModel person = standing_person();
    apply_fit_points({{{BodyPoint::left_shoulder, 0.66, 0.26},
                       {BodyPoint::left_elbow, 0.75, 0.45},
                       {BodyPoint::left_wrist, 0.72, 0.6}},
                      {}},
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
    apply_fit_points({{{BodyPoint::left_shoulder, 0.7, 0.3, 0.2}, {BodyPoint::right_shoulder, 1.4, 0.3}}, {}}, person);
    EXPECT_EQ(person.landmarks.shoulder[picture_left], Point(100, 100));
    EXPECT_EQ(person.landmarks.shoulder[picture_right], Point(200, 100));
}

TEST(FitPoints, StrokesRelabelWhatTheyCross) {
    PersonModel person = standing_person();
    apply_fit_points(
        {{},
         {{StrokeKind::keep_in_front, 0.02, {{0.1, 0.1}, {0.3, 0.1}}}, {StrokeKind::old_garment, 0.02, {{0.5, 0.5}}}}},
        person);
    EXPECT_EQ(person.labels.at<std::uint8_t>(40, 60), label_hair);
    EXPECT_EQ(person.labels.at<std::uint8_t>(200, 150), label_upper);
    EXPECT_EQ(person.labels.at<std::uint8_t>(300, 150), label_none);
}

TEST(FitPoints, WhatWasFoundIsNamedFromTheWearersSide) {
    PersonModel person = standing_person();
    person.landmarks.arm[picture_right].line = {{Point(200, 100), 10, 0}, {Point(220, 200), 10, 100}};
    person.landmarks.arm[picture_right].elbow = 50;
    person.landmarks.arm[picture_right].confidence = 0.7F;
    const auto found = found_points(person);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].name, BodyPoint::left_shoulder);
    EXPECT_EQ(found[0].confidence, 0.4);
    EXPECT_EQ(found[1].name, BodyPoint::right_shoulder);
    EXPECT_EQ(found[1].confidence, 0.9);
    EXPECT_EQ(found[2].name, BodyPoint::left_elbow);
    EXPECT_NEAR(found[2].x, 210.0 / 300, 0.001);
    EXPECT_NEAR(found[2].y, 150.0 / 400, 0.001);
}

TEST(FitPoints, APointThatWasFoundIsTheOneThatIsSet) {
    PersonModel person = standing_person();
    FitPoints corrections;
    for (const auto& point : found_points(person)) corrections.points.push_back({point.name, point.x, point.y});
    const auto before = person.landmarks.shoulder;
    apply_fit_points(corrections, person);
    EXPECT_NEAR(person.landmarks.shoulder[picture_right].x, before[picture_right].x, 0.1);
}

TEST(FitPoints, MoveTheLandmarksOfAGarment) {
    GarmentModel garment;
    garment.picture = cv::Mat(400, 300, CV_8UC3, cv::Scalar::all(200));
    garment.outline[picture_left] = {Point(100, 50), Point(100, 300)};
    garment.landmarks.armpit = {Point(90, 120), Point(210, 120)};
    GarmentFitPoints corrections;
    corrections.points.items = {{GarmentPoint::left_armpit, 0.75, 0.4}, {GarmentPoint::left_cuff_outer, 0.9, 0.5}};
    apply_fit_points(corrections, garment);
    EXPECT_EQ(garment.landmarks.armpit[picture_right], Point(225, 160));
    EXPECT_EQ(garment.landmarks.armpit[picture_left], Point(90, 120));
    const auto found = found_points(garment);
    const auto armpit = std::find_if(found.begin(), found.end(),
                                     [](const auto& point) { return point.name == GarmentPoint::left_armpit; });
    ASSERT_NE(armpit, found.end());
    EXPECT_EQ(armpit->x, 0.75);
}

}  // namespace
}  // namespace fitview::engine
