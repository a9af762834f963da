#include "engine/pose/person_detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace fitview::engine {
namespace {

constexpr int input_size = 224;
constexpr int numbers_per_box = 12;  ///< middle, size, then four points: the first two are hips and reach of the body
constexpr double candidate_certainty = 0.5;
constexpr double same_person_overlap = 0.3;

/// The network answers for a grid of places at three distances apart, some several times.
struct Grid {
    int step;
    int answers;
};
constexpr std::array grids{Grid{8, 2}, Grid{16, 2}, Grid{32, 6}};

struct Candidate {
    double certainty = 0;
    std::array<double, numbers_per_box> numbers{};  ///< fractions of the input

    double left() const { return numbers[0] - numbers[2] / 2; }
    double right() const { return numbers[0] + numbers[2] / 2; }
    double top() const { return numbers[1] - numbers[3] / 2; }
    double bottom() const { return numbers[1] + numbers[3] / 2; }
    double area() const { return numbers[2] * numbers[3]; }
};

Candidate candidate_at(const float* box, double certainty, double x, double y) {
    Candidate candidate;
    candidate.certainty = certainty;
    for (int at = 0; at < numbers_per_box; ++at) {
        const bool size = at == 2 || at == 3;
        const double from = size ? 0 : at % 2 == 0 ? x : y;
        candidate.numbers[static_cast<std::size_t>(at)] = box[at] / input_size + from;
    }
    return candidate;
}

std::vector<Candidate> candidates_of(const std::vector<float>& boxes, const std::vector<float>& scores) {
    std::vector<Candidate> found;
    std::size_t answer = 0;
    for (const Grid& grid : grids) {
        const int cells = input_size / grid.step;
        for (int cell = 0; cell < cells * cells; ++cell) {
            const int row = cell / cells;
            const int column = cell % cells;
            for (int at = 0; at < grid.answers; ++at, ++answer) {
                const double certainty = 1 / (1 + std::exp(-static_cast<double>(scores[answer])));
                if (!(certainty >= candidate_certainty)) continue;
                found.push_back(candidate_at(&boxes[answer * numbers_per_box], certainty, (column + 0.5) / cells,
                                             (row + 0.5) / cells));
            }
        }
    }
    return found;
}

double overlap(const Candidate& one, const Candidate& other) {
    const double width = std::min(one.right(), other.right()) - std::max(one.left(), other.left());
    const double height = std::min(one.bottom(), other.bottom()) - std::max(one.top(), other.top());
    if (width <= 0 || height <= 0) return 0;
    return width * height / (one.area() + other.area() - width * height);
}

/// The mean of all answers for one person, the certain ones counting more.
std::array<double, numbers_per_box> merged(const Candidate& best, const std::vector<Candidate>& candidates) {
    std::array<double, numbers_per_box> sum{};
    double weights = 0;
    for (const Candidate& candidate : candidates) {
        if (&candidate != &best && overlap(best, candidate) <= same_person_overlap) continue;
        for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += candidate.certainty * candidate.numbers[at];
        weights += candidate.certainty;
    }
    for (double& number : sum) number /= weights;
    return sum;
}

}  // namespace

std::optional<Detection> detect_person(const network::Network& detector, const cv::Mat& picture) {
    const double side = std::max(picture.cols, picture.rows);
    const Region2d whole{picture.cols / 2.0, picture.rows / 2.0, side, side, 0};
    const auto outputs = detector.run(sample_region(picture, whole, {input_size, input_size}, Outside::black, {-1, 1}));
    const std::vector<Candidate> candidates = candidates_of(outputs[0], outputs[1]);
    const auto best =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Candidate& one, const Candidate& other) { return one.certainty < other.certainty; });
    if (best == candidates.end() || best->certainty < least_detection) return std::nullopt;
    const auto numbers = merged(*best, candidates);
    return Detection{Region2d::around(whole.at(numbers[4], numbers[5]), whole.at(numbers[6], numbers[7])),
                     best->certainty};
}

}  // namespace fitview::engine
