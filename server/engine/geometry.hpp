#pragma once
// The words both analyses and the renderer share.
#include <opencv2/core.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <string>
#include <vector>

namespace fitview::engine {

using Point = cv::Point2f;  ///< in pixels of the working picture, x right, y down

/// Sides are those of the PICTURE inside the engine (0 is left in the picture, which is the wearer's right in a front
/// view). Fit points on the wire are the wearer's; fit_points.hpp turns them round.
enum Side : int { picture_left = 0, picture_right = 1 };
template <class T>
using Sided = std::array<T, 2>;

/// One thing that lowers (or not) the confidence of a result: a factor in [0, 1] and, below 1, the reason in plain
/// words.
struct Finding {
    std::string name;    ///< "pose", "cutout", "fit", …: the part of `quality.parts` it belongs to
    double factor = 1;   ///< the score is the product of all factors
    std::string reason;  ///< what the shopper or retailer can change; empty when nothing
};
BOOST_DESCRIBE_STRUCT(Finding, (), (name, factor, reason))

/// The long side of the working picture. Larger inputs are reduced to it, smaller ones stay as they are.
constexpr int working_size = 1024;

}  // namespace fitview::engine
