#include "engine/garment/collar_curve.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ops/best_path.hpp"

namespace fitview::engine {
namespace {

constexpr int samples = 61;  // along a curve; odd, so that the middle is the lowest place
constexpr int shapes = 5;
constexpr std::array<float, 4> insets{0, 0.08F, 0.16F, 0.24F};  // of the curve's ends from the neck points, in radii
constexpr float shallowest = 0.2F;                              // in radii
constexpr float deepest = 2.6F;
constexpr float depth_step = 0.05F;
constexpr float noise = 0.35F;           // colour change per pixel below which nothing is seen
constexpr float weakest = 0.45F;         // strength a collar must have
constexpr float rival_share = 0.50F;     // a deeper curve wins over a stronger one from this share of its strength
constexpr float depth_discount = 0.35F;  // per radius below one radius: very deep necks need more evidence
constexpr float follow_reach = 0.14F;    // how far the curve may follow the picture sideways, in radii
constexpr int follow_steps = 15;

using Weighted = cv::Vec3f;

/// Colour change per pixel divided by what is usual around, so that faint seams count like sharp prints.
struct Change {
    cv::Mat across;
    cv::Mat down;
    cv::Point origin;
    const Weighted zero{0, 0, 0};

    const Weighted& at(const cv::Mat& plane, Point place) const {
        const int column = static_cast<int>(std::lround(place.x)) - origin.x;
        const int row = static_cast<int>(std::lround(place.y)) - origin.y;
        if (column < 0 || row < 0 || column >= plane.cols || row >= plane.rows) return zero;
        return plane.at<Weighted>(row, column);
    }

    /// Change along `normal`, at most 2.
    Weighted along(Point place, Point normal) const {
        Weighted change = at(across, place) * normal.x + at(down, place) * normal.y;
        const auto size = static_cast<float>(cv::norm(change));
        if (size > 2) change *= 2 / size;
        return change;
    }
};

Change measure_change(const GarmentShape& shape, const cv::Mat& lab, cv::Rect box) {
    Change change;
    change.origin = box.tl();
    cv::Mat soft, inside, usual, near;
    cv::GaussianBlur(lab(box), soft, {}, 1.2);
    soft = soft.mul(cv::Mat(soft.size(), CV_32FC3, cv::Scalar(1, 1.4, 1.4)));
    cv::Scharr(soft, change.across, CV_32F, 1, 0, 1 / 32.0);
    cv::Scharr(soft, change.down, CV_32F, 0, 1, 1 / 32.0);
    // The garment's own outline is the strongest edge of all and no collar.
    cv::erode(shape.mask(box), inside, cv::Mat::ones(9, 9, CV_8UC1), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    cv::Mat size(box.size(), CV_32FC1);
    for (int row = 0; row < box.height; ++row)
        for (int column = 0; column < box.width; ++column) {
            const Weighted& x = change.across.at<Weighted>(row, column);
            const Weighted& y = change.down.at<Weighted>(row, column);
            const bool sure = inside.at<std::uint8_t>(row, column) != 0;
            size.at<float>(row, column) = sure ? std::sqrt(x.dot(x) + y.dot(y)) : 0;
        }
    cv::GaussianBlur(size, usual, {}, 5);
    cv::Mat sure;
    inside.convertTo(sure, CV_32F, 1 / 255.0);
    cv::GaussianBlur(sure, near, {}, 5);
    for (int row = 0; row < box.height; ++row)
        for (int column = 0; column < box.width; ++column) {
            const float around = usual.at<float>(row, column) / (near.at<float>(row, column) + 0.05F);
            const float share = sure.at<float>(row, column) / (around + noise);
            change.across.at<Weighted>(row, column) *= share;
            change.down.at<Weighted>(row, column) *= share;
        }
    return change;
}

/// Depth profile of a neckline shape at `side` (-1 to 1 from left to right): 1 in the middle, 0 at the ends.
float profile(int shape, float side) {
    const float a = std::abs(side);
    switch (shape) {
        case 0:
            return 1 - a;
        case 1:
            return 1 - 0.5F * a - 0.5F * a * a;
        case 2:
            return 1 - a * a;
        case 3:
            return std::sqrt(1 - a * a);
        default:
            return std::pow(1 - std::pow(a, 3.2F), 1 / 3.2F);
    }
}

struct Curve {
    std::array<Point, samples> points;
    std::array<Point, samples> normals;  // downwards, unit length
    std::array<float, samples> weights;  // shares of the length
};

class CurveMaker {
public:
    explicit CurveMaker(const NeckPoints& neck)
        : left_(neck.neck[picture_left]), right_(neck.neck[picture_right]), radius_((right_.x - left_.x) / 2) {
        for (int at = 0; at < samples; ++at) {
            const auto turn = static_cast<float>(CV_PI) * 0.95F * (static_cast<float>(at) / (samples - 1) - 0.5F);
            sides_[static_cast<std::size_t>(at)] = std::sin(turn);
        }
        for (int shape = 0; shape < shapes; ++shape)
            for (std::size_t at = 0; at < samples; ++at)
                profiles_[static_cast<std::size_t>(shape)][at] = profile(shape, sides_[at]);
    }

    Curve make(int shape, float inset, float depth) const {
        Curve curve;
        for (std::size_t at = 0; at < samples; ++at) {
            const float along = 0.5F + 0.5F * sides_[at] * (1 - inset);
            curve.points[at] = left_ + along * (right_ - left_) +
                               Point(0, depth * radius_ * profiles_[static_cast<std::size_t>(shape)][at]);
        }
        finish(curve);
        return curve;
    }

    static void finish(Curve& curve) {
        float total = 0;
        for (std::size_t at = 0; at < samples; ++at) {
            const Point step =
                curve.points[std::min<std::size_t>(at + 1, samples - 1)] - curve.points[at == 0 ? 0 : at - 1];
            const float length = std::max(1e-3F, std::hypot(step.x, step.y));
            curve.normals[at] = {-step.y / length, step.x / length};
            curve.weights[at] = length;
            total += length;
        }
        for (float& weight : curve.weights) weight /= total;
    }

    float radius() const { return radius_; }

private:
    Point left_;
    Point right_;
    float radius_;
    std::array<float, samples> sides_{};
    std::array<std::array<float, samples>, shapes> profiles_{};
};

struct Rating {
    float strength = 0;
    Weighted direction;  // of the colour change from above to below
};

/// The length of the mean change: edges that point the same way all along add up, texture cancels. Both halves must
/// agree.
Rating rate(const Curve& curve, const Change& change) {
    Weighted left(0, 0, 0);
    Weighted right(0, 0, 0);
    for (std::size_t at = 0; at < samples; ++at) {
        const Weighted part = change.along(curve.points[at], curve.normals[at]) * curve.weights[at];
        if (at <= samples / 2) left += part;
        if (at >= samples / 2) right += part;
    }
    const Weighted whole = left + right;
    const auto length = [](const Weighted& vector) { return static_cast<float>(cv::norm(vector)); };
    return {std::min({length(whole), 2.6F * length(left), 2.6F * length(right)}), whole};
}

struct Found {
    float strength = 0;
    float discounted = 0;
    Weighted direction;
    Curve curve;
};

/// The best curve at every depth.
std::vector<Found> best_by_depth(const CurveMaker& maker, const Change& change, float limit) {
    std::vector<Found> result;
    for (float depth = shallowest; depth <= limit; depth += depth_step) {
        Found best;
        for (const float inset : insets)
            for (int shape = 0; shape < shapes; ++shape) {
                const Curve curve = maker.make(shape, inset, depth);
                const Rating rating = rate(curve, change);
                if (rating.strength > best.strength) best = {rating.strength, 0, rating.direction, curve};
            }
        best.discounted = best.strength * std::exp(-depth_discount * std::max(0.F, depth - 1));
        result.push_back(best);
    }
    return result;
}

/// The deepest local best that is strong enough; -1 when there is none. The back collar's own edge is shallower.
int choose(const std::vector<Found>& found) {
    float strongest = 0;
    for (const Found& each : found) strongest = std::max(strongest, each.discounted);
    int chosen = -1;
    const int count = static_cast<int>(found.size());
    for (int at = 0; at < count; ++at) {
        const float own = found[static_cast<std::size_t>(at)].discounted;
        bool peak = own > 0;
        for (int other = std::max(0, at - 2); other <= std::min(count - 1, at + 2); ++other)
            peak = peak && found[static_cast<std::size_t>(other)].discounted <= own;
        if (peak && own >= rival_share * strongest && found[static_cast<std::size_t>(at)].strength >= weakest)
            chosen = at;
    }
    return chosen;
}

/// Real collars are not quite symmetric: each sample may move along its normal to where the change is strongest.
std::vector<Point> follow(const Found& found, const Change& change, float radius) {
    const Weighted direction = found.direction / std::max(1e-6F, static_cast<float>(cv::norm(found.direction)));
    cv::Mat score(samples, follow_steps, CV_32FC1);
    const auto moved = [&](int at, int step) {
        const auto index = static_cast<std::size_t>(at);
        const float share = static_cast<float>(step) / (follow_steps - 1) * 2 - 1;
        // The ends stay at the neck points.
        const float freedom =
            std::min(1.F, 6 * std::min(static_cast<float>(at), static_cast<float>(samples - 1 - at)) / samples);
        return found.curve.points[index] + found.curve.normals[index] * (share * follow_reach * radius * freedom);
    };
    for (int at = 0; at < samples; ++at)
        for (int step = 0; step < follow_steps; ++step)
            score.at<float>(at, step) =
                change.along(moved(at, step), found.curve.normals[static_cast<std::size_t>(at)]).dot(direction);
    const std::vector<int> path = best_path(score, 1, 0.1F);
    std::vector<Point> result;
    for (int at = 0; at < samples; ++at) result.push_back(moved(at, path[static_cast<std::size_t>(at)]));
    return result;
}

}  // namespace

CollarCurve find_collar_curve(const GarmentShape& shape, const NeckPoints& points, const cv::Mat& lab) {
    const CurveMaker maker(points);
    const float radius = maker.radius();
    if (radius < 4) return {};
    const Point left = points.neck[picture_left];
    const Point right = points.neck[picture_right];
    const float limit = std::min(deepest, 0.42F * shape.height() / radius);
    const cv::Rect box =
        cv::Rect(static_cast<int>(left.x - 0.2F * radius) - 12, static_cast<int>(std::min(left.y, right.y)) - 12,
                 static_cast<int>(2.4F * radius) + 24, static_cast<int>((limit + 0.3F) * radius) + 36) &
        cv::Rect({}, shape.mask.size());
    if (box.width < 16 || box.height < 16) return {};
    const Change change = measure_change(shape, lab, box);
    const std::vector<Found> found = best_by_depth(maker, change, limit);
    const int chosen = choose(found);
    if (chosen < 0) return {};
    const Found& best = found[static_cast<std::size_t>(chosen)];
    return {follow(best, change, radius), best.strength};
}

}  // namespace fitview::engine
