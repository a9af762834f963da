#pragma once
// One drawn person and one drawn garment, analysed once for all tests of the drape and the renderer.
#include <map>

#include "engine/composer.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/drape/fit_plan.hpp"
#include "engine/drape/placement.hpp"
#include "engine/garment/testing/drawn_garment.hpp"
#include "engine/person/drawn_person.hpp"

namespace fitview::engine {

inline const PreparedPerson& drawn_person() {
    static const PreparedPerson person = prepare_person(raster_of(draw_person(DrawnPose::arms_down).picture));
    return person;
}

inline const PreparedGarment& drawn_garment(testing::DrawnKind kind = testing::DrawnKind::t_shirt) {
    static std::map<testing::DrawnKind, PreparedGarment> garments;
    const auto found = garments.find(kind);
    if (found != garments.end()) return found->second;
    const GarmentType type = kind == testing::DrawnKind::dress ? GarmentType::dress : GarmentType::top;
    return garments.emplace(kind, prepare_garment(testing::draw_garment(kind).photo, type)).first->second;
}

inline FitPlan drawn_plan(float size_scale = 1, testing::DrawnKind kind = testing::DrawnKind::t_shirt) {
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    return plan_fit(drawn_garment(kind).model, drawn_garment(kind).pattern, drawn_person().body,
                    {marks.hem_y, marks.tucked}, {}, size_scale);
}

/// Cut and laid on the body, not yet simulated.
inline Cloth placed_cloth(const FitPlan& plan, testing::DrawnKind kind = testing::DrawnKind::t_shirt) {
    Cloth cloth = cut_cloth(drawn_garment(kind).model, drawn_garment(kind).pattern, plan);
    place(drawn_garment(kind).model, plan, drawn_person().body, cloth);
    return cloth;
}

}  // namespace fitview::engine
