#include "engine/read_fit_points.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

#include "base/list.hpp"
#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

enum class StrokeKind { keep_in_front, old_garment };
BOOST_DESCRIBE_ENUM(StrokeKind, keep_in_front, old_garment)

struct PointDocument {
    std::string name;
    double x = 0;
    double y = 0;
    std::optional<double> visibility;
};
BOOST_DESCRIBE_STRUCT(PointDocument, (), (name, x, y, visibility))

struct StrokeDocument {
    StrokeKind kind = StrokeKind::keep_in_front;
    double width = 0;
    List<List<double, 2, 2>, 1, 1000> points;
};
BOOST_DESCRIBE_STRUCT(StrokeDocument, (), (kind, width, points))

struct FitPointsDocument {
    List<PointDocument, 0, 64> points;
    std::optional<List<StrokeDocument, 0, 64>> strokes;
};
BOOST_DESCRIBE_STRUCT(FitPointsDocument, (), (points, strokes))

bool is_fraction(double number) {
    return number >= 0 && number <= 1;
}

void refuse_point(const PointDocument& point, const std::string& pointer, std::vector<Problem>& problems) {
    if (!is_fit_point_name(point.name))
        problems.push_back(at_pointer(pointer + "/name", "is not the name of a body point such as left_shoulder"));
    const double visibility = point.visibility.value_or(1);
    if (!is_fraction(visibility)) problems.push_back(at_pointer(pointer + "/visibility", "must be from 0 to 1"));
    // Pose models place what they cannot see outside the picture, and say so.
    if (visibility < least_visibility) return;
    constexpr const char* outside = "must be from 0 to 1: a fraction of the picture (unless visibility is below 0.5)";
    if (!is_fraction(point.x)) problems.push_back(at_pointer(pointer + "/x", outside));
    if (!is_fraction(point.y)) problems.push_back(at_pointer(pointer + "/y", outside));
}

void refuse_stroke(const StrokeDocument& stroke, const std::string& pointer, std::vector<Problem>& problems) {
    if (!(stroke.width > 0 && stroke.width <= 0.5))
        problems.push_back(at_pointer(pointer + "/width", "must be above 0 and at most 0.5"));
    std::size_t number = 0;
    for (const auto& place : stroke.points) {
        if (!is_fraction(place[0]) || !is_fraction(place[1]))
            problems.push_back(at_pointer(pointer + "/points/" + std::to_string(number),
                                          "must be two numbers from 0 to 1: fractions of the picture"));
        ++number;
    }
}

FitStroke to_stroke(const StrokeDocument& document) {
    FitStroke stroke;
    stroke.kind =
        document.kind == StrokeKind::keep_in_front ? FitStroke::Kind::keep_in_front : FitStroke::Kind::old_garment;
    stroke.width = document.width;
    for (const auto& place : document.points) stroke.points.push_back({place[0], place[1]});
    return stroke;
}

}  // namespace

std::variant<FitPoints, std::vector<Problem>> read_fit_points(std::string_view json) {
    const auto parsed = reflect::parse_json(json);
    if (const auto* reason = std::get_if<std::string>(&parsed)) return std::vector{at_pointer("", *reason)};
    std::vector<Problem> problems;
    const auto document = reflect::decode<FitPointsDocument>(std::get<boost::json::value>(parsed), problems);
    if (!document) return problems;
    FitPoints fit_points;
    for (std::size_t i = 0; i < document->points.size(); ++i) {
        const PointDocument& point = document->points[i];
        refuse_point(point, "/points/" + std::to_string(i), problems);
        const double visibility = point.visibility.value_or(1);
        if (visibility >= least_visibility) fit_points.points.push_back({point.name, point.x, point.y, visibility});
    }
    if (document->strokes)
        for (std::size_t i = 0; i < document->strokes->size(); ++i) {
            const StrokeDocument& stroke = (*document->strokes)[i];
            refuse_stroke(stroke, "/strokes/" + std::to_string(i), problems);
            fit_points.strokes.push_back(to_stroke(stroke));
        }
    if (!problems.empty()) return problems;
    return fit_points;
}

}  // namespace fitview::engine
