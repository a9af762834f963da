#include "engine/render/undressed_person.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/render/bare_skin.hpp"
#include "engine/render/continue_colours.hpp"
#include "engine/render/front_layers.hpp"
#include "engine/render/old_top_light.hpp"

namespace fitview::engine {
namespace {

cv::Mat square(int size) {
    return cv::Mat::ones(size, size, CV_8U);
}

/// The old top with the pixels its edge is mixed into.
cv::Mat old_top_with_rim(const PersonModel& person) {
    cv::Mat old = person.labels == label_upper;
    cv::dilate(old, old, square(9));
    cv::Mat lower = person.labels == label_lower;
    cv::erode(lower, lower, square(5));
    old.setTo(0, lower);  // a waistband keeps its own edge
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

/// How far a pixel is from the middle of an arm, 0 to 1; above 1 outside both arms.
cv::Mat across_arms(const PersonModel& person) {
    cv::Mat across(person.picture.size(), CV_32F, cv::Scalar(2));
    for (const Arm& arm : bare_arms(person))
        for (std::size_t i = 0; i + 1 < arm.line.size(); ++i) {
            const ArmSample &a = arm.line[i], &b = arm.line[i + 1];
            const float radius = std::max(a.radius, b.radius) * 1.1F;
            const Point axis = b.centre - a.centre;
            const float squared = std::max(1e-3F, axis.dot(axis));
            const cv::Rect box = cv::Rect(cv::Point(cvFloor(std::min(a.centre.x, b.centre.x) - radius),
                                                    cvFloor(std::min(a.centre.y, b.centre.y) - radius)),
                                          cv::Point(cvCeil(std::max(a.centre.x, b.centre.x) + radius) + 1,
                                                    cvCeil(std::max(a.centre.y, b.centre.y) + radius) + 1)) &
                                 cv::Rect({}, across.size());
            for (int y = box.y; y < box.br().y; ++y)
                for (int x = box.x; x < box.br().x; ++x) {
                    const Point offset = Point(static_cast<float>(x), static_cast<float>(y)) - a.centre;
                    const float t = std::clamp(offset.dot(axis) / squared, 0.0F, 1.0F);
                    const Point away = offset - axis * t;
                    const float share =
                        std::hypot(away.x, away.y) / std::max(1.0F, a.radius + (b.radius - a.radius) * t);
                    float& value = across.at<float>(y, x);
                    value = std::min(value, share);
                }
        }
    return across;
}

/// The same small noise at the same place every time, so that skin does not look like plastic.
int grain(int x, int y) {
    auto h = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U;
    h = (h ^ (h >> 13)) * 1274126177U;
    h ^= h >> 16;
    return static_cast<int>(h & 3U) + static_cast<int>((h >> 2) & 3U) - 3;
}

class Undressing {
public:
    explicit Undressing(const PersonModel& person)
        : person_(person),
          marks_(person.landmarks),
          u_(marks_.unit),
          skin_(continue_skin(person)),
          lower_(lower_garment(person)),
          across_(across_arms(person)),
          sleeved_(marks_.arm[picture_left].sleeve_end > 0 || marks_.arm[picture_right].sleeve_end > 0) {
        for (int y = 0; y < across_.rows; ++y) {
            int first = across_.cols, last = -1;
            for (int x = 0; x < across_.cols; ++x)
                if (across_.at<float>(y, x) <= 1.05F || in_trunk(x, y)) {
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
        if (down < highest_gap_) return 1;
        if ((down < armpits_ || !sleeved_) && x >= first_[y] && x <= last_[y]) return 1;
        const float arm = std::clamp((1.04F - across_.at<float>(y, x)) / 0.08F + 0.5F, 0.0F, 1.0F);
        return std::max(arm, std::clamp(inside_trunk(x, y) + 0.5F, 0.0F, 1.0F));
    }

    cv::Vec3b colour(int x, int y) const {
        const float share = across_.at<float>(y, x);
        const bool trunk = in_trunk(x, y);
        const float inside = on_body(x, y) * static_cast<float>(person_.silhouette.at<std::uint8_t>(y, x)) / 255;
        const cv::Vec3b& plate = person_.clean_plate.at<cv::Vec3b>(y, x);
        if (inside == 0) return plate;
        cv::Vec3f body = skin_.at<cv::Vec3b>(y, x);
        if (share <= 1.05F && !trunk) {  // round arms: darker towards their edges
            const float below = std::clamp((static_cast<float>(y) - marks_.shoulder_y) / u_ - 0.3F, 0.0F, 1.0F);
            body *= 1 + below * (0.04F - 0.26F * share * share * share);
        } else {
            body *= trunk_form(x, y);
            if (lower_.hem > 0) {
                const float belongs = std::clamp(static_cast<float>(y) - lower_.top, 0.0F, 2.0F) / 2;
                body = body * (1 - belongs) + cv::Vec3f(lower_.at(person_, x, y)) * belongs;
            }
        }
        const int noise = grain(x, y);
        cv::Vec3b result;
        for (int c = 0; c < 3; ++c)
            result[c] = cv::saturate_cast<std::uint8_t>((body[c] + static_cast<float>(noise)) * inside +
                                                        static_cast<float>(plate[c]) * (1 - inside));
        return result;
    }

private:
    static constexpr float highest_gap_ = 0.1F;  // below the shoulder line, units: above it there is only shoulder
    static constexpr float armpits_ = 1.15F;

    const TrunkRow* trunk_row(int y) const {
        if (marks_.trunk.empty()) return nullptr;
        const int last = static_cast<int>(marks_.trunk.size()) - 1;
        return &marks_.trunk[std::clamp(y - marks_.trunk_top, 0, last)];
    }

    /// How far inside the trunk's sides, px.
    float inside_trunk(int x, int y) const {
        const TrunkRow* row = trunk_row(y);
        if (row == nullptr) return 1;
        return std::min(static_cast<float>(x) - row->left, row->right - static_cast<float>(x)) + 0.02F * u_;
    }
    bool in_trunk(int x, int y) const { return inside_trunk(x, y) >= 0; }

    /// A trunk is round too: a little darker towards its sides, below the chest.
    float trunk_form(int x, int y) const {
        const TrunkRow* row = trunk_row(y);
        if (row == nullptr) return 1;
        const float half = std::max(1.0F, (row->right - row->left) / 2);
        const float across = std::min(1.0F, std::abs(static_cast<float>(x) - (row->left + row->right) / 2) / half);
        const float below = std::clamp((static_cast<float>(y) - marks_.shoulder_y) / u_ - 0.4F, 0.0F, 1.0F);
        return 1 + below * (0.01F - 0.10F * across * across * across);
    }

    const PersonModel& person_;
    const PersonLandmarks& marks_;
    float u_;
    cv::Mat skin_;
    LowerGarment lower_;
    cv::Mat across_;
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
    const Undressing undressing(person);
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
