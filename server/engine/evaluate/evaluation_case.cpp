#include "engine/evaluate/evaluation_case.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "engine/composer.hpp"

namespace fitview::engine {
namespace {

std::string percent(double share) {
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string number(double value, const char* format) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

double badness(const EvaluationCase& one) {
    if (one.likeness && one.overlay) return one.overlay->ssim - one.likeness->ssim;
    return -one.score;
}

constexpr double old_top_limit = 0.03, outside_limit = 0.02, colour_limit = 0.12;

/// The defect that stands out most against what is acceptable.
std::string worst_defect(const Defects& defects) {
    if (defects.identity_pixels > 0)
        return std::to_string(defects.identity_pixels) + " pixels changed outside the change mask";
    const double old_top = defects.old_top_visible / old_top_limit, outside = defects.outside_body / outside_limit,
                 colour = defects.colour_distance / colour_limit;
    if (std::max({old_top, outside, colour}) <= 1) return "";
    if (old_top >= outside && old_top >= colour)
        return percent(defects.old_top_visible) + " of the worn top still seen";
    if (outside >= colour) return percent(defects.outside_body) + " of the garment off the body";
    return "colours off by " + number(defects.colour_distance, "%.2f");
}

}  // namespace

std::vector<Measure> measures_of(const EvaluationCase& one) {
    std::vector<Measure> all{
        {"score", one.score, true, 0.02},
        {"old top visible", one.defects.old_top_visible, false, 0.005},
        {"outside the body", one.defects.outside_body, false, 0.005},
        {"colour distance", one.defects.colour_distance, false, 0.01},
        {"identity pixels", static_cast<double>(one.defects.identity_pixels), false, 0},
        {"milliseconds", one.milliseconds, false, 20},
    };
    if (one.likeness) {
        all.push_back({"PSNR", one.likeness->psnr, true, 0.1});
        all.push_back({"SSIM", one.likeness->ssim, true, 0.003});
        all.push_back({"MS-SSIM", one.likeness->ms_ssim, true, 0.003});
        all.push_back({"gradient similarity", one.likeness->gradient, true, 0.003});
        all.push_back({"histogram distance", one.likeness->histogram, false, 0.003});
    }
    if (one.likeness && one.overlay) {
        all.push_back({"SSIM over overlay", one.likeness->ssim - one.overlay->ssim, true, 0.003});
        all.push_back({"PSNR over overlay", one.likeness->psnr - one.overlay->psnr, true, 0.1});
    }
    if (one.outline) {
        all.push_back({"silhouette IoU", one.outline->overlap, true, 0.003});
        if (one.outline->hem) all.push_back({"hem error px", std::abs(*one.outline->hem), false, 1});
        if (one.outline->neckline) all.push_back({"neckline error px", std::abs(*one.outline->neckline), false, 1});
        if (one.outline->cuffs) all.push_back({"cuff error px", *one.outline->cuffs, false, 1});
    }
    return all;
}

std::vector<Measure> means_of(const Evaluation& evaluation, CaseKind kind) {
    std::vector<Measure> means;
    std::vector<double> counts;
    double shown = 0, cases = 0, old_top = 0, outside = 0, colour = 0;
    for (const EvaluationCase& one : evaluation.cases) {
        if (one.kind != kind) continue;
        ++cases;
        shown += one.score >= quality_floor ? 1 : 0;
        old_top += one.defects.old_top_visible > old_top_limit ? 1 : 0;
        outside += one.defects.outside_body > outside_limit ? 1 : 0;
        colour += one.defects.colour_distance > colour_limit ? 1 : 0;
        for (const Measure& measure : measures_of(one)) {
            auto found =
                std::find_if(means.begin(), means.end(), [&](const Measure& m) { return m.name == measure.name; });
            if (found == means.end()) {
                means.push_back(measure);
                counts.push_back(1);
            } else {
                found->value += measure.value;
                counts[static_cast<std::size_t>(found - means.begin())] += 1;
            }
        }
    }
    for (std::size_t i = 0; i < means.size(); ++i) means[i].value /= counts[i];
    if (cases == 0) return means;
    means.insert(means.begin(), {"shown", shown / cases, true, 0.01});
    means.push_back({"old top over 3 %", old_top / cases, false, 0.01});
    means.push_back({"outside over 2 %", outside / cases, false, 0.01});
    means.push_back({"colour over 0.12", colour / cases, false, 0.01});
    return means;
}

std::string verdict_of(const EvaluationCase& one) {
    std::string verdict = one.score >= 0.6 ? "shown" : one.score >= quality_floor ? "shown with care" : "rough preview";
    verdict += " (" + number(one.score, "%.2f") + ")";
    if (one.likeness && one.overlay)
        verdict +=
            ", SSIM " + number(one.likeness->ssim, "%.3f") + " (overlay " + number(one.overlay->ssim, "%.3f") + ")";
    if (one.outline) {
        verdict += ", IoU " + number(one.outline->overlap, "%.2f");
        if (one.outline->hem) verdict += ", hem " + number(*one.outline->hem, "%+.0f") + " px";
        if (one.outline->neckline) verdict += ", neckline " + number(*one.outline->neckline, "%+.0f") + " px";
        if (one.outline->cuffs) verdict += ", cuffs " + number(*one.outline->cuffs, "%.0f") + " px";
    }
    const std::string defect = worst_defect(one.defects);
    if (!defect.empty()) verdict += ": " + defect;
    return verdict;
}

std::vector<const EvaluationCase*> worst_first(const Evaluation& evaluation, CaseKind kind) {
    std::vector<const EvaluationCase*> found;
    for (const EvaluationCase& one : evaluation.cases)
        if (one.kind == kind) found.push_back(&one);
    std::stable_sort(found.begin(), found.end(),
                     [](const EvaluationCase* a, const EvaluationCase* b) { return badness(*a) > badness(*b); });
    return found;
}

}  // namespace fitview::engine
