#pragma once
// What the simulation says about the fit, for the shopper's eyes and for the confidence.
#include <string>
#include <vector>

#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/drape/simulate.hpp"

namespace fitview::engine {

/// How the cloth lies in one zone of the body.
struct ZoneFit {
    std::string zone;     ///< "chest", "waist", "hip", "upper_arm"
    std::string verdict;  ///< "tight", "fitted", "loose"
    double ease_cm = 0;   ///< girth of the cloth less girth of the body; exact only with a size chart and the height
    double strain = 0;    ///< median stretch across: 0.03 = 3 % longer than cut
    double gap = 0;       ///< median distance to the body, in u (about 15 cm)
};

struct FitReport {
    std::vector<ZoneFit> zones;      ///< those the garment covers
    std::vector<std::string> notes;  ///< where hem and sleeves end, what is tight or loose: whole sentences
    double median_strain = 0;        ///< over the whole garment
    double pushed_share = 0;         ///< share of points the body still pushed out at the end
    double seam_slip = 0;            ///< how far the shoulder seam left its place, in u
    double uncovered_share = 0;      ///< share of the old top the new garment does not cover
    double bare_shoulder_share = 0;  ///< the part of it above the armpits, where no cut excuses it
    double outside_share = 0;        ///< share of the garment's pixels well outside the person
    double hem_slant = 0;            ///< difference in height of the hem's ends, in u
    double hem_y = 0;                ///< picture row of the hem's middle; may lie below the frame
    bool tucked = false;
    bool cropped = false;  ///< the hem ends above the waist: bare skin below it is the cut, not a fault
};

/// What the drape costs in confidence, with reasons in plain words. `report` is complete.
std::vector<Finding> judge_fit(const FitReport& report);

/// Stretch and looseness at each point of the cloth: below 0 loose (-1: 0.4 u off the body), above 0 tight (1: 6 %
/// longer than cut), smoothed over neighbours.
std::vector<float> tightness(const Cloth& cloth, const BodyField& body);

/// Measures the hanging cloth; the shares of pixels are the composite's and stay 0.
FitReport report_fit(const Cloth& cloth, const FitPlan& plan, const BodyField& body,
                     const SimulationReport& simulation);

}  // namespace fitview::engine
