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

std::optional<pictures::TryOnReadiness> refusal_of(std::optional<engine::GarmentType> type) {
    if (type != engine::GarmentType::not_worn) return std::nullopt;
    pictures::TryOnReadiness readiness;
    readiness.state = pictures::TryOnState::unusable;
    readiness.score = 0.0;
    readiness.reasons.emplace_back("This category is not worn on the body");
    return readiness;
}

}  // namespace fitview::photo_analysis
