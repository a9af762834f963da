#include "engine/read_fit_points.hpp"

#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

FitStroke to_stroke(const StrokeDocument& document) {
    FitStroke stroke;
    stroke.kind = document.kind;
    stroke.width = document.width;
    for (const auto& place : document.points) stroke.points.push_back({place[0], place[1]});
    return stroke;
}

}  // namespace

FitPoints to_fit_points(const BodyFitPoints& document) {
    FitPoints fit_points;
    for (const BodyPointDocument& point : document.points)
        fit_points.points.push_back({point.name, point.x, point.y, point.visibility.value_or(1)});
    if (document.strokes) {
        for (const StrokeDocument& stroke : *document.strokes) fit_points.strokes.push_back(to_stroke(stroke));
    }
    return fit_points;
}

std::variant<FitPoints, std::vector<Problem>> read_fit_points(std::string_view json) {
    const auto parsed = reflect::parse_json(json);
    if (const auto* reason = std::get_if<std::string>(&parsed)) return std::vector{at_pointer("", *reason)};
    std::vector<Problem> problems;
    const auto document = reflect::decode<BodyFitPoints>(std::get<boost::json::value>(parsed), problems);
    if (!document) return problems;
    return to_fit_points(*document);
}

}  // namespace fitview::engine
