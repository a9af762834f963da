#include "reflect/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>

namespace fitview::reflect {
namespace {

namespace json = boost::json;

/// Builds the tree and remembers the keys of every open object, since Boost.JSON itself keeps the last of two equal
/// keys.
class StrictHandler {
public:
    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 100'000;
    static constexpr std::size_t max_string_size = std::size_t(-1) / 2;

    bool on_document_begin(json::error_code&) {
        stack_.reset();
        return true;
    }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t count, json::error_code&) {
        keys_.pop_back();
        stack_.push_object(count);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&) {
        stack_.push_array(count);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key_ += part;
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error) {
        key_ += part;
        stack_.push_key(part);
        const bool fresh = keys_.back().insert(std::exchange(key_, {})).second;
        if (!fresh) {
            duplicate_ = true;
            error = json::error::syntax;
        }
        return fresh;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
        stack_.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view text, json::error_code&) {
        // The parser's own number may be off in its last digit, and what is read, written and read again must not move.
        // The document comes in one piece, so `text` is the whole number; one outside a double's range stays as found.
        std::from_chars(text.data(), text.data() + text.size(), number);
        stack_.push_double(number);
        return true;
    }
    bool on_bool(bool value, json::error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    json::value release() { return stack_.release(); }
    bool duplicate() const { return duplicate_; }

private:
    json::value_stack stack_;
    std::vector<std::set<std::string>> keys_;
    std::string key_;
    bool duplicate_ = false;
};

void write_canonical(const json::value& value, std::string& out) {
    if (const auto* object = value.if_object()) {
        std::vector<const json::key_value_pair*> entries;
        for (const auto& entry : *object) entries.push_back(&entry);
        std::sort(entries.begin(), entries.end(),
                  [](const auto* left, const auto* right) { return left->key() < right->key(); });
        out += '{';
        for (const auto* entry : entries) {
            write_string(out, entry->key());
            out += ':';
            write_canonical(entry->value(), out);
            out += ',';
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (const auto& item : *array) {
            write_canonical(item, out);
            out += ',';
        }
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::variant<json::value, std::string> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = max_json_depth;
    json::basic_parser<StrictHandler> parser(options);
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (parser.handler().duplicate()) return std::string("The body names the same member twice.");
    if (error == json::error::too_deep) {
        return "The body is nested deeper than " + std::to_string(max_json_depth) + " levels.";
    }
    if (error || !parser.done()) return std::string("The body is not valid JSON.");
    if (text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) {
        return std::string("The body has something after its JSON document.");
    }
    return parser.handler().release();
}

std::string canonical(const json::value& value) {
    std::string out;
    write_canonical(value, out);
    return out;
}

std::string pointer_below(const std::string& pointer, std::string_view name) {
    std::string below = pointer + "/";
    for (const char letter : name) {
        if (letter == '~')
            below += "~0";
        else if (letter == '/')
            below += "~1";
        else
            below += letter;
    }
    return below;
}

std::optional<std::string> read_string(const json::value& json, const std::string& pointer,
                                       std::vector<Problem>& problems) {
    if (const auto* text = json.if_string()) return std::string(text->data(), text->size());
    problems.push_back(at_pointer(pointer, "must be a string"));
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(const json::value& json, const std::string& pointer,
                                         std::vector<Problem>& problems) {
    if (const auto* number = json.if_int64()) return *number;
    if (json.is_uint64()) return std::numeric_limits<std::int64_t>::max();
    constexpr double exact_limit = 9007199254740992.0;  // beyond 2^53 a double no longer tells whole numbers apart
    if (const auto* number = json.if_double();
        number && std::trunc(*number) == *number && std::abs(*number) <= exact_limit) {
        return static_cast<std::int64_t>(*number);
    }
    problems.push_back(at_pointer(pointer, "must be a whole number"));
    return std::nullopt;
}

std::optional<double> read_number(const json::value& json, const std::string& pointer, std::vector<Problem>& problems) {
    if (json.is_number()) {
        const double number = json.is_double()  ? json.get_double()
                              : json.is_int64() ? static_cast<double>(json.get_int64())
                                                : static_cast<double>(json.get_uint64());
        if (std::isfinite(number)) return number;
    }
    problems.push_back(at_pointer(pointer, "must be a number"));
    return std::nullopt;
}

std::optional<bool> read_bool(const json::value& json, const std::string& pointer, std::vector<Problem>& problems) {
    if (const auto* value = json.if_bool()) return *value;
    problems.push_back(at_pointer(pointer, "must be true or false"));
    return std::nullopt;
}

const json::object* read_object(const json::value& json, const std::string& pointer, std::vector<Problem>& problems) {
    if (const auto* object = json.if_object()) return object;
    problems.push_back(at_pointer(pointer, "must be an object"));
    return nullptr;
}

const json::array* read_array(const json::value& json, const std::string& pointer, std::vector<Problem>& problems) {
    if (const auto* array = json.if_array()) return array;
    problems.push_back(at_pointer(pointer, "must be a list"));
    return nullptr;
}

void refuse_unknown(const json::object& object, const std::vector<std::string_view>& known, const std::string& pointer,
                    std::vector<Problem>& problems) {
    for (const auto& entry : object) {
        const std::string_view name = entry.key();
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            problems.push_back(at_pointer(pointer_below(pointer, name), "is not a known field"));
        }
    }
}

const json::value* member_of(const json::object& object, std::string_view name) {
    return object.if_contains(name);
}
std::size_t size_of(const json::array& array) {
    return array.size();
}
const json::value& item_of(const json::array& array, std::size_t at) {
    return array[at];
}
bool is_null(const json::value& json) {
    return json.is_null();
}

std::vector<std::pair<std::string, const json::value*>> entries_of(const json::object& object) {
    std::vector<std::pair<std::string, const json::value*>> entries;
    for (const auto& entry : object) entries.emplace_back(std::string(entry.key()), &entry.value());
    return entries;
}

json::value parse_own(std::string_view text) {
    auto parsed = parse_json(text);
    if (auto* fault = std::get_if<std::string>(&parsed))
        throw std::runtime_error("stored JSON cannot be read: " + *fault);
    return std::get<json::value>(std::move(parsed));
}

void refuse_own(const std::vector<Problem>& problems) {
    const Problem& first = problems.front();
    throw std::runtime_error("a stored document is not what was written: " + first.pointer.value_or("") + " " +
                             first.detail);
}

}  // namespace fitview::reflect
