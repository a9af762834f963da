#include "engine/person/show_person.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace fitview::engine {
namespace {

const cv::Scalar red(230, 40, 40);
const cv::Scalar green(40, 200, 60);
const cv::Scalar blue(40, 90, 240);
const cv::Scalar yellow(250, 210, 0);
const cv::Scalar grey(130, 130, 130);

cv::Point rounded(Point place) {
    return {cvRound(place.x), cvRound(place.y)};
}

cv::Mat show_silhouette(const PersonModel& person) {
    const cv::Vec3f ground(170, 40, 170);
    cv::Mat result = person.picture.clone();
    for (int row = 0; row < result.rows; ++row)
        for (int column = 0; column < result.cols; ++column) {
            auto& pixel = result.at<cv::Vec3b>(row, column);
            const float share = static_cast<float>(person.silhouette.at<std::uint8_t>(row, column)) / 255;
            pixel = cv::Vec3b(cv::Vec3f(pixel) * share + ground * (1 - share));
        }
    return result;
}

cv::Mat show_labels(const PersonModel& person) {
    const std::array<cv::Vec3f, 5> colours = {cv::Vec3f(60, 60, 60), cv::Vec3f(255, 170, 120), cv::Vec3f(120, 40, 40),
                                              cv::Vec3f(60, 200, 60), cv::Vec3f(40, 120, 220)};
    cv::Mat result = person.picture.clone();
    for (int row = 0; row < result.rows; ++row)
        for (int column = 0; column < result.cols; ++column) {
            auto& pixel = result.at<cv::Vec3b>(row, column);
            const auto label = std::min<std::size_t>(person.labels.at<std::uint8_t>(row, column), colours.size() - 1);
            pixel = cv::Vec3b(cv::Vec3f(pixel) * 0.45F + colours[label] * 0.55F);
        }
    return result;
}

void draw_arm_line(cv::Mat& canvas, const Arm& arm, int thickness) {
    for (std::size_t at = 0; at < arm.line.size(); ++at) {
        const ArmSample& sample = arm.line[at];
        const cv::Scalar colour = !arm.measured ? grey : sample.along > arm.wrist ? yellow : green;
        if (at > 0) cv::line(canvas, rounded(arm.line[at - 1].centre), rounded(sample.centre), colour, thickness);
        if (at % 4 == 0) cv::circle(canvas, rounded(sample.centre), cvRound(sample.radius), colour, 1, cv::LINE_AA);
    }
    for (const float joint : {arm.elbow, arm.wrist}) {
        const auto nearest =
            std::min_element(arm.line.begin(), arm.line.end(), [&](const ArmSample& one, const ArmSample& other) {
                return std::abs(one.along - joint) < std::abs(other.along - joint);
            });
        if (nearest != arm.line.end()) cv::circle(canvas, rounded(nearest->centre), 3 * thickness, red, cv::FILLED);
    }
}

cv::Mat show_landmarks(const PersonModel& person) {
    const PersonLandmarks& marks = person.landmarks;
    cv::Mat result = person.picture * 0.6 + cv::Scalar::all(90);
    const int thickness = std::max(1, result.rows / 400);
    if (marks.face) cv::rectangle(result, cv::Rect(*marks.face), green, thickness);
    for (std::size_t at = 0; at < marks.trunk.size(); ++at) {
        const int row = marks.trunk_top + static_cast<int>(at);
        cv::circle(result, {cvRound(marks.trunk[at].left), row}, thickness, blue, cv::FILLED);
        cv::circle(result, {cvRound(marks.trunk[at].right), row}, thickness, blue, cv::FILLED);
    }
    for (const LegRow& row : marks.legs)
        for (const TrunkRow& leg : row.legs)
            if (leg.right >= leg.left)
                for (const float x : {leg.left, leg.right})
                    cv::circle(result, {cvRound(x), cvRound(row.y)}, thickness, yellow, cv::FILLED);
    const auto across = [&](float y, const cv::Scalar& colour) {
        const float reach = 1.1F * marks.unit;
        cv::line(result, rounded({marks.centre_x - reach, y}), rounded({marks.centre_x + reach, y}), colour, thickness);
    };
    if (marks.hem_y) across(*marks.hem_y, red);
    if (marks.crotch_y) across(*marks.crotch_y, yellow);
    across(marks.waist_y, grey);
    for (const Side side : {picture_left, picture_right}) {
        draw_arm_line(result, marks.arm[side], thickness);
        for (const Point& place : marks.shoulder_slope[side])
            cv::circle(result, rounded(place), 2 * thickness, blue, cv::FILLED);
        cv::circle(result, rounded(marks.shoulder[side]), 3 * thickness, marks.shoulder_measured[side] ? red : grey,
                   cv::FILLED);
    }
    cv::circle(result, rounded({marks.neck_x, marks.chin_y}), 3 * thickness, blue, cv::FILLED);
    return result;
}

}  // namespace

std::vector<std::pair<std::string, cv::Mat>> show_person(const PersonModel& person) {
    std::vector<std::pair<std::string, cv::Mat>> pictures;
    pictures.emplace_back("silhouette", show_silhouette(person));
    pictures.emplace_back("labels", show_labels(person));
    pictures.emplace_back("landmarks", show_landmarks(person));
    return pictures;
}

}  // namespace fitview::engine
