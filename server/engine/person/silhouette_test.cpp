#include "engine/person/silhouette.hpp"

#include <gtest/gtest.h>

#include "engine/person/drawn_person.hpp"
#include "engine/person/soft_edge.hpp"

namespace fitview::engine {
namespace {

struct Cut {
    WorkingPicture picture;
    Wall wall;
    cv::Mat silhouette;
};

Cut cut(const cv::Mat& rgb) {
    Cut result;
    result.picture = make_working_picture(raster_of(rgb));
    result.wall = find_wall(result.picture.lab);
    const cv::Mat foreground = rough_foreground(result.wall);
    const auto face = find_face(result.picture.grey, head_area(foreground));
    result.silhouette = cut_silhouette(result.picture, result.wall, foreground, face);
    return result;
}

double overlap(const cv::Mat& one, const cv::Mat& other) {
    return static_cast<double>(cv::countNonZero(one & other)) / cv::countNonZero(one | other);
}

cv::Mat true_mask(const DrawnPerson& drawn, cv::Size size) {
    cv::Mat mask;
    cv::resize(drawn.mask, mask, size, 0, 0, cv::INTER_AREA);
    return mask > 127;
}

TEST(Silhouette, FollowsADrawnPersonAndThePocketUnderABentArm) {
    const DrawnPerson drawn = draw_person(DrawnPose::hand_on_hip);
    const Cut result = cut(drawn.picture);
    EXPECT_TRUE(result.wall.plain);
    EXPECT_GT(overlap(result.silhouette, true_mask(drawn, result.silhouette.size())), 0.95);
    const cv::Point in_pocket(static_cast<int>(530 * result.picture.scale),
                              static_cast<int>(420 * result.picture.scale));
    EXPECT_EQ(result.silhouette.at<std::uint8_t>(in_pocket), 0);
}

TEST(Silhouette, KeepsAWhiteTopBeforeAWhiteWall) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    // Slightly brighter than the wall, with the thin dark outline every fabric edge has.
    const cv::Mat cloth = (drawn.mask > 0) & [&] {
        cv::Mat blue;
        cv::inRange(drawn.picture, cv::Scalar(60, 100, 180), cv::Scalar(80, 120, 200), blue);
        return blue;
    }();
    cv::Mat inner;
    cv::erode(cloth, inner, cv::Mat::ones(5, 5, CV_8U));
    drawn.picture.setTo(cv::Scalar(186, 186, 188), cloth);
    drawn.picture.setTo(cv::Scalar(229, 229, 230), inner);
    const Cut result = cut(drawn.picture);
    EXPECT_GT(overlap(result.silhouette, true_mask(drawn, result.silhouette.size())), 0.93);
}

TEST(Silhouette, DoesNotCountASoftShadowOnTheWall) {
    DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    cv::Mat shadow = cv::Mat::zeros(drawn.picture.size(), CV_32FC1);
    cv::ellipse(shadow, {600, 500}, {120, 330}, 0, 0, 360, cv::Scalar(22), cv::FILLED);
    cv::GaussianBlur(shadow, shadow, {}, 30);
    for (int row = 0; row < shadow.rows; ++row)
        for (int column = 0; column < shadow.cols; ++column)
            if (drawn.mask.at<std::uint8_t>(row, column) == 0)
                for (int channel = 0; channel < 3; ++channel)
                    drawn.picture.at<cv::Vec3b>(row, column)[channel] -=
                        static_cast<std::uint8_t>(shadow.at<float>(row, column));
    const Cut result = cut(drawn.picture);
    EXPECT_GT(overlap(result.silhouette, true_mask(drawn, result.silhouette.size())), 0.93);
}

TEST(Silhouette, SaysThatABusyWallIsNotPlain) {
    cv::Mat noise(512, 384, CV_8UC3);
    cv::RNG(4).fill(noise, cv::RNG::UNIFORM, 0, 256);
    EXPECT_FALSE(find_wall(make_working_picture(raster_of(noise)).lab).plain);
}

TEST(SoftEdge, KeepsNoRimOfTheWall) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const Cut result = cut(drawn.picture);
    const cv::Mat plate = make_clean_plate(result.picture, result.silhouette, result.wall);
    const cv::Mat soft = soften_silhouette(result.picture, result.silhouette, plate, result.wall);
    cv::Mat away;
    cv::dilate(drawn.mask, away, cv::Mat::ones(3, 3, CV_8U));
    // Pixels that show only the wall: those kept as mostly person are a visible rim.
    const int rim = cv::countNonZero((soft > 96) & ~away);
    EXPECT_LT(rim, 0.01 * cv::countNonZero(drawn.mask));
    EXPECT_GT(overlap(soft > 127, drawn.mask), 0.97);
}

TEST(SoftEdge, FillsTheCleanPlateWithTheWall) {
    const DrawnPerson drawn = draw_person(DrawnPose::arms_down);
    const Cut result = cut(drawn.picture);
    const cv::Mat plate = make_clean_plate(result.picture, result.silhouette, result.wall);
    for (const cv::Point place : {cv::Point(384, 400), cv::Point(384, 140), cv::Point(300, 800)}) {
        const int expected = 226 - place.y / 60;
        EXPECT_NEAR(plate.at<cv::Vec3b>(place)[1], expected, 8);
    }
}

}  // namespace
}  // namespace fitview::engine
