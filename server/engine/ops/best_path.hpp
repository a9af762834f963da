#pragma once
// The best path through a table, one cell per row (dynamic programming). Pure, thread-safe.
#include <opencv2/core.hpp>

#include <vector>

namespace fitview::engine {

/// `score` is 32FC1, at least 1 x 1. Returns one column per row so that the sum of the scores minus `bend_cost` times
/// the squared column change between neighbouring rows is largest; columns change by at most `reach` per row.
std::vector<int> best_path(const cv::Mat& score, int reach, float bend_cost);

}  // namespace fitview::engine
