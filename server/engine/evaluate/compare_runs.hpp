#pragma once
// What got better and what got worse between two runs.
#include "engine/evaluate/evaluation_case.hpp"

namespace fitview::engine {

/// One measure over the cases both runs have.
struct MeasureChange {
    CaseKind kind = CaseKind::unpaired;
    Measure before;  ///< means
    Measure after;
    int better = 0, worse = 0, same = 0;  ///< cases, by `Measure::worth_telling`
};

/// A case whose leading figure (SSIM where there is a truth, else the score) moved.
struct CaseChange {
    const EvaluationCase* before = nullptr;
    const EvaluationCase* after = nullptr;
    double by = 0;  ///< positive: better
};

struct RunComparison {
    std::vector<MeasureChange> measures;
    std::vector<CaseChange> moved;  ///< the largest changes for the worse first, at most 40, then those for the better
    std::size_t only_before = 0, only_after = 0;  ///< cases that only one run has; they are not compared
};

/// Both runs must outlive the result. Cases belong together by kind, person and garment.
RunComparison compare_runs(const Evaluation& before, const Evaluation& after);

/// The comparison as an aligned table for a terminal.
std::string table_of(const RunComparison& comparison);

}  // namespace fitview::engine
