#pragma once
// Structured logs: one JSON object a line, in the format of the product guide's section 13.
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace fitview::telemetry {

enum class Level { debug, info, warning, error };

/// One named value of a log line. It refers to its texts, so it must not outlive the call it is made for.
/// Only texts, numbers, truth values and ids can be logged: a Secret, or any type without a conversion here, does not
/// compile.
class Field {
public:
    using Value = std::variant<std::string_view, std::int64_t, double, bool>;

    Field(std::string_view name, std::string_view value) : name_(name), value_(value) {}
    Field(std::string_view name, const char* value) : name_(name), value_(std::string_view(value)) {}
    Field(std::string_view name, const std::string& value) : name_(name), value_(std::string_view(value)) {}
    Field(std::string_view name, bool value) : name_(name), value_(value) {}
    Field(std::string_view name, double value) : name_(name), value_(value) {}
    template <std::integral Number>
    requires(!std::same_as<Number, bool>) Field(std::string_view name, Number value)
        : name_(name), value_(static_cast<std::int64_t>(value)) {}
    Field(std::string_view name, const Secret&) = delete;

    std::string_view name() const { return name_; }
    const Value& value() const { return value_; }

private:
    std::string_view name_;
    Value value_;
};

/// Takes log lines. Thread-safe; never blocks on the output and never throws: when the output cannot keep up, lines are
/// dropped and counted rather than slowing the caller.
class Log {
public:
    virtual ~Log() = default;

    void debug(std::string_view message, std::initializer_list<Field> fields = {}) {
        write(Level::debug, message, fields);
    }
    void info(std::string_view message, std::initializer_list<Field> fields = {}) {
        write(Level::info, message, fields);
    }
    void warning(std::string_view message, std::initializer_list<Field> fields = {}) {
        write(Level::warning, message, fields);
    }
    void error(std::string_view message, std::initializer_list<Field> fields = {}) {
        write(Level::error, message, fields);
    }

    void write(Level level, std::string_view message, std::initializer_list<Field> fields) {
        write(level, message, std::span<const Field>(fields.begin(), fields.size()));
    }
    virtual void write(Level level, std::string_view message, std::span<const Field> fields) = 0;
};

/// Where the lines of `json_log` go, and which.
struct LogSettings {
    Level least = Level::info;                ///< lines below it are not made
    std::string service = "fitview-api";      ///< the `service` of every line
    int descriptor = 1;                       ///< an open file; it is written to, never closed
    std::size_t buffered_bytes = 4UL << 20U;  ///< lines beyond what fits are dropped and counted
    Milliseconds flush_every{100};            ///< how late a line may appear
};

/// A log that a thread of its own writes out in batches. Its destructor writes what is left. `clock` must outlive it.
std::unique_ptr<Log> json_log(LogSettings settings, const Clock& clock);

/// A log that keeps nothing.
Log& no_log();

/// One line as `json_log` writes it, without the line break; texts that are not UTF-8 lose the bytes that are not
/// ASCII.
void append_log_line(std::string& line, const Timestamp& at, Level level, std::string_view service,
                     std::string_view message, std::span<const Field> fields);

}  // namespace fitview::telemetry
