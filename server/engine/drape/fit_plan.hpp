#pragma once
// How a garment's pattern is scaled to a body: size, lengths, widths per row, sleeves, tuck.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "engine/drape/body_outline.hpp"
#include "engine/drape/known_lengths.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// Lengths of the pattern in the garment's picture become lengths in the person's picture.
struct FitPlan {
    float girth = 1;            ///< of the size against the size that fits best
    bool length_known = false;  ///< from a size chart and the body's height
    float pixels_per_cm = 1;    ///< of the person's picture; from usual proportions where the height is not known
    float across = 1;           ///< person px per garment px, across the garment
    float along = 1;            ///< and down it: broad people get wider clothes, not equally longer ones
    float top = 0;              ///< person row of garment row 0
    float lengthening = 1;      ///< of the part below `lengthened_from`, so that the hem covers the worn one's
    float lengthened_from = 0;  ///< garment row of the armpits
    std::vector<float>
        widening;  ///< per garment row: girth of the cloth against twice its width in the photo, at least 1
    std::vector<float>
        depth;  ///< per garment row: of the body the photo shows it on (`depth_of_widening`), 0 laid flat
    float open_front_share = 0.8F;  ///< an open front falls apart in folds: its halves take this share of the chest's
                                    ///< front, more of a wide garment
    float neck_widening = 1;        ///< of the neckline, so that it passes the neck and does not stand off it
    /// The same for sleeves, per sample of their frame. One that is half hidden beside the trunk is widened much.
    Sided<std::array<float, SleeveFrame::samples>> sleeve_widening{};
    Sided<float> sleeve_depth{};  ///< of the arm the photo shows it on; 0 laid flat
    Sided<float> sleeve_length{1, 1};
    Sided<float> sleeve_start{};   ///< `along` of the arm where the middle of the sleeve's seam lies
    Sided<float> sleeve_end{};     ///< `along` of the arm where the sleeve ends; 0 without a sleeve
    std::optional<float> cut_row;  ///< garment row below which the tucked part is left away; nothing when not tucked
    float waist_y = 0;             ///< person row that holds the tucked hem

    bool tucked() const { return cut_row.has_value(); }
    /// Person row of a garment row, shoulders level.
    float row(float garment_y) const {
        return top + along * (garment_y + (lengthening - 1) * std::max(0.0F, garment_y - lengthened_from));
    }
    float garment_row(float person_y) const {
        const float plain = (person_y - top) / along;
        return plain <= lengthened_from ? plain : lengthened_from + (plain - lengthened_from) / lengthening;
    }
    float widening_at(float garment_y) const { return at(widening, garment_y); }
    float depth_at(float garment_y) const { return at(depth, garment_y); }
    /// `share` of the sleeve's length, 0 at the seam.
    float sleeve_widening_at(Side side, float share) const {
        constexpr float last = SleeveFrame::samples - 1;
        const float sample = std::clamp(share * last, 0.0F, last - 0.001F);
        const auto k = static_cast<std::size_t>(sample);
        const auto& widths = sleeve_widening[side];
        return widths[k] + (widths[k + 1] - widths[k]) * (sample - static_cast<float>(k));
    }

private:
    static float at(const std::vector<float>& rows, float garment_y) {
        return rows[static_cast<std::size_t>(std::clamp(garment_y, 0.0F, static_cast<float>(rows.size() - 1)))];
    }
};

/// What the person wears decides about the tuck: a top goes where the worn top went.
struct WornTop {
    std::optional<float> hem_y;
    bool tucked = false;
};

/// Hem, sleeves and girth are where `known` says; what it leaves open follows from the pictures. `size_scale` is the
/// girth where `known` has none: 1 is the size that fits best. `pattern` is not empty. Deterministic, under a
/// millisecond.
FitPlan plan_fit(const GarmentModel& garment, const PatternMesh& pattern, const BodyOutline& body, const WornTop& worn,
                 const KnownLengths& known, float size_scale);

}  // namespace fitview::engine
