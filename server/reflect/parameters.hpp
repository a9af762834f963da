#pragma once
// Texts by name (query strings, multipart fields, paths) to described values, naming every fault.
#include <utility>

#include "base/checked.hpp"
#include "base/failure.hpp"
#include "reflect/members.hpp"

namespace fitview::reflect {

using TextFields = std::vector<std::pair<std::string, std::string>>;

/// Where a fault lies: `parameter` for queries and paths, `pointer` ("/name") for fields of a form.
enum class FaultPlace { parameter, pointer };

std::optional<std::int64_t> text_to_integer(std::string_view text);
std::optional<double> text_to_number(std::string_view text);

/// One value out of its text; nothing and the reasons when it is none.
template <class T>
std::optional<T> from_text(const std::string& text, std::vector<std::string>& reasons) {
    if constexpr (std::is_same_v<T, std::string>)
        return text;
    else if constexpr (std::is_same_v<T, bool>) {
        if (text == "true") return true;
        if (text == "false") return false;
        reasons.emplace_back("must be true or false");
        return std::nullopt;
    } else if constexpr (DescribedEnum<T>) {
        const auto found = enum_from<T>(text);
        if (!found) reasons.push_back(one_of_names<T>());
        return found;
    } else {
        static_assert(Value<T>, "a parameter is a value, an enumeration, a text or a truth value");
        const auto taken = [&](Checked<T> checked) -> std::optional<T> {
            if (checked) return *std::move(checked);
            for (const std::string& reason : checked.reasons()) reasons.push_back(reason);
            return std::nullopt;
        };
        if constexpr (std::is_same_v<typename T::Wire, std::string>)
            return taken(T::check(text));
        else if constexpr (std::is_same_v<typename T::Wire, double>) {
            if (const auto number = text_to_number(text)) return taken(T::check(*number));
            reasons.emplace_back("must be a number");
        } else {
            if (const auto number = text_to_integer(text)) return taken(T::check(*number));
            reasons.emplace_back("must be a whole number");
        }
        return std::nullopt;
    }
}

Problem fault_at(FaultPlace place, std::string_view name, std::string detail);

/// A T out of `fields`. Members: std::vector and List are repeatable, std::optional may be left out, others are
/// required. Unknown names and single-valued names that come twice are faults.
template <DescribedStruct T>
std::optional<T> decode_fields(const TextFields& fields, FaultPlace place, std::vector<Problem>& problems) {
    const std::size_t before = problems.size();
    typename PartsOf<T>::Type parts;
    std::vector<std::string_view> known;
    const auto decode_one = [&](std::string_view name, auto& part) {
        using Member = typename std::remove_cvref_t<decltype(part)>::value_type;
        known.push_back(name);
        std::vector<const std::string*> texts;
        for (const auto& [field, text] : fields) {
            if (field == name) texts.push_back(&text);
        }
        const auto value_of = [&]<class Item>(std::type_identity<Item>,
                                              const std::string& text) -> std::optional<Item> {
            std::vector<std::string> reasons;
            auto value = from_text<Item>(text, reasons);
            for (std::string& reason : reasons) problems.push_back(fault_at(place, name, std::move(reason)));
            return value;
        };
        if constexpr (is_a<Member, std::vector>) {
            Member items;
            for (const std::string* text : texts) {
                if (auto item = value_of(std::type_identity<typename Member::value_type>(), *text))
                    items.push_back(std::move(*item));
            }
            part.emplace(std::move(items));
        } else if constexpr (is_list<Member>) {
            Member items;
            for (const std::string* text : texts) {
                using Item = typename decltype(Member::items)::value_type;
                if (auto item = value_of(std::type_identity<Item>(), *text)) items.items.push_back(std::move(*item));
            }
            if (texts.size() > Member::max_items) {
                problems.push_back(
                    fault_at(place, name, "must be given at most " + std::to_string(Member::max_items) + " times"));
            }
            part.emplace(std::move(items));
        } else {
            if (texts.size() > 1) problems.push_back(fault_at(place, name, "must be given once"));
            if constexpr (is_a<Member, std::optional>) {
                part.emplace(std::nullopt);
                if (texts.empty()) return;
                if (auto value = value_of(std::type_identity<typename Member::value_type>(), *texts.front()))
                    *part = std::move(*value);
            } else {
                if (texts.empty()) {
                    problems.push_back(fault_at(place, name, "is required"));
                    return;
                }
                part = value_of(std::type_identity<Member>(), *texts.front());
            }
        }
    };
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (decode_one(boost::mp11::mp_at_c<MembersOf<T>, At>::name, std::get<At>(parts)), ...);
    }
    (std::make_index_sequence<member_count<T>>());
    for (const auto& [field, text] : fields) {
        bool is_known = false;
        for (const std::string_view name : known) is_known = is_known || name == field;
        if (!is_known) {
            problems.push_back(fault_at(
                place, field, place == FaultPlace::parameter ? "is not a known parameter" : "is not a known field"));
        }
    }
    if (problems.size() != before) return std::nullopt;
    return construct<T>(parts, std::make_index_sequence<member_count<T>>());
}

/// Query parameters; faults carry `parameter`.
template <DescribedStruct T>
std::optional<T> decode_parameters(const TextFields& fields, std::vector<Problem>& problems) {
    return decode_fields<T>(fields, FaultPlace::parameter, problems);
}

}  // namespace fitview::reflect
