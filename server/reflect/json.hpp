#pragma once
// JSON to described values, naming every fault with its pointer (RFC 6901), and strict parsing of JSON text.
// Heavy (Boost.JSON): include it in .cpp files; headers of features need only the described types.
#include <boost/json/value.hpp>

#include <limits>
#include <variant>

#include "base/checked.hpp"
#include "base/failure.hpp"
#include "reflect/json_write.hpp"

namespace fitview::reflect {

constexpr std::size_t max_json_depth = 32;

/// Parses one JSON document: no duplicate keys, no lone surrogates, no invalid UTF-8, no nesting beyond
/// max_json_depth, nothing after it. Otherwise the text says what is wrong, with no part of the input in it.
std::variant<boost::json::value, std::string> parse_json(std::string_view text);

/// The same document with object members sorted by name and no spaces: equal contents, equal texts.
std::string canonical(const boost::json::value& value);

/// `value` as a JSON tree (tests, documents that are edited afterwards). Answers are written with encode_text.
template <class T>
boost::json::value encode(const T& value);

/// The pointer of member `name` below `pointer`.
std::string pointer_below(const std::string& pointer, std::string_view name);
inline std::string pointer_below(const std::string& pointer, std::size_t index) {
    return pointer + "/" + std::to_string(index);
}

template <class T>
std::optional<T> read(const boost::json::value& json, const std::string& pointer, std::vector<Problem>& problems);

/// The text, whole number or number in `json`, or nothing and a problem.
std::optional<std::string> read_string(const boost::json::value& json, const std::string& pointer,
                                       std::vector<Problem>& problems);
std::optional<std::int64_t> read_integer(const boost::json::value& json, const std::string& pointer,
                                         std::vector<Problem>& problems);
std::optional<double> read_number(const boost::json::value& json, const std::string& pointer,
                                  std::vector<Problem>& problems);
std::optional<bool> read_bool(const boost::json::value& json, const std::string& pointer,
                              std::vector<Problem>& problems);
const boost::json::object* read_object(const boost::json::value& json, const std::string& pointer,
                                       std::vector<Problem>& problems);
const boost::json::array* read_array(const boost::json::value& json, const std::string& pointer,
                                     std::vector<Problem>& problems);
/// Refuses members of `object` that are not among `known`.
void refuse_unknown(const boost::json::object& object, const std::vector<std::string_view>& known,
                    const std::string& pointer, std::vector<Problem>& problems);
const boost::json::value* member_of(const boost::json::object& object, std::string_view name);
std::size_t size_of(const boost::json::array& array);
const boost::json::value& item_of(const boost::json::array& array, std::size_t at);
std::vector<std::pair<std::string, const boost::json::value*>> entries_of(const boost::json::object& object);
bool is_null(const boost::json::value& json);

template <class Wire>
std::optional<Wire> read_wire(const boost::json::value& json, const std::string& pointer,
                              std::vector<Problem>& problems) {
    if constexpr (std::is_same_v<Wire, std::string>)
        return read_string(json, pointer, problems);
    else if constexpr (std::is_same_v<Wire, double>)
        return read_number(json, pointer, problems);
    else
        return read_integer(json, pointer, problems);
}

/// `checked` as an optional; its reasons become problems at `pointer`.
template <class T>
std::optional<T> take(Checked<T> checked, const std::string& pointer, std::vector<Problem>& problems) {
    if (checked) return *std::move(checked);
    for (const std::string& reason : checked.reasons()) problems.push_back(at_pointer(pointer, reason));
    return std::nullopt;
}

template <class Item>
std::optional<std::vector<Item>> read_items(const boost::json::value& json, const std::string& pointer, std::size_t min,
                                            std::size_t max, std::vector<Problem>& problems) {
    const boost::json::array* array = read_array(json, pointer, problems);
    if (!array) return std::nullopt;
    const std::size_t size = size_of(*array);
    if (size < min || size > max) {
        problems.push_back(at_pointer(
            pointer, size < min ? "must have at least " + std::to_string(min) + (min == 1 ? " item" : " items")
                                : "must have at most " + std::to_string(max) + " items"));
        return std::nullopt;
    }
    std::vector<Item> items;
    bool whole = true;
    for (std::size_t at = 0; at < size; ++at) {
        auto item = read<Item>(item_of(*array, at), pointer_below(pointer, at), problems);
        if (item)
            items.push_back(std::move(*item));
        else
            whole = false;
    }
    if (!whole) return std::nullopt;
    return items;
}

template <class Key, class Item>
std::optional<std::map<Key, Item>> read_entries(const boost::json::value& json, const std::string& pointer,
                                                std::size_t max, std::vector<Problem>& problems) {
    const boost::json::object* object = read_object(json, pointer, problems);
    if (!object) return std::nullopt;
    const auto entries = entries_of(*object);
    if (entries.size() > max) {
        problems.push_back(at_pointer(pointer, "must have at most " + std::to_string(max) + " entries"));
        return std::nullopt;
    }
    std::map<Key, Item> read_so_far;
    bool whole = true;
    for (const auto& [name, member] : entries) {
        const std::string below = pointer_below(pointer, name);
        std::optional<Key> key;
        if constexpr (std::is_same_v<Key, std::string>)
            key = name;
        else
            key = take(Key::check(name), below, problems);
        auto item = read<Item>(*member, below, problems);
        if (key && item) {
            if (!read_so_far.emplace(std::move(*key), std::move(*item)).second) {
                problems.push_back(at_pointer(below, "names the same entry twice"));
                whole = false;
            }
        } else {
            whole = false;
        }
    }
    if (!whole) return std::nullopt;
    return read_so_far;
}

template <DescribedStruct T>
std::optional<T> read_members(const boost::json::value& json, const std::string& pointer,
                              std::vector<Problem>& problems) {
    const boost::json::object* object = read_object(json, pointer, problems);
    if (!object) return std::nullopt;
    typename PartsOf<T>::Type parts;
    std::vector<std::string_view> known;
    bool whole = true;
    const auto read_one = [&](std::string_view name, auto& part) {
        using Member = typename std::remove_cvref_t<decltype(part)>::value_type;
        known.push_back(name);
        const boost::json::value* member = member_of(*object, name);
        if constexpr (is_a<Member, std::optional>) {
            using Inner = typename Member::value_type;
            if (!member) {
                part.emplace(std::nullopt);
                return;
            }
            // Only what can be cleared takes a null (std::optional<Nullable<…>>); we never write one for the rest.
            if (!is_a<Inner, Nullable> && is_null(*member)) {
                problems.push_back(at_pointer(pointer_below(pointer, name), "must not be null; leave it out"));
                whole = false;
                return;
            }
            auto inner = read<Inner>(*member, pointer_below(pointer, name), problems);
            if (inner)
                part.emplace(std::move(*inner));
            else
                whole = false;
        } else {
            if (!member) {
                problems.push_back(at_pointer(pointer_below(pointer, name), "is required"));
                whole = false;
                return;
            }
            part = read<Member>(*member, pointer_below(pointer, name), problems);
            whole = whole && part.has_value();
        }
    };
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (read_one(boost::mp11::mp_at_c<MembersOf<T>, At>::name, std::get<At>(parts)), ...);
    }
    (std::make_index_sequence<member_count<T>>());
    const std::size_t before = problems.size();
    // A type may look at its members together: `static void check_together(const std::optional<M1>&, …, const
    // std::string& pointer, std::vector<Problem>&)` gets every member that could be read, even when others could not.
    if constexpr (requires { &T::check_together; }) {
        std::apply([&](const auto&... part) { T::check_together(part..., pointer, problems); }, parts);
    }
    refuse_unknown(*object, known, pointer, problems);
    if (!whole || problems.size() != before) return std::nullopt;
    return construct<T>(parts, std::make_index_sequence<member_count<T>>());
}

template <class T>
std::optional<T> read(const boost::json::value& json, const std::string& pointer, std::vector<Problem>& problems) {
    if constexpr (HasCustom<T>)
        return Custom<T>::read(json, pointer, problems);
    else if constexpr (std::is_same_v<T, bool>)
        return read_bool(json, pointer, problems);
    else if constexpr (std::is_same_v<T, std::string>)
        return read_string(json, pointer, problems);
    else if constexpr (std::is_integral_v<T>) {
        const auto number = read_integer(json, pointer, problems);
        if (!number) return std::nullopt;
        if (!std::in_range<T>(*number)) {
            problems.push_back(at_pointer(pointer, "is out of range"));
            return std::nullopt;
        }
        return static_cast<T>(*number);
    } else if constexpr (std::is_floating_point_v<T>) {
        const auto number = read_number(json, pointer, problems);
        return number ? std::optional<T>(static_cast<T>(*number)) : std::nullopt;
    } else if constexpr (Value<T>) {
        const auto wire = read_wire<typename T::Wire>(json, pointer, problems);
        return wire ? take(T::check(*wire), pointer, problems) : std::nullopt;
    } else if constexpr (DescribedEnum<T>) {
        const auto name = read_string(json, pointer, problems);
        if (!name) return std::nullopt;
        const auto found = enum_from<T>(*name);
        if (!found) problems.push_back(at_pointer(pointer, one_of_names<T>()));
        return found;
    } else if constexpr (is_a<T, Nullable>) {
        if (is_null(json)) return T{};
        auto inner = read<typename T::value_type>(json, pointer, problems);
        return inner ? std::optional<T>(T(std::move(*inner))) : std::nullopt;
    } else if constexpr (is_list<T>) {
        using Item = typename decltype(T::items)::value_type;
        auto items = read_items<Item>(json, pointer, T::min_items, T::max_items, problems);
        return items ? std::optional<T>(T{std::move(*items)}) : std::nullopt;
    } else if constexpr (is_a<T, std::vector>) {
        return read_items<typename T::value_type>(json, pointer, 0, std::numeric_limits<std::size_t>::max(), problems);
    } else if constexpr (is_map<T>) {
        using Entries = decltype(T::items);
        auto entries = read_entries<typename Entries::key_type, typename Entries::mapped_type>(json, pointer,
                                                                                               T::max_items, problems);
        return entries ? std::optional<T>(T{std::move(*entries)}) : std::nullopt;
    } else if constexpr (is_a<T, std::map>) {
        return read_entries<typename T::key_type, typename T::mapped_type>(
            json, pointer, std::numeric_limits<std::size_t>::max(), problems);
    } else {
        static_assert(DescribedStruct<T>,
                      "describe this type with BOOST_DESCRIBE_STRUCT, or specialise reflect::Custom");
        return read_members<T>(json, pointer, problems);
    }
}

/// A T out of `json`, or nothing and every fault in `problems`. Unknown members are faults, and so is a null for an
/// optional member that is not Nullable: it would say neither "leave it" nor "clear it".
template <class T>
std::optional<T> decode(const boost::json::value& json, std::vector<Problem>& problems) {
    return read<T>(json, "", problems);
}

/// What this program wrote itself (stores, caches). Fails: std::runtime_error when it is not what was written.
template <class T>
T decode_own(std::string_view text);

boost::json::value parse_own(std::string_view text);
[[noreturn]] void refuse_own(const std::vector<Problem>& problems);

template <class T>
T decode_own(std::string_view text) {
    std::vector<Problem> problems;
    auto decoded = decode<T>(parse_own(text), problems);
    if (!decoded) refuse_own(problems);
    return std::move(*decoded);
}

template <class T>
boost::json::value encode(const T& value) {
    return parse_own(encode_text(value));
}

}  // namespace fitview::reflect
