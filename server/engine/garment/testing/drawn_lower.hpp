#pragma once
// Trousers and skirts drawn by code, with landmarks known by construction.
#include <optional>
#include <vector>

#include "engine/garment/testing/drawn_garment.hpp"

namespace fitview::engine::testing {

enum class DrawnLower { trousers, touching_legs, skirt, lehenga };

struct DrawnLowerGarment {
    media::Raster photo;
    Sided<Point> waist;
    Sided<Point> hem_outer;
    std::optional<Point> crotch;
};

/// The right half, from the waistband's end down to the axis, as offsets from the axis.
inline std::vector<Point> half_lower(DrawnLower kind) {
    switch (kind) {
        case DrawnLower::trousers:
            return {{80, 50}, {104, 200}, {96, 590}, {40, 594}, {0, 225}};
        case DrawnLower::touching_legs:
            return {{80, 50}, {104, 200}, {84, 590}, {0, 594}};
        case DrawnLower::skirt:
            return {{70, 80}, {110, 200}, {130, 480}, {0, 486}};
        case DrawnLower::lehenga:
            return {{60, 60}, {215, 580}, {0, 610}};
    }
    return {};
}

/// Dark dotted cloth on a light ground.
inline DrawnLowerGarment draw_lower(DrawnLower kind) {
    DrawnLowerGarment drawn;
    const float axis = drawn_width / 2.F;
    const std::vector<Point> half = half_lower(kind);
    std::vector<cv::Point> outline;
    for (const Point place : half) outline.emplace_back(cvRound(axis + place.x), cvRound(place.y));
    for (auto place = half.rbegin(); place != half.rend(); ++place)
        outline.emplace_back(cvRound(axis - place->x), cvRound(place->y));
    cv::Mat cloth(drawn_height, drawn_width, CV_8UC3, cv::Scalar(150, 40, 70));
    for (int y = 10; y < cloth.rows; y += 24)
        for (int x = 10; x < cloth.cols; x += 24) cv::circle(cloth, {x, y}, 4, cv::Scalar(230, 190, 90), cv::FILLED);
    cv::Mat mask(cloth.size(), CV_8U, cv::Scalar(0));
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{outline}, 255);
    cv::Mat picture(cloth.size(), CV_8UC3, cv::Scalar(240, 240, 238));
    cloth.copyTo(picture, mask);
    cv::GaussianBlur(picture, picture, {}, 0.6);
    drawn.photo = to_raster(picture);
    const bool legs = kind == DrawnLower::trousers;
    const std::size_t hem = kind == DrawnLower::lehenga ? 1 : 2;
    for (std::size_t side = 0; side < 2; ++side) {
        const float sign = side == picture_left ? -1.F : 1.F;
        drawn.waist[side] = {axis + sign * half[0].x, half[0].y};
        drawn.hem_outer[side] = {axis + sign * half[hem].x, half[hem].y};
    }
    if (legs) drawn.crotch = Point(axis, half.back().y);
    return drawn;
}

}  // namespace fitview::engine::testing
