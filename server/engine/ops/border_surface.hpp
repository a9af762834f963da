#pragma once
// The wall behind a subject as a smooth surface, guessed from the borders of the picture. Pure functions, thread-safe.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// A background that changes slowly over the picture (light fall-off, vignettes).
struct BorderSurface {
    cv::Mat surface;    ///< 32FC3, the expected background colour at every pixel, in the space of the input
    float sigma = 0;    ///< robust scatter of the border pixels about the surface, in units of that space
    float inliers = 0;  ///< share of the border pixels that agree with it, 0 to 1
};

/// Fits a robust quadratic per channel to the top, left and right borders (and the bottom when `bottom_too`), each 3.5
/// % of the width, starting from the border's most frequent colour. `lab` is 32FC3 in CIE Lab, at least 16 x 16.
BorderSurface fit_border_surface(const cv::Mat& lab, bool bottom_too);

/// Refits with a cubic and a smooth remainder on every pixel of `background` (8UC1, non-zero is background). Returns
/// `coarse` unchanged when fewer than 500 pixels are background.
cv::Mat refine_surface(const cv::Mat& lab, const cv::Mat& background, const cv::Mat& coarse);

}  // namespace fitview::engine
