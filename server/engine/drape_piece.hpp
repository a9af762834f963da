#pragma once
// One garment of an outfit from its pattern to its pixels, by the rules of its class. Internal to the engine.
#include <vector>

#include "engine/composer.hpp"
#include "engine/drape/fit_plan.hpp"
#include "engine/drape/leg_lines.hpp"
#include "engine/render/composite.hpp"
#include "engine/stages.hpp"

namespace fitview::engine {

/// What the person wears, and what is worn with a piece.
struct Wearing {
    const BodyField* body = nullptr;  ///< with what is worn below the next piece
    WornTop top;
    LegLines legs;
    float waist_y = 0;
    bool keeps_top = false;                       ///< the worn top stays
    const GarmentRules* lower_rules = nullptr;    ///< of the new lower garment, if there is one
    const RemovedLower* removed_lower = nullptr;  ///< with it
    std::optional<float> waistband_y;             ///< of the new lower garment, once it is planned
};

Wearing describe_wearing(const PreparedPerson& person);

/// Whether an upper garment is tucked into the new lower one.
bool goes_inside(const GarmentRules& upper, const Wearing& wearing);

struct DrapedPiece {
    LaidCloth cloth;
    Cloth hung;                     ///< empty where nothing was simulated
    FitReport report;               ///< the shares of pixels stay 0
    std::vector<Finding> findings;  ///< beyond those of the report
};

/// Plans, cuts, lays, simulates and draws. The garment's pattern is not empty.
DrapedPiece drape_piece(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                        Wearing& wearing, Stages& stages);

}  // namespace fitview::engine
