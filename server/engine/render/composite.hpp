#pragma once
// Puts the layers together and says exactly which pixels changed.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/person/person_model.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/removed_lower.hpp"
#include "engine/render/undressed_person.hpp"

namespace fitview::engine {

struct Composite {
    cv::Mat picture;                 ///< 8UC3 RGB
    cv::Mat change_mask;             ///< 8UC1, 0 or 255; where 0, `picture` equals the person's picture byte for byte
    double uncovered_share = 0;      ///< share of the old top that stays uncovered
    double bare_shoulder_share = 0;  ///< the same of what is above the armpits alone, of the whole old top
    double outside_share = 0;        ///< share of the cloth that lies well outside the person
};

/// One garment's pixels and the light on them, as `shade` gives it.
struct LaidCloth {
    ClothLayer layer;
    cv::Mat light;
    bool close = true;  ///< lies on the body: far outside the person it is a fault. A skirt or a dupatta may fly
};

/// Which worn clothes go.
struct Removals {
    bool top = true;
    const RemovedLower* lower = nullptr;  ///< nothing: the worn lower garment stays
    bool only_beside = false;             ///< of the top goes only what would stand out beside an open coat
};

/// Lays the cloths over each other in their order.
Composite composite(const PersonModel& person, const UndressedPerson& undressed, const Removals& removals,
                    const std::vector<LaidCloth>& cloths);

/// `light` as `shade` gives it. The old top is removed down to the new hem only where its own hem is not known.
Composite composite(const PersonModel& person, const UndressedPerson& undressed, const ClothLayer& layer,
                    const cv::Mat& light);

/// Puts a plain studio behind the person and the cloths, and says so in the mask.
void set_studio_background(const PersonModel& person, const UndressedPerson& undressed, const Removals& removals,
                           const std::vector<LaidCloth>& cloths, Composite& result);

}  // namespace fitview::engine
