#pragma once
// What one evaluation run finds out: a record for each picture and the means over them. Written as JSON, read again to
// compare two runs. A measure added later must be optional, so that older files stay readable.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate/outline_measures.hpp"
#include "engine/evaluate/picture_measures.hpp"

namespace fitview::engine {

/// How a picture can be judged.
enum class CaseKind {
    unpaired,   ///< any person in any garment: only defects can be measured
    worn_pair,  ///< the photo shows the person in this garment; its top was painted grey before drawing (leak-free)
    worn_pair_points,  ///< the same with the fit points that lie beside the photo
    true_pair,         ///< a second picture of the same person shows the truth
    closed_loop        ///< the worn top was cut out of the photo and is put on again; leak-free
};
BOOST_DESCRIBE_ENUM(CaseKind, unpaired, worn_pair, worn_pair_points, true_pair, closed_loop)

/// Defects that need no truth. Shares are 0 to 1.
struct Defects {
    double old_top_visible = 0;        ///< share of the worn top (or trousers, skirt) that is still seen
    double outside_body = 0;           ///< share of the garment's pixels that lie outside the person
    double colour_distance = 0;        ///< between the product and the drawn garment, 0 to 1
    std::int64_t identity_pixels = 0;  ///< pixels that changed although the change mask says they did not; must be 0
};
BOOST_DESCRIBE_STRUCT(Defects, (), (old_top_visible, outside_body, colour_distance, identity_pixels))

/// What the fit part of a score is made of; the names are FitReport's.
struct FitFigures {
    double uncovered_share = 0;
    double outside_share = 0;
    double median_strain = 0;
    double pushed_share = 0;
    double seam_slip = 0;
};
BOOST_DESCRIBE_STRUCT(FitFigures, (), (uncovered_share, outside_share, median_strain, pushed_share, seam_slip))

struct EvaluationCase {
    CaseKind kind = CaseKind::unpaired;
    std::string person;   ///< file name without its ending
    std::string garment;  ///< the same; empty in a closed loop
    std::string picture;  ///< file below the sheet's folder
    double score = 0;     ///< what the engine thinks of the picture, and its three parts
    double pose = 0;
    double cutout = 0;
    double fit = 0;
    std::vector<std::string> warnings;
    double milliseconds = 0;  ///< of the try-on itself, both analyses at hand
    Defects defects;
    Defects overlay_defects;           ///< of a plain pasted overlay
    std::optional<Likeness> likeness;  ///< to the truth; nothing when there is none
    std::optional<Likeness> overlay;   ///< of the overlay to the truth
    std::optional<OutlineErrors> outline;
    std::optional<FitFigures> fit_figures;
    std::optional<int> shoulders_seen;  ///< of the person, 0 to 2
};
BOOST_DESCRIBE_STRUCT(EvaluationCase, (),
                      (kind, person, garment, picture, score, pose, cutout, fit, warnings, milliseconds, defects,
                       overlay_defects, likeness, overlay, outline, fit_figures, shoulders_seen))

struct Evaluation {
    std::string engine_version;
    std::vector<EvaluationCase> cases;  ///< in the order of the input
    std::vector<std::string> unusable;  ///< sentences about files that could not take part
};
BOOST_DESCRIBE_STRUCT(Evaluation, (), (engine_version, cases, unusable))

/// One figure of a case or of a run. Which way is better is part of the measure.
struct Measure {
    std::string name;
    double value = 0;
    bool more_is_better = true;
    double worth_telling = 0;  ///< smaller differences are noise
};

/// Every figure a case has, in a fixed order.
std::vector<Measure> measures_of(const EvaluationCase& one);

/// Mean of each figure over the cases of one kind, led by "shown": the share with a score of at least the quality
/// floor, and last the shares of cases beyond what is accepted of old top, cloth outside and colour. Empty when there
/// is no such case.
std::vector<Measure> means_of(const Evaluation& evaluation, CaseKind kind);

/// One line for the eye: what the picture is worth and what is most wrong with it.
std::string verdict_of(const EvaluationCase& one);

/// The cases of one kind, the worst first: by likeness gained over the overlay where there is a truth, else by score.
std::vector<const EvaluationCase*> worst_first(const Evaluation& evaluation, CaseKind kind);

}  // namespace fitview::engine
