#pragma once
// Finding the face, by which everything else is measured.
#include <opencv2/core.hpp>

#include <optional>

namespace fitview::engine {

enum class FaceView { frontal, tilted, profile };

struct Face {
    cv::Rect2f box;  ///< in pixels of the searched picture
    float unit = 0;  ///< the width a frontal face box would have, about 15 cm
    FaceView view = FaceView::frontal;
};

/// Searches `area` of `grey` (8UC1): frontal faces, heads tilted by 20 degrees, then profiles. Nothing when none is
/// found or the cascade files of the opencv-data package are not installed. Thread-safe: each thread loads its own
/// cascades once.
std::optional<Face> find_face(const cv::Mat& grey, const cv::Rect& area);

/// Whether the cascade files were found on this machine.
bool face_cascades_installed();

/// Share of pixels of an RGB picture with a colour that skin of any tone can have, 0 to 1.
double generic_skin_share(const cv::Mat& rgb);

}  // namespace fitview::engine
