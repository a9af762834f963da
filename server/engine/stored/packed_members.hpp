#pragma once
// Described structs as bytes and back: numbers, texts, lists, pictures, and structs of these. A new member of a
// described struct needs its name in the description and nothing here.
//
// The layout is little endian as it lies in memory; `fingerprint_of` changes with every name and type, so that what an
// older program wrote is not mistaken for today's.
#include <opencv2/core.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "reflect/members.hpp"

namespace fitview::engine {

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t Size>
inline constexpr bool is_array<std::array<T, Size>> = true;

/// The size of a struct that has the described members and no others: what is left out shows (unless it hides in
/// padding).
template <class T>
constexpr std::size_t described_size() {
    std::size_t size = 0;
    const auto up_to = [](std::size_t place, std::size_t step) { return (place + step - 1) / step * step; };
    boost::mp11::mp_for_each<reflect::MembersOf<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        size = up_to(size, alignof(Member)) + sizeof(Member);
    });
    return up_to(size, alignof(T));
}

constexpr int packed_side_max = 4096;  ///< of a picture, px

class Packer {
public:
    template <class T>
    void put(const T& value) {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            raw(&value, sizeof value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_size(value.size());
            raw(value.data(), value.size());
        } else if constexpr (std::is_same_v<T, cv::Mat>) {
            put_picture(value);
        } else if constexpr (std::is_same_v<T, cv::Point2f>) {
            put(value.x);
            put(value.y);
        } else if constexpr (std::is_same_v<T, cv::Rect2f>) {
            for (const float number : {value.x, value.y, value.width, value.height}) put(number);
        } else if constexpr (reflect::is_a<T, std::optional>) {
            put(value.has_value());
            if (value) put(*value);
        } else if constexpr (reflect::is_a<T, std::vector>) {
            put_size(value.size());
            for (const auto& item : value) put(item);
        } else if constexpr (is_array<T>) {
            for (const auto& item : value) put(item);
        } else {
            static_assert(reflect::DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
            static_assert(described_size<T>() == sizeof(T), "describe every member, in its order");
            reflect::for_each_member<T>([&](std::string_view, auto member) { put(value.*member); });
        }
    }

    std::string take() { return std::move(bytes_); }

private:
    void raw(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }
    void put_size(std::size_t size) { put(static_cast<std::uint32_t>(size)); }
    void put_picture(const cv::Mat& picture) {
        put(static_cast<std::int32_t>(picture.rows));
        put(static_cast<std::int32_t>(picture.cols));
        put(static_cast<std::int32_t>(picture.type()));
        // Each byte as the difference to the pixel on its left: smooth pictures become runs of small numbers.
        const std::size_t pixel = picture.elemSize(), row = pixel * static_cast<std::size_t>(picture.cols);
        for (int y = 0; y < picture.rows; ++y) {
            const auto* from = picture.ptr<std::uint8_t>(y);
            for (std::size_t i = 0; i < row; ++i)
                bytes_ += static_cast<char>(i < pixel ? from[i] : static_cast<std::uint8_t>(from[i] - from[i - pixel]));
        }
    }

    std::string bytes_;
};

/// Reads what a Packer wrote. Anything else (short, long, mad lengths, numbers that are none) makes `good` false; the
/// memory taken grows with the bytes that were read, never with a length they claim.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void get(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            raw(&byte, 1);
            if (byte > 1) good_ = false;
            value = byte == 1;
        } else if constexpr (std::is_floating_point_v<T>) {
            raw(&value, sizeof value);
            constexpr T sensible = 1e7;
            if (!(std::abs(value) <= sensible)) {
                good_ = false;
                value = 0;
            }
        } else if constexpr (std::is_enum_v<T>) {
            get_enum(value);
        } else if constexpr (std::is_arithmetic_v<T>) {
            raw(&value, sizeof value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            const std::size_t size = get_size(1);
            value.assign(rest_.substr(0, size));
            rest_.remove_prefix(size);
        } else if constexpr (std::is_same_v<T, cv::Mat>) {
            get_picture(value);
        } else if constexpr (std::is_same_v<T, cv::Point2f>) {
            get(value.x);
            get(value.y);
        } else if constexpr (std::is_same_v<T, cv::Rect2f>) {
            for (float* number : {&value.x, &value.y, &value.width, &value.height}) get(*number);
        } else if constexpr (reflect::is_a<T, std::optional>) {
            bool there = false;
            get(there);
            if (there) get(value.emplace());
        } else if constexpr (reflect::is_a<T, std::vector>) {
            // One by one: a mad length ends with the bytes, before it has taken any memory.
            for (std::size_t left = get_size(1); left > 0 && good_; --left) get(value.emplace_back());
        } else if constexpr (is_array<T>) {
            for (auto& item : value) get(item);
        } else {
            static_assert(reflect::DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
            reflect::for_each_member<T>([&](std::string_view, auto member) { get(value.*member); });
        }
    }

    bool good() const { return good_; }
    /// Whether everything was read and was right.
    bool done() const { return good_ && rest_.empty(); }

private:
    void raw(void* data, std::size_t size) {
        if (size == 0) return;  // a picture without columns has no place to copy to
        if (size > rest_.size()) {
            good_ = false;
            std::memset(data, 0, size);
            return;
        }
        std::memcpy(data, rest_.data(), size);
        rest_.remove_prefix(size);
    }
    /// A number of items of at least `least` bytes each: never more than there can be.
    std::size_t get_size(std::size_t least) {
        std::uint32_t size = 0;
        raw(&size, sizeof size);
        if (size > rest_.size() / least) good_ = false;
        return good_ ? size : 0;
    }
    template <class T>
    void get_enum(T& value) {
        std::underlying_type_t<T> number{};
        raw(&number, sizeof number);
        bool known = false;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto one) { known = known || static_cast<T>(number) == one.value; });
        if (!known) good_ = false;
        if (known) value = static_cast<T>(number);
    }
    void get_picture(cv::Mat& picture) {
        std::int32_t rows = 0, cols = 0, type = 0;
        raw(&rows, sizeof rows);
        raw(&cols, sizeof cols);
        raw(&type, sizeof type);
        const bool sensible = rows >= 0 && cols >= 0 && rows <= packed_side_max && cols <= packed_side_max &&
                              (type == CV_8UC1 || type == CV_8UC3);
        const std::size_t pixel = type == CV_8UC3 ? 3 : 1;
        const std::size_t row = sensible ? pixel * static_cast<std::size_t>(cols) : 0;
        if (!sensible || row * static_cast<std::size_t>(rows) > rest_.size()) good_ = false;
        if (!good_) return;
        picture.create(rows, cols, type);
        for (int y = 0; y < rows; ++y) {
            auto* to = picture.ptr<std::uint8_t>(y);
            raw(to, row);
            for (std::size_t i = pixel; i < row; ++i) to[i] = static_cast<std::uint8_t>(to[i] + to[i - pixel]);
        }
    }

    std::string_view rest_;
    bool good_ = true;
};

/// A name for the layout of a type: equal layouts, equal texts.
template <class T>
std::string fingerprint_of() {
    if constexpr (std::is_enum_v<T>) {
        return "e" + std::to_string(sizeof(T));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return (std::is_floating_point_v<T> ? "f" : "i") + std::to_string(sizeof(T));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return "s";
    } else if constexpr (std::is_same_v<T, cv::Mat>) {
        return "m";
    } else if constexpr (std::is_same_v<T, cv::Point2f>) {
        return "p";
    } else if constexpr (std::is_same_v<T, cv::Rect2f>) {
        return "r";
    } else if constexpr (reflect::is_a<T, std::optional>) {
        return "?" + fingerprint_of<typename T::value_type>();
    } else if constexpr (reflect::is_a<T, std::vector>) {
        return "*" + fingerprint_of<typename T::value_type>();
    } else if constexpr (is_array<T>) {
        return std::to_string(std::tuple_size_v<T>) + "x" + fingerprint_of<typename T::value_type>();
    } else {
        std::string text = "{";
        reflect::for_each_member<T>([&](std::string_view name, auto member) {
            using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member)>;
            text += std::string(name) + ":" + fingerprint_of<Member>() + ";";
        });
        return text + "}";
    }
}

}  // namespace fitview::engine
