#pragma once
// How trousers and skirts are scaled to a body: where the waistband sits, where they end, how wide they are cut.
#include <array>
#include <vector>

#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/drape/known_lengths.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/garment/garment_model.hpp"
#include "engine/garment/pattern_mesh.hpp"

namespace fitview::engine {

/// Where the worn clothes or those of the same outfit want the waistband.
struct WaistRule {
    float waist_y = 0;                    ///< the body's waist
    std::optional<float> covered_from_y;  ///< a top hangs down to here: the waistband lies above it
};

struct LowerPlan {
    float girth = 1;            ///< of the size against the size that fits best
    bool length_known = false;  ///< from a size chart and the body's height
    float pixels_per_cm = 1;    ///< of the person's picture; from usual proportions where the height is not known
    float across = 1;           ///< person px per garment px, across the garment
    /// Garment rows and the person rows they come to: waistband, (crotch,) hem.
    float waist_row = 0, crotch_row = 0, hem_row = 1;
    float waist_y = 0, crotch_y = 0, hem_y = 1;
    bool legs = false;
    std::vector<float> widening;  ///< per garment row, above the crotch (of a skirt: all), as in FitPlan
    Sided<std::array<float, SleeveFrame::samples>> leg_widening{};  ///< per sample of the leg's frame

    float row(float garment_y) const;
    float garment_row(float person_y) const;
    float widening_at(float garment_y) const;
};

/// Hem and girth are where `known` says; what it leaves open follows from the pictures. `size_scale` is the girth where
/// `known` has none: 1 is the size that fits best. `pattern` is not empty. Deterministic, under a millisecond.
LowerPlan plan_lower(const GarmentModel& garment, const PatternMesh& pattern, const BodyField& body,
                     const LegLines& legs, const WaistRule& waist, const KnownLowerLengths& known, float size_scale);

/// The whole way round both sides of the cloth cut for a row of the person's picture above the crotch (of a skirt:
/// anywhere), px.
float cut_girth(const PatternMesh& pattern, const LowerPlan& plan, float person_y);

/// Lengths of the pattern cut by the plan. Both must outlive it.
class LowerLengths : public CutLengths {
public:
    LowerLengths(const PatternMesh& pattern, const LowerPlan& plan) : pattern_(pattern), plan_(plan) {}
    float between(const PatternVertex& a, const PatternVertex& b) const override;
    float hanging(const PatternVertex& point, const PatternVertex& anchor) const override;

private:
    const PatternMesh& pattern_;
    const LowerPlan& plan_;
};

}  // namespace fitview::engine
