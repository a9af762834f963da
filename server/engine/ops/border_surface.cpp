#include "engine/ops/border_surface.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

namespace fitview::engine {
namespace {

constexpr int quadratic_terms = 6;
constexpr int cubic_terms = 10;
constexpr std::size_t border_samples = 6000;
constexpr std::size_t background_samples = 4000;
constexpr std::size_t fewest_background = 500;

using Terms = std::array<double, cubic_terms>;

Terms terms_at(int column, int row, cv::Size size) {
    const double x = 2.0 * column / size.width - 1;
    const double y = 2.0 * row / size.height - 1;
    return {1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y};
}

struct Sample {
    Terms terms{};
    cv::Vec3d colour;
};

Sample sample_at(const cv::Mat& lab, cv::Point place) {
    const auto& pixel = lab.at<cv::Vec3f>(place);
    return {terms_at(place.x, place.y, lab.size()), {pixel[0], pixel[1], pixel[2]}};
}

double median_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// One polynomial per channel; `ridge` times the number of samples is added to each term's diagonal.
class Polynomial {
public:
    Polynomial(const std::vector<Sample>& samples, const std::vector<bool>& kept, int terms, const Terms& ridge)
        : terms_(terms) {
        cv::Mat normal = cv::Mat::zeros(terms, terms, CV_64F);
        cv::Mat right = cv::Mat::zeros(terms, 3, CV_64F);
        double count = 0;
        for (std::size_t at = 0; at < samples.size(); ++at) {
            if (!kept[at]) continue;
            count += 1;
            for (int i = 0; i < terms; ++i) {
                const double own = samples[at].terms[static_cast<std::size_t>(i)];
                for (int j = 0; j < terms; ++j)
                    normal.at<double>(i, j) += own * samples[at].terms[static_cast<std::size_t>(j)];
                for (int channel = 0; channel < 3; ++channel)
                    right.at<double>(i, channel) += own * samples[at].colour[channel];
            }
        }
        for (int i = 0; i < terms; ++i) normal.at<double>(i, i) += count * ridge[static_cast<std::size_t>(i)] + 1e-9;
        cv::solve(normal, right, coefficients_, cv::DECOMP_CHOLESKY);
    }

    double distance(const Sample& sample) const { return cv::norm(sample.colour - value(sample.terms)); }

    /// Evaluated on a coarse lattice and enlarged: the surface is far smoother than the lattice.
    cv::Mat surface(cv::Size size) const {
        constexpr int step = 4;
        cv::Mat result(size, CV_32FC3);
        cv::Mat lattice((size.height + step - 1) / step + 1, (size.width + step - 1) / step + 1, CV_32FC3);
        for (int row = 0; row < lattice.rows; ++row)
            for (int column = 0; column < lattice.cols; ++column)
                lattice.at<cv::Vec3f>(row, column) = value(terms_at(column * step, row * step, size));
        for (int row = 0; row < size.height; ++row) {
            const float down = static_cast<float>(row % step) / step;
            const auto* above = lattice.ptr<cv::Vec3f>(row / step);
            const auto* below = lattice.ptr<cv::Vec3f>(row / step + 1);
            auto* out = result.ptr<cv::Vec3f>(row);
            for (int column = 0; column < size.width; ++column) {
                const int at = column / step;
                const float right = static_cast<float>(column % step) / step;
                const cv::Vec3f first = above[at] + (above[at + 1] - above[at]) * right;
                const cv::Vec3f second = below[at] + (below[at + 1] - below[at]) * right;
                out[column] = first + (second - first) * down;
            }
        }
        return result;
    }

private:
    cv::Vec3d value(const Terms& terms) const {
        cv::Vec3d sum(0, 0, 0);
        for (int i = 0; i < terms_; ++i)
            for (int channel = 0; channel < 3; ++channel)
                sum[channel] += terms[static_cast<std::size_t>(i)] * coefficients_.at<double>(i, channel);
        return sum;
    }

    int terms_;
    cv::Mat coefficients_;
};

std::vector<Sample> border_of(const cv::Mat& lab, bool bottom_too) {
    const int band = std::max(3, static_cast<int>(0.035 * lab.cols));
    std::vector<cv::Point> places;
    for (int row = 0; row < lab.rows; ++row)
        for (int column = 0; column < lab.cols; ++column)
            if (row < band || column < band || column >= lab.cols - band || (bottom_too && row >= lab.rows - band))
                places.emplace_back(column, row);
    // An even walk through the border instead of a random choice: the same picture gives the same surface.
    const std::size_t stride = std::max<std::size_t>(1, places.size() / border_samples) | 1U;
    std::vector<Sample> samples;
    for (std::size_t at = 0; at < places.size(); at += stride) samples.push_back(sample_at(lab, places[at]));
    return samples;
}

cv::Vec3d most_frequent_colour(const std::vector<Sample>& samples) {
    using Cell = std::tuple<int, int, int>;
    const auto cell_of = [](const cv::Vec3d& colour) {
        return Cell{cvRound(colour[0] / 6), cvRound(colour[1] / 6), cvRound(colour[2] / 6)};
    };
    std::map<Cell, int> counts;
    for (const Sample& sample : samples) ++counts[cell_of(sample.colour)];
    const auto fullest = std::max_element(counts.begin(), counts.end(),
                                          [](const auto& one, const auto& other) { return one.second < other.second; });
    cv::Vec3d colour;
    for (int channel = 0; channel < 3; ++channel) {
        std::vector<double> values;
        for (const Sample& sample : samples)
            if (cell_of(sample.colour) == fullest->first) values.push_back(sample.colour[channel]);
        colour[channel] = median_of(std::move(values));
    }
    return colour;
}

}  // namespace

BorderSurface fit_border_surface(const cv::Mat& lab, bool bottom_too) {
    constexpr int rounds = 6;
    const Terms ridge = {0, 1e-3, 1e-3, 3e-2, 3e-2, 3e-2};
    const std::vector<Sample> samples = border_of(lab, bottom_too);
    const cv::Vec3d start = most_frequent_colour(samples);
    std::vector<bool> kept(samples.size());
    for (std::size_t at = 0; at < samples.size(); ++at) kept[at] = cv::norm(samples[at].colour - start) < 18;

    BorderSurface result;
    for (int round = 0; round < rounds; ++round) {
        const Polynomial fit(samples, kept, quadratic_terms, ridge);
        std::vector<double> distances;
        std::vector<double> kept_distances;
        for (std::size_t at = 0; at < samples.size(); ++at) {
            distances.push_back(fit.distance(samples[at]));
            if (kept[at]) kept_distances.push_back(distances.back());
        }
        const double sigma = std::max(0.3, 1.4826 * median_of(std::move(kept_distances)));
        const double limit = std::max(4.0, 3 * sigma);
        for (std::size_t at = 0; at < samples.size(); ++at) kept[at] = distances[at] < limit;
        const auto agreeing = std::count(kept.begin(), kept.end(), true);
        result.sigma = static_cast<float>(sigma);
        result.inliers = static_cast<float>(agreeing) / static_cast<float>(samples.size());
        if (round + 1 == rounds) result.surface = fit.surface(lab.size());
        if (agreeing == 0) kept.assign(samples.size(), true);
    }
    return result;
}

cv::Mat refine_surface(const cv::Mat& lab, const cv::Mat& background, const cv::Mat& coarse) {
    std::vector<cv::Point> places;
    cv::findNonZero(background, places);
    if (places.size() < fewest_background) return coarse;
    std::vector<Sample> samples;
    const std::size_t stride = std::max<std::size_t>(1, places.size() / background_samples) | 1U;
    for (std::size_t at = 0; at < places.size(); at += stride) samples.push_back(sample_at(lab, places[at]));

    const Terms ridge = {0, 1e-3, 1e-3, 1e-2, 1e-2, 1e-2, 2e-2, 2e-2, 2e-2, 2e-2};
    std::vector<bool> kept(samples.size(), true);
    cv::Mat cubic;
    for (int round = 0; round < 3; ++round) {
        const Polynomial fit(samples, kept, cubic_terms, ridge);
        std::vector<double> distances;
        for (const Sample& sample : samples) distances.push_back(fit.distance(sample));
        const double limit = std::max(3.0, 2.5 * 1.4826 * median_of(distances));
        if (round == 2) cubic = fit.surface(lab.size());
        for (std::size_t at = 0; at < samples.size(); ++at) kept[at] = distances[at] < limit;
    }

    // The remainder (soft shadows, seams of paper) by a normalised blur at an eighth of the size: it is smooth anyway.
    const cv::Size small(std::max(2, lab.cols / 8), std::max(2, lab.rows / 8));
    cv::Mat weight;
    background.convertTo(weight, CV_32F);
    cv::threshold(weight, weight, 0, 1, cv::THRESH_BINARY);
    cv::Mat weights;
    cv::merge(std::vector<cv::Mat>(3, weight), weights);
    cv::Mat remainder = (lab - cubic).mul(weights);
    cv::resize(remainder, remainder, small, 0, 0, cv::INTER_AREA);
    cv::resize(weight, weight, small, 0, 0, cv::INTER_AREA);
    const double sigma = std::max(0.5, 0.03 * lab.rows / 8.0);
    cv::GaussianBlur(remainder, remainder, {}, sigma);
    cv::GaussianBlur(weight, weight, {}, sigma);
    weight += 0.02;
    cv::merge(std::vector<cv::Mat>(3, weight), weights);
    cv::divide(remainder, weights, remainder);
    cv::resize(remainder, remainder, lab.size(), 0, 0, cv::INTER_LINEAR);
    return cubic + remainder;
}

}  // namespace fitview::engine
