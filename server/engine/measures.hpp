#pragma once
// What is known of the person and the garment in centimetres. It decides lengths and ease; pictures decide the rest.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/failure.hpp"

namespace fitview::engine {

/// All in cm. What is not known stays empty; a value no body has is not used.
struct BodyMeasures {
    std::optional<double> height;
    std::optional<double> bust;
    std::optional<double> waist;
    std::optional<double> hip;

    bool operator==(const BodyMeasures&) const = default;
};

/// Of the garment in the size that is tried on, in cm.
struct GarmentMeasures {
    std::optional<double> chest;          ///< the whole way round, under the arms
    std::optional<double> length;         ///< from where collar and shoulder seam meet down to the hem
    std::optional<double> shoulder;       ///< from sleeve seam to sleeve seam
    std::optional<double> sleeve;         ///< from the sleeve seam at the shoulder to the cuff
    std::optional<double> made_for_bust;  ///< bust of the body this size is made for
    // Of trousers and skirts; of a set, of its lower part.
    std::optional<double> outseam;  ///< from the waistband down the side to the hem; else `length` is that
    std::optional<double> inseam;   ///< from the crotch to the hem
    std::optional<double> waist;    ///< the waistband, the whole way round
    std::optional<double> hip;      ///< the whole way round
    std::optional<double> made_for_waist;
    std::optional<double> made_for_hip;

    bool operator==(const GarmentMeasures&) const = default;
};

struct KnownMeasures {
    BodyMeasures body;
    GarmentMeasures garment;

    bool operator==(const KnownMeasures&) const = default;
};

/// A product's size chart: for each size its measures, each a value or a range, under the names shops use.
struct SizeChart {
    struct Range {
        double low = 0;
        double high = 0;
    };

    std::map<std::string, std::map<std::string, Range>> sizes;
    bool of_garment = false;  ///< else of the body a size is made for; lengths and sleeves are the garment's in both
    bool in_inches = false;
};

/// The row of one size in centimetres; empty for a size the chart does not have. Names are compared by their letters
/// only ("Garment Length", "garment_length"); a chest or hip below 70 cm and a waist below 50 cm of a garment are taken
/// as measured flat. Thread-safe.
GarmentMeasures measures_of(const SizeChart& chart, std::string_view size);

/// `{"size_chart": {"M": {"bust": [86, 91], "length": 98}}, "size_chart_of"?: "body" | "garment", "size_chart_unit"?:
/// "cm" | "in"}`, other members are left alone (a product as the API shows it can be given), or every fault with its
/// pointer. At most 30 sizes of 30 measures.
std::variant<SizeChart, std::vector<Problem>> read_size_chart(std::string_view json);

}  // namespace fitview::engine
