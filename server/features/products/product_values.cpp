#include "products/product_values.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

#include "products/search_words.hpp"
#include "reflect/json.hpp"
#include "reflect/schema.hpp"

namespace fitview::products {

Checked<Hsn> Hsn::check(const std::string& wire) {
    const bool digits_only =
        std::all_of(wire.begin(), wire.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    if (!digits_only || wire.size() < 4 || wire.size() > 8) return Checked<Hsn>::wrong("must be 4 to 8 digits");
    return Hsn(wire);
}

}  // namespace fitview::products

namespace fitview::reflect {

using products::Measure;
using products::Sizes;

void Custom<Sizes>::write(std::string& out, const Sizes& sizes) {
    reflect::write(out, sizes.items);
}

std::optional<Sizes> Custom<Sizes>::read(const boost::json::value& json, const std::string& pointer,
                                         std::vector<Problem>& problems) {
    const std::size_t before = problems.size();
    auto items = read_items<products::SizeStock>(json, pointer, 1, Sizes::max_items, problems);
    // Repeats are looked for in the wire form, so that they are named beside every other fault.
    const boost::json::array* array = json.if_array();
    if (array != nullptr && array->size() <= Sizes::max_items) {
        std::vector<std::string> seen;
        for (std::size_t at = 0; at < array->size(); ++at) {
            const boost::json::object* entry = (*array)[at].if_object();
            const boost::json::value* size = entry == nullptr ? nullptr : entry->if_contains("size");
            const boost::json::string* name = size == nullptr ? nullptr : size->if_string();
            if (name == nullptr) continue;
            std::string key = products::filter_key({name->data(), name->size()});
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
                problems.push_back(
                    at_pointer(pointer_below(pointer_below(pointer, at), "size"), "must not be there twice"));
            }
            seen.push_back(std::move(key));
        }
    }
    if (!items || problems.size() != before) return std::nullopt;
    return Sizes{std::move(*items)};
}

std::string Custom<Sizes>::schema() {
    const std::string size = keywords_of(products::SizeName::rule);
    const std::string stock = keywords_of(products::Stock::rule);
    return R"({"type":"array","items":{"type":"object","properties":{"size":{)" + size + R"(},"stock":{)" + stock +
           R"(}},"required":["size","stock"],"additionalProperties":false},"minItems":1,"maxItems":)" +
           std::to_string(Sizes::max_items) + "}";
}

namespace {

constexpr double measure_max = 500;

std::optional<double> read_measure(const boost::json::value& json, const std::string& pointer,
                                   std::vector<Problem>& problems) {
    const auto number = read_number(json, pointer, problems);
    if (number && (*number <= 0 || *number > measure_max)) {
        problems.push_back(at_pointer(pointer, "must be above 0 and at most 500"));
        return std::nullopt;
    }
    return number;
}

}  // namespace

void Custom<Measure>::write(std::string& out, const Measure& measure) {
    if (measure.low == measure.high) return write_number(out, measure.low);
    out += '[';
    write_number(out, measure.low);
    out += ',';
    write_number(out, measure.high);
    out += ']';
}

std::optional<Measure> Custom<Measure>::read(const boost::json::value& json, const std::string& pointer,
                                             std::vector<Problem>& problems) {
    const boost::json::array* span = json.if_array();
    if (span == nullptr) {
        if (!json.is_number()) {
            problems.push_back(at_pointer(pointer, "must be a number or two numbers [min, max]"));
            return std::nullopt;
        }
        const auto number = read_measure(json, pointer, problems);
        return number ? std::optional(Measure{*number, *number}) : std::nullopt;
    }
    if (span->size() != 2) {
        problems.push_back(at_pointer(pointer, "must be a number or two numbers [min, max]"));
        return std::nullopt;
    }
    const auto low = read_measure((*span)[0], pointer_below(pointer, 0), problems);
    const auto high = read_measure((*span)[1], pointer_below(pointer, 1), problems);
    if (!low || !high) return std::nullopt;
    if (*low > *high) {
        problems.push_back(at_pointer(pointer, "must have its smaller number first"));
        return std::nullopt;
    }
    return Measure{*low, *high};
}

std::string Custom<Measure>::schema() {
    return R"({"oneOf":[{"type":"number","exclusiveMinimum":0,"maximum":500},{"type":"array","items":{"type":"number",)"
           R"("exclusiveMinimum":0,"maximum":500},"minItems":2,"maxItems":2}]})";
}

}  // namespace fitview::reflect
