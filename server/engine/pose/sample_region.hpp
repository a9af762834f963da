#pragma once
// What a network sees of a picture: a turned rectangle of it, sampled to the network's size.
#include <opencv2/core.hpp>

#include <vector>

namespace fitview::engine {

/// A rectangle turned about its centre; in pixels of the picture, pixel centres at a half.
struct Region2d {
    double centre_x = 0;
    double centre_y = 0;
    double width = 0;
    double height = 0;
    double turn = 0;  ///< radians, clockwise in the picture

    /// From fractions of the rectangle to the picture.
    cv::Point2d at(double x, double y) const;
    /// Its middle at the first place, reaching a little beyond the second, which lies straight above in it.
    static Region2d around(cv::Point2d middle, cv::Point2d above);
};

enum class Outside { black, edge };  ///< what lies beyond the picture: black, or its border repeated

/// Values of the network's input: `lowest` for black, `highest` for white.
struct ValueRange {
    float lowest = 0;
    float highest = 1;
};

/// Bilinear, without smoothing before a reduction: the networks were trained on what a graphics card samples so. RGB
/// interleaved, row by row.
std::vector<float> sample_region(const cv::Mat& picture, const Region2d& region, cv::Size size, Outside outside,
                                 ValueRange range);

}  // namespace fitview::engine
