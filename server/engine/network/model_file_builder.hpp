#pragma once
// Small model files made by hand for tests: FlatBuffers written from front to back.
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace fitview::engine::network {

/// A table to be written: fields by number, each a scalar's bytes, or a table, a list of tables, or a list of bytes.
class TableDraft {
public:
    template <class Number>
    TableDraft& number(int field, Number value) {
        scalars_[field] = bytes_of(&value, sizeof value);
        return *this;
    }
    template <class Number>
    TableDraft& numbers(int field, const std::vector<Number>& values) {
        lists_[field] = {values.size(), bytes_of(values.data(), values.size() * sizeof(Number))};
        return *this;
    }
    TableDraft& text(int field, const std::string& letters) {
        return numbers<char>(field, {letters.begin(), letters.end()});
    }
    TableDraft& table(int field, TableDraft draft) {
        tables_[field] = {std::move(draft)};
        single_[field] = true;
        return *this;
    }
    TableDraft& tables(int field, std::vector<TableDraft> drafts) {
        tables_[field] = std::move(drafts);
        return *this;
    }

    /// The whole file with this table as its root.
    std::vector<std::uint8_t> file() const {
        std::vector<std::uint8_t> out(8);
        std::memcpy(out.data() + 4, "TFL3", 4);
        write_offset(out, 0, write(out));
        return out;
    }

private:
    using Bytes = std::vector<std::uint8_t>;

    static Bytes bytes_of(const void* from, std::size_t count) {
        Bytes bytes(count);
        if (count) std::memcpy(bytes.data(), from, count);
        return bytes;
    }
    template <class Number>
    static void append(Bytes& out, Number value) {
        const Bytes bytes = bytes_of(&value, sizeof value);
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    static void write_offset(Bytes& out, std::size_t at, std::size_t target) {
        const auto offset = static_cast<std::uint32_t>(target - at);
        std::memcpy(out.data() + at, &offset, sizeof offset);
    }

    /// Layout, table, then everything it points to; gives the table's place.
    std::size_t write(Bytes& out) const {
        constexpr int fields = 16;
        const std::size_t layout = out.size();
        append(out, static_cast<std::uint16_t>(4 + 2 * fields));
        append(out, std::uint16_t{0});
        for (int field = 0; field < fields; ++field) append(out, std::uint16_t{0});
        const std::size_t start = out.size();
        append(out, static_cast<std::int32_t>(start - layout));
        std::map<int, std::size_t> places;
        const auto place = [&](int field, const Bytes& bytes) {
            places[field] = out.size();
            const auto offset = static_cast<std::uint16_t>(out.size() - start);
            std::memcpy(out.data() + layout + 4 + 2 * static_cast<std::size_t>(field), &offset, sizeof offset);
            out.insert(out.end(), bytes.begin(), bytes.end());
        };
        for (const auto& [field, bytes] : scalars_) place(field, bytes);
        for (const auto& [field, list] : lists_) place(field, Bytes(4));
        for (const auto& [field, list] : tables_) place(field, Bytes(4));
        for (const auto& [field, list] : lists_) {
            write_offset(out, places[field], out.size());
            append(out, static_cast<std::uint32_t>(list.first));
            out.insert(out.end(), list.second.begin(), list.second.end());
        }
        for (const auto& [field, list] : tables_) write_tables(out, places[field], list, single_.count(field) != 0);
        return start;
    }

    static void write_tables(Bytes& out, std::size_t field, const std::vector<TableDraft>& list, bool single) {
        if (single) {
            const std::size_t target = list.front().write(out);
            write_offset(out, field, target);
            return;
        }
        write_offset(out, field, out.size());
        append(out, static_cast<std::uint32_t>(list.size()));
        const std::size_t entries = out.size();
        out.resize(entries + 4 * list.size());
        for (std::size_t at = 0; at < list.size(); ++at) {
            const std::size_t target = list[at].write(out);
            write_offset(out, entries + 4 * at, target);
        }
    }

    std::map<int, Bytes> scalars_;
    std::map<int, std::pair<std::size_t, Bytes>> lists_;
    std::map<int, std::vector<TableDraft>> tables_;
    std::map<int, bool> single_;
};

/// A model of one input, made tensor by tensor and operation by operation.
class ModelDraft {
public:
    /// A tensor computed at run time; gives its index.
    int tensor(const std::vector<int>& shape) { return add(shape, 0, {}); }
    int floats(const std::vector<int>& shape, const std::vector<float>& values) {
        return add(shape, 0, bytes_of(values));
    }
    int halves(const std::vector<int>& shape, const std::vector<std::uint16_t>& values,
               TableDraft* sparsity = nullptr) {
        return add(shape, 1, bytes_of(values), sparsity);
    }
    int integers(const std::vector<std::int32_t>& values) {
        return add({static_cast<int>(values.size())}, 2, bytes_of(values));
    }
    void operation(int code, const std::vector<int>& inputs, int output, const TableDraft& options = {}) {
        add_operation(TableDraft().number(0, std::int8_t{0}).number(3, code), inputs, output, options);
    }
    void custom(const std::string& name, const std::vector<int>& inputs, int output,
                const std::vector<std::int32_t>& options) {
        add_operation(TableDraft().number(3, 32).text(1, name), inputs, output, {});
        operations_.back().numbers(5, bytes_of(options));
    }
    std::vector<std::uint8_t> file(int input, const std::vector<int>& outputs) const {
        TableDraft subgraph;
        subgraph.tables(0, tensors_).numbers<int>(1, {input}).numbers(2, outputs).tables(3, operations_);
        return TableDraft().tables(1, codes_).tables(2, {subgraph}).tables(4, buffers_).file();
    }

private:
    template <class Number>
    static std::vector<std::uint8_t> bytes_of(const std::vector<Number>& values) {
        std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
        if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
        return bytes;
    }
    int add(const std::vector<int>& shape, int kind, const std::vector<std::uint8_t>& bytes,
            TableDraft* sparsity = nullptr) {
        TableDraft tensor;
        tensor.numbers(0, shape).number(1, static_cast<std::int8_t>(kind));
        tensor.number(2, static_cast<std::uint32_t>(buffers_.size()));
        if (sparsity) tensor.table(6, *sparsity);
        buffers_.push_back(TableDraft().numbers(0, bytes));
        tensors_.push_back(tensor);
        return static_cast<int>(tensors_.size()) - 1;
    }
    void add_operation(const TableDraft& code, const std::vector<int>& inputs, int output, const TableDraft& options) {
        codes_.push_back(code);
        operations_.push_back(TableDraft()
                                  .number(0, static_cast<std::uint32_t>(codes_.size() - 1))
                                  .numbers(1, inputs)
                                  .numbers<int>(2, {output})
                                  .table(4, options));
    }

    std::vector<TableDraft> codes_, tensors_, buffers_, operations_;
};

}  // namespace fitview::engine::network
