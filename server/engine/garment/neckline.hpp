#pragma once
// Neck and shoulder points, the front neckline and the inside of the back that shows through it.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/garment/armholes.hpp"
#include "engine/garment/garment_shape.hpp"

namespace fitview::engine {

struct Neckline {
    Sided<Point> neck;         ///< where collar and shoulder meet; top of a collar that stands
    Sided<Point> stand;        ///< from there down to the shoulder, beside a collar that stands; else nothing
    Sided<Point> shoulder;     ///< outer end of the shoulder seam
    std::vector<Point> front;  ///< the front neckline, from the left neck point to the right one
    cv::Mat inner;             ///< 8UC1, 255 where the inside of the back shows
    bool open = false;         ///< the outline itself dips between the neck points
    bool guessed = false;      ///< neither colour nor an edge showed the front neckline; `front` is a usual one
    float depth = 0;           ///< from the neck points down to the lowest point of `front`
};

/// `lab` is 32FC3 CIE Lab of the shape's size. Deterministic, thread-safe.
Neckline find_neckline(const GarmentShape& shape, const Sided<Armhole>& armholes, const cv::Mat& lab);

}  // namespace fitview::engine
