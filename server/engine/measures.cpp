#include "engine/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

constexpr std::size_t most_sizes = 30, most_measures = 30;
constexpr double cm_per_inch = 2.54;
// A garment for grown-ups that is narrower was measured flat, from side to side.
constexpr double least_girth = 70, least_waist = 50;

std::string letters_of(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (c >= 'a' && c <= 'z') letters += c;
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    }
    return letters.ends_with("cm") ? letters.substr(0, letters.size() - 2) : letters;
}

template <std::size_t N>
std::optional<double> middle_of(const std::map<std::string, SizeChart::Range>& row,
                                const std::array<std::string_view, N>& names, double unit) {
    for (const auto& [name, range] : row) {
        if (std::find(names.begin(), names.end(), letters_of(name)) == names.end()) continue;
        const double middle = (range.low + range.high) / 2 * unit;
        if (std::isfinite(middle) && middle > 0) return middle;
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 4> chest_names{"bust", "chest", "garmentchest", "garmentbust"};
constexpr std::array<std::string_view, 6> flat_chest_names{"pittopit",   "chestflat", "halfchest",
                                                           "chestwidth", "bustwidth", "width"};
constexpr std::array<std::string_view, 11> length_names{"length",      "garmentlength", "toplength",    "totallength",
                                                        "fulllength",  "bodylength",    "dresslength",  "kurtalength",
                                                        "shirtlength", "frontlength",   "productlength"};
constexpr std::array<std::string_view, 5> shoulder_names{"shoulder", "shoulders", "acrossshoulder", "acrossshoulders",
                                                         "shoulderwidth"};
constexpr std::array<std::string_view, 3> sleeve_names{"sleeve", "sleeves", "sleevelength"};
constexpr std::array<std::string_view, 10> outseam_names{
    "outseam",     "outseamlength", "sidelength", "sideseam",      "bottomlength",
    "skirtlength", "lehengalength", "pantlength", "trouserlength", "trouserslength"};
constexpr std::array<std::string_view, 6> inseam_names{"inseam",          "inseamlength", "insideleg",
                                                       "insideleglength", "insideseam",   "leglength"};
constexpr std::array<std::string_view, 4> waist_names{"waist", "waistgirth", "garmentwaist", "waistband"};
constexpr std::array<std::string_view, 3> flat_waist_names{"waistflat", "halfwaist", "waistwidth"};
constexpr std::array<std::string_view, 5> hip_names{"hip", "hips", "hipgirth", "garmenthip", "seat"};
constexpr std::array<std::string_view, 3> flat_hip_names{"hipflat", "halfhip", "hipwidth"};

/// A name as a part of a JSON pointer.
std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

std::optional<double> number_of(const boost::json::value& value) {
    if (!value.is_number()) return std::nullopt;
    const double number = value.to_number<double>();
    return number > 0 && number <= 500 ? std::optional(number) : std::nullopt;
}

std::optional<SizeChart::Range> range_of(const boost::json::value& value) {
    if (const auto number = number_of(value)) return SizeChart::Range{*number, *number};
    if (!value.is_array() || value.get_array().size() != 2) return std::nullopt;
    const auto low = number_of(value.get_array()[0]), high = number_of(value.get_array()[1]);
    if (!low || !high || *low > *high) return std::nullopt;
    return SizeChart::Range{*low, *high};
}

void read_row(const boost::json::value& value, const std::string& pointer, std::map<std::string, SizeChart::Range>& row,
              std::vector<Problem>& problems) {
    if (!value.is_object() || value.get_object().size() > most_measures) {
        problems.push_back(at_pointer(pointer, "must be an object of at most 30 measures"));
        return;
    }
    for (const auto& [name, measure] : value.get_object()) {
        const auto range = range_of(measure);
        if (range)
            row.emplace(std::string(name), *range);
        else
            problems.push_back(at_pointer(pointer + "/" + escaped(name),
                                          "must be a number above 0 and at most 500, or two of them, smaller first"));
    }
}

/// Whether the member says `yes` rather than `no`; absent it says `no`.
bool says(const boost::json::object& document, const char* member, std::string_view yes, std::string_view no,
          std::vector<Problem>& problems) {
    const auto* value = document.if_contains(member);
    if (!value) return false;
    const bool known = value->is_string() && (value->get_string() == yes || value->get_string() == no);
    if (!known)
        problems.push_back(
            at_pointer("/" + std::string(member), "must be " + std::string(no) + " or " + std::string(yes)));
    return known && value->get_string() == yes;
}

}  // namespace

GarmentMeasures measures_of(const SizeChart& chart, std::string_view size) {
    const auto found = chart.sizes.find(std::string(size));
    if (found == chart.sizes.end()) return {};
    const auto& row = found->second;
    const double unit = chart.in_inches ? cm_per_inch : 1;
    GarmentMeasures measures;
    measures.length = middle_of(row, length_names, unit);
    measures.sleeve = middle_of(row, sleeve_names, unit);
    measures.outseam = middle_of(row, outseam_names, unit);
    measures.inseam = middle_of(row, inseam_names, unit);
    const auto waist = middle_of(row, waist_names, unit), hip = middle_of(row, hip_names, unit);
    measures.waist = middle_of(row, flat_waist_names, 2 * unit);
    measures.hip = middle_of(row, flat_hip_names, 2 * unit);
    const auto chest = middle_of(row, chest_names, unit), flat = middle_of(row, flat_chest_names, 2 * unit);
    if (!chart.of_garment) {
        measures.made_for_bust = chest;
        measures.made_for_waist = waist;
        measures.made_for_hip = hip;
        measures.chest = flat;
        return measures;
    }
    if (waist) measures.waist = *waist < least_waist ? 2 * *waist : *waist;
    if (hip) measures.hip = *hip < least_girth ? 2 * *hip : *hip;
    measures.shoulder = middle_of(row, shoulder_names, unit);
    measures.chest = chest && *chest < least_girth ? 2 * *chest : chest ? chest : flat;
    return measures;
}

std::variant<SizeChart, std::vector<Problem>> read_size_chart(std::string_view json) {
    const auto parsed = reflect::parse_json(json);
    if (const auto* reason = std::get_if<std::string>(&parsed)) return std::vector{at_pointer("", *reason)};
    const auto& value = std::get<boost::json::value>(parsed);
    if (!value.is_object()) return std::vector{at_pointer("", "must be an object")};
    const boost::json::object& document = value.get_object();
    std::vector<Problem> problems;
    SizeChart chart;
    chart.of_garment = says(document, "size_chart_of", "garment", "body", problems);
    chart.in_inches = says(document, "size_chart_unit", "in", "cm", problems);
    const auto* sizes = document.if_contains("size_chart");
    if (!sizes || !sizes->is_object() || sizes->get_object().size() > most_sizes)
        problems.push_back(at_pointer("/size_chart", "must be an object of at most 30 sizes"));
    else
        for (const auto& [size, row] : sizes->get_object())
            read_row(row, "/size_chart/" + escaped(size), chart.sizes[std::string(size)], problems);
    if (!problems.empty()) return problems;
    return chart;
}

}  // namespace fitview::engine
