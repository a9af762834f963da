#pragma once
// Small questions to 8-bit masks (0 or 255) that every stage of person parsing asks. Pure functions, thread-safe.
#include <opencv2/core.hpp>

#include <functional>
#include <vector>

namespace fitview::engine {

/// A stretch of set pixels in one row, both ends included.
struct Run {
    int first = 0;
    int last = 0;
    int length() const { return last - first + 1; }
};

/// The runs of a row from left to right. Rows outside the picture have none.
std::vector<Run> runs_of_row(const cv::Mat& mask, int row);

/// One connected region: its bounding box, area and centre.
struct Region {
    cv::Rect box;
    int area = 0;
    cv::Point2d centre;
};

/// Keeps the 4- or 8-connected regions for which `keep` is true.
cv::Mat keep_regions(const cv::Mat& mask, int connectivity, const std::function<bool(const Region&)>& keep);

/// Fills holes that do not touch the border and cover less than `largest_share` of the picture.
cv::Mat fill_holes(const cv::Mat& mask, double largest_share);

cv::Mat dilated(const cv::Mat& mask, int size);
cv::Mat eroded(const cv::Mat& mask, int size);
cv::Mat opened(const cv::Mat& mask, int size);
cv::Mat closed(const cv::Mat& mask, int size);

/// Sets a rectangle given by its corners, cut at the picture's borders.
void set_box(cv::Mat& mask, float left, float top, float right, float bottom, int value);

/// The rows from the first to the last with a set pixel; {0, -1} when empty.
Run rows_of(const cv::Mat& mask);

/// The value in the middle; 0 for none.
float median_of(std::vector<float> values);

/// Gaussian smoothing of a line of numbers, mirrored at its ends.
std::vector<float> smoothed(const std::vector<float>& values, double sigma);

}  // namespace fitview::engine
