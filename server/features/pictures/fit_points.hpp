#pragma once
// Fit points of stored pictures: what the analysis found, what a retailer corrected, and both as the wire shows them.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/fit_points_document.hpp"
#include "engine/garment/garment_type.hpp"
#include "pictures/pictures.hpp"

namespace fitview::pictures {

/// The port through which products and models have their pictures looked at for fit points. Thread-safe; takes up to a
/// second where a picture was not analysed before. Fails: Unavailable.
class FitPointFinder {
public:
    virtual ~FitPointFinder() = default;
    virtual std::vector<engine::FoundPoint<engine::BodyPoint>> on_person(const Picture& picture) = 0;
    virtual std::vector<engine::FoundPoint<engine::GarmentPoint>> on_garment(
        const Picture& picture, const std::optional<engine::GarmentType>& type) = 0;
};

enum class PointSource { found, corrected };
BOOST_DESCRIBE_ENUM(PointSource, found, corrected)

/// A corrected point has the confidence 1.
struct BodyPointView {
    engine::BodyPoint name = engine::BodyPoint::nose;
    double x = 0;
    double y = 0;
    double confidence = 0;
    PointSource source = PointSource::found;

    static constexpr std::string_view schema_name = "BodyFitPointView";
};
BOOST_DESCRIBE_STRUCT(BodyPointView, (), (name, x, y, confidence, source))

struct BodyFitPointsView {
    std::vector<BodyPointView> points;
    std::vector<engine::StrokeDocument> strokes;
    std::int64_t revision = 1;

    static constexpr std::string_view schema_name = "ModelFitPoints";
};
BOOST_DESCRIBE_STRUCT(BodyFitPointsView, (), (points, strokes, revision))

struct GarmentPointView {
    engine::GarmentPoint name = engine::GarmentPoint::left_neck;
    double x = 0;
    double y = 0;
    double confidence = 0;
    PointSource source = PointSource::found;

    static constexpr std::string_view schema_name = "GarmentFitPointView";
};
BOOST_DESCRIBE_STRUCT(GarmentPointView, (), (name, x, y, confidence, source))

struct GarmentFitPointsView {
    std::vector<GarmentPointView> points;
    std::int64_t revision = 1;

    static constexpr std::string_view schema_name = "ProductFitPoints";
};
BOOST_DESCRIBE_STRUCT(GarmentFitPointsView, (), (points, revision))

/// What was found, with the corrections in its place, in the order of the names.
template <class View, class Found, class Corrections>
std::vector<View> joined_points(const std::vector<Found>& found, const Corrections& corrections) {
    std::vector<View> points;
    for (const auto& point : corrections) points.push_back({point.name, point.x, point.y, 1.0, PointSource::corrected});
    for (const Found& point : found) {
        const bool corrected =
            std::any_of(points.begin(), points.end(), [&](const View& view) { return view.name == point.name; });
        if (!corrected) points.push_back({point.name, point.x, point.y, point.confidence, PointSource::found});
    }
    std::sort(points.begin(), points.end(), [](const View& one, const View& other) { return one.name < other.name; });
    return points;
}

}  // namespace fitview::pictures
