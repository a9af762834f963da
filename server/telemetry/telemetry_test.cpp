#include <unistd.h>

#include <array>
#include <type_traits>

#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"
#include "telemetry/trace.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::telemetry {
namespace {

std::string line_of(std::string_view message, std::initializer_list<Field> fields) {
    std::string line;
    append_log_line(line, Timestamp::from_milliseconds(1772323200123), Level::warning, "fitview-api", message,
                    std::span(fields.begin(), fields.size()));
    return line;
}

TEST(LogLine, IsOneJsonObjectInTheGuidesFormat) {
    EXPECT_EQ(
        line_of("request", {{"endpoint", "/api/v1/tryon"}, {"status_code", 200}, {"share", 0.5}, {"cached", true}}),
        R"({"timestamp":"2026-03-01T00:00:00.123Z","level":"WARNING","service":"fitview-api","message":"request",)"
        R"("endpoint":"/api/v1/tryon","status_code":200,"share":0.5,"cached":true})");
}

TEST(LogLine, CannotBeBrokenByItsTexts) {
    const std::string line = line_of("a\"b\\c\nd", {{"agent", "bad \xff byte"}});
    EXPECT_NE(line.find(R"("a\"b\\c\u000ad")"), std::string::npos) << line;
    EXPECT_NE(line.find(R"("bad ? byte")"), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(LogField, RefusesASecretAtCompileTime) {
    static_assert(!std::is_constructible_v<Field, std::string_view, Secret>);
    static_assert(std::is_constructible_v<Field, std::string_view, std::string>);
}

TEST(JsonLog, WritesEveryLineBeforeItEnds) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const testkit::FixedClock clock;
    {
        const auto log = json_log({.descriptor = ends[1]}, clock);
        log->info("first");
        log->debug("below the level");
        log->error("last");
    }
    close(ends[1]);
    std::string text(4096, '\0');
    text.resize(static_cast<std::size_t>(read(ends[0], text.data(), text.size())));
    close(ends[0]);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_LT(text.find("first"), text.find("last"));
}

TEST(Metrics, AskingAgainGivesTheSameCounter) {
    Metrics metrics;
    metrics.counter("hits", "Hits", {{"cache", "a"}}).add();
    metrics.counter("hits", "Hits", {{"cache", "a"}}).add(2);
    metrics.gauge_from("away", "Away", {}, []() -> double { throw std::runtime_error("nobody answers"); });
    metrics.gauge_from("depth", "Depth", {}, [] { return 7.0; });
    EXPECT_EQ(metrics.counter("hits", "Hits", {{"cache", "a"}}).value(), 3);
    EXPECT_NE(metrics.text().find("hits{cache=\"a\"} 3"), std::string::npos) << metrics.text();
    EXPECT_NE(metrics.text().find("depth 7"), std::string::npos);
}

TEST(Trace, ContinuesAWellFormedParent) {
    const Trace trace = continue_trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    EXPECT_EQ(trace.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(trace.parent_id, "00f067aa0ba902b7");
    EXPECT_EQ(trace.span_id.size(), 16U);
    EXPECT_NE(trace.span_id, trace.parent_id);
}

TEST(Trace, StartsAnewWhenTheParentIsMalformed) {
    for (const char* text : {"", "00-", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"}) {
        const Trace trace = continue_trace(text);
        EXPECT_NE(trace.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736") << text;
        EXPECT_EQ(trace.trace_id.size(), 32U);
        EXPECT_TRUE(trace.parent_id.empty());
    }
}

TEST(RequestId, IsKeptOnlyWhenHarmless) {
    EXPECT_TRUE(is_request_id("req-1.A_b"));
    EXPECT_TRUE(is_request_id(std::string(128, 'a')));
    EXPECT_FALSE(is_request_id(""));
    EXPECT_FALSE(is_request_id(std::string(129, 'a')));
    EXPECT_FALSE(is_request_id("a b"));
    EXPECT_FALSE(is_request_id("a\"b"));
    EXPECT_NE(new_request_id(), new_request_id());
    EXPECT_TRUE(is_request_id(new_request_id()));
}

}  // namespace
}  // namespace fitview::telemetry
