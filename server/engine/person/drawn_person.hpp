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
class PersonDrawing {
public:
    explicit PersonDrawing(DrawnPose pose) : pose_(pose) {
        drawn_.picture = cv::Mat(1024, 768, CV_8UC3);
        for (int row = 0; row < 1024; ++row) {
            const int darker = row / 60;
            drawn_.picture.row(row).setTo(cv::Scalar::all(226 - darker));
        }
    }

    DrawnPerson draw() {
        const cv::Mat wall = drawn_.picture.clone();
        draw_head();
        draw_clothes();
        for (const Side side : {picture_left, picture_right}) draw_arm(side);
        cv::Mat difference;
        cv::absdiff(drawn_.picture, wall, difference);
        std::vector<cv::Mat> planes;
        cv::split(difference, planes);
        drawn_.mask = cv::max(planes[0], cv::max(planes[1], planes[2])) > 12;
        return drawn_;
    }

private:
    void ellipse(cv::Point centre, cv::Size axes, const cv::Scalar& colour) {
        cv::ellipse(drawn_.picture, centre, axes, 0, 0, 360, colour, cv::FILLED, cv::LINE_AA);
    }
    void polygon(const std::vector<cv::Point>& points, const cv::Scalar& colour) {
        cv::fillPoly(drawn_.picture, std::vector<std::vector<cv::Point>>{points}, colour, cv::LINE_AA);
    }
    void limb(Point from, Point to, int thickness, const cv::Scalar& colour) {
        cv::line(drawn_.picture, from, to, colour, thickness, cv::LINE_AA);
    }

    // Enough of a face for the cascades: brows, eyes in shaded sockets, a lit nose, nostrils, a mouth.
    void draw_head() {
        ellipse({384, 128}, {52, 60}, hair_);
        polygon({{354, 170}, {414, 170}, {420, 235}, {500, 252}, {384, 300}, {268, 252}, {348, 235}}, skin_);
        ellipse({384, 138}, {43, 54}, skin_);
        for (const int out : {-1, 1}) {
            const auto side = static_cast<float>(out);
            ellipse({384 + out * 18, 128}, {14, 8}, skin_ * 0.82);
            ellipse({384 + out * 18, 129}, {9, 4}, cv::Scalar(240, 236, 232));
            ellipse({384 + out * 18, 129}, {4, 4}, hair_);
            limb({384 + side * 7, 117}, {384 + side * 30, 115}, 4, hair_);
            ellipse({384 + out * 5, 155}, {3, 2}, skin_ * 0.6);
        }
        limb({384, 128}, {384, 150}, 6, skin_ * 1.08);
        ellipse({384, 171}, {17, 5}, cv::Scalar(160, 80, 78));
        limb({369, 171}, {399, 171}, 2, cv::Scalar(90, 40, 40));
    }

    void draw_clothes() {
        const cv::Scalar top(70, 110, 190);
        const cv::Scalar trousers(45, 45, 60);
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
    }

    void draw_arm(Side side) {
        const float out = side == picture_left ? -1.0F : 1.0F;
        const bool on_hip = pose_ == DrawnPose::hand_on_hip && side == picture_right;
        const Point shoulder(384 + out * 102, 272);
        drawn_.elbow[side] = on_hip ? Point(384 + out * 236, 416) : Point(384 + out * 158, 455);
        drawn_.wrist[side] = on_hip ? Point(384 + out * 126, 540) : Point(384 + out * 176, 610);
        const Point hand = on_hip ? Point(384 + out * 92, 580) : Point(384 + out * 182, 690);
        limb(shoulder, drawn_.elbow[side], 48, skin_);
        limb(drawn_.elbow[side], drawn_.wrist[side], 40, skin_);
        limb(drawn_.wrist[side], hand, 36, skin_);
    }

    DrawnPose pose_;
    cv::Scalar skin_{198, 146, 116};
    cv::Scalar hair_{52, 36, 28};
    DrawnPerson drawn_;
};

inline DrawnPerson draw_person(DrawnPose pose) {
    return PersonDrawing(pose).draw();
}

}  // namespace fitview::engine
