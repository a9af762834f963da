#include "engine/network/flat_table.hpp"

namespace fitview::engine::network {

std::size_t FlatTable::place_of(int field) const {
    if (!present()) return 0;
    const auto back = read_number<std::int32_t>(bytes_, position_);
    const std::int64_t layout = static_cast<std::int64_t>(position_) - back;
    if (layout < 0) throw UnreadableModel("a table has no layout");
    const auto at = static_cast<std::size_t>(layout);
    const std::size_t entry = 4 + 2 * static_cast<std::size_t>(field);
    if (entry + 2 > read_number<std::uint16_t>(bytes_, at)) return 0;
    const auto offset = read_number<std::uint16_t>(bytes_, at + entry);
    return offset ? position_ + offset : 0;
}

std::pair<std::size_t, std::size_t> FlatTable::vector_at(int field, std::size_t element) const {
    const std::size_t at = place_of(field);
    if (!at) return {0, 0};
    const std::size_t start = at + read_number<std::uint32_t>(bytes_, at);
    const std::size_t count = read_number<std::uint32_t>(bytes_, start);
    if ((bytes_.size() - start - 4) / element < count) throw UnreadableModel("a list leaves the file");
    return {start + 4, count};
}

FileBytes FlatTable::raw(int field) const {
    const auto [at, count] = vector_at(field, 1);
    return count ? bytes_.subspan(at, count) : FileBytes();
}

std::string FlatTable::text(int field) const {
    const FileBytes letters = raw(field);
    return {letters.begin(), letters.end()};
}

FlatTable FlatTable::table(int field) const {
    const std::size_t at = place_of(field);
    if (!at) return {};
    return {bytes_, at + read_number<std::uint32_t>(bytes_, at)};
}

std::vector<FlatTable> FlatTable::tables(int field) const {
    const auto [at, count] = vector_at(field, 4);
    std::vector<FlatTable> result;
    result.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
        const std::size_t entry = at + 4 * index;
        result.emplace_back(bytes_, entry + read_number<std::uint32_t>(bytes_, entry));
    }
    return result;
}

}  // namespace fitview::engine::network
