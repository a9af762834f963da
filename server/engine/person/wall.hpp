#pragma once
// The background of a person's photo: its smooth colour, and which pixels certainly show it.
#include <opencv2/core.hpp>

namespace fitview::engine {

/// All planes have the size of the analysis picture.
struct Wall {
    cv::Mat surface;     ///< 32FC3 Lab, the wall's colour everywhere, also behind the person
    cv::Mat distance;    ///< 32FC1, how far a pixel is from it; darkening (a shadow) counts little, brightening fully
    cv::Mat roughness;   ///< 32FC1, colour change per pixel after a light blur
    cv::Mat open;        ///< 8UC1, 255 where background is connected to the borders
    float sigma = 0;     ///< scatter of the border about the surface, Lab units
    bool plain = false;  ///< one smooth colour; everything below is reliable only then

    float near() const;  ///< distances below this are the wall
    float far() const;   ///< distances above this are not
};

/// `lab` is 32FC3. Thread-safe; about 60 ms at 384 x 512.
Wall find_wall(const cv::Mat& lab);

}  // namespace fitview::engine
