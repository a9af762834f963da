#pragma once
// The answer of every value's `check`: the value, or everything that is wrong with the input.
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fitview {

/// A value, or the reasons why the input is none. Each reason follows a field's name in a sentence: "must be …".
template <class T>
class Checked {
public:
    Checked(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor): a value is an answer
    static Checked wrong(std::string reason) { return Checked(std::vector<std::string>{std::move(reason)}); }
    static Checked wrong(std::vector<std::string> reasons) { return Checked(std::move(reasons)); }

    explicit operator bool() const { return value_.has_value(); }
    const T& operator*() const& { return *value_; }
    T&& operator*() && { return std::move(*value_); }
    const T* operator->() const { return &*value_; }
    const std::vector<std::string>& reasons() const { return reasons_; }

private:
    explicit Checked(std::vector<std::string> reasons) : reasons_(std::move(reasons)) {}

    std::optional<T> value_;
    std::vector<std::string> reasons_;
};

}  // namespace fitview
