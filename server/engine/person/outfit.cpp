#include "engine/person/outfit.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float usual_waist = 2.5F;      ///< units below the shoulder line
constexpr float longest_tucked = 2.75F;  ///< a hem below this is not a waistband

/// The widest run of cloth in the rows around `row`: the clothed trunk without bare arms.
float cloth_width(const cv::Mat& cloth, float row, float unit) {
    std::vector<float> widths;
    for (const float off : {-0.06F, 0.0F, 0.06F}) {
        float widest = 0;
        for (const Run& run : runs_of_row(cloth, static_cast<int>(row + off * unit)))
            widest = std::max(widest, static_cast<float>(run.length()));
        widths.push_back(widest);
    }
    return median_of(std::move(widths));
}

/// A waistband holds the top in: it lies at the waist, the hips below it are wider, and no skin shows at it.
bool is_tucked(const cv::Mat& cloth, const BodyFrame& frame, float hem) {
    const float unit = frame.unit;
    const float above = cloth_width(cloth, hem - 0.14F * unit, unit);
    const float at_hem = cloth_width(cloth, hem, unit);
    const float below = cloth_width(cloth, hem + 0.2F * unit, unit);
    const float hips = cloth_width(cloth, hem + 0.6F * unit, unit);
    const bool at_waist = hem < frame.shoulder_y + longest_tucked * unit;
    const bool bare_midriff = at_hem < 0.75F * cloth_width(cloth, hem - 0.3F * unit, unit);
    return at_waist && !bare_midriff && above <= 1.05F * below && hips >= 1.05F * at_hem;
}

/// Where the trunk is narrowest between ribs and hips.
float narrowest_row(const BodyFrame& frame, const Torso& torso) {
    const float usual = frame.shoulder_y + usual_waist * frame.unit;
    float best = usual;
    float least = 1e9F;
    for (std::size_t at = 0; at < torso.rows.size(); ++at) {
        const float row = static_cast<float>(torso.top) + static_cast<float>(at);
        if (std::abs(row - usual) > 0.55F * frame.unit) continue;
        const float off = (row - usual) / frame.unit;
        // Ties go to the usual place: loose clothes hide the waist.
        const float width = (torso.rows[at].right - torso.rows[at].left) * (1 + 0.15F * off * off);
        if (width < least) {
            least = width;
            best = row;
        }
    }
    return best;
}

/// Legs that are mostly bare below the end of the top mean that the top was a dress.
bool bare_below(const cv::Mat& labels, const BodyFrame& frame, float hem) {
    int skin = 0;
    int cloth = 0;
    const int first = static_cast<int>(hem + 0.15F * frame.unit);
    const int last = std::min(labels.rows, static_cast<int>(hem + 1.2F * frame.unit));
    for (int row = std::max(0, first); row < last; ++row)
        for (int column = std::max(0, static_cast<int>(frame.centre_x - 0.8F * frame.unit));
             column < std::min(labels.cols, static_cast<int>(frame.centre_x + 0.8F * frame.unit)); ++column) {
            const auto label = labels.at<std::uint8_t>(row, column);
            skin += label == label_skin ? 1 : 0;
            cloth += label == label_lower || label == label_upper ? 1 : 0;
        }
    return skin > cloth;
}

}  // namespace

Outfit describe_outfit(const cv::Mat& labels, const BodyFrame& frame, const Torso& torso, std::optional<float> hem) {
    Outfit outfit;
    const cv::Mat cloth = (labels == label_upper) | (labels == label_lower);
    outfit.tucked = hem && is_tucked(cloth, frame, *hem);
    outfit.one_piece = !hem || (*hem > frame.shoulder_y + 3.2F * frame.unit && bare_below(labels, frame, *hem));
    if (outfit.one_piece) outfit.tucked = false;
    outfit.waist_y = outfit.tucked ? *hem : narrowest_row(frame, torso);
    const float height = static_cast<float>(frame.bottom) - frame.chin_y;
    outfit.feet_visible = frame.bottom < labels.rows - 4 && height > 7 * frame.unit;
    return outfit;
}

float find_sleeve_end(const Arm& arm, const cv::Mat& labels) {
    if (arm.line.empty()) return 0;
    const auto is_skin = [&](const ArmSample& sample) {
        const int column = std::clamp(cvRound(sample.centre.x), 0, labels.cols - 1);
        const int row = std::clamp(cvRound(sample.centre.y), 0, labels.rows - 1);
        return labels.at<std::uint8_t>(row, column) == label_skin;
    };
    // The border that leaves the most cloth above it and the most skin below.
    int score = 0;
    int best = 0;
    float end = 0;
    for (std::size_t at = 0; at < arm.line.size(); ++at) {
        score += is_skin(arm.line[at]) ? -1 : 1;
        if (score > best) {
            best = score;
            end = at + 1 < arm.line.size() ? arm.line[at + 1].along : arm.line[at].along;
        }
    }
    return end;
}

}  // namespace fitview::engine
