#pragma once
// What the hanging trousers or skirt say about their fit.
#include "engine/drape/fit_report.hpp"
#include "engine/drape/lower_plan.hpp"

namespace fitview::engine {

/// As `report_fit`, for the zones waist, hip and (with legs) thigh.
FitReport report_lower(const Cloth& cloth, const LowerPlan& plan, const LegLines& legs, const BodyField& body);

/// What the person's photo costs a lower garment.
std::vector<Finding> judge_lower_fit(const PersonModel& person, const LegLines& legs, bool keeps_top);

}  // namespace fitview::engine
