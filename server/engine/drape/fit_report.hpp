#pragma once
// What the simulation says about the fit, for the shopper's eyes and for the confidence.
#include <string>
#include <vector>

namespace fitview::engine {

/// How the cloth lies in one region. `strain` is the median stretch of its triangles (0.03 = 3 % longer than cut),
/// `gap` the median distance to the body in units of u (about 15 cm).
struct RegionFit {
    std::string region;   ///< "chest", "waist", "hip", "upper_arm"
    std::string verdict;  ///< "tight", "fitted", "loose"
    double strain = 0;
    double gap = 0;
};

struct FitReport {
    std::vector<RegionFit> regions;
    double median_strain = 0;    ///< over the whole garment
    double pushed_share = 0;     ///< share of points the solver still had to push out of the body at the end
    double seam_slip = 0;        ///< how far the shoulder seam left its place, in u
    double uncovered_share = 0;  ///< share of the old top the new garment does not cover
    double outside_share = 0;    ///< share of the garment's pixels further than 0.3 u outside the person
    double hem_slant = 0;        ///< difference in height of the hem's ends, in u
    bool tucked = false;
    double hem_y = 0;  ///< picture row of the hem; 0 where it hangs out of the frame
};

}  // namespace fitview::engine
