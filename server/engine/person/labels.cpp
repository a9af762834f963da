#include "engine/person/labels.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/ops/guided_filter.hpp"
#include "engine/ops/histogram_label.hpp"
#include "engine/person/masks.hpp"
#include "engine/person/person_model.hpp"

namespace fitview::engine {
namespace {

constexpr float never = 50;
constexpr float highest_cost = 30;
constexpr float largest_speck = 0.036F;    ///< square units
constexpr float largest_enclosed = 0.12F;  ///< smaller than a hand

float ramp(float value, float from, float to) {
    return std::clamp((value - from) / (to - from), 0.0F, 1.0F);
}

template <class Rule>
cv::Mat select(cv::Size size, Rule rule) {
    cv::Mat mask(size, CV_8UC1);
    for (int row = 0; row < size.height; ++row)
        for (int column = 0; column < size.width; ++column)
            mask.at<std::uint8_t>(row, column) = rule(static_cast<float>(column), static_cast<float>(row)) ? 255 : 0;
    return mask;
}

template <class Cost>
void add_cost(cv::Mat& plane, Cost cost) {
    for (int row = 0; row < plane.rows; ++row) {
        auto* line = plane.ptr<float>(row);
        for (int column = 0; column < plane.cols; ++column)
            line[column] += cost(row, column, static_cast<float>(column), static_cast<float>(row));
    }
}

/// The work on one picture: seeds, costs and rules share all of this.
class Labelling {
public:
    Labelling(const WorkingPicture& picture, const BodyFrame& frame, const LabelEvidence& evidence)
        : frame_(frame),
          evidence_(evidence),
          size_(picture.small.size()),
          unit_(frame.unit),
          hem_(evidence.hem.value_or(frame.shoulder_y + 3.1F * frame.unit)),
          cells_(histogram_cells(picture.lab)) {
        cv::Mat lightness;
        cv::extractChannel(picture.lab, lightness, 0);
        guide_ = lightness / 100;
        trunk_ =
            select(size_,
                   [&](float x, float y) {
                       return across(x) < 0.55F && y > frame_.shoulder_y + 0.45F * unit_ && y < hem_ - 0.12F * unit_;
                   }) &
            evidence.silhouette;
    }

    PersonLabels run() {
        const cv::Mat skin_seeds = evidence_.silhouette & (evidence_.skin > 0.35);
        const int trunk_area = std::max(1, cv::countNonZero(trunk_));
        PersonLabels result;
        result.skin_alike = static_cast<float>(cv::countNonZero(skin_seeds & trunk_)) / static_cast<float>(trunk_area);
        cv::Mat upper_seeds = trunk_ & ~skin_seeds;
        // A garment close to skin colour would lose its own seeds.
        if (cv::countNonZero(upper_seeds) < 0.25 * trunk_area) upper_seeds = trunk_;
        const GuidedFilter filter(guide_, 3, 2e-3);
        const cv::Mat skin = filter.apply(cv::min(skin_cost(), highest_cost));
        const cv::Mat hair = filter.apply(cv::min(hair_cost(), highest_cost));
        const cv::Mat lower = filter.apply(cv::min(lower_cost(skin_seeds), highest_cost));
        constexpr int rounds = 2;
        for (int round = 0; round < rounds; ++round) {
            const cv::Mat upper = filter.apply(cv::min(upper_cost(upper_seeds), highest_cost));
            result.labels = cheapest({skin, hair, upper, lower});
            upper_seeds = (result.labels == label_upper) & select(size_, [&](float, float y) { return y < hem_; });
        }
        join_hair_to_head(result.labels);
        for (const Label label : {label_skin, label_upper, label_lower}) absorb_specks(result.labels, label);
        return result;
    }

private:
    float across(float x) const { return std::abs(x - frame_.centre_x) / unit_; }
    float below_shoulder(float y) const { return (y - frame_.shoulder_y) / unit_; }
    bool in_face(float x, float y) const {
        const cv::Rect2f& head = frame_.head;
        const float off_x = (x - head.x - head.width / 2) / (0.62F * head.width);
        const float off_y = (y - head.y - 0.5F * head.height) / (0.75F * head.height);
        return off_x * off_x + off_y * off_y < 1;
    }
    bool on_free_arm(int row, int column) const { return evidence_.free_arms.at<std::uint8_t>(row, column) != 0; }

    cv::Mat skin_cost() const {
        const cv::Mat seeds = evidence_.silhouette & (evidence_.skin > 0.45);
        const ColourHistogram histogram(cells_, seeds);
        cv::Mat cost(size_, CV_32FC1, cv::Scalar(0));
        add_cost(cost, [&](int row, int column, float x, float y) {
            const float generic = std::min(evidence_.skin.at<float>(row, column) / 50 + 1e-7F, 0.02F);
            float value =
                -std::log(0.6F * histogram.probability(cells_.at<std::uint16_t>(row, column)) + 0.4F * generic + 1e-6F);
            if (in_face(x, y)) value -= 2.5F;
            const bool above_end = evidence_.hem ? y < hem_ - 0.05F * unit_ : below_shoulder(y) < 4.2F;
            if (across(x) < 0.55F && below_shoulder(y) > 0.7F && above_end) value += 1.5F;
            return value;
        });
        return cost;
    }

    cv::Mat hair_cost() const {
        const cv::Rect2f& head = frame_.head;
        const float middle = head.x + head.width / 2;
        const cv::Mat seeds = select(size_,
                                     [&](float x, float y) {
                                         return frame_.face_seen ? y < head.y + 0.18F * head.height &&
                                                                       std::abs(x - middle) < 1.1F * head.width
                                                                 : y < static_cast<float>(frame_.top) + 0.25F * unit_;
                                     }) &
                              evidence_.silhouette & (evidence_.skin <= 0.3);
        if (cv::countNonZero(seeds) <= 40) return {size_, CV_32FC1, cv::Scalar(never)};
        cv::Mat cost = ColourHistogram(cells_, seeds).cost(cells_);
        add_cost(cost, [&](int, int, float x, float y) {
            const float down = below_shoulder(y);
            float value = 7 * ramp(down, 0.1F, 1.3F) + 3 * ramp(std::abs(x - frame_.head_x) / unit_, 1, 1.6F);
            if (across(x) < 0.45F && down > 0.25F) value += 2.5F;
            return value;
        });
        return cost;
    }

    cv::Mat upper_cost(const cv::Mat& seeds) const {
        cv::Mat cost = ColourHistogram(cells_, seeds).cost(cells_);
        add_cost(cost, [&](int row, int column, float, float y) {
            float value = 6 * ramp(-y, -(frame_.neck_y - 0.12F * unit_), -(frame_.neck_y - 0.5F * unit_));
            if (evidence_.hem && !on_free_arm(row, column))
                value += 8 * ramp(y, hem_ - 0.02F * unit_, hem_ + 0.16F * unit_);
            return value;
        });
        return cost;
    }

    cv::Mat lower_cost(const cv::Mat& skin_seeds) const {
        if (!evidence_.hem) return {size_, CV_32FC1, cv::Scalar(never)};
        const cv::Mat zone = select(size_,
                                    [&](float x, float y) {
                                        return across(x) < 0.6F && y > hem_ + 0.15F * unit_ && y < hem_ + 2.2F * unit_;
                                    }) &
                             evidence_.silhouette;
        if (cv::countNonZero(zone) <= 50) return {size_, CV_32FC1, cv::Scalar(never)};
        cv::Mat cost = ColourHistogram(cells_, zone & ~skin_seeds).cost(cells_);
        add_cost(cost, [&](int row, int column, float, float y) {
            return (on_free_arm(row, column) ? 5.0F : 0.0F) +
                   9 * ramp(-y, -(hem_ + 0.02F * unit_), -(hem_ - 0.14F * unit_));
        });
        return cost;
    }

    cv::Mat cheapest(const std::array<cv::Mat, 4>& costs) const {
        cv::Mat labels(size_, CV_8UC1);
        for (int row = 0; row < size_.height; ++row)
            for (int column = 0; column < size_.width; ++column) {
                std::size_t best = 0;
                for (std::size_t at = 1; at < costs.size(); ++at)
                    if (costs[at].at<float>(row, column) < costs[best].at<float>(row, column)) best = at;
                const bool person = evidence_.silhouette.at<std::uint8_t>(row, column) != 0;
                labels.at<std::uint8_t>(row, column) = static_cast<std::uint8_t>(person ? best + 1 : 0);
            }
        return labels;
    }

    /// Hair begins at the head; dark cloth further down is not hair, and "cloth" above the shoulders that does not
    /// reach down to the rest is.
    void join_hair_to_head(cv::Mat& labels) const {
        const cv::Mat hair = labels == label_hair;
        const float lowest_start = frame_.chin_y + 0.35F * unit_;
        const cv::Mat kept = keep_regions(
            hair, 8, [&](const Region& region) { return static_cast<float>(region.box.y) < lowest_start; });
        labels.setTo(label_upper, hair & ~kept);
        if (cv::countNonZero(kept) == 0) return;
        const float lowest_end = frame_.shoulder_y + 0.25F * unit_;
        const cv::Mat strands = keep_regions(labels == label_upper, 8, [&](const Region& region) {
            return static_cast<float>(region.box.y) < lowest_start &&
                   static_cast<float>(region.box.br().y) < lowest_end;
        });
        labels.setTo(label_hair, strands);
    }

    /// Specks take the label most frequent around them.
    void absorb_specks(cv::Mat& labels, Label label) const {
        cv::Mat numbers;
        cv::Mat statistics;
        cv::Mat centres;
        const int count = cv::connectedComponentsWithStats(labels == label, numbers, statistics, centres, 4);
        for (int at = 1; at < count; ++at) {
            const float area = static_cast<float>(statistics.at<int>(at, cv::CC_STAT_AREA)) / (unit_ * unit_);
            if (area >= largest_enclosed) continue;
            const cv::Rect box =
                cv::Rect(statistics.at<int>(at, cv::CC_STAT_LEFT) - 1, statistics.at<int>(at, cv::CC_STAT_TOP) - 1,
                         statistics.at<int>(at, cv::CC_STAT_WIDTH) + 2,
                         statistics.at<int>(at, cv::CC_STAT_HEIGHT) + 2) &
                cv::Rect({}, size_);
            const cv::Mat speck = numbers(box) == at;
            const cv::Mat ring = dilated(speck, 3) & ~speck;
            std::array<int, 5> votes{};
            for (int row = 0; row < box.height; ++row)
                for (int column = 0; column < box.width; ++column)
                    if (ring.at<std::uint8_t>(row, column) != 0) ++votes[labels(box).at<std::uint8_t>(row, column)];
            votes[label_none] = 0;
            const auto most = std::max_element(votes.begin(), votes.end());
            const int all = std::accumulate(votes.begin(), votes.end(), 0);
            // A larger patch counts as a speck only inside a single garment: part of its print.
            const bool enclosed = label == label_skin && *most > 0.85 * all;
            if (*most > 0 && (area < largest_speck || enclosed))
                labels(box).setTo(static_cast<int>(std::distance(votes.begin(), most)), speck);
        }
    }

    const BodyFrame& frame_;
    const LabelEvidence& evidence_;
    cv::Size size_;
    float unit_;
    float hem_;
    cv::Mat cells_;
    cv::Mat guide_;
    cv::Mat trunk_;
};

}  // namespace

PersonLabels label_person(const WorkingPicture& picture, const BodyFrame& frame, const LabelEvidence& evidence) {
    return Labelling(picture, frame, evidence).run();
}

}  // namespace fitview::engine
