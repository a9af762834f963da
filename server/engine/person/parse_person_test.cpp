#include "engine/person/parse_person.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/person/drawn_person.hpp"
#include "engine/person/show_person.hpp"

namespace fitview::engine {
namespace {

bool same_bytes(const cv::Mat& one, const cv::Mat& other) {
    return one.size() == other.size() && one.type() == other.type() && cv::norm(one, other, cv::NORM_INF) == 0;
}

double score(const PersonModel& person) {
    double product = 1;
    for (const Finding& finding : person.findings) product *= finding.factor;
    return product;
}

double overlap(const cv::Mat& one, const cv::Mat& other) {
    return static_cast<double>(cv::countNonZero(one & other)) / cv::countNonZero(one | other);
}

/// Everything a reader of the model relies on, whatever the picture shows.
void expect_well_formed(const PersonModel& person) {
    const cv::Size size = person.picture.size();
    EXPECT_EQ(person.silhouette.size(), size);
    EXPECT_EQ(person.labels.size(), size);
    EXPECT_EQ(person.clean_plate.size(), size);
    const PersonLandmarks& marks = person.landmarks;
    EXPECT_GT(marks.unit, 0);
    EXPECT_FALSE(marks.trunk.empty());
    for (const TrunkRow& row : marks.trunk) EXPECT_TRUE(std::isfinite(row.left) && row.right > row.left);
    for (const Side side : {picture_left, picture_right}) {
        EXPECT_GE(marks.arm[side].line.size(), 2U);
        EXPECT_GE(marks.shoulder_slope[side].size(), 2U);
        for (const ArmSample& sample : marks.arm[side].line)
            EXPECT_TRUE(std::isfinite(sample.centre.x) && std::isfinite(sample.centre.y) && sample.radius > 0);
        EXPECT_LE(marks.arm[side].elbow, marks.arm[side].wrist);
        EXPECT_LE(marks.arm[side].wrist, marks.arm[side].line.back().along + 1e-3F);
    }
    EXPECT_EQ(show_person(person).size(), 3U);
    for (const Finding& finding : person.findings) {
        EXPECT_GE(finding.factor, 0);
        EXPECT_LE(finding.factor, 1);
    }
}

TEST(ParsePerson, FindsTheDrawnPerson) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const PersonModel person = parse_person(raster_of(drawn.picture));
    expect_well_formed(person);
    EXPECT_GT(overlap(person.silhouette > 127, drawn.mask), 0.96);
    ASSERT_TRUE(person.landmarks.hem_y.has_value());
    EXPECT_NEAR(*person.landmarks.hem_y, drawn.hem_y, 8);
    ASSERT_TRUE(person.landmarks.crotch_y.has_value());
    EXPECT_NEAR(*person.landmarks.crotch_y, drawn.crotch_y, 40);
    EXPECT_TRUE(person.landmarks.feet_visible);
    EXPECT_GT(score(person), 0.5);
}

TEST(ParsePerson, GivesTheSameBytesTwice) {
    const media::Raster photo = raster_of(draw_person(DrawnPose::hand_on_hip).picture);
    const PersonModel one = parse_person(photo);
    const PersonModel other = parse_person(photo);
    EXPECT_TRUE(same_bytes(one.silhouette, other.silhouette));
    EXPECT_TRUE(same_bytes(one.labels, other.labels));
    EXPECT_TRUE(same_bytes(one.clean_plate, other.clean_plate));
    ASSERT_EQ(one.landmarks.trunk.size(), other.landmarks.trunk.size());
    for (std::size_t at = 0; at < one.landmarks.trunk.size(); ++at) {
        EXPECT_EQ(one.landmarks.trunk[at].left, other.landmarks.trunk[at].left);
        EXPECT_EQ(one.landmarks.trunk[at].right, other.landmarks.trunk[at].right);
    }
    for (const Side side : {picture_left, picture_right})
        EXPECT_EQ(one.landmarks.arm[side].line.back().centre, other.landmarks.arm[side].line.back().centre);
}

TEST(ParsePerson, SurvivesPicturesOfNobody) {
    cv::Mat noise(480, 360, CV_8UC3);
    cv::RNG(11).fill(noise, cv::RNG::UNIFORM, 0, 256);
    cv::Mat speckled(64, 64, CV_8UC3);
    cv::RNG(12).fill(speckled, cv::RNG::UNIFORM, 0, 256);
    const std::vector<cv::Mat> pictures = {noise,
                                           speckled,
                                           cv::Mat(480, 360, CV_8UC3, cv::Scalar(90, 140, 60)),
                                           cv::Mat(64, 64, CV_8UC3, cv::Scalar(200, 150, 120)),
                                           cv::Mat(100, 4000, CV_8UC3, cv::Scalar(20, 60, 220)),
                                           cv::Mat(4000, 100, CV_8UC3, cv::Scalar(20, 60, 220)),
                                           cv::Mat::zeros(300, 300, CV_8UC3),
                                           cv::Mat(300, 300, CV_8UC3, cv::Scalar::all(255)),
                                           cv::Mat(200, 150, CV_8UC1, cv::Scalar(77))};
    for (const cv::Mat& picture : pictures) {
        SCOPED_TRACE(testing::Message() << picture.cols << " x " << picture.rows);
        const PersonModel person = parse_person(raster_of(picture));
        expect_well_formed(person);
        EXPECT_LT(score(person), 0.25);
    }
}

TEST(ParsePerson, ReducesLargePhotosToTheWorkingSize) {
    cv::Mat large;
    cv::resize(draw_person(DrawnPose::arms_down).picture, large, {1536, 2048});
    const PersonModel person = parse_person(raster_of(large));
    EXPECT_EQ(person.picture.size(), cv::Size(768, 1024));
}

}  // namespace
}  // namespace fitview::engine
