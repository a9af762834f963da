#pragma once
// How alike two pictures are inside a region. Pure functions, thread-safe, deterministic.
#include <opencv2/core.hpp>

#include <boost/describe/class.hpp>

namespace fitview::engine {

/// What two pictures have in common inside a region.
struct Likeness {
    double psnr = 0;       ///< dB, at most `psnr_max`; higher is better
    double ssim = 0;       ///< structural similarity of the lightness, at most 1
    double ms_ssim = 0;    ///< the same over three sizes (weights 0.071, 0.453, 0.476), 0 to 1
    double gradient = 0;   ///< similarity of the edges' strength, 0 to 1
    double histogram = 0;  ///< Hellinger distance of the Lab histograms, 0 (same colours) to 1
};
BOOST_DESCRIBE_STRUCT(Likeness, (), (psnr, ssim, ms_ssim, gradient, histogram))

/// What identical pictures get.
constexpr double psnr_max = 96;

/// Compares two 8UC3 RGB pictures of one size inside `region` (8UC1, not 0). An empty region is likeness itself.
/// Fails: std::invalid_argument when sizes or types differ.
Likeness compare_pictures(const cv::Mat& truth, const cv::Mat& picture, const cv::Mat& region);

/// Hellinger distance between the Lab histograms (10 x 16 x 16 bins) of two pictures, each inside its own region; the
/// sizes may differ. 0 for equal colours, 1 for colours that have nothing in common or when one region is empty.
double colour_distance(const cv::Mat& first, const cv::Mat& first_region, const cv::Mat& second,
                       const cv::Mat& second_region);

}  // namespace fitview::engine
