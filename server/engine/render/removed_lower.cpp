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

/// A place beside or on a leg.
struct OnLeg {
    float inside = 0;  ///< 0 beside the legs, 1 well inside one; the edge is soft
    float across = 1;  ///< 0 in the middle of a leg, 1 at its edge
};

/// The legs in one picture row.
class LegRowPlaces {
public:
    LegRowPlaces(const LegLines& legs, float unit, int y) {
        const float row = static_cast<float>(y) + 0.5F;
        hips_ = row < legs.crotch_y;
        for (const Side side : {picture_left, picture_right}) {
            places_[side] = legs.at(side, row);
            places_[side].radius -= rim * unit;
        }
    }

    OnLeg at(int x) const {
        if (hips_) return {1, 0.5F};  // all of the silhouette
        OnLeg place;
        for (const LegPlace& leg : places_) {
            const float away = std::abs(static_cast<float>(x) + 0.5F - leg.centre);
            place.across = std::min(place.across, away / std::max(1.0F, leg.radius));
            place.inside = std::max(place.inside, std::clamp(leg.radius - away + 0.5F, 0.0F, 1.0F));
        }
        return place;
    }

private:
    bool hips_ = false;
    Sided<LegPlace> places_;
};

cv::Vec3b leg_colour(const cv::Vec3b& skin, const cv::Vec3b& plate, const OnLeg& place, float silhouette) {
    const float covered = place.inside * silhouette;
    const float round = 1.02F - 0.24F * place.across * place.across * place.across;
    cv::Vec3b result;
    for (int c = 0; c < 3; ++c)
        result[c] = cv::saturate_cast<std::uint8_t>(static_cast<float>(skin[c]) * round * covered +
                                                    static_cast<float>(plate[c]) * (1 - covered));
    return result;
}

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
    const cv::Rect box = cv::boundingRect(result.removed);
    if (box.empty()) return result;
    const cv::Mat skin = skin_colours(person);
    for (int y = box.y; y < box.br().y; ++y) {
        auto* removed = result.removed.ptr<std::uint8_t>(y);
        auto* silhouette = result.silhouette.ptr<std::uint8_t>(y);
        const LegRowPlaces places(legs, person.landmarks.unit, y);
        for (int x = box.x; x < box.br().x; ++x) {
            if (removed[x] < 8) removed[x] = 0;
            if (removed[x] == 0) continue;
            const OnLeg place = places.at(x);
            result.colours.at<cv::Vec3b>(y, x) =
                leg_colour(skin.at<cv::Vec3b>(y, x), person.clean_plate.at<cv::Vec3b>(y, x), place,
                           static_cast<float>(silhouette[x]) / 255);
            const float stays = 1 - (1 - place.inside) * static_cast<float>(removed[x]) / 255;
            silhouette[x] = cv::saturate_cast<std::uint8_t>(static_cast<float>(silhouette[x]) * stays);
        }
    }
    return result;
}

}  // namespace fitview::engine
