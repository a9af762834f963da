#include "engine/render/removed_lower.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/ops/pyramid_fill.hpp"

namespace fitview::engine {
namespace {

const cv::Scalar usual_skin(205, 170, 150);
constexpr float rim = 0.035F;  // units: the leg is thinner than the cloth that covered it

cv::Mat skin_colours(const PersonModel& person) {
    cv::Mat skin = person.labels == label_skin;
    cv::erode(skin, skin, cv::Mat::ones(5, 5, CV_8U));
    const int below_chin = std::clamp(static_cast<int>(person.landmarks.chin_y), 0, person.picture.rows);
    cv::Mat body = skin.clone();
    body.rowRange(0, below_chin).setTo(0);
    if (cv::countNonZero(body) > 200) skin = body;
    if (cv::countNonZero(skin) == 0) return {person.picture.size(), CV_8UC3, usual_skin};
    cv::Mat small, weight, filled;
    cv::resize(person.picture, small, {}, 0.25, 0.25, cv::INTER_AREA);
    cv::resize(skin, weight, small.size(), 0, 0, cv::INTER_AREA);
    small.convertTo(small, CV_32FC3);
    weight.convertTo(weight, CV_32F, 1 / 255.0);
    pyramid_fill(small, weight).convertTo(filled, CV_8UC3);
    cv::resize(filled, filled, person.picture.size(), 0, 0, cv::INTER_LINEAR);
    return filled;
}

/// Cloth below the waist, without what is seen of shoes.
cv::Mat old_garment(const PersonModel& person, const LegLines& legs, bool also_upper) {
    cv::Mat old = person.labels == label_lower;
    if (also_upper) {
        const int hips = std::clamp(static_cast<int>(legs.hip_y), 0, old.rows);
        cv::Mat dress = person.labels == label_upper;
        dress.rowRange(0, hips).setTo(0);
        old |= dress;
    }
    const int feet = std::clamp(static_cast<int>(legs.ankle_y + 0.15F * person.landmarks.unit), 0, old.rows);
    old.rowRange(feet, old.rows).setTo(0);
    return old;
}

class Legs {
public:
    Legs(const PersonModel& person, const LegLines& legs) : person_(person), legs_(legs), skin_(skin_colours(person)) {}

    /// 0 beside the legs, 1 well inside one; the edge is soft.
    float inside(int x, int y, float& across) const {
        const auto row = static_cast<float>(y) + 0.5F, column = static_cast<float>(x) + 0.5F;
        across = 1;
        if (row < legs_.crotch_y) {  // hips: all of the silhouette
            across = 0.5F;
            return 1;
        }
        float best = 0;
        for (const Side side : {picture_left, picture_right}) {
            const LegPlace leg = legs_.at(side, row);
            const float radius = leg.radius - rim * person_.landmarks.unit;
            const float share = std::abs(column - leg.centre) / std::max(1.0F, radius);
            if (share < across) across = share;
            best = std::max(best, std::clamp(radius - std::abs(column - leg.centre) + 0.5F, 0.0F, 1.0F));
        }
        return best;
    }

    cv::Vec3b colour(int x, int y) const {
        float across = 0;
        const float covered =
            inside(x, y, across) * static_cast<float>(person_.silhouette.at<std::uint8_t>(y, x)) / 255;
        const auto& plate = person_.clean_plate.at<cv::Vec3b>(y, x);
        const auto& skin = skin_.at<cv::Vec3b>(y, x);
        const float round = 1.02F - 0.24F * across * across * across;
        cv::Vec3b result;
        for (int c = 0; c < 3; ++c)
            result[c] = cv::saturate_cast<std::uint8_t>(static_cast<float>(skin[c]) * round * covered +
                                                        static_cast<float>(plate[c]) * (1 - covered));
        return result;
    }

private:
    const PersonModel& person_;
    const LegLines& legs_;
    cv::Mat skin_;
};

}  // namespace

RemovedLower remove_old_lower(const PersonModel& person, const LegLines& legs, bool also_upper) {
    RemovedLower result;
    result.old = old_garment(person, legs, also_upper);
    result.colours = person.picture.clone();
    result.silhouette = person.silhouette.clone();
    cv::Mat grown;
    cv::dilate(result.old, grown, cv::Mat::ones(9, 9, CV_8U));
    // the rim lies on the wall, never on the arms, the top or the feet
    const cv::Mat others = (person.labels != label_none) & (person.labels != label_lower) & ~result.old;
    cv::Mat kept;
    cv::erode(others, kept, cv::Mat::ones(3, 3, CV_8U));
    kept |= (person.labels == label_upper) & ~result.old;
    grown.setTo(0, kept);
    cv::GaussianBlur(grown, result.removed, {}, 1.0);
    const Legs body(person, legs);
    for (int y = 0; y < grown.rows; ++y) {
        auto* removed = result.removed.ptr<std::uint8_t>(y);
        for (int x = 0; x < grown.cols; ++x) {
            if (removed[x] < 8) removed[x] = 0;
            if (removed[x] == 0) continue;
            result.colours.at<cv::Vec3b>(y, x) = body.colour(x, y);
            float across = 0;
            const float inside = body.inside(x, y, across);
            auto& silhouette = result.silhouette.at<std::uint8_t>(y, x);
            const float stays = 1 - (1 - inside) * static_cast<float>(removed[x]) / 255;
            silhouette = cv::saturate_cast<std::uint8_t>(static_cast<float>(silhouette) * stays);
        }
    }
    return result;
}

}  // namespace fitview::engine
