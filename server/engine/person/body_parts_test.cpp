// Frame, arms, trunk, hem, labels and outfit on drawn people, each stage fed with the true mask.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "engine/person/arms.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/drawn_person.hpp"
#include "engine/person/hem.hpp"
#include "engine/person/labels.hpp"
#include "engine/person/outfit.hpp"
#include "engine/person/shoulder_line.hpp"
#include "engine/person/skin.hpp"
#include "engine/person/trunk.hpp"

namespace fitview::engine {
namespace {

/// What comes before the stage under test, all in analysis pixels.
struct Given {
    explicit Given(DrawnPose pose) : Given(draw_person(pose)) {}
    explicit Given(const DrawnPerson& person)
        : drawn(person), picture(make_working_picture(raster_of(person.picture))) {
        cv::resize(drawn.mask, silhouette, picture.small.size(), 0, 0, cv::INTER_AREA);
        silhouette = silhouette > 127;
        const float scale = picture.scale;
        face = Face{cv::Rect2f(332 * scale, 84 * scale, 104 * scale, 104 * scale), 104 * scale, FaceView::frontal};
        skin = skin_likelihood(picture, silhouette, face);
        frame = measure_frame(silhouette, face);
    }
    /// A place of the drawing in analysis pixels.
    Point at(Point place) const { return place * picture.scale; }

    DrawnPerson drawn;
    WorkingPicture picture;
    cv::Mat silhouette;
    std::optional<Face> face;
    cv::Mat skin;
    BodyFrame frame;
};

Point place_at(const Arm& arm, float along) {
    Point nearest;
    float least = 1e9F;
    for (const ArmSample& sample : arm.line)
        if (std::abs(sample.along - along) < least) {
            least = std::abs(sample.along - along);
            nearest = sample.centre;
        }
    return nearest;
}

double distance_to_polyline(Point place, const std::vector<Point>& line) {
    double least = 1e9;
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        const Point span = line[at + 1] - line[at];
        const float share = std::clamp((place - line[at]).dot(span) / span.dot(span), 0.0F, 1.0F);
        least = std::min(least, cv::norm(place - line[at] - span * share));
    }
    return least;
}

TEST(BodyFrame, FindsBothShoulderTips) {
    const Given given(DrawnPose::arms_down);
    for (const Side side : {picture_left, picture_right}) {
        EXPECT_TRUE(given.frame.shoulder_measured[side]);
        EXPECT_LT(cv::norm(given.frame.shoulder[side] - given.at(given.drawn.shoulder[side])), 0.25 * given.frame.unit);
    }
    EXPECT_NEAR(given.frame.centre_x, given.at({384, 0}).x, 3);
}

TEST(BodyFrame, DoesNotTakeLongHairForAShoulder) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::Mat hair = cv::Mat::zeros(drawn.mask.size(), CV_8UC1);
    cv::ellipse(hair, {245, 185}, {60, 60}, 0, 0, 360, cv::Scalar(255), cv::FILLED);
    drawn.mask |= hair;
    const Given given(drawn);
    cv::Mat small_hair;
    cv::resize(hair, small_hair, given.silhouette.size(), 0, 0, cv::INTER_NEAREST);
    const auto frame = measure_without_hair(given.frame, given.silhouette, given.face, small_hair);
    ASSERT_TRUE(frame.has_value());
    EXPECT_LT(cv::norm(frame->shoulder[picture_left] - given.at(drawn.shoulder[picture_left])), 0.3 * frame->unit);
}

TEST(BodyFrame, MirrorsTheShoulderThatIsNotSeen) {
    const Given given(DrawnPose::arms_down);
    // Something wide stands beside the person and hides the right shoulder.
    cv::Mat half = given.silhouette.clone();
    half.colRange(static_cast<int>(given.frame.centre_x + 0.5F * given.frame.unit), half.cols).setTo(255);
    const BodyFrame frame = measure_frame(half, given.face);
    EXPECT_FALSE(frame.shoulder_measured[picture_right]);
    EXPECT_GT(frame.shoulder[picture_right].x, frame.shoulder[picture_left].x + frame.unit);
}

TEST(BodyFrame, MeasuresAHeadWithoutAFaceByItsOutline) {
    const Given given(DrawnPose::arms_down);
    const BodyFrame frame = measure_frame(given.silhouette, std::nullopt);
    EXPECT_FALSE(frame.face_seen);
    EXPECT_NEAR(frame.unit, given.frame.unit, 0.2 * given.frame.unit);
    EXPECT_NEAR(frame.chin_y, given.frame.chin_y, 0.35 * given.frame.unit);
    for (const Side side : {picture_left, picture_right})
        EXPECT_LT(cv::norm(frame.shoulder[side] - given.frame.shoulder[side]), 0.2 * given.frame.unit);
}

TEST(BodyFrame, IsPlausibleForAnEmptySilhouette) {
    const BodyFrame frame = measure_frame(cv::Mat::zeros(300, 200, CV_8UC1), std::nullopt);
    EXPECT_GT(frame.unit, 0);
    EXPECT_FALSE(frame.shoulder_measured[picture_left]);
    EXPECT_TRUE(std::isfinite(frame.shoulder[picture_left].x));
}

TEST(Arms, FollowHangingArmsToTheHands) {
    const Given given(DrawnPose::arms_down);
    const Sided<Arm> arms = follow_arms(given.picture, given.silhouette, given.skin, given.frame);
    for (const Side side : {picture_left, picture_right}) {
        const float out = side == picture_left ? -1.0F : 1.0F;
        const std::vector<Point> drawn_line = {given.at({384 + out * 102, 272}), given.at(given.drawn.elbow[side]),
                                               given.at(given.drawn.wrist[side]), given.at({384 + out * 182, 708})};
        EXPECT_TRUE(arms[side].measured);
        EXPECT_TRUE(arms[side].hand_visible);
        for (const ArmSample& sample : arms[side].line)
            EXPECT_LT(distance_to_polyline(sample.centre, drawn_line), 0.12 * given.frame.unit);
        EXPECT_LT(cv::norm(place_at(arms[side], arms[side].elbow) - given.at(given.drawn.elbow[side])),
                  0.5 * given.frame.unit);
        EXPECT_LT(cv::norm(place_at(arms[side], arms[side].wrist) - given.at(given.drawn.wrist[side])),
                  0.6 * given.frame.unit);
        const ArmSample& middle = arms[side].line[arms[side].line.size() / 3];
        EXPECT_NEAR(middle.radius, 24 * given.picture.scale, 5 * given.picture.scale);
    }
}

TEST(Arms, FindTheElbowOfAHandOnTheHip) {
    const Given given(DrawnPose::hand_on_hip);
    const Sided<Arm> arms = follow_arms(given.picture, given.silhouette, given.skin, given.frame);
    const Arm& bent = arms[picture_right];
    EXPECT_TRUE(bent.measured);
    EXPECT_LT(cv::norm(place_at(bent, bent.elbow) - given.at(given.drawn.elbow[picture_right])),
              0.35 * given.frame.unit);
    EXPECT_LT(cv::norm(place_at(bent, bent.wrist) - given.at(given.drawn.wrist[picture_right])),
              0.5 * given.frame.unit);
}

TEST(Arms, AreNotTrustedWhereNothingIsSeen) {
    const Given given(DrawnPose::arms_down);
    const cv::Mat nothing = cv::Mat::zeros(given.silhouette.size(), CV_8UC1);
    for (const Arm& arm : follow_arms(given.picture, nothing, given.skin, given.frame)) {
        EXPECT_FALSE(arm.measured);
        EXPECT_GE(arm.line.size(), 2U);
    }
}

Torso torso_of(const Given& given) {
    const Sided<Arm> arms = follow_arms(given.picture, given.silhouette, given.skin, given.frame);
    const cv::Mat hidden = arms_and_hands(arms, given.skin, given.frame.unit);
    return measure_torso(given.silhouette, hidden, given.frame,
                         {find_parting(given.silhouette, given.frame), given.at({0, given.drawn.hem_y}).y});
}

TEST(Torso, IsNotWidenedByAHandOnTheHip) {
    const Torso straight = torso_of(Given(DrawnPose::arms_down));
    const Torso with_hand = torso_of(Given(DrawnPose::hand_on_hip));
    const std::size_t rows = std::min(straight.rows.size(), with_hand.rows.size());
    for (std::size_t at = rows / 3; at < rows; ++at)
        EXPECT_NEAR(with_hand.rows[at].right, straight.rows[at].right, 8) << "row " << at;
}

TEST(Torso, EndsAtTheCrotchAndLegsFollow) {
    const Given given(DrawnPose::arms_down);
    const Torso torso = torso_of(given);
    ASSERT_TRUE(torso.crotch.has_value());
    EXPECT_NEAR(*torso.crotch, given.at({0, given.drawn.crotch_y}).y, 20);
    ASSERT_FALSE(torso.legs.empty());
    const LegRow& row = torso.legs[torso.legs.size() / 2];
    EXPECT_LT(row.legs[picture_left].right, row.legs[picture_right].left);
    EXPECT_GT(row.legs[picture_left].right, row.legs[picture_left].left);
}

TEST(Torso, HasNoCrotchUnderASkirt) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const std::vector<std::vector<cv::Point>> skirt = {{{272, 520}, {496, 520}, {560, 780}, {208, 780}}};
    cv::fillPoly(drawn.picture, skirt, cv::Scalar(70, 110, 190));
    cv::fillPoly(drawn.mask, skirt, cv::Scalar(255));
    drawn.hem_y = 780;
    const Given given(drawn);
    const Torso torso = torso_of(given);
    EXPECT_FALSE(torso.crotch.has_value());
    EXPECT_FALSE(torso.legs.empty());
    // The body inside is not as wide as the skirt's end.
    EXPECT_LT(torso.rows.back().right - torso.rows.back().left, given.at({300, 0}).x);
}

std::optional<float> hem_of(const Given& given) {
    const Sided<Arm> arms = follow_arms(given.picture, given.silhouette, given.skin, given.frame);
    return find_hem(given.picture.lab, arms_and_hands(arms, given.skin, given.frame.unit), given.frame,
                    find_parting(given.silhouette, given.frame));
}

TEST(Hem, IsFoundWhereTheTrunkChangesColour) {
    const Given given(DrawnPose::hand_on_hip);
    const auto hem = hem_of(given);
    ASSERT_TRUE(hem.has_value());
    EXPECT_NEAR(*hem, given.at({0, given.drawn.hem_y}).y, 3);
}

TEST(Hem, IsNotAPrintOnTheChest) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::rectangle(drawn.picture, {345, 330}, {423, 420}, cv::Scalar(240, 220, 60), cv::FILLED);
    const Given given(drawn);
    const auto hem = hem_of(given);
    ASSERT_TRUE(hem.has_value());
    EXPECT_NEAR(*hem, given.at({0, drawn.hem_y}).y, 3);
}

TEST(Hem, IsNotFoundInAnOutfitOfOneColour) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::Mat top;
    cv::inRange(drawn.picture, cv::Scalar(60, 100, 180), cv::Scalar(80, 120, 200), top);
    drawn.picture.setTo(cv::Scalar(45, 45, 60), top);
    const auto hem = hem_of(Given(drawn));
    EXPECT_TRUE(!hem || *hem > Given(drawn).at({0, 600}).y);
}

TEST(Labels, NameSkinHairAndBothGarments) {
    const Given given(DrawnPose::arms_down);
    const cv::Mat none = cv::Mat::zeros(given.silhouette.size(), CV_8UC1);
    const PersonLabels found =
        label_person(given.picture, given.frame, {given.silhouette, given.skin, none, given.at({0, 520}).y});
    const auto label_at = [&](Point place) { return found.labels.at<std::uint8_t>(cv::Point(given.at(place))); };
    EXPECT_EQ(label_at({384, 150}), label_skin);
    EXPECT_EQ(label_at({384, 74}), label_hair);
    EXPECT_EQ(label_at({384, 400}), label_upper);
    EXPECT_EQ(label_at({330, 700}), label_lower);
    EXPECT_EQ(label_at(given.drawn.elbow[picture_left]), label_skin);
    EXPECT_EQ(label_at({40, 40}), label_none);
    EXPECT_LT(found.skin_alike, 0.2F);
}

TEST(Labels, TellThatTheClothesHaveTheColourOfSkin) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::Mat top;
    cv::inRange(drawn.picture, cv::Scalar(60, 100, 180), cv::Scalar(80, 120, 200), top);
    drawn.picture.setTo(cv::Scalar(200, 150, 121), top);
    const Given given(drawn);
    const cv::Mat none = cv::Mat::zeros(given.silhouette.size(), CV_8UC1);
    EXPECT_GT(label_person(given.picture, given.frame, {given.silhouette, given.skin, none, std::nullopt}).skin_alike,
              0.6F);
}

TEST(Outfit, SeesBareArmsAndLongSleeves) {
    Arm arm;
    for (int step = 0; step <= 20; ++step)
        arm.line.push_back({Point(10, 10 + 4 * static_cast<float>(step)), 4, 4 * static_cast<float>(step)});
    cv::Mat labels(120, 30, CV_8UC1, cv::Scalar(label_skin));
    EXPECT_EQ(find_sleeve_end(arm, labels), 0);
    labels.rowRange(0, 40).setTo(label_upper);
    EXPECT_NEAR(find_sleeve_end(arm, labels), 32, 5);
    labels.setTo(label_upper);
    EXPECT_EQ(find_sleeve_end(arm, labels), arm.line.back().along);
}

TEST(ShoulderLine, RunsFromTheNeckDownToTheTip) {
    const Given given(DrawnPose::arms_down);
    const cv::Mat none = cv::Mat::zeros(given.silhouette.size(), CV_8UC1);
    const PersonLabels found =
        label_person(given.picture, given.frame, {given.silhouette, given.skin, none, given.at({0, 520}).y});
    EXPECT_NEAR(find_neck(found.labels, given.frame), given.at({384, 0}).x, 4);
    for (const Side side : {picture_left, picture_right}) {
        const std::vector<Point> slope = shoulder_slope(found.labels, given.frame, side);
        ASSERT_GE(slope.size(), 2U);
        EXPECT_LT(slope.front().y, slope.back().y + 1);
        EXPECT_NEAR(slope.back().x, given.frame.shoulder[side].x, 1);
    }
}

TEST(ShoulderLine, FollowsTiltedShouldersWhoseTipIsFoundTooLow) {
    const Given given(DrawnPose::arms_down);
    const float centre = given.at({384, 0}).x, unit = given.frame.unit;
    for (const float tilt : {-0.12F, 0.F, 0.12F}) {
        cv::Mat labels;  // of one with the weight on one leg
        const cv::Mat shear = (cv::Mat_<double>(2, 3) << 1, 0, 0, tilt, 1, -tilt * centre);
        const cv::Mat plain = given.silhouette / 255 * label_upper;
        cv::warpAffine(plain, labels, shear, plain.size(), cv::INTER_NEAREST);
        BodyFrame frame = given.frame;
        for (const Side side : {picture_left, picture_right})
            frame.shoulder[side].y += tilt * (frame.shoulder[side].x - centre) + 0.2F * unit;
        for (const Side side : {picture_left, picture_right}) {
            const std::vector<Point> slope = shoulder_slope(labels, frame, side);
            for (std::size_t at = 1; at + 2 < slope.size(); ++at) {
                const auto column = static_cast<int>(std::lround(slope[at].x));
                int top = static_cast<int>(slope[at].y - 0.4F * unit);  // below the head
                while (top < labels.rows && labels.at<std::uint8_t>(top, column) == label_none) ++top;
                EXPECT_NEAR(slope[at].y, static_cast<float>(top), 0.05F * unit) << tilt << ' ' << side << ' ' << at;
            }
        }
    }
}

TEST(ShoulderLine, IsAnAverageOneWhereHairOrAHoodHidesIt) {
    const Point tip(200, 100);
    const auto usual = believable_slope(100, tip, 80, [](float) { return std::nullopt; });
    EXPECT_NEAR(usual.front().y, 76, 0.1);
    EXPECT_NEAR(usual.back().y, 100, 0.1);
    const auto hood = believable_slope(100, tip, 80, [](float) { return std::optional(40.F); });
    const auto below_hair = believable_slope(100, tip, 80, [](float x) { return std::optional(x < 180 ? 140 : 98.F); });
    for (std::size_t at = 0; at < usual.size(); ++at) {
        EXPECT_NEAR(hood[at].y, usual[at].y, 0.1) << at;
        EXPECT_NEAR(below_hair[at].y, usual[at].y, 3.5) << at;
    }
}

}  // namespace
}  // namespace fitview::engine
