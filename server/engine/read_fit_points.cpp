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
        if (!is_fit_point_name(point.name))
            problems.push_back(at_pointer("/points/" + std::to_string(i) + "/name",
                                          "is not the name of a body point such as left_shoulder"));
        fit_points.points.push_back({point.name, point.x, point.y, point.visibility.value_or(1)});
    }
    if (document->strokes)
        for (std::size_t i = 0; i < document->strokes->size(); ++i) {
            const StrokeDocument& stroke = (*document->strokes)[i];
            if (!(stroke.width > 0 && stroke.width <= 0.5))
                problems.push_back(
                    at_pointer("/strokes/" + std::to_string(i) + "/width", "must be above 0 and at most 0.5"));
            fit_points.strokes.push_back(to_stroke(stroke));
        }
    if (!problems.empty()) return problems;
    return fit_points;
}

}  // namespace fitview::engine
