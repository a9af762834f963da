#include "engine/garment/show_garment.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fitview::engine {
namespace {

const cv::Scalar red(220, 30, 30);
const cv::Scalar blue(30, 80, 230);
const cv::Scalar green(20, 150, 60);
const cv::Scalar orange(240, 130, 0);
const cv::Scalar cyan(0, 190, 200);
const cv::Scalar magenta(230, 0, 200);
const cv::Scalar dark(40, 40, 40);

int dot_size(const cv::Mat& picture) {
    return std::max(2, std::max(picture.cols, picture.rows) / 120);
}

void dot(cv::Mat& picture, Point place, const cv::Scalar& colour) {
    cv::circle(picture, cv::Point(place), dot_size(picture), colour, cv::FILLED, cv::LINE_AA);
}

void line(cv::Mat& picture, const std::vector<Point>& points, const cv::Scalar& colour, int thickness) {
    for (std::size_t at = 1; at < points.size(); ++at)
        cv::line(picture, cv::Point(points[at - 1]), cv::Point(points[at]), colour, thickness, cv::LINE_AA);
}

void tint(cv::Mat& picture, const cv::Mat& mask, const cv::Scalar& colour) {
    const cv::Mat flat(picture.size(), picture.type(), colour);
    cv::Mat mixed;
    cv::addWeighted(picture, 0.6, flat, 0.4, 0, mixed);
    mixed.copyTo(picture, mask);
}

cv::Mat on_checks(const GarmentModel& garment) {
    cv::Mat result(garment.picture.size(), CV_8UC3);
    for (int row = 0; row < result.rows; ++row)
        for (int column = 0; column < result.cols; ++column) {
            const int check = ((row / 16 + column / 16) & 1) == 0 ? 150 : 110;
            const int alpha = garment.alpha.at<std::uint8_t>(row, column);
            const auto& colour = garment.picture.at<cv::Vec3b>(row, column);
            for (int channel = 0; channel < 3; ++channel)
                result.at<cv::Vec3b>(row, column)[channel] =
                    static_cast<std::uint8_t>((colour[channel] * alpha + check * (255 - alpha)) / 255);
        }
    return result;
}

cv::Mat with_landmarks(const GarmentModel& garment) {
    cv::Mat result = garment.picture.clone();
    const GarmentLandmarks& landmarks = garment.landmarks;
    tint(result, (garment.parts == part_sleeve_left) & (garment.alpha > 127), orange);
    tint(result, (garment.parts == part_sleeve_right) & (garment.alpha > 127), cyan);
    tint(result, garment.inner, magenta);
    for (const auto& outline : garment.outline) line(result, outline, red, 2);
    line(result, garment.neckline, magenta, 2);
    const auto column = static_cast<int>(landmarks.axis_x);
    cv::line(result, {column, 0}, {column, result.rows}, dark, 1);
    for (std::size_t side = 0; side < 2; ++side) {
        dot(result, landmarks.neck[side], green);
        dot(result, landmarks.shoulder[side], orange);
        dot(result, landmarks.armpit[side], blue);
        dot(result, landmarks.hem[side], dark);
        const auto& sleeve = landmarks.sleeve[side];
        if (!sleeve) continue;
        if (sleeve->on_trunk) line(result, {landmarks.armpit[side], sleeve->notch}, blue, 3);
        dot(result, sleeve->cuff_outer, cyan);
        dot(result, sleeve->cuff_inner, cyan);
    }
    dot(result, landmarks.neck_centre, magenta);
    return result;
}

cv::Mat panel(const GarmentModel& garment, const PatternMesh& pattern, bool back) {
    cv::Mat result;
    cv::addWeighted(garment.picture, 0.5, cv::Mat(garment.picture.size(), CV_8UC3, cv::Scalar::all(255)), 0.5, 0,
                    result);
    std::vector<bool> shown(pattern.vertices.size(), false);
    const auto& vertices = pattern.vertices;
    for (const PatternTriangle& triangle : pattern.triangles) {
        if (triangle.back != back) continue;
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const auto from = static_cast<std::size_t>(triangle.vertices[corner]);
            const auto to = static_cast<std::size_t>(triangle.vertices[(corner + 1) % 3]);
            shown[from] = true;
            const bool sleeve = vertices[from].part != part_trunk && vertices[to].part != part_trunk;
            cv::line(result, cv::Point(vertices[from].uv), cv::Point(vertices[to].uv), sleeve ? orange : green, 1,
                     cv::LINE_AA);
        }
    }
    for (std::size_t at = 0; at < vertices.size(); ++at)
        if (shown[at] && vertices[at].boundary())
            cv::circle(result, cv::Point(vertices[at].uv), std::max(1, dot_size(result) / 3),
                       vertices[at].open() ? red : blue, cv::FILLED, cv::LINE_AA);
    return result;
}

}  // namespace

std::vector<std::pair<std::string, cv::Mat>> show_garment(const GarmentModel& garment) {
    return {{"cutout", on_checks(garment)}, {"landmarks", with_landmarks(garment)}};
}

std::vector<std::pair<std::string, cv::Mat>> show_pattern(const GarmentModel& garment, const PatternMesh& pattern) {
    return {{"pattern-front", panel(garment, pattern, false)}, {"pattern-back", panel(garment, pattern, true)}};
}

}  // namespace fitview::engine
