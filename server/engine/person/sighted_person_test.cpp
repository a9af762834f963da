// Parsing a person with joints and mask known: by the networks, by somebody else, and measured by classical means.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <cmath>

#include "engine/person/classical_person.hpp"
#include "engine/person/drawn_joints.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/pose/given_person.hpp"
#include "engine/pose/model_files_fixture.hpp"
#include "engine/pose/person_networks.hpp"

namespace fitview::engine {
namespace {

double score(const PersonModel& person) {
    double product = 1;
    for (const Finding& finding : person.findings) product *= finding.factor;
    return product;
}

double overlap(const cv::Mat& one, const cv::Mat& other) {
    return static_cast<double>(cv::countNonZero(one & other)) / cv::countNonZero(one | other);
}

/// The place on an arm's line that is nearest to `place`.
float distance_to(const Arm& arm, Point place) {
    float nearest = 1e9F;
    for (const ArmSample& sample : arm.line)
        nearest = std::min(nearest, static_cast<float>(cv::norm(sample.centre - place)));
    return nearest;
}

void expect_found(const PersonModel& person, const DrawnPerson& drawn) {
    EXPECT_GT(overlap(person.silhouette > 127, drawn.mask), 0.95);
    for (const Side side : {picture_left, picture_right}) {
        EXPECT_LT(cv::norm(person.landmarks.shoulder[side] - drawn.shoulder[side]), 0.35 * drawn.unit);
        EXPECT_LT(distance_to(person.landmarks.arm[side], drawn.elbow[side]), 0.2F * drawn.unit);
        EXPECT_LT(distance_to(person.landmarks.arm[side], drawn.wrist[side]), 0.25F * drawn.unit);
        EXPECT_TRUE(person.landmarks.arm[side].measured);
    }
    EXPECT_GT(score(person), 0.5);
}

TEST(SightedPerson, IsFoundByTheNetworks) {
    FITVIEW_NEEDS_MODEL_FILES();
    const PersonNetworks networks = load_person_networks(model_folder());
    for (const DrawnPose pose : {DrawnPose::arms_down, DrawnPose::hand_on_hip}) {
        const DrawnPerson drawn = draw_person(pose);
        const PersonModel person = parse_person(raster_of(drawn.picture), networks.sight());
        EXPECT_EQ(person.source, PersonSource::landmarks);
        expect_found(person, drawn);
    }
}

TEST(SightedPerson, IsFoundByThePointsOfABrowser) {
    for (const DrawnPose pose : {DrawnPose::arms_down, DrawnPose::hand_on_hip}) {
        const DrawnPerson drawn = draw_person(pose);
        const GivenPose given(joints_of(drawn));
        const GivenMask mask(drawn.mask);
        const PersonModel person = parse_person(raster_of(drawn.picture), {&given, &mask});
        EXPECT_EQ(person.source, PersonSource::landmarks);
        expect_found(person, drawn);
        // Without the mask the outline is found as ever.
        expect_found(parse_person(raster_of(drawn.picture), {&given, nullptr}), drawn);
    }
}

TEST(SightedPerson, IsFoundByBothAnswerersOfEachPort) {
    FITVIEW_NEEDS_MODEL_FILES();
    const PersonNetworks networks = load_person_networks(model_folder());
    const ClassicalPoseEstimator classical_pose;
    const ClassicalPersonParser classical_parser;
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    for (const PersonSight& sight : {networks.sight(), PersonSight{&classical_pose, &classical_parser}}) {
        const auto found = sight.pose->find_pose(drawn.picture);
        ASSERT_TRUE(found.has_value());
        for (const Side side : {picture_left, picture_right}) {
            EXPECT_LT(cv::norm(found->landmarks.on(side, left_shoulder).place - drawn.shoulder[side]),
                      0.4 * drawn.unit);
            EXPECT_LT(cv::norm(found->landmarks.on(side, left_elbow).place - drawn.elbow[side]), 0.4 * drawn.unit);
            EXPECT_LT(cv::norm(found->landmarks.on(side, left_wrist).place - drawn.wrist[side]), 0.5 * drawn.unit);
        }
        cv::Mat mask;
        cv::resize(sight.parser->find_person(drawn.picture), mask, drawn.mask.size());
        EXPECT_GT(overlap(mask > 0.5, drawn.mask), 0.93);
        const cv::Mat wall(480, 360, CV_8UC3, cv::Scalar(200, 205, 210));
        EXPECT_FALSE(sight.pose->find_pose(wall).has_value());
        EXPECT_LT(cv::countNonZero(sight.parser->find_person(wall) > 0.5), 0.05 * static_cast<double>(wall.total()));
    }
}

TEST(SightedPerson, IsMeasuredByClassicalMeansWhenNobodyIsFound) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const GivenPose nobody({});
    const PersonModel asked = parse_person(raster_of(drawn.picture), {&nobody, nullptr});
    const PersonModel never_asked = parse_person(raster_of(drawn.picture));
    EXPECT_EQ(asked.source, PersonSource::classical);
    EXPECT_EQ(cv::norm(asked.silhouette, never_asked.silhouette, cv::NORM_INF), 0);
    EXPECT_EQ(asked.landmarks.shoulder, never_asked.landmarks.shoulder);
}

TEST(SightedPerson, IsFoundBeforeAnyBackground) {
    FITVIEW_NEEDS_MODEL_FILES();
    const PersonNetworks networks = load_person_networks(model_folder());
    const DrawnPerson drawn = draw_person(DrawnPose::hand_on_hip);
    cv::Mat busy(drawn.picture.size(), CV_8UC3);
    cv::RNG random(3);
    for (int row = 0; row < busy.rows; row += 64)
        for (int column = 0; column < busy.cols; column += 64)
            busy(cv::Rect(column, row, 64, 64) & cv::Rect({}, busy.size()))
                .setTo(cv::Scalar(random.uniform(30, 230), random.uniform(30, 230), random.uniform(30, 230)));
    drawn.picture.copyTo(busy, drawn.mask);
    const PersonModel person = parse_person(raster_of(busy), networks.sight());
    EXPECT_FALSE(person.plain_background);
    EXPECT_EQ(person.source, PersonSource::landmarks);
    EXPECT_GT(overlap(person.silhouette > 127, drawn.mask), 0.85);
    EXPECT_GT(score(person), 0.5);
    EXPECT_LT(score(parse_person(raster_of(busy))), 0.4);
}

TEST(SightedPerson, SaysWhatToChangeWhenTurnedSittingOrSeenFromBehind) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const auto reasons = [&](const std::vector<GivenPoint>& points) {
        const GivenPose given(points);
        std::string all;
        for (const Finding& finding : parse_person(raster_of(drawn.picture), {&given, nullptr}).findings)
            all += finding.reason;
        return all;
    };
    EXPECT_EQ(reasons(joints_of(drawn)).find("turned"), std::string::npos);
    auto turned = joints_of(drawn);
    turned[left_shoulder].x = 0.55;
    turned[right_shoulder].x = 0.45;
    EXPECT_NE(reasons(turned).find("turned to the side"), std::string::npos);
    auto behind = joints_of(drawn);
    std::swap(behind[left_shoulder], behind[right_shoulder]);
    EXPECT_NE(reasons(behind).find("from behind"), std::string::npos);
    auto sitting = joints_of(drawn);
    sitting[left_knee].y = sitting[right_knee].y = 0.6;
    EXPECT_NE(reasons(sitting).find("sitting"), std::string::npos);
}

TEST(SightedPerson, SurvivesPointsOfNoBody) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::RNG random(9);
    for (int round = 0; round < 6; ++round) {
        std::vector<GivenPoint> points(body_point_count);
        for (GivenPoint& point : points)
            point = {random.uniform(-0.9, 1.9), random.uniform(-0.9, 1.9), random.uniform(-5.0, 5.0),
                     random.uniform(0.0, 1.0)};
        const GivenPose given(points);
        const PersonModel person = parse_person(raster_of(drawn.picture), {&given, nullptr});
        EXPECT_GT(person.landmarks.unit, 0);
        for (const Arm& arm : person.landmarks.arm) {
            ASSERT_GE(arm.line.size(), 2U);
            for (const ArmSample& sample : arm.line)
                EXPECT_TRUE(std::isfinite(sample.centre.x) && std::isfinite(sample.centre.y) && sample.radius > 0);
        }
    }
}

}  // namespace
}  // namespace fitview::engine
