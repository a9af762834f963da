#pragma once
// Renders and measures everything an evaluation was asked for, on all cores.
#include <functional>

#include "engine/evaluate/evaluation_case.hpp"
#include "engine/evaluate/evaluation_input.hpp"
#include "engine/pose/pose_estimator.hpp"

namespace fitview::engine {

struct EvaluationSettings {
    std::filesystem::path folder;      ///< gets `pictures/`; made when missing
    bool closed_loop = false;          ///< also cut out and put on again what each person wears
    bool unpaired = true;              ///< people in garments they were not photographed in
    std::size_t pictures_max = 0;      ///< of unpaired ones, spread evenly over people and garments; 0: all
    std::filesystem::path fit_points;  ///< folder of NAME.json for people; empty: none
    unsigned threads = 1;
    PersonSight sight;  ///< whom to ask about people
};

/// Called after each finished picture, by one thread at a time.
using EvaluationProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Draws every case, writes its picture and small ones of the inputs, and returns the records in the order of the
/// input, whatever the number of threads. At most 32 analysed garments and one person per thread are in memory. A photo
/// that cannot be used costs its cases and a sentence. Fails: UnusableInput when the folder cannot be written.
Evaluation run_evaluation(const EvaluationInput& input, const EvaluationSettings& settings,
                          const EvaluationProgress& progress);

/// The name of an input picture's small copy in the sheet's folder.
std::string thumbnail_of_person(const std::string& name);
std::string thumbnail_of_garment(const std::string& name);
std::string thumbnail_of_truth(const std::string& name);

}  // namespace fitview::engine
