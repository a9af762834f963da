#include <algorithm>

#include "base/digest.hpp"
#include "base/id_source.hpp"
#include "http/pipeline/steps.hpp"
#include "storage/idempotency_store.hpp"
#include "telemetry/log.hpp"

namespace fitview::http {
namespace {

constexpr std::string_view key_header = "Idempotency-Key";
constexpr std::size_t key_max = 255;
/// How long beyond its deadline a call may hold its key; then it is taken for dead.
constexpr Milliseconds lease_margin = std::chrono::seconds(30);

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= key_max &&
           std::all_of(text.begin(), text.end(), [](char letter) { return letter > 0x20 && letter < 0x7f; });
}

/// Equal for equal calls: method, path, query and what the body means. A length before each part keeps them apart.
std::string fingerprint_of(const Exchange& exchange) {
    std::string text;
    const auto add = [&](std::string_view part) {
        text += std::to_string(part.size());
        text += ' ';
        text += part;
    };
    add(exchange.request.method_name);
    add(exchange.request.path());
    auto query = exchange.query;
    std::stable_sort(query.begin(), query.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    for (const auto& [name, value] : query) {
        add(name);
        add(value);
    }
    exchange.action->append_canonical(text);
    return sha256(text);
}

Response replayed(const Exchange& exchange, storage::StoredAnswer answer) {
    Response response;
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.headers.set(name, value);
    response.headers.set("Idempotency-Replayed", "true");
    const auto& sign_anew = exchange.ports->sign_anew;
    response.body = sign_anew ? sign_anew(std::move(answer.body)) : std::move(answer.body);
    return response;
}

}  // namespace

std::optional<Response> claim_idempotency_key(Exchange& exchange) {
    using Kind = storage::IdempotencyState::Kind;
    if (!exchange.route->idempotent_by_key) return std::nullopt;
    const auto key = exchange.request.headers.find(key_header);
    if (!key) return std::nullopt;
    const IdBytes entity_id = exchange.ports->ids.make<Id<struct EntityTag>>().bytes();
    auto state = exchange.ports->idempotency.begin(exchange.identity->user_id, *key, fingerprint_of(exchange),
                                                   entity_id, exchange.route->deadline + lease_margin);
    switch (state.kind) {
        case Kind::replay:
            return replayed(exchange, std::move(*state.answer));
        case Kind::in_progress:
            throw Failure(FailureCode::request_in_progress, "The first call with this key is still running.")
                .retry_after(1);
        case Kind::key_reused:
            throw Failure(FailureCode::idempotency_key_reused, "The key was used for another call.",
                          {at_parameter(std::string(key_header), "was used for a call with another path or content")});
        case Kind::fresh:
            break;
    }
    exchange.held_key = {.key = std::string(*key), .fence = state.fence, .entity_id = state.entity_id};
    return std::nullopt;
}

void check_idempotency_key(const Exchange& exchange) {
    if (!exchange.route->idempotent_by_key) return;
    const auto keys = exchange.request.headers.all(key_header);
    if (keys.empty() || (keys.size() == 1 && is_key(keys.front()))) return;
    throw Failure(FailureCode::malformed_request, "The idempotency key is malformed.",
                  {at_parameter(std::string(key_header), "must be 1 to 255 visible characters, once")});
}

void settle_idempotency_key(Exchange& exchange, const Response& response) noexcept {
    if (!exchange.held_key) return;
    const Exchange::HeldKey held = *std::exchange(exchange.held_key, {});
    const UserId& user = exchange.identity->user_id;
    const bool in_memory =
        std::holds_alternative<std::string>(response.body) || std::holds_alternative<SharedBytes>(response.body);
    try {
        if (response.status < 200 || response.status >= 300 || !in_memory) {
            exchange.ports->idempotency.release(user, held.key, held.fence);
            return;
        }
        storage::StoredAnswer answer{.status = response.status, .headers = {}, .body = std::string(response.bytes())};
        for (const std::string_view name : {"Content-Type", "Location", "ETag"}) {
            if (const auto value = response.headers.find(name)) answer.headers.emplace_back(name, *value);
        }
        exchange.ports->idempotency.complete(user, held.key, held.fence, answer);
    } catch (const std::exception& fault) {
        // The work is done and must be answered; the claim runs out by itself.
        exchange.ports->log.error("idempotency key not settled",
                                  {{"fault", fault.what()}, {"request_id", exchange.request_id}});
    }
}

}  // namespace fitview::http
