#pragma once
// What the engine knows of a product photo. Made once per photo by `parse_garment`, cached, read-only afterwards. Every
// member stands in its description, or it is lost when the analysis is stored.
#include <opencv2/core.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <vector>

#include "engine/garment/garment_type.hpp"
#include "engine/geometry.hpp"

namespace fitview::engine {

enum class SleeveClass { none, short_sleeve, long_sleeve };
BOOST_DESCRIBE_ENUM(SleeveClass, none, short_sleeve, long_sleeve)

/// Which part of the pattern a pixel belongs to.
enum Part : std::uint8_t {
    part_trunk = 0,
    part_sleeve_left = 1,
    part_sleeve_right = 2,
    part_leg_left = 3,
    part_leg_right = 4
};

constexpr bool is_sleeve(Part part) {
    return part == part_sleeve_left || part == part_sleeve_right;
}
constexpr bool is_leg(Part part) {
    return part == part_leg_left || part == part_leg_right;
}

struct Sleeve {
    Point cuff_outer;       ///< outer corner of the opening
    Point cuff_inner;       ///< inner corner, on the trunk's side
    Point notch;            ///< where the outlines of sleeve and trunk part: the armpit, or below it when `on_trunk`
    bool on_trunk = false;  ///< the sleeve lies against the trunk; the edge between them was inferred
};
BOOST_DESCRIBE_STRUCT(Sleeve, (), (cuff_outer, cuff_inner, notch, on_trunk))

struct GarmentLandmarks {
    float axis_x = 0;       ///< the mirror axis
    Sided<Point> neck;      ///< where the neckline and the outline meet: top of a collar that stands
    Sided<Point> stand;     ///< from there down to the shoulder seam, beside a collar that stands; else nothing
    Point neck_centre;      ///< lowest point of the front neckline
    Sided<Point> shoulder;  ///< outer end of the shoulder seam (where a sleeve is sewn on)
    Sided<Point> armpit;
    Sided<std::optional<Sleeve>> sleeve;
    Sided<Point> hem;      ///< lower corners
    float hem_y = 0;       ///< height of the hem at the axis
    float half_width = 0;  ///< half the trunk's width at the armpits
};
BOOST_DESCRIBE_STRUCT(GarmentLandmarks, (),
                      (axis_x, neck, stand, neck_centre, shoulder, armpit, sleeve, hem, hem_y, half_width))

/// Where the collar's foot and the shoulder seam meet: this lies on the shoulder, a collar that stands goes up the
/// neck.
inline Point foot_of_neck(const GarmentLandmarks& marks, Side side) {
    return marks.neck[side] + marks.stand[side];
}

/// What a lower garment has instead of neck and armpits.
struct LowerLandmarks {
    Sided<Point> waist;           ///< ends of the waistband
    Sided<Point> hem_outer;       ///< outer corners of the hem
    Sided<Point> hem_inner;       ///< inner corners; with legs only
    std::optional<Point> crotch;  ///< with legs only
};
BOOST_DESCRIBE_STRUCT(LowerLandmarks, (), (waist, hem_outer, hem_inner, crotch))

/// Immutable after parsing; may be shared between threads. Points are pixels of `picture`.
struct GarmentModel {
    cv::Mat picture;  ///< 8UC3 RGB, the working picture
    cv::Mat alpha;    ///< 8UC1, soft cut-out, same size
    cv::Mat inner;    ///< 8UC1, 255 where the inside of the back shows through the neck (not part of the front panel)
    cv::Mat parts;    ///< 8UC1 of Part inside the cut-out
    GarmentType type = GarmentType::top;
    GarmentClass kind = GarmentClass::upper;  ///< of `type`
    SleeveClass sleeves = SleeveClass::none;
    bool open_neck = false;  ///< the inside back fabric is visible in the picture
    float symmetry = 0;      ///< overlap of the cut-out with its mirror image, 0 to 1
    float cutout_score = 0;  ///< how well the outline follows edges, 0 to 1
    GarmentLandmarks landmarks;
    std::optional<LowerLandmarks> lower;  ///< of lower garments
    std::optional<cv::Rect2f> cloth;      ///< of unstitched cloth: the rectangle its colours are taken from
    /// From the top at the axis round each side to the bottom at the axis; with legs to the crotch.
    Sided<std::vector<Point>> outline;
    std::vector<Point> neckline;  ///< front neckline from the left neck point to the right one
    std::vector<Finding> findings;
};
BOOST_DESCRIBE_STRUCT(GarmentModel, (),
                      (picture, alpha, inner, parts, type, kind, sleeves, open_neck, symmetry, cutout_score, landmarks,
                       lower, cloth, outline, neckline, findings))

}  // namespace fitview::engine
