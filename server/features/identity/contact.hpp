#pragma once
// How people and shops are named and reached; each value carries its rule.
#include <compare>
#include <string>

#include "base/checked.hpp"
#include "base/rule.hpp"
#include "base/text.hpp"

namespace fitview::identity {

using PersonName = Text<1, 100>;

/// An e-mail address, kept in lower case: the whole of it compares without letter case.
class Email {
public:
    using Wire = std::string;
    static constexpr Rule rule{.format = "email", .max_length = 254, .example = "priya@example.com"};
    static Checked<Email> check(const std::string& wire);
    const std::string& wire() const { return address_; }
    const std::string& str() const { return address_; }
    /// What stands before the @.
    std::string_view local_part() const { return std::string_view(address_).substr(0, address_.find('@')); }
    auto operator<=>(const Email&) const = default;

private:
    explicit Email(std::string address) : address_(std::move(address)) {}
    std::string address_;
};

/// What somebody typed as address when signing in: any text, so that the answer never tells which part was wrong.
using LoginName = Text<1, 254>;

/// An Indian mobile or an E.164 number; kept as `+` and digits with single spaces as typed.
class Phone {
public:
    using Wire = std::string;
    static constexpr Rule rule{.max_length = 24, .example = "+91 99999 99999"};
    static Checked<Phone> check(const std::string& wire);
    const std::string& wire() const { return number_; }
    auto operator<=>(const Phone&) const = default;

private:
    explicit Phone(std::string number) : number_(std::move(number)) {}
    std::string number_;
};

/// The name of a body measure: lower-case letters, digits and `_`.
class MeasureName {
public:
    using Wire = std::string;
    static constexpr Rule rule{.pattern = "^[a-z][a-z0-9_]{0,39}$"};
    static Checked<MeasureName> check(const std::string& wire);
    const std::string& wire() const { return name_; }
    auto operator<=>(const MeasureName&) const = default;

private:
    explicit MeasureName(std::string name) : name_(std::move(name)) {}
    std::string name_;
};

/// A goods and services tax identification number (India): state, PAN, entity, Z, check character.
class Gstin {
public:
    using Wire = std::string;
    static constexpr Rule rule{.pattern = "^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$",
                               .example = "27AAPFU0939F1ZV"};
    static Checked<Gstin> check(const std::string& wire);
    const std::string& wire() const { return number_; }
    auto operator<=>(const Gstin&) const = default;

private:
    explicit Gstin(std::string number) : number_(std::move(number)) {}
    std::string number_;
};

}  // namespace fitview::identity
