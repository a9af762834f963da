#pragma once
// What a garment's photo costs in confidence, in words a retailer can act on.
#include <vector>

#include "engine/fit_points_document.hpp"
#include "engine/garment/armholes.hpp"
#include "engine/garment/cut_out.hpp"
#include "engine/garment/garment_model.hpp"
#include "engine/garment/garment_shape.hpp"
#include "engine/garment/neckline.hpp"
#include "engine/garment/parse_lower.hpp"

namespace fitview::engine {

struct GarmentEvidence {
    const CutOut& cut_out;
    const GarmentShape& shape;
    const Sided<Armhole>& armholes;
    const Neckline& neckline;
    GarmentClass kind;
    SleeveClass sleeves;
};

/// Factors that depend on the garment alone; only those below 1 are listed.
std::vector<Finding> judge_garment(const GarmentEvidence& evidence);

/// Takes away what corrected points answer: hidden armpits, a sleeve that could not be measured, a neckline nobody saw.
void judge_corrected(const GarmentFitPoints& corrections, std::vector<Finding>& findings);

/// The one finding of a photo in which no garment was found.
Finding no_garment_found();

/// What the ground behind the garment costs.
void judge_cut_out(const CutOut& cut_out, std::vector<Finding>& findings);

/// The same for trousers and skirts.
std::vector<Finding> judge_lower(const CutOut& cut_out, const LowerShape& shape);

}  // namespace fitview::engine
