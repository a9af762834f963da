#pragma once
// The one walk over described types that everything else in reflect/ is written with.
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/list.hpp"
#include "base/nullable.hpp"
#include "base/rule.hpp"

namespace fitview::reflect {

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value && !Value<T>;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool is_a<Template<Arguments...>, Template> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T, std::size_t Min, std::size_t Max>
inline constexpr bool is_list<List<T, Min, Max>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class Key, class T, std::size_t Max>
inline constexpr bool is_map<Map<Key, T, Max>> = true;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;
template <class T>
inline constexpr std::size_t member_count = boost::mp11::mp_size<MembersOf<T>>::value;
template <class T, std::size_t At>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*boost::mp11::mp_at_c<MembersOf<T>, At>::pointer)>;

/// Calls `visit(name, pointer_to_member)` for each member, in the order of declaration.
template <class T, class Visit>
void for_each_member(Visit&& visit) {
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { visit(std::string_view(member.name), member.pointer); });
}

/// Makes a T from one value per member. The members must be described in the order of declaration, which is asserted.
template <class T, class Values, std::size_t... At>
T construct(Values&& values, std::index_sequence<At...>) {
    T made{std::move(*std::get<At>(values))...};
    [[maybe_unused]] const std::byte* previous = nullptr;
    (
        [&] {
            const auto* address =
                reinterpret_cast<const std::byte*>(&(made.*boost::mp11::mp_at_c<MembersOf<T>, At>::pointer));
            assert(address >= previous && "described members must stand in the order of declaration");
            previous = address;
        }(),
        ...);
    return made;
}

/// A tuple of std::optional<member type>, to be filled member by member.
template <class T, class Indices = std::make_index_sequence<member_count<T>>>
struct PartsOf;
template <class T, std::size_t... At>
struct PartsOf<T, std::index_sequence<At...>> {
    using Type = std::tuple<std::optional<MemberType<T, At>>...>;
};

/// The wire name of an enumerator: its own name, but for `automatic`, which is written `auto` (a keyword of the
/// language).
constexpr std::string_view wire_name(std::string_view enumerator) {
    return enumerator == "automatic" ? std::string_view("auto") : enumerator;
}

/// The wire names of an enumeration in declaration order.
template <DescribedEnum E>
std::vector<std::string_view> enum_names() {
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto entry) { names.push_back(wire_name(entry.name)); });
    return names;
}

template <DescribedEnum E>
std::optional<E> enum_from(std::string_view name) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
        if (name == wire_name(entry.name)) found = entry.value;
    });
    return found;
}

template <DescribedEnum E>
std::string_view enum_name(E value) {
    std::string_view name = "?";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
        if (value == entry.value) name = wire_name(entry.name);
    });
    return name;
}

/// "must be one of: a, b, c"
template <DescribedEnum E>
std::string one_of_names() {
    std::string text = "must be one of: ";
    for (const std::string_view name : enum_names<E>()) {
        if (!text.ends_with(": ")) text += ", ";
        text += name;
    }
    return text;
}

/// How a type that is none of the known shapes goes through JSON. Specialise with
/// `static void write(std::string&, const T&)`, `static std::optional<T> read(const boost::json::value&, const
/// std::string& pointer, std::vector<Problem>&)` and `static std::string schema()` (JSON text).
template <class T>
struct Custom;
template <class T>
concept HasCustom = requires {
    sizeof(Custom<T>);
};

}  // namespace fitview::reflect
