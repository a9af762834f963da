#pragma once
// One request on its way through the pipeline: what each step found out, for the steps after it.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/authenticator.hpp"
#include "http/message.hpp"
#include "http/ports.hpp"
#include "http/route.hpp"
#include "telemetry/trace.hpp"

namespace fitview::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Owned by the connection (or the test driver); used by one thread at a time.
struct Exchange {
    Request request;
    SteadyTime arrived{};
    SteadyTime due{};

    // step 1: names
    std::string request_id;
    telemetry::Trace trace;
    std::string client_address;
    bool secure = false;

    // locate
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> path_values;  ///< decoded
    TextFields query;                                              ///< decoded

    // authenticate
    std::optional<Identity> identity;
    std::optional<FailureCode> token_fault;

    // rate limits: what the answer's headers tell
    std::optional<storage::RateDecision> rate;

    // decode
    std::unique_ptr<Action> action;

    // idempotency
    struct HeldKey {
        std::string key;
        std::int64_t fence = 0;
        IdBytes entity_id{};  ///< for what the call makes: the same when it is run again after the process died
    };
    std::optional<HeldKey> held_key;

    std::vector<std::pair<std::string, std::string>> notes;  ///< fields for the access log
    std::optional<FailureCode> failure;                      ///< what the answer refuses with, for log and audit

    const Ports* ports = nullptr;
};

}  // namespace fitview::http
