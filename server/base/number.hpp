#pragma once
// Numbers that carry their bounds, and money.
#include <cmath>
#include <compare>
#include <cstdint>
#include <string>

#include "base/checked.hpp"
#include "base/rule.hpp"

namespace fitview {

/// `value` as people write it: no exponent for ordinary sizes, no trailing zeros.
std::string plain_number(double value);

/// A whole number from `Min` to `Max`.
template <std::int64_t Min, std::int64_t Max>
class Integer {
public:
    using Wire = std::int64_t;
    static constexpr Rule rule{.type = "integer", .minimum = double(Min), .maximum = double(Max)};

    Integer() : value_(Min <= 0 && Max >= 0 ? 0 : Min) {}
    static Checked<Integer> check(std::int64_t wire) {
        if (wire < Min) return Checked<Integer>::wrong("must be at least " + std::to_string(Min));
        if (wire > Max) return Checked<Integer>::wrong("must be at most " + std::to_string(Max));
        return Integer(wire);
    }
    std::int64_t wire() const { return value_; }
    std::int64_t get() const { return value_; }
    auto operator<=>(const Integer&) const = default;

private:
    explicit Integer(std::int64_t value) : value_(value) {}
    std::int64_t value_;
};

/// A number from `Min` to `Max`.
template <std::int64_t Min, std::int64_t Max>
class Number {
public:
    using Wire = double;
    static constexpr Rule rule{.type = "number", .minimum = double(Min), .maximum = double(Max)};

    Number() : value_(Min <= 0 && Max >= 0 ? 0 : Min) {}
    static Checked<Number> check(double wire) {
        if (!std::isfinite(wire)) return Checked<Number>::wrong("must be a finite number");
        if (wire < double(Min)) return Checked<Number>::wrong("must be at least " + std::to_string(Min));
        if (wire > double(Max)) return Checked<Number>::wrong("must be at most " + std::to_string(Max));
        return Number(wire);
    }
    double wire() const { return value_; }
    double get() const { return value_; }
    auto operator<=>(const Number&) const = default;

private:
    explicit Number(double value) : value_(value) {}
    double value_;
};

/// A sum of money in Indian rupees: whole paise inside and in stores, rupees with at most two decimals on the wire.
/// A price is above 0 and at most 9 999 999.99.
class Price {
public:
    using Wire = double;
    static constexpr Rule rule{.type = "number", .minimum = 0.01, .maximum = 9999999.99, .example = "1299.5"};

    Price() = default;
    static Checked<Price> check(double wire);
    static Price from_paise(std::int64_t paise) { return Price(paise); }
    double wire() const { return double(paise_) / 100.0; }
    std::int64_t paise() const { return paise_; }
    auto operator<=>(const Price&) const = default;

private:
    explicit Price(std::int64_t paise) : paise_(paise) {}
    std::int64_t paise_ = 1;
};

}  // namespace fitview
