#pragma once
// One try-on of an evaluation: drawn, measured, and compared with what there is to compare with.
#include "engine/composer.hpp"
#include "engine/evaluate/evaluation_case.hpp"

namespace fitview::engine {

/// What the picture should look like.
struct Truth {
    cv::Mat picture;  ///< 8UC3 RGB, size of the person's picture
    cv::Mat region;   ///< 8UC1, not 0 where the true garment is or the worn one was: always compared
    cv::Mat garment;  ///< 8UC1 mask of the garment as it is seen; empty when not known
};

struct DrawnCase {
    EvaluationCase record;  ///< without names and file
    media::Raster picture;
};

/// Draws and measures. `truth` may be null. Deterministic but for the time it took; thread-safe.
DrawnCase draw_case(const PreparedPerson& person, const PreparedGarment& garment, const Truth* truth,
                    const TryOnOptions& options = {});

}  // namespace fitview::engine
