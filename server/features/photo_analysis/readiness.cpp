#include "photo_analysis/readiness.hpp"

namespace fitview::photo_analysis {
namespace {

/// Below it no garment on this picture could pass the floor for results, since the parts are multiplied.
constexpr double usable_from = engine::quality_floor;

pictures::TryOnReadiness judge_findings(const std::vector<engine::Finding>& findings) {
    pictures::TryOnReadiness readiness;
    double score = 1;
    for (const engine::Finding& finding : findings) {
        score *= finding.factor;
        if (finding.factor < 1 && !finding.reason.empty()) readiness.reasons.push_back(finding.reason);
    }
    readiness.score = score;
    readiness.state = score >= usable_from ? pictures::TryOnState::ready : pictures::TryOnState::unusable;
    if (readiness.state == pictures::TryOnState::unusable && readiness.reasons.empty()) {
        readiness.reasons.emplace_back("The picture could not be understood");
    }
    return readiness;
}

}  // namespace

pictures::TryOnReadiness judge(const engine::PreparedPerson& person) {
    return judge_findings(person.model.findings);
}
pictures::TryOnReadiness judge(const engine::PreparedGarment& garment) {
    return judge_findings(garment.model.findings);
}

std::optional<pictures::TryOnReadiness> refusal_of(std::optional<products::GarmentClass> garment_class) {
    using enum products::GarmentClass;
    if (!garment_class || *garment_class == upper || *garment_class == dress) return std::nullopt;
    pictures::TryOnReadiness readiness;
    readiness.state = pictures::TryOnState::unusable;
    readiness.score = 0.0;
    readiness.reasons.emplace_back(*garment_class == not_worn_on_body
                                       ? "This category is not worn on the body"
                                       : "Upper garments and dresses can be tried on; this category cannot yet");
    return readiness;
}

std::optional<engine::GarmentClass> engine_class_of(std::optional<products::GarmentClass> garment_class) {
    if (garment_class == products::GarmentClass::upper) return engine::GarmentClass::upper;
    if (garment_class == products::GarmentClass::dress) return engine::GarmentClass::dress;
    return std::nullopt;
}

}  // namespace fitview::photo_analysis
