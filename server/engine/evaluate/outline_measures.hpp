#pragma once
// How well the outline of a drawn garment meets the true one. Pure functions, thread-safe, deterministic.
#include <opencv2/core.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <vector>

#include "engine/geometry.hpp"

namespace fitview::engine {

/// Distances are px of a picture whose long side is 1024; positive means that the drawn edge lies too low. Nothing
/// where an edge cannot be measured.
struct OutlineErrors {
    double overlap = 0;              ///< intersection over union of both silhouettes, 0 to 1
    std::optional<double> hem;       ///< of the lower edge between the sleeves, median over its columns
    std::optional<double> neckline;  ///< of the lowest point of the neckline
    std::optional<double> cuffs;     ///< of the sleeves' ends along the arms: the larger of both sides, without a sign
};
BOOST_DESCRIBE_STRUCT(OutlineErrors, (), (overlap, hem, neckline, cuffs))

/// Intersection over union of two masks of one size (8UC1, inside above 127); 1 when both are empty.
double overlap_of(const cv::Mat& first, const cv::Mat& second);

/// Where a body has the edges of its clothes.
struct OutlinePlaces {
    float neck_x = 0;                ///< column of the neck's middle
    cv::Range trunk;                 ///< columns between the arms
    Sided<std::vector<Point>> arms;  ///< centre lines from the shoulders; empty where an arm is not seen
};

/// Compares two masks (8UC1, inside above 127) of one size.
OutlineErrors compare_outlines(const cv::Mat& truth, const cv::Mat& drawn, const OutlinePlaces& places);

}  // namespace fitview::engine
