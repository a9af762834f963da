#pragma once
// The parts of a product that carry a rule of their own.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "base/list.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "products/rich_text.hpp"
#include "reflect/members.hpp"

namespace boost::json {
class value;
}

namespace fitview::products {

using ProductName = Text<1, 200>;
using Description = RichText<20000>;
using Category = Text<1, 60>;
using Material = Text<1, 100>;
using Label = Text<1, 40>;
using Tags = List<Label, 0, 30>;
using Colors = List<Label, 0, 20>;
using SizeName = Text<1, 40>;
using Stock = Integer<0, 1'000'000>;

/// How many pieces of one size there are.
struct SizeStock {
    SizeName size;
    Stock stock;

    bool operator==(const SizeStock&) const = default;
};
BOOST_DESCRIBE_STRUCT(SizeStock, (), (size, stock))

/// 1 to 30 sizes; no two names are equal without letter case.
struct Sizes {
    static constexpr std::size_t max_items = 30;
    std::vector<SizeStock> items;

    bool operator==(const Sizes&) const = default;
};

/// A measure in a size chart: one number, or from one to another; each above 0 and at most 500.
struct Measure {
    double low = 0;
    double high = 0;

    bool operator==(const Measure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Measure, (), (low, high))

/// Measures by name (bust, waist, hip, length, …) by size.
using SizeChart = Map<SizeName, Map<Label, Measure, 30>, 30>;

/// Whether a size chart tells of the body a size is made for, or of the garment itself.
enum class SizeChartOf { body, garment };
BOOST_DESCRIBE_ENUM(SizeChartOf, body, garment)
enum class SizeChartUnit { cm, in };
BOOST_DESCRIBE_ENUM(SizeChartUnit, cm, in)

/// Decides the rate of the goods and services tax.
enum class TaxClass { apparel, textile, footwear, other };
BOOST_DESCRIBE_ENUM(TaxClass, apparel, textile, footwear, other)

/// A code of the harmonised system: 4 to 8 digits.
class Hsn {
public:
    using Wire = std::string;
    static constexpr Rule rule{.pattern = "^[0-9]{4,8}$", .example = "6211"};

    static Checked<Hsn> check(const std::string& wire);
    const std::string& wire() const { return digits_; }
    const std::string& str() const { return digits_; }
    auto operator<=>(const Hsn&) const = default;

private:
    explicit Hsn(std::string digits) : digits_(std::move(digits)) {}
    std::string digits_;
};

}  // namespace fitview::products

template <>
struct fitview::reflect::Custom<fitview::products::Sizes> {
    static void write(std::string& out, const fitview::products::Sizes& sizes);
    static std::optional<fitview::products::Sizes> read(const boost::json::value& json, const std::string& pointer,
                                                        std::vector<fitview::Problem>& problems);
    static std::string schema();
};

template <>
struct fitview::reflect::Custom<fitview::products::Measure> {
    static void write(std::string& out, const fitview::products::Measure& measure);
    static std::optional<fitview::products::Measure> read(const boost::json::value& json, const std::string& pointer,
                                                          std::vector<fitview::Problem>& problems);
    static std::string schema();
};
