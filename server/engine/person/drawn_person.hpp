#pragma once
// A person drawn by code for tests and benchmarks: every place is known.
#include <opencv2/imgproc.hpp>

#include <array>
#include <vector>

#include "engine/geometry.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

enum class DrawnPose { arms_down, hand_on_hip };

struct DrawnPerson {
    cv::Mat picture;  ///< 8UC3 RGB, 768 x 1024
    cv::Mat mask;     ///< 8UC1
    float unit = 104;
    Sided<Point> shoulder{Point(262, 250), Point(506, 250)};
    Sided<Point> elbow;
    Sided<Point> wrist;
    float hem_y = 520;
    float crotch_y = 640;
    float hip_half_width = 118;  ///< at the height of the hand on the hip
};

inline media::Raster raster_of(const cv::Mat& rgb) {
    return {rgb.cols, rgb.rows, rgb.channels(), std::vector<std::uint8_t>(rgb.datastart, rgb.dataend)};
}

/// A front view in a blue sleeveless top and dark trousers before a light grey wall that darkens downwards.
inline DrawnPerson draw_person(DrawnPose pose) {
    const cv::Scalar skin(198, 146, 116);
    const cv::Scalar hair(52, 36, 28);
    const cv::Scalar top(70, 110, 190);
    const cv::Scalar trousers(45, 45, 60);
    DrawnPerson drawn;
    drawn.picture = cv::Mat(1024, 768, CV_8UC3);
    for (int row = 0; row < 1024; ++row) drawn.picture.row(row).setTo(cv::Scalar::all(226 - row / 60));
    const cv::Mat wall = drawn.picture.clone();
    const auto ellipse = [&](cv::Point centre, cv::Size axes, const cv::Scalar& colour) {
        cv::ellipse(drawn.picture, centre, axes, 0, 0, 360, colour, cv::FILLED, cv::LINE_AA);
    };
    const auto polygon = [&](const std::vector<cv::Point>& points, const cv::Scalar& colour) {
        cv::fillPoly(drawn.picture, std::vector<std::vector<cv::Point>>{points}, colour, cv::LINE_AA);
    };
    const auto limb = [&](Point from, Point to, int thickness, const cv::Scalar& colour) {
        cv::line(drawn.picture, from, to, colour, thickness, cv::LINE_AA);
    };
    ellipse({384, 128}, {52, 60}, hair);
    polygon({{354, 170}, {414, 170}, {420, 235}, {500, 252}, {384, 300}, {268, 252}, {348, 235}}, skin);
    ellipse({384, 138}, {43, 54}, skin);
    for (const int out : {-1, 1}) {
        // Enough of a face for the cascades: brows, eyes in shaded sockets, a lit nose, nostrils, a mouth.
        const auto side = static_cast<float>(out);
        ellipse({384 + out * 18, 128}, {14, 8}, skin * 0.82);
        ellipse({384 + out * 18, 129}, {9, 4}, cv::Scalar(240, 236, 232));
        ellipse({384 + out * 18, 129}, {4, 4}, hair);
        limb({384 + side * 7, 117}, {384 + side * 30, 115}, 4, hair);
        ellipse({384 + out * 5, 155}, {3, 2}, skin * 0.6);
    }
    limb({384, 128}, {384, 150}, 6, skin * 1.08);
    ellipse({384, 171}, {17, 5}, cv::Scalar(160, 80, 78));
    limb({369, 171}, {399, 171}, 2, cv::Scalar(90, 40, 40));
    polygon({{268, 255},
             {330, 228},
             {384, 262},
             {438, 228},
             {500, 255},
             {478, 360},
             {470, 440},
             {496, 520},
             {272, 520},
             {298, 440},
             {290, 360}},
            top);
    polygon({{272, 520},
             {496, 520},
             {502, 600},
             {474, 960},
             {420, 960},
             {388, 640},
             {380, 640},
             {348, 960},
             {294, 960},
             {266, 600}},
            trousers);
    const bool bent = pose == DrawnPose::hand_on_hip;
    for (const Side side : {picture_left, picture_right}) {
        const float out = side == picture_left ? -1.0F : 1.0F;
        const bool on_hip = bent && side == picture_right;
        const Point shoulder(384 + out * 102, 272);
        drawn.elbow[side] = on_hip ? Point(384 + out * 236, 416) : Point(384 + out * 158, 455);
        drawn.wrist[side] = on_hip ? Point(384 + out * 126, 540) : Point(384 + out * 176, 610);
        const Point hand = on_hip ? Point(384 + out * 92, 580) : Point(384 + out * 182, 690);
        limb(shoulder, drawn.elbow[side], 48, skin);
        limb(drawn.elbow[side], drawn.wrist[side], 40, skin);
        limb(drawn.wrist[side], hand, 36, skin);
    }
    cv::Mat difference;
    cv::absdiff(drawn.picture, wall, difference);
    std::vector<cv::Mat> planes;
    cv::split(difference, planes);
    drawn.mask = cv::max(planes[0], cv::max(planes[1], planes[2])) > 12;
    return drawn;
}

}  // namespace fitview::engine
