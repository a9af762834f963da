#include "reflect/schema.hpp"

#include <boost/core/demangle.hpp>

#include <cmath>

namespace fitview::reflect {

std::string keywords_of(const Rule& rule) {
    std::string keywords = R"("type":)";
    write_string(keywords, rule.type);
    const auto text = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        keywords += ",\"" + std::string(name) + "\":";
        write_string(keywords, value);
    };
    const auto number = [&](std::string_view name, double value) {
        if (std::isnan(value)) return;
        keywords += ",\"" + std::string(name) + "\":";
        write_number(keywords, value);
    };
    text("format", rule.format);
    text("pattern", rule.pattern);
    if (rule.min_length >= 0) number("minLength", double(rule.min_length));
    if (rule.max_length >= 0) number("maxLength", double(rule.max_length));
    number("minimum", rule.minimum);
    number("maximum", rule.maximum);
    number("multipleOf", rule.multiple_of);
    if (!rule.example.empty()) {
        keywords += R"(,"examples":[)";
        if (rule.type == "string")
            write_string(keywords, rule.example);
        else
            keywords += rule.example;
        keywords += ']';
    }
    return keywords;
}

std::string component_name(const std::type_info& type) {
    const std::string full = boost::core::demangle(type.name());
    std::string name;
    bool upper = true;
    for (std::size_t at = full.starts_with("fitview::") ? 9 : 0; at < full.size(); ++at) {
        const char letter = full[at];
        const bool word =
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        if (!word) {
            upper = true;
            continue;
        }
        name += upper && letter >= 'a' && letter <= 'z' ? char(letter - 'a' + 'A') : letter;
        upper = false;
    }
    return name;
}

}  // namespace fitview::reflect
