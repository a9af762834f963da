#include "engine/ops/best_path.hpp"

#include <algorithm>
#include <limits>

namespace fitview::engine {

std::vector<int> best_path(const cv::Mat& score, int reach, float bend_cost) {
    cv::Mat total = score.clone();
    cv::Mat from(score.size(), CV_32SC1, cv::Scalar(0));
    for (int row = 1; row < score.rows; ++row) {
        for (int column = 0; column < score.cols; ++column) {
            float best = std::numeric_limits<float>::lowest();
            for (int change = -reach; change <= reach; ++change) {
                const int before = column - change;
                if (before < 0 || before >= score.cols) continue;
                const float value = total.at<float>(row - 1, before) - bend_cost * static_cast<float>(change * change);
                if (value > best) {
                    best = value;
                    from.at<int>(row, column) = before;
                }
            }
            total.at<float>(row, column) += best;
        }
    }
    const float* last = total.ptr<float>(total.rows - 1);
    std::vector<int> path(static_cast<std::size_t>(score.rows));
    path.back() = static_cast<int>(std::max_element(last, last + total.cols) - last);
    for (int row = score.rows - 1; row > 0; --row)
        path[static_cast<std::size_t>(row - 1)] = from.at<int>(row, path[static_cast<std::size_t>(row)]);
    return path;
}

}  // namespace fitview::engine
