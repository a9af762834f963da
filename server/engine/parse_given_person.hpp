#pragma once
// The analysis of a person's photo about which something is known beforehand: points that a browser found or somebody
// corrected, a mask of the person.
#include "engine/fit_points.hpp"
#include "engine/pose/pose_estimator.hpp"
#include "media/raster.hpp"

namespace fitview::engine {

/// Whether the points are all 33, as a browser's pose model sends them: enough to find the person without asking
/// anybody.
bool are_whole_body(const FitPoints& points);

/// As `parse_person`, with what is given in place of what `sight` would find: visible points take the place of the
/// estimator's, all 33 are enough without one; the mask (one channel, 255 where the person is, of any size that covers
/// the whole picture) takes the place of the parser's. A few points are a correction, and what hangs on them is laid
/// through them; all 33 are a sight like any other, which the picture makes more exact. Without an estimator and
/// without all 33 points the mask is not used. Thread-safe. Fails: std::invalid_argument for a mask of several
/// channels.
PersonModel parse_given_person(const media::Raster& photo, const PersonSight& sight, const FitPoints& points,
                               const media::Raster* mask = nullptr);

}  // namespace fitview::engine
