#pragma once
// An evaluation as one page to look at: pictures with what they were made of, the worst first.
#include "engine/evaluate/compare_runs.hpp"

namespace fitview::engine {

/// The page; it refers to the pictures beside it by relative names and needs nothing else. `comparison` may be null;
/// `other` names the run it compares with.
std::string contact_sheet(const Evaluation& evaluation, const RunComparison* comparison, const std::string& other);

}  // namespace fitview::engine
