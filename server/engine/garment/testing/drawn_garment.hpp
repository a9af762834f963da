#pragma once
// Garments drawn by code, with landmarks known by construction.
#include <opencv2/imgproc.hpp>

#include <cstdint>
#include <vector>

#include "engine/garment/garment_model.hpp"
#include "media/raster.hpp"

namespace fitview::engine::testing {

struct DrawnGarment {
    media::Raster photo;
    Sided<Point> neck;
    Sided<Point> armpit;
    Sided<Point> cuff_outer;
    Sided<Point> cuff_inner;
    Sided<Point> hem;
};

enum class DrawnKind { t_shirt, sleeveless, long_sleeves, dress, sleeves_on_trunk, waistcoat, band_collar, strapless };

constexpr int drawn_width = 480;
constexpr int drawn_height = 640;

inline media::Raster to_raster(const cv::Mat& picture) {
    const cv::Mat whole = picture.isContinuous() ? picture : picture.clone();
    return {whole.cols, whole.rows, 3, {whole.data, whole.data + whole.total() * 3}};
}

/// The right half of an outline, from the neck point down to the hem corner, as offsets from the axis.
inline std::vector<Point> half_outline(DrawnKind kind) {
    switch (kind) {
        case DrawnKind::t_shirt:
            return {{45, 90}, {110, 115}, {205, 225}, {165, 260}, {110, 215}, {112, 520}};
        case DrawnKind::sleeveless:
            return {{50, 90}, {88, 100}, {82, 150}, {92, 200}, {120, 235}, {124, 520}};
        case DrawnKind::long_sleeves:
            return {{45, 90}, {105, 115}, {215, 480}, {180, 492}, {108, 230}, {110, 520}};
        case DrawnKind::dress:
            return {{40, 60}, {80, 78}, {140, 150}, {112, 175}, {80, 150}, {74, 260}, {150, 600}};
        case DrawnKind::sleeves_on_trunk:
            return {{50, 90}, {130, 115}, {215, 350}, {124, 392}, {120, 520}};
        case DrawnKind::band_collar:  // its front has another colour than the cloth
            return {{44, 60}, {50, 90}, {105, 115}, {215, 480}, {180, 492}, {108, 230}, {110, 520}};
        case DrawnKind::waistcoat:  // sleeveless, with a standing collar
            return {{45, 70}, {52, 94}, {112, 118}, {116, 150}, {124, 200}, {124, 520}};
        case DrawnKind::strapless:  // its upper corners are neck and armpit in one
            return {{116, 240}, {118, 262}, {116, 300}, {112, 360}, {110, 420}, {114, 500}};
    }
    return {};
}

/// Dark cloth on a light ground with a little fixed grain, an open scoop neck.
inline DrawnGarment draw_garment(DrawnKind kind) {
    DrawnGarment drawn;
    const float axis = drawn_width / 2.F;
    const std::vector<Point> half = half_outline(kind);
    std::vector<Point> outline;
    for (const Point place : half) outline.emplace_back(axis + place.x, place.y);
    for (auto place = half.rbegin(); place != half.rend(); ++place) outline.emplace_back(axis - place->x, place->y);
    const float radius = half.front().x;
    const float depth = kind == DrawnKind::sleeveless    ? 70
                        : kind == DrawnKind::waistcoat   ? 12
                        : kind == DrawnKind::band_collar ? 2
                        : kind == DrawnKind::strapless   ? 8
                                                         : 40;
    for (int at = 1; at < 16; ++at) {
        const auto angle = static_cast<float>(CV_PI) * static_cast<float>(at) / 16;
        outline.emplace_back(axis - radius * std::cos(angle), half.front().y + depth * std::sin(angle));
    }
    cv::Mat picture(drawn_height, drawn_width, CV_8UC3, cv::Scalar(240, 240, 238));
    std::vector<cv::Point> corners(outline.begin(), outline.end());
    cv::fillPoly(picture, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(40, 70, 130), cv::LINE_AA);
    if (kind == DrawnKind::band_collar) {
        const cv::Point centre(drawn_width / 2, 60);
        cv::Mat band = cv::Mat::zeros(picture.size(), CV_8UC1);
        cv::fillPoly(band, std::vector<std::vector<cv::Point>>{corners}, 255);
        cv::Mat below = cv::Mat::zeros(picture.size(), CV_8UC1);
        cv::ellipse(below, centre, {50, 46}, 0, 0, 180, 255, cv::FILLED);
        picture.setTo(cv::Scalar(150, 40, 60), band & below);
    }
    std::uint32_t noise = 1;
    for (int row = 0; row < picture.rows; ++row)
        for (int column = 0; column < picture.cols; ++column) {
            noise = noise * 1664525U + 1013904223U;
            for (int channel = 0; channel < 3; ++channel)
                picture.at<cv::Vec3b>(row, column)[channel] = static_cast<std::uint8_t>(
                    picture.at<cv::Vec3b>(row, column)[channel] + static_cast<int>(noise >> 30U) - 1);
        }
    drawn.photo = to_raster(picture);
    const bool strapless = kind == DrawnKind::strapless;
    const bool sleeved = kind != DrawnKind::sleeveless && kind != DrawnKind::waistcoat && !strapless;
    for (std::size_t side = 0; side < 2; ++side) {
        const float sign = side == picture_left ? -1.F : 1.F;
        const auto at = [&](std::size_t number) { return Point(axis + sign * half[number].x, half[number].y); };
        drawn.neck[side] = at(0);
        drawn.hem[side] = at(half.size() - 1);
        drawn.armpit[side] = at(strapless ? 0 : 4);
        if (!sleeved) continue;
        drawn.cuff_outer[side] = at(2);
        drawn.cuff_inner[side] = at(3);
    }
    return drawn;
}

}  // namespace fitview::engine::testing
