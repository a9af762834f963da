#include "engine/render/undressed_person.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/render/bare_skin.hpp"
#include "engine/render/continue_colours.hpp"
#include "engine/render/front_layers.hpp"
#include "engine/render/old_top_light.hpp"
#include "engine/render/skin_light.hpp"
#include "engine/render/worn_collar.hpp"

namespace fitview::engine {
namespace {

cv::Mat square(int size) {
    return cv::Mat::ones(size, size, CV_8U);
}

/// The old top with the pixels its edge is mixed into.
cv::Mat old_top_with_rim(const PersonModel& person) {
    const cv::Mat worn = worn_top(person);
    cv::Mat old;
    cv::dilate(worn, old, square(9));
    const float u = person.landmarks.unit;
    if (person.plain_background) {  // edges of a white top before a white wall are no person to any label
        cv::Mat beside;
        cv::dilate(worn, beside, square(2 * cvRound(0.1F * u) + 1));
        old |= beside & (person.labels == label_none);
    }
    cv::Mat lower = person.labels == label_lower;
    cv::erode(lower, lower, square(5));
    old.setTo(0, lower);  // a waistband keeps its own edge
    // the shade under a sleeve's hem and the light it throws on the skin go with the sleeve
    cv::Mat hems(old.size(), CV_8U, cv::Scalar(0));
    for (const Arm& arm : person.landmarks.arm)
        if (arm.sleeve_end > 0)
            draw_arm_tube(arm, arm.sleeve_end - 0.2F * u, arm.sleeve_end + 0.2F * u, 0.12F * u, 255, hems);
    hems &= person.labels == label_skin;
    cv::Mat near;
    cv::dilate(person.labels == label_upper, near, square(2 * std::max(2, cvRound(0.07F * u)) + 1));
    old |= hems & near;
    return old;
}

/// The lower garment goes on upwards to the waist: a mirror image keeps its cloth, the smooth fill what has no mirror.
struct LowerGarment {
    cv::Mat known;  // surely lower garment
    cv::Mat smooth;
    float top = 0;  // 0 and hem 0: nothing to continue
    float hem = 0;
    float band = 1;

    cv::Vec3b at(const PersonModel& person, int x, int y) const {
        // there and back over a narrow band: further down the legs part
        const float up = std::max(0.0F, hem - static_cast<float>(y)), turn = std::fmod(up, 2 * band);
        const int mirrored = static_cast<int>(hem + 0.3F * band + (turn < band ? turn : 2 * band - turn));
        if (mirrored >= 0 && mirrored < known.rows && known.at<std::uint8_t>(mirrored, x) > 0)
            return person.picture.at<cv::Vec3b>(mirrored, x);
        return smooth.at<cv::Vec3b>(y, x);
    }
};

LowerGarment lower_garment(const PersonModel& person) {
    LowerGarment lower;
    const PersonLandmarks& marks = person.landmarks;
    cv::Mat known = person.labels == label_lower;
    cv::erode(known, known, square(7));
    if (!marks.hem_y || marks.one_piece || cv::countNonZero(known) < 200) return lower;
    if (marks.waist_y > *marks.hem_y + 0.1F * marks.unit) return lower;  // a crop top: there is skin under it
    lower.hem = *marks.hem_y;
    // a worn-out top hides the waistband: it starts at the waist
    lower.top = marks.tucked ? lower.hem - 0.05F * marks.unit
                             : std::clamp(marks.waist_y, lower.hem - 1.2F * marks.unit, lower.hem - 0.05F * marks.unit);
    lower.band = 0.35F * marks.unit;
    lower.known = known;
    lower.smooth = continue_colours(person.picture, known, cv::Scalar(90, 90, 95));
    return lower;
}

/// The same value at the same place every time, about evenly spread from -1.7 to 1.7: its spread is 1.
float noise(int x, int y) {
    auto h = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U;
    h = (h ^ (h >> 13)) * 1274126177U;
    h ^= h >> 16;
    return (static_cast<float>(h & 0xFFFFU) / 65535 - 0.5F) * 3.46F;
}

/// The same with clouds of `size` px.
float cloud(float x, float y, float size) {
    const float gx = x / size, gy = y / size;
    const int i = cvFloor(gx), j = cvFloor(gy);
    const auto ease = [](float t) { return t * t * (3 - 2 * t); };
    const float fx = ease(gx - static_cast<float>(i)), fy = ease(gy - static_cast<float>(j));
    const float upper = noise(i, j) + (noise(i + 1, j) - noise(i, j)) * fx;
    const float lower = noise(i, j + 1) + (noise(i + 1, j + 1) - noise(i, j + 1)) * fx;
    return upper + (lower - upper) * fy;
}

class Undressing {
public:
    Undressing(const PersonModel& person, const MeasuredLight& measured)
        : person_(person),
          marks_(person.landmarks),
          u_(marks_.unit),
          lower_(lower_garment(person)),
          arms_(surface_of(bare_arms(person), person.picture.size())),
          across_(arms_.across),
          sleeved_(marks_.arm[picture_left].sleeve_end > 0 || marks_.arm[picture_right].sleeve_end > 0) {
        const cv::Mat visible = visible_skin(person);
        skin_ = continue_skin(person, visible);
        light_ = trunk_light_ = measure_skin_light(person, visible, arms_);
        trunk_light_.rounding = std::max(least_trunk_rounding_, light_.rounding);
        cv::Mat small;  // what is left of folds would look like a garment still worn
        cv::resize(measured.factor, small, {}, 0.25, 0.25, cv::INTER_AREA);
        cv::GaussianBlur(small, small, {}, std::max(1.0, 0.25 * u_ / 4));
        cv::resize(small, form_, measured.factor.size(), 0, 0, cv::INTER_LINEAR);
        for (int y = 0; y < across_.rows; ++y) {
            int first = across_.cols, last = -1;
            for (int x = 0; x < across_.cols; ++x)
                if (across_.at<float>(y, x) <= 1 || in_trunk(x, y)) {
                    first = std::min(first, x);
                    last = x;
                }
            first_.push_back(first);
            last_.push_back(last);
        }
    }

    /// 1 on arms and trunk, 0 where cloth of the old top stood off the body: further out, or between trunk and arms.
    float on_body(int x, int y) const {
        const float down = (static_cast<float>(y) - marks_.shoulder_y) / u_;
        if (down < highest_gap_) return std::max(beside_shoulder(x), arm_share(x, y));
        if ((down < armpits_ || !sleeved_) && x >= first_[y] && x <= last_[y]) return 1;
        return std::max(arm_share(x, y), std::clamp(inside_trunk(x, y) + 0.5F, 0.0F, 1.0F));
    }

    cv::Vec3b colour(int x, int y) const {
        const float share = across_.at<float>(y, x);
        const bool trunk = in_trunk(x, y);
        const float inside = on_body(x, y) * static_cast<float>(person_.silhouette.at<std::uint8_t>(y, x)) / 255;
        const cv::Vec3b& plate = person_.clean_plate.at<cv::Vec3b>(y, x);
        if (inside == 0) return plate;
        cv::Vec3f body = skin_.at<cv::Vec3b>(y, x);
        const float light = share <= 1.05F && !trunk ? arm_light(x, y) : trunk_light(x, y);
        // shaded skin is redder: red falls less than blue
        body = body.mul({std::pow(light, 0.85F), light, std::pow(light, 1.1F)});
        body += cv::Vec3f::all(light_.grain * grain(x, y));
        if (trunk && lower_.hem > 0) {
            const float belongs = std::clamp(static_cast<float>(y) - lower_.top, 0.0F, 2.0F) / 2;
            body = body * (1 - belongs) + cv::Vec3f(lower_.at(person_, x, y)) * belongs;
        }
        cv::Vec3b result;
        for (int c = 0; c < 3; ++c)
            result[c] = cv::saturate_cast<std::uint8_t>(body[c] * inside + static_cast<float>(plate[c]) * (1 - inside));
        return result;
    }

private:
    static constexpr float highest_gap_ = 0.1F;  // below the shoulder line, units: above it there is only shoulder
    static constexpr float armpits_ = 1.15F;
    static constexpr float least_trunk_rounding_ = 0.28F;

    const TrunkRow* trunk_row(int y) const {
        if (marks_.trunk.empty()) return nullptr;
        const int last = static_cast<int>(marks_.trunk.size()) - 1;
        return &marks_.trunk[std::clamp(y - marks_.trunk_top, 0, last)];
    }

    float arm_share(int x, int y) const {
        return std::clamp((1.04F - across_.at<float>(y, x)) / 0.08F + 0.5F, 0.0F, 1.0F);
    }

    /// 1 above what there is of arms just below the shoulder line, 0 where a wide sleeve stood out.
    float beside_shoulder(int x) const {
        const auto row = static_cast<std::size_t>(std::clamp(static_cast<int>(marks_.shoulder_y + highest_gap_ * u_), 0,
                                                             static_cast<int>(first_.size()) - 1));
        const int inside = std::min(x - first_[row], last_[row] - x);
        return std::clamp(static_cast<float>(inside) / (0.03F * u_) + 1.5F, 0.0F, 1.0F);
    }

    /// How far inside the trunk's sides, px.
    float inside_trunk(int x, int y) const {
        const TrunkRow* row = trunk_row(y);
        if (row == nullptr) return 1;
        return std::min(static_cast<float>(x) - row->left, row->right - static_cast<float>(x)) + 0.02F * u_;
    }
    bool in_trunk(int x, int y) const { return inside_trunk(x, y) >= 0; }

    /// 0 at the shoulders, where neither arm nor trunk is round, 1 below the chest.
    float roundness(int y, float from, float to) const {
        const float down = (static_cast<float>(y) - marks_.shoulder_y) / u_;
        return std::clamp((down - from) / (to - from), 0.0F, 1.0F);
    }

    float arm_light(int x, int y) const {
        const float light = light_.at(std::min(1.0F, across_.at<float>(y, x)), arms_.sideways.at<float>(y, x));
        return 1 + roundness(y, 0, 0.4F) * (light - 1);
    }

    /// A trunk is an ellipse, rounder at its sides, with a shallow furrow down the belly; on it lies the light that was
    /// measured on the old top.
    float trunk_light(int x, int y) const {
        const TrunkRow* row = trunk_row(y);
        if (row == nullptr) return 1;
        constexpr float depth = 0.68F;
        const float half = std::max(1.0F, (row->right - row->left) / 2);
        const float place = std::clamp((static_cast<float>(x) - (row->left + row->right) / 2) / half, -1.0F, 1.0F);
        const float away = place / std::sqrt(place * place + (1 - place * place) / (depth * depth) + 1e-6F);
        const float belly = roundness(y, 1.5F, 2.1F), furrow = std::exp(-place * place / 0.008F);
        const float light = trunk_light_.at(std::abs(away), away) * (1 - 0.03F * belly * furrow);
        const float worn = static_cast<float>(form_.at<std::uint8_t>(y, x)) / light_one;
        return (1 + roundness(y, 0.3F, 1.4F) * (light - 1)) * (1 + 0.5F * (worn - 1));
    }

    /// Noise of the photo, and the unevenness that skin has.
    float grain(int x, int y) const {
        const auto px = static_cast<float>(x), py = static_cast<float>(y);
        return 0.7F * noise(x, y) + 0.8F * cloud(px, py, 2.5F) + 0.7F * cloud(px, py, 0.09F * u_);
    }

    const PersonModel& person_;
    const PersonLandmarks& marks_;
    float u_;
    LowerGarment lower_;
    ArmSurface arms_;
    cv::Mat across_;
    cv::Mat skin_, form_;
    SkinLight light_, trunk_light_;
    bool sleeved_ = false;           // a loose sleeve hides the gap between arm and trunk
    std::vector<int> first_, last_;  // per row: the outermost columns of arms and trunk
};

}  // namespace

UndressedPerson remove_old_garment(const PersonModel& person) {
    UndressedPerson result;
    result.front = hair_and_face(person);
    result.arms = arms_and_hands(person);
    cv::GaussianBlur(result.arms, result.arms, {}, 0.9);
    MeasuredLight light = measure_light(person);
    result.light = light.factor;
    result.light_known = light.known;

    cv::GaussianBlur(old_top_with_rim(person), result.removed, {}, 1.0);
    result.removed -= result.front;
    result.picture = person.picture.clone();
    result.silhouette = person.silhouette.clone();
    const Undressing undressing(person, light);
    for (int y = 0; y < result.picture.rows; ++y) {
        auto* out = result.picture.ptr<cv::Vec3b>(y);
        auto* removed = result.removed.ptr<std::uint8_t>(y);
        for (int x = 0; x < result.picture.cols; ++x) {
            if (removed[x] < 8) removed[x] = 0;  // the blur's tail changes nothing that can be seen
            if (removed[x] == 0) continue;
            const int weight = removed[x];
            auto& silhouette = result.silhouette.at<std::uint8_t>(y, x);
            const float off_body = (1 - undressing.on_body(x, y)) * static_cast<float>(weight) / 255;
            silhouette = static_cast<std::uint8_t>(static_cast<float>(silhouette) * (1 - off_body));
            const cv::Vec3b under = undressing.colour(x, y);
            for (int c = 0; c < 3; ++c)
                out[x][c] = static_cast<std::uint8_t>((out[x][c] * (255 - weight) + under[c] * weight + 127) / 255);
        }
    }
    return result;
}

}  // namespace fitview::engine
