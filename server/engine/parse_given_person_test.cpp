#include "engine/parse_given_person.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <cstring>
#include <stdexcept>

#include "engine/composer.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/person/drawn_joints.hpp"
#include "engine/person/parse_person.hpp"

namespace fitview::engine {
namespace {

const DrawnPerson& drawn() {
    static const DrawnPerson person = draw_person(DrawnPose::arms_down);
    return person;
}

/// What a browser sends of the drawn person.
FitPoints browser_points() {
    FitPoints points;
    const std::vector<GivenPoint> joints = joints_of(drawn());
    for (std::size_t at = 0; at < joints.size(); ++at)
        points.points.push_back({static_cast<BodyPoint>(at), joints[at].x, joints[at].y, 1});
    return points;
}

FitPoints moved(BodyPoint name, double x, double y) {
    FitPoints points = browser_points();
    points.points[static_cast<std::size_t>(name)].x += x;
    points.points[static_cast<std::size_t>(name)].y += y;
    return points;
}

media::Raster mask_of(const cv::Mat& mask) {
    media::Raster raster{mask.cols, mask.rows, 1, {}};
    raster.bytes.assign(mask.data, mask.data + mask.total());
    return raster;
}

PersonModel parse(const FitPoints& points, const media::Raster* mask = nullptr) {
    return parse_given_person(raster_of(drawn().picture), {}, points, mask);
}

double score(const PersonModel& person) {
    double product = 1;
    for (const Finding& finding : person.findings) product *= finding.factor;
    return product;
}

std::string reasons(const PersonModel& person) {
    std::string all;
    for (const Finding& finding : person.findings) all += finding.reason;
    return all;
}

/// Finds what the drawn person's joints are, without its head.
class Found final : public PoseEstimator {
public:
    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override {
        return GivenPose(joints_of(drawn())).find_pose(picture);
    }
};

TEST(ParseGivenPerson, All33PointsAreEnoughWithoutAnEstimator) {
    EXPECT_EQ(parse(browser_points()).source, PersonSource::landmarks);
    FitPoints most = browser_points();
    most.points.pop_back();
    EXPECT_EQ(parse(most).source, PersonSource::classical);
}

TEST(ParseGivenPerson, TheMaskDecidesWhatIsThePerson) {
    cv::Mat half = drawn().mask.clone();
    half.colRange(0, half.cols / 2 - 60).setTo(0);  // without the arm that hangs there
    const media::Raster mask = mask_of(half);
    const PersonModel with = parse(browser_points(), &mask), without = parse(browser_points());
    cv::Mat part = cv::Mat::zeros(half.size(), CV_8U);
    part.colRange(0, half.cols / 2 - 110).setTo(255);
    EXPECT_GT(cv::countNonZero((without.silhouette > 127) & part),
              4 * cv::countNonZero((with.silhouette > 127) & part));
}

TEST(ParseGivenPerson, TheMaskTellsAnOrdinaryBackgroundApart) {
    cv::Mat busy(drawn().picture.size(), CV_8UC3);
    cv::RNG random(3);
    for (int row = 0; row < busy.rows; row += 64)
        for (int column = 0; column < busy.cols; column += 64)
            busy(cv::Rect(column, row, 64, 64) & cv::Rect({}, busy.size()))
                .setTo(cv::Scalar(random.uniform(30, 230), random.uniform(30, 230), random.uniform(30, 230)));
    drawn().picture.copyTo(busy, drawn().mask);
    cv::Mat small;
    cv::resize(drawn().mask, small, {}, 0.25, 0.25, cv::INTER_AREA);
    const media::Raster mask = mask_of(small);
    const PersonModel with = parse_given_person(raster_of(busy), {}, browser_points(), &mask);
    const PersonModel without = parse_given_person(raster_of(busy), {}, browser_points());
    const auto overlap = [](const PersonModel& person) {
        const cv::Mat seen = person.silhouette > 127;
        return static_cast<double>(cv::countNonZero(seen & drawn().mask)) / cv::countNonZero(seen | drawn().mask);
    };
    EXPECT_GT(overlap(with), 0.9);
    EXPECT_GT(score(with), 1.5 * score(without));
}

TEST(ParseGivenPerson, RefusesAMaskOfColours) {
    const media::Raster colours{64, 64, 3, std::vector<std::uint8_t>(64 * 64 * 3)};
    EXPECT_THROW(parse(browser_points(), &colours), std::invalid_argument);
}

TEST(ParseGivenPerson, EveryPointThatIsMovedMovesSomething) {
    const PersonModel before = parse(browser_points());
    const auto differs = [&](BodyPoint name, double x, double y) {
        const PersonModel after = parse(moved(name, x, y));
        return score(after) != score(before) || reasons(after) != reasons(before) ||
               after.landmarks.unit != before.landmarks.unit ||
               after.landmarks.arm[0].line.back().centre != before.landmarks.arm[0].line.back().centre ||
               after.landmarks.arm[1].line.back().centre != before.landmarks.arm[1].line.back().centre ||
               after.landmarks.shoulder != before.landmarks.shoulder ||
               cv::norm(after.labels, before.labels, cv::NORM_INF) > 0;
    };
    for (const BodyPoint name : {left_shoulder, right_shoulder, left_elbow, right_wrist})
        EXPECT_TRUE(differs(name, 0.04, 0.04)) << name;
    EXPECT_TRUE(differs(left_knee, 0, -0.22)) << "the person sits";
    EXPECT_TRUE(differs(left_hip, 0, -0.2));
    EXPECT_TRUE(differs(nose, 0.06, 0));
}

TEST(ParseGivenPerson, AFewPointsCorrectWhatAnEstimatorFound) {
    const Found found;
    const media::Raster photo = raster_of(drawn().picture);
    const PersonModel seen = parse_given_person(photo, {&found, nullptr}, {});
    EXPECT_EQ(seen.source, PersonSource::landmarks);
    FitPoints knees;
    knees.points = {{left_knee, 0.42, 0.6}, {right_knee, 0.58, 0.6}};
    EXPECT_NE(reasons(parse_given_person(photo, {&found, nullptr}, knees)).find("sitting"), std::string::npos);
    EXPECT_EQ(reasons(seen).find("sitting"), std::string::npos);
    FitPoints hidden;
    hidden.points = {{left_knee, 0.42, 0.6, 0.1}, {right_knee, 0.58, 0.6, 0.1}};
    EXPECT_EQ(reasons(parse_given_person(photo, {&found, nullptr}, hidden)), reasons(seen)) << "not seen, not used";
}

TEST(ParseGivenPerson, CorrectedShouldersAndArmsCostNothingAnyMore) {
    cv::Mat noise(480, 360, CV_8UC3);
    cv::RNG(11).fill(noise, cv::RNG::UNIFORM, 0, 256);
    cv::rectangle(noise, {130, 120}, {230, 470}, cv::Scalar(60, 70, 160), cv::FILLED);
    const media::Raster photo = raster_of(noise);
    FitPoints points;
    points.points = {{left_shoulder, 0.6, 0.28}, {right_shoulder, 0.4, 0.28}, {left_elbow, 0.66, 0.45},
                     {right_elbow, 0.34, 0.45},  {left_wrist, 0.66, 0.6},     {right_wrist, 0.34, 0.6}};
    const PersonModel found = parse_given_person(photo, {}, {}), corrected = parse_given_person(photo, {}, points);
    EXPECT_NE(reasons(found).find("shoulders could not be seen"), std::string::npos) << reasons(found);
    EXPECT_EQ(reasons(corrected).find("shoulders could not be seen"), std::string::npos);
    EXPECT_EQ(reasons(corrected).find("arms could not be followed"), std::string::npos);
    EXPECT_GT(score(corrected), score(found));
}

TEST(ParseGivenPerson, LegsAreLaidAlongHipsKneesAndAnkles) {
    FitPoints legs;
    legs.points = {{left_hip, 0.57, 0.56},   {right_hip, 0.43, 0.56},  {left_knee, 0.62, 0.76},
                   {right_knee, 0.38, 0.76}, {left_ankle, 0.66, 0.93}, {right_ankle, 0.34, 0.93}};
    const PersonModel plain = parse({}), laid = parse(legs);
    const auto lines = [](const PersonModel& model) {
        const PreparedPerson person = prepare_person(PersonModel(model));
        return measure_leg_lines(person.model, person.body);
    };
    const auto knee = static_cast<float>(0.76 * laid.picture.rows);
    const auto width = static_cast<float>(laid.picture.cols);
    EXPECT_NEAR(lines(laid).at(picture_right, knee).centre, 0.62F * width, 0.03F * width);
    EXPECT_GT(lines(laid).at(picture_right, knee).centre, lines(plain).at(picture_right, knee).centre + 0.02F * width);
    legs.points.pop_back();
    EXPECT_EQ(parse(legs).landmarks.legs.size(), plain.landmarks.legs.size()) << "an ankle is missing";
}

}  // namespace
}  // namespace fitview::engine
