#pragma once
// Reading FlatBuffers without a generated reader: every offset is checked against the end of the file.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace fitview::engine::network {

/// A model file that is damaged or asks for something we cannot run; the text says what.
struct UnreadableModel : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using FileBytes = std::span<const std::uint8_t>;

/// A number in little-endian order, as every machine we run on keeps it. Fails: UnreadableModel outside the file.
template <class Number>
Number read_number(FileBytes bytes, std::size_t at) {
    if (at > bytes.size() || bytes.size() - at < sizeof(Number)) throw UnreadableModel("an offset leaves the file");
    Number number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

/// One table of a FlatBuffers file, or none. A view: the bytes must outlive it. Fields are named by their place in the
/// schema. Everything fails with UnreadableModel where an offset leaves the file.
class FlatTable {
public:
    FlatTable() = default;  ///< absent: every field has its default
    FlatTable(FileBytes bytes, std::size_t position) : bytes_(bytes), position_(position) {}
    /// The table a file begins with.
    static FlatTable root(FileBytes bytes) { return {bytes, read_number<std::uint32_t>(bytes, 0)}; }

    bool present() const { return position_ != 0; }

    template <class Number>
    Number number(int field, Number otherwise) const {
        const std::size_t at = place_of(field);
        return at ? read_number<Number>(bytes_, at) : otherwise;
    }

    template <class Number>
    std::vector<Number> numbers(int field) const {
        const auto [at, count] = vector_at(field, sizeof(Number));
        std::vector<Number> result(count);
        if (count) std::memcpy(result.data(), bytes_.data() + at, count * sizeof(Number));
        return result;
    }

    FileBytes raw(int field) const;
    std::string text(int field) const;
    FlatTable table(int field) const;
    std::vector<FlatTable> tables(int field) const;

private:
    std::size_t place_of(int field) const;  ///< 0 when the field is left out
    std::pair<std::size_t, std::size_t> vector_at(int field, std::size_t element) const;

    FileBytes bytes_;
    std::size_t position_ = 0;
};

}  // namespace fitview::engine::network
