#include "engine/evaluate/compare_runs.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

namespace fitview::engine {
namespace {

constexpr std::size_t moved_max = 20;  // on each side

using Key = std::tuple<CaseKind, std::string, std::string>;

std::map<Key, const EvaluationCase*> by_key(const Evaluation& evaluation) {
    std::map<Key, const EvaluationCase*> cases;
    for (const EvaluationCase& one : evaluation.cases) cases[{one.kind, one.person, one.garment}] = &one;
    return cases;
}

double leading_figure(const EvaluationCase& one) {
    return one.likeness ? one.likeness->ssim : one.score;
}

/// Adds up one case's figures; a figure only one run has is left out.
void add(const EvaluationCase& before, const EvaluationCase& after, std::vector<MeasureChange>& changes) {
    const std::vector<Measure> old_figures = measures_of(before);
    for (const Measure& now : measures_of(after)) {
        const auto old = std::find_if(old_figures.begin(), old_figures.end(),
                                      [&](const Measure& measure) { return measure.name == now.name; });
        if (old == old_figures.end()) continue;
        auto change = std::find_if(changes.begin(), changes.end(), [&](const MeasureChange& one) {
            return one.kind == after.kind && one.after.name == now.name;
        });
        if (change == changes.end()) {
            MeasureChange fresh{after.kind, now, now, 0, 0, 0};
            fresh.before.value = fresh.after.value = 0;
            change = changes.insert(changes.end(), fresh);
        }
        change->before.value += old->value;
        change->after.value += now.value;
        const double gain = (now.value - old->value) * (now.more_is_better ? 1 : -1);
        (gain > now.worth_telling ? change->better : gain < -now.worth_telling ? change->worse : change->same) += 1;
    }
}

}  // namespace

RunComparison compare_runs(const Evaluation& before, const Evaluation& after) {
    const auto old_cases = by_key(before), new_cases = by_key(after);
    RunComparison comparison;
    std::vector<CaseChange> changes;
    for (const auto& [key, now] : new_cases) {
        const auto old = old_cases.find(key);
        if (old == old_cases.end()) {
            ++comparison.only_after;
            continue;
        }
        add(*old->second, *now, comparison.measures);
        changes.push_back({old->second, now, leading_figure(*now) - leading_figure(*old->second)});
    }
    comparison.only_before = old_cases.size() - changes.size();
    for (MeasureChange& change : comparison.measures) {
        const double cases = change.better + change.worse + change.same;
        change.before.value /= cases;
        change.after.value /= cases;
    }
    std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.by < b.by; });
    constexpr double least_move = 0.005;
    for (std::size_t i = 0; i < std::min(moved_max, changes.size()); ++i)
        if (changes[i].by < -least_move) comparison.moved.push_back(changes[i]);
    for (std::size_t i = 0; i < std::min(moved_max, changes.size()); ++i)
        if (changes[changes.size() - 1 - i].by > least_move)
            comparison.moved.push_back(changes[changes.size() - 1 - i]);
    return comparison;
}

std::string table_of(const RunComparison& comparison) {
    std::string table = "kind              measure                 before     after    change  better worse  same\n";
    for (const MeasureChange& change : comparison.measures) {
        const double by = change.after.value - change.before.value;
        const bool noise = std::abs(by) <= 1e-9;
        char line[160];
        std::snprintf(line, sizeof line, "%-17s %-20s %9.4f %9.4f %+9.4f %6d %6d %5d  %s\n",
                      boost::describe::enum_to_string(change.kind, "?"), change.after.name.c_str(), change.before.value,
                      change.after.value, by, change.better, change.worse, change.same,
                      noise                                     ? ""
                      : (by > 0) == change.after.more_is_better ? "better"
                                                                : "WORSE");
        table += line;
    }
    for (const CaseChange& change : comparison.moved) {
        char line[240];
        std::snprintf(line, sizeof line, "%+.3f %s %s %s\n", change.by,
                      boost::describe::enum_to_string(change.after->kind, "?"), change.after->person.c_str(),
                      change.after->garment.c_str());
        table += line;
    }
    if (comparison.only_before + comparison.only_after > 0)
        table += std::to_string(comparison.only_before) + " pictures are only in the other run, " +
                 std::to_string(comparison.only_after) + " only in this one\n";
    return table;
}

}  // namespace fitview::engine
