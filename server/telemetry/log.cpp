#include "telemetry/log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>

#include "base/text.hpp"

namespace fitview::telemetry {
namespace {

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "DEBUG";
        case Level::info:
            return "INFO";
        case Level::warning:
            return "WARNING";
        case Level::error:
            return "ERROR";
    }
    return "ERROR";
}

void append_text(std::string& line, std::string_view text) {
    const bool readable = is_utf8(text);
    line += '"';
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') {
            line += '\\';
            line += byte;
        } else if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned>(byte));
        } else {
            line += readable || static_cast<unsigned char>(byte) < 0x80 ? byte : '?';
        }
    }
    line += '"';
}

void append_value(std::string& line, const Field::Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        append_text(line, *text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        fmt::format_to(std::back_inserter(line), "{}", *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real)) {
            fmt::format_to(std::back_inserter(line), "{:.6g}", *real);
        } else {
            line += "null";
        }
    } else {
        line += std::get<bool>(value) ? "true" : "false";
    }
}

/// Callers append to `filling_`; the thread swaps it for an empty text and writes the old one with one system call.
class JsonLog final : public Log {
public:
    JsonLog(LogSettings settings, const Clock& clock)
        : settings_(std::move(settings)), clock_(clock), writer_([this] { write_out(); }) {}

    ~JsonLog() override {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_one();
        writer_.join();
    }

    void write(Level level, std::string_view message, std::span<const Field> fields) override {
        if (level < settings_.least) return;
        thread_local std::string line;
        line.clear();
        append_log_line(line, clock_.now(), level, settings_.service, message, fields);
        line += '\n';
        const std::lock_guard lock(mutex_);
        if (filling_.size() + line.size() > settings_.buffered_bytes) {
            ++dropped_;
            return;
        }
        filling_ += line;
        if (filling_.size() > settings_.buffered_bytes / 2) changed_.notify_one();
    }

private:
    void write_out() {
        std::string writing;
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait_for(lock, settings_.flush_every,
                              [this] { return ending_ || filling_.size() > settings_.buffered_bytes / 2; });
            const bool last = ending_;
            writing.swap(filling_);
            const std::uint64_t dropped = std::exchange(dropped_, 0);
            lock.unlock();
            if (dropped > 0) {
                const Field lost("lines", dropped);
                append_log_line(writing, clock_.now(), Level::warning, settings_.service, "log lines dropped",
                                std::span(&lost, 1));
                writing += '\n';
            }
            write_all(writing);
            writing.clear();
            if (last) return;
            lock.lock();
        }
    }

    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(settings_.descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return;  // nobody reads the log: there is no one to tell
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    const LogSettings settings_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string filling_;
    std::uint64_t dropped_ = 0;
    bool ending_ = false;
    std::thread writer_;
};

class NoLog final : public Log {
public:
    void write(Level, std::string_view, std::span<const Field>) override {}
};

}  // namespace

void append_log_line(std::string& line, const Timestamp& at, Level level, std::string_view service,
                     std::string_view message, std::span<const Field> fields) {
    line += R"({"timestamp":")";
    line += at.wire();
    line += R"(","level":")";
    line += name_of(level);
    line += R"(","service":)";
    append_text(line, service);
    line += R"(,"message":)";
    append_text(line, message);
    for (const Field& field : fields) {
        line += ',';
        append_text(line, field.name());
        line += ':';
        append_value(line, field.value());
    }
    line += '}';
}

std::unique_ptr<Log> json_log(LogSettings settings, const Clock& clock) {
    return std::make_unique<JsonLog>(std::move(settings), clock);
}

Log& no_log() {
    static NoLog log;
    return log;
}

}  // namespace fitview::telemetry
