#pragma once
// Real servers in tests: the one the test runner started, told by an environment variable, or none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace fitview::testkit {

/// The address of a running server (`REDIS_TEST_URL`, `MONGODB_TEST_URL`); nothing when there is none.
inline std::optional<std::string> server_address(const char* variable) {
    const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nobody sets variables in tests
    if (text == nullptr || *text == '\0') return std::nullopt;
    return text;
}

/// Whether a missing server fails tests instead of skipping them (`FITVIEW_REQUIRE_BACKENDS=1`, as CI sets it).
inline bool servers_are_required() {
    return server_address("FITVIEW_REQUIRE_BACKENDS") == "1";
}

/// Why a contract suite's back end cannot be opened here; empty when it can. A back end on a real server has a member
/// `std::string absent`, and opens nothing when it is not empty.
template <class Backend>
std::string absence_of(const Backend& backend) {
    if constexpr (requires { backend.absent; }) {
        return backend.absent;
    } else {
        return {};
    }
}

}  // namespace fitview::testkit

/// In SetUp or a test's body: skips the test, or fails it in CI, when `reason` is not empty.
#define FITVIEW_SKIP_WHEN_ABSENT(reason)                                     \
    do {                                                                     \
        if (const std::string absence = (reason); !absence.empty()) {        \
            if (fitview::testkit::servers_are_required()) FAIL() << absence; \
            GTEST_SKIP() << absence;                                         \
        }                                                                    \
    } while (false)
