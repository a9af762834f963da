#pragma once
// The two sizes a person's photo is looked at.
#include <opencv2/core.hpp>

#include "media/raster.hpp"

namespace fitview::engine {

/// The long side of the analysis picture; landmarks and labels are found in it.
constexpr int analysis_size = 512;

struct WorkingPicture {
    cv::Mat picture;  ///< 8UC3 RGB, long side at most working_size
    cv::Mat small;    ///< 8UC3 RGB, the picture reduced for analysis
    cv::Mat lab;      ///< 32FC3 CIE Lab of `small`
    cv::Mat grey;     ///< 8UC1 of `small`
    float scale = 1;  ///< analysis pixels per working pixel
};

/// Copies the raster (three channels RGB, one channel grey) into both sizes. Very long pictures keep a short side of at
/// least 64 analysis pixels where the input has them.
WorkingPicture make_working_picture(const media::Raster& photo);

}  // namespace fitview::engine
