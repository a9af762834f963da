#pragma once
// Fit points as the API, the stores and the command line hold them. Light: no picture library in this header.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.hpp"
#include "base/list.hpp"
#include "engine/body_point.hpp"

namespace fitview::engine {

/// The places of a product photo that its pattern is cut by.
enum class GarmentPoint {
    left_neck,  ///< where collar and shoulder seam meet
    right_neck,
    neck_centre,    ///< lowest point of the front neckline
    left_shoulder,  ///< outer end of the shoulder seam
    right_shoulder,
    left_armpit,
    right_armpit,
    left_cuff_outer,
    left_cuff_inner,
    right_cuff_outer,
    right_cuff_inner,
    left_hem,  ///< lower corners
    right_hem
};
BOOST_DESCRIBE_ENUM(GarmentPoint, left_neck, right_neck, neck_centre, left_shoulder, right_shoulder, left_armpit,
                    right_armpit, left_cuff_outer, left_cuff_inner, right_cuff_outer, right_cuff_inner, left_hem,
                    right_hem)

enum class StrokeKind { keep_in_front, old_garment };
BOOST_DESCRIBE_ENUM(StrokeKind, keep_in_front, old_garment)

/// Below it a point counts as not seen: it may lie outside the picture and is not used.
constexpr double least_visibility = 0.5;

/// Places are fractions of the upright picture, 0 to 1.
struct BodyPointDocument {
    BodyPoint name = BodyPoint::nose;
    double x = 0;
    double y = 0;
    std::optional<double> visibility;
    bool operator==(const BodyPointDocument&) const = default;

    static constexpr std::string_view schema_name = "BodyFitPoint";
    static void check_together(const std::optional<BodyPoint>&, const std::optional<double>& x,
                               const std::optional<double>& y, const std::optional<std::optional<double>>& visibility,
                               const std::string& pointer, std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(BodyPointDocument, (), (name, x, y, visibility))

struct StrokeDocument {
    StrokeKind kind = StrokeKind::keep_in_front;
    double width = 0;  ///< of the picture's longer side
    List<List<double, 2, 2>, 1, 1000> points;
    bool operator==(const StrokeDocument&) const = default;

    static constexpr std::string_view schema_name = "FitStroke";
    static void check_together(const std::optional<StrokeKind>&, const std::optional<double>& width,
                               const std::optional<List<List<double, 2, 2>, 1, 1000>>& points,
                               const std::string& pointer, std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(StrokeDocument, (), (kind, width, points))

/// What a person or a pose model says about a person's photo.
struct BodyFitPoints {
    List<BodyPointDocument, 0, 64> points;
    std::optional<List<StrokeDocument, 0, 64>> strokes;
    bool operator==(const BodyFitPoints&) const = default;

    bool empty() const { return points.empty() && (!strokes || strokes->empty()); }
    static constexpr std::string_view schema_name = "BodyFitPoints";
    static void check_together(const std::optional<List<BodyPointDocument, 0, 64>>& points,
                               const std::optional<std::optional<List<StrokeDocument, 0, 64>>>&,
                               const std::string& pointer, std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(BodyFitPoints, (), (points, strokes))

struct GarmentPointDocument {
    GarmentPoint name = GarmentPoint::left_neck;
    double x = 0;
    double y = 0;
    bool operator==(const GarmentPointDocument&) const = default;

    static constexpr std::string_view schema_name = "GarmentFitPoint";
    static void check_together(const std::optional<GarmentPoint>&, const std::optional<double>& x,
                               const std::optional<double>& y, const std::string& pointer,
                               std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(GarmentPointDocument, (), (name, x, y))

/// What a retailer says about a product photo.
struct GarmentFitPoints {
    List<GarmentPointDocument, 0, 64> points;
    bool operator==(const GarmentFitPoints&) const = default;

    bool empty() const { return points.empty(); }
    static constexpr std::string_view schema_name = "GarmentFitPoints";
    static void check_together(const std::optional<List<GarmentPointDocument, 0, 64>>& points,
                               const std::string& pointer, std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(GarmentFitPoints, (), (points))

/// A place that was found on a photo, and how sure that is (0 to 1).
template <class Name>
struct FoundPoint {
    Name name;
    double x = 0;
    double y = 0;
    double confidence = 0;
};

}  // namespace fitview::engine
