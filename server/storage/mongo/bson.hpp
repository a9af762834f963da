#pragma once
// BSON documents, and the walk that makes them out of described types and reads them back.
//
//   bool                       boolean      Timestamp      date                 vector, List   array
//   whole numbers              int64        milliseconds   int64                map, Map       document
//   float, double              double       Price          int64 (paise)        described      document, a member each
//   texts, described enums     string       Id             ObjectId             optional       left out when empty
//   Bytes                      binary       other values   as their wire form   Nullable       null when empty
//
// Of the type that is a whole document, the member `id` is its `_id`.
#include <bson/bson.h>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "base/id.hpp"
#include "base/number.hpp"
#include "base/time.hpp"
#include "reflect/members.hpp"

namespace fitview::storage {

/// Bytes that are no text.
struct Bytes {
    std::string bytes;
    bool operator==(const Bytes&) const = default;
};

/// One BSON document. A value: copies are deep. Not thread-safe.
class Document {
public:
    Document();
    explicit Document(const bson_t& copied);
    Document(const Document& other);
    Document(Document&& other) noexcept;
    Document& operator=(Document other) noexcept;
    ~Document();

    const bson_t* get() const { return bson_; }
    bson_t* get() { return bson_; }
    bool empty() const { return bson_empty(bson_); }
    bool has(std::string_view name) const;
    /// Without the member `name`.
    Document without(const char* name) const;
    /// For messages and tests; holds whatever the document holds.
    std::string json() const;

private:
    bson_t* bson_;
};

/// The items of a BSON array; also an aggregation pipeline.
class Array : public Document {};

/// One value inside a document, which must outlive it.
class BsonValue {
public:
    explicit BsonValue(const bson_iter_t& at) : at_(at) {}

    bool is_null() const { return bson_iter_type(&at_) == BSON_TYPE_NULL; }
    // Each fails with std::runtime_error when the value is of another type.
    bool truth() const;
    std::int64_t integer() const;  ///< int32, int64, or a double without fraction
    double real() const;
    std::string text() const;
    std::int64_t date() const;  ///< milliseconds since 1970
    IdBytes id() const;
    std::string bytes() const;
    /// Calls `visit(name, value)` for each member or item.
    template <class Visit>
    void for_each(const Visit& visit) const {
        bson_iter_t child = inside();
        while (bson_iter_next(&child)) visit(std::string_view(bson_iter_key(&child)), BsonValue(child));
    }
    std::optional<BsonValue> member(std::string_view name) const;

private:
    bson_iter_t inside() const;
    bson_iter_t at_;
};

/// The member of `document`, if it has it.
std::optional<BsonValue> find_member(const Document& document, std::string_view name);
std::optional<BsonValue> find_member(Document&& document, std::string_view name) = delete;

// --- writing ---------------------------------------------------------------------------------------------------------

void put_null(bson_t& out, std::string_view name);
void put_truth(bson_t& out, std::string_view name, bool value);
void put_integer(bson_t& out, std::string_view name, std::int64_t value);
void put_real(bson_t& out, std::string_view name, double value);
void put_text(bson_t& out, std::string_view name, std::string_view value);
void put_date(bson_t& out, std::string_view name, std::int64_t milliseconds);
void put_id(bson_t& out, std::string_view name, const IdBytes& id);
void put_bytes(bson_t& out, std::string_view name, const std::string& bytes);
void put_document(bson_t& out, std::string_view name, const Document& value);
void put_array(bson_t& out, std::string_view name, const Array& value);

template <class T>
concept HasIdBytes = requires(const T& value) {
    { value.bytes() } -> std::convertible_to<const IdBytes&>;
};

template <class T>
void put(bson_t& out, std::string_view name, const T& value);

template <class Items>
Array array_of(const Items& items) {
    Array array;
    std::size_t at = 0;
    for (const auto& item : items) put(*array.get(), std::to_string(at++), item);
    return array;
}

/// Adds every member of `value`; those that are empty optionals are left out.
template <reflect::DescribedStruct T>
void put_members(bson_t& out, const T& value) {
    reflect::for_each_member<T>([&](std::string_view name, auto pointer) {
        const auto& member = value.*pointer;
        if constexpr (reflect::is_a<std::remove_cvref_t<decltype(member)>, std::optional>) {
            if (member) put(out, name, *member);
        } else {
            put(out, name, member);
        }
    });
}

template <class Entries>
Document document_of_entries(const Entries& entries) {
    Document document;
    for (const auto& [key, item] : entries) {
        if constexpr (std::convertible_to<decltype(key), std::string_view>)
            put(*document.get(), key, item);
        else
            put(*document.get(), key.wire(), item);
    }
    return document;
}

/// Adds one member.
template <class T>
void put(bson_t& out, std::string_view name, const T& value) {
    if constexpr (std::same_as<T, Array>)
        put_array(out, name, value);
    else if constexpr (std::same_as<T, Document>)
        put_document(out, name, value);
    else if constexpr (std::same_as<T, std::nullptr_t>)
        put_null(out, name);
    else if constexpr (reflect::is_a<T, std::optional> || reflect::is_a<T, Nullable>) {
        if (value)
            put(out, name, *value);
        else
            put_null(out, name);
    } else if constexpr (std::same_as<T, bool>)
        put_truth(out, name, value);
    else if constexpr (std::integral<T>)
        put_integer(out, name, static_cast<std::int64_t>(value));
    else if constexpr (std::floating_point<T>)
        put_real(out, name, value);
    else if constexpr (std::same_as<T, Bytes>)
        put_bytes(out, name, value.bytes);
    else if constexpr (std::convertible_to<const T&, std::string_view>)
        put_text(out, name, value);
    else if constexpr (HasIdBytes<T>)
        put_id(out, name, value.bytes());
    else if constexpr (std::same_as<T, Timestamp>)
        put_date(out, name, value.milliseconds());
    else if constexpr (std::same_as<T, Milliseconds>)
        put_integer(out, name, value.count());
    else if constexpr (std::same_as<T, Price>)
        put_integer(out, name, value.paise());
    else if constexpr (Value<T>)
        put(out, name, static_cast<typename T::Wire>(value.wire()));
    else if constexpr (reflect::DescribedEnum<T>)
        put_text(out, name, reflect::enum_name(value));
    else if constexpr (reflect::is_list<T> || reflect::is_a<T, std::vector>)
        put_array(out, name, array_of(value));
    else if constexpr (reflect::is_map<T> || reflect::is_a<T, std::map>)
        put_document(out, name, document_of_entries(value));
    else {
        static_assert(reflect::DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        Document document;
        put_members(*document.get(), value);
        put_document(out, name, document);
    }
}

inline void put_pairs(bson_t&) {}
template <class T, class... Rest>
void put_pairs(bson_t& out, std::string_view name, const T& value, const Rest&... rest) {
    put(out, name, value);
    put_pairs(out, rest...);
}

/// A document of names and values in turn: bson("_id", id, "expires_at", bson("$gt", now)).
template <class... Pairs>
Document bson(const Pairs&... pairs) {
    static_assert(sizeof...(Pairs) % 2 == 0, "a name and a value in turn");
    Document document;
    put_pairs(*document.get(), pairs...);
    return document;
}

/// An array of values of any kinds.
template <class... Items>
Array bson_array(const Items&... items) {
    Array array;
    [[maybe_unused]] std::size_t at = 0;
    (put(*array.get(), std::to_string(at++), items), ...);
    return array;
}

/// The whole document of `value`; its member `id` becomes `_id`.
template <reflect::DescribedStruct T>
Document to_document(const T& value) {
    Document document;
    reflect::for_each_member<T>([&](std::string_view name, auto pointer) {
        const auto& member = value.*pointer;
        const std::string_view stored = name == "id" ? "_id" : name;
        if constexpr (reflect::is_a<std::remove_cvref_t<decltype(member)>, std::optional>) {
            if (member) put(*document.get(), stored, *member);
        } else {
            put(*document.get(), stored, member);
        }
    });
    return document;
}

/// The update that makes the stored members of `value` what they are here; `id` and those of `except` stay as they are.
/// `besides` is set with them.
template <reflect::DescribedStruct T>
Document replacement(const T& value, std::initializer_list<std::string_view> except = {},
                     const Document& besides = {}) {
    Document set = besides;
    Document unset;
    reflect::for_each_member<T>([&](std::string_view name, auto pointer) {
        if (name == "id" || std::find(except.begin(), except.end(), name) != except.end()) return;
        const auto& member = value.*pointer;
        if constexpr (reflect::is_a<std::remove_cvref_t<decltype(member)>, std::optional>) {
            if (member)
                put(*set.get(), name, *member);
            else
                put_integer(*unset.get(), name, 1);
        } else {
            put(*set.get(), name, member);
        }
    });
    if (unset.empty()) return bson("$set", set);
    return bson("$set", set, "$unset", unset);
}

// --- reading ---------------------------------------------------------------------------------------------------------

[[noreturn]] void throw_unreadable(std::string_view what);

template <class T>
T read_bson(const BsonValue& value);

template <class T>
T read_checked(const typename T::Wire& wire) {
    auto checked = T::check(wire);
    if (!checked) throw_unreadable("a value breaks its rule");
    return *std::move(checked);
}

/// A struct out of its members; `member(name)` gives each, if it is there.
template <reflect::DescribedStruct T, class MemberByName>
T read_struct(const MemberByName& member) {
    typename reflect::PartsOf<T>::Type parts;
    const auto read_one = [&](std::string_view name, auto& part) {
        using Member = typename std::remove_cvref_t<decltype(part)>::value_type;
        const std::optional<BsonValue> found = member(name);
        if constexpr (reflect::is_a<Member, std::optional>) {
            if (!found || found->is_null())
                part.emplace(std::nullopt);
            else
                part.emplace(read_bson<typename Member::value_type>(*found));
        } else {
            if (!found) throw_unreadable(name);
            part.emplace(read_bson<Member>(*found));
        }
    };
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (read_one(boost::mp11::mp_at_c<reflect::MembersOf<T>, At>::name, std::get<At>(parts)), ...);
    }
    (std::make_index_sequence<reflect::member_count<T>>());
    return reflect::construct<T>(parts, std::make_index_sequence<reflect::member_count<T>>());
}

template <class Items>
Items read_items(const BsonValue& value) {
    Items items;
    value.for_each(
        [&](std::string_view, const BsonValue& item) { items.push_back(read_bson<typename Items::value_type>(item)); });
    return items;
}

template <class Entries>
Entries read_entries(const BsonValue& value) {
    Entries entries;
    value.for_each([&](std::string_view name, const BsonValue& item) {
        using Key = typename Entries::key_type;
        if constexpr (std::same_as<Key, std::string>)
            entries.emplace(name, read_bson<typename Entries::mapped_type>(item));
        else
            entries.emplace(read_checked<Key>(std::string(name)), read_bson<typename Entries::mapped_type>(item));
    });
    return entries;
}

/// Fails: std::runtime_error when the value does not hold a T.
template <class T>
T read_bson(const BsonValue& value) {
    if constexpr (reflect::is_a<T, std::optional> || reflect::is_a<T, Nullable>) {
        if (value.is_null()) return T{};
        return T(read_bson<typename T::value_type>(value));
    } else if constexpr (std::same_as<T, bool>)
        return value.truth();
    else if constexpr (std::integral<T>) {
        const std::int64_t number = value.integer();
        if (!std::in_range<T>(number)) throw_unreadable("a number is out of range");
        return static_cast<T>(number);
    } else if constexpr (std::floating_point<T>)
        return static_cast<T>(value.real());
    else if constexpr (std::same_as<T, std::string>)
        return value.text();
    else if constexpr (std::same_as<T, Bytes>)
        return Bytes{value.bytes()};
    else if constexpr (HasIdBytes<T>)
        return T(value.id());
    else if constexpr (std::same_as<T, Timestamp>)
        return Timestamp::from_milliseconds(value.date());
    else if constexpr (std::same_as<T, Milliseconds>)
        return Milliseconds(value.integer());
    else if constexpr (std::same_as<T, Price>)
        return Price::from_paise(value.integer());
    else if constexpr (Value<T>)
        return read_checked<T>(read_bson<typename T::Wire>(value));
    else if constexpr (reflect::DescribedEnum<T>) {
        const auto found = reflect::enum_from<T>(value.text());
        if (!found) throw_unreadable("an unknown name");
        return *found;
    } else if constexpr (reflect::is_list<T>)
        return T{read_items<decltype(T::items)>(value)};
    else if constexpr (reflect::is_a<T, std::vector>)
        return read_items<T>(value);
    else if constexpr (reflect::is_map<T>)
        return T{read_entries<decltype(T::items)>(value)};
    else if constexpr (reflect::is_a<T, std::map>)
        return read_entries<T>(value);
    else {
        static_assert(reflect::DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        return read_struct<T>([&](std::string_view name) { return value.member(name); });
    }
}

/// A T out of its whole document; what else the document holds is passed over.
/// Fails: Unavailable when it holds no T.
template <reflect::DescribedStruct T>
T from_document(const Document& document) {
    try {
        return read_struct<T>(
            [&](std::string_view name) { return find_member(document, name == "id" ? "_id" : name); });
    } catch (const std::runtime_error& fault) {
        throw Unavailable(std::string("mongodb: a stored document cannot be read: ") + fault.what());
    }
}

template <reflect::DescribedStruct T>
std::optional<T> from_document(const std::optional<Document>& document) {
    if (!document) return std::nullopt;
    return from_document<T>(*document);
}

template <reflect::DescribedStruct T>
std::vector<T> from_documents(const std::vector<Document>& documents) {
    std::vector<T> values;
    values.reserve(documents.size());
    for (const Document& document : documents) values.push_back(from_document<T>(document));
    return values;
}

}  // namespace fitview::storage
