#pragma once
// Separates a garment from its plain ground.
#include <opencv2/core.hpp>

namespace fitview::engine {

struct CutOut {
    cv::Mat mask;              ///< 8UC1, 0 or 255: one region, openings through which the ground shows left out
    float score = 0;           ///< how well the outline follows edges and keeps off the frame, about 0 to 1
    float ground_scatter = 0;  ///< how far the border's colours spread about a smooth ground, Lab units
    float ground_share = 0;    ///< share of the border that belongs to that ground, 0 to 1
};

/// `picture` is 8UC3 RGB, `lab` the same in 32FC3 CIE Lab; both at least 16 x 16. The mask is empty (all 0) when
/// nothing stands out. Deterministic: seeds OpenCV's generator of this thread before GrabCut draws from it.
CutOut cut_out_garment(const cv::Mat& picture, const cv::Mat& lab);

}  // namespace fitview::engine
