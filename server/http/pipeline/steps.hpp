#pragma once
// The steps of the pipeline; each has a file of its own. What order they run in, and why, stands in order.cpp.
// A step refuses by throwing Failure; a step that answers by itself returns the response.
#include <optional>

#include "http/exchange.hpp"
#include "http/router.hpp"

namespace fitview::http {

/// Gives the request its names: request id, trace, client address.
void name_request(Exchange& exchange);

/// Answers a CORS preflight of a known path.
std::optional<Response> answer_preflight(const Exchange& exchange, const Router& router);
/// Adds the CORS headers to an answer.
void add_cors_headers(const Exchange& exchange, Response& response);
/// Adds what tells browsers to be careful.
void add_security_headers(const Exchange& exchange, Response& response);

/// Finds the route. Fails: not_found, method_not_allowed (the answer then needs `Allow`).
void locate_route(Exchange& exchange, const Router& router);
/// Fails: payload_too_large when the announced size is beyond what the route takes.
void check_size(const Exchange& exchange, std::optional<std::uint64_t> announced);

/// Looks at the token without refusing anything yet.
void look_at_token(Exchange& exchange);
/// Counts calls without a valid token. Fails: rate_limited.
void limit_by_address(Exchange& exchange);
/// Fails: unauthenticated, token_expired.
void require_token(const Exchange& exchange);
/// Counts calls with a valid token. Fails: rate_limited.
void limit_by_user(Exchange& exchange);
/// Fails: forbidden.
void require_role(const Exchange& exchange);
/// Counts an attempt to sign in. Fails: rate_limited.
void count_login_attempt(Exchange& exchange, const std::string& key);
void add_rate_headers(const Exchange& exchange, Response& response);

/// Fails: not_acceptable.
void check_acceptable(const Exchange& exchange);
/// Reads every input with `endpoint`. Fails: malformed_request, unsupported_media_type, invalid_input (every fault),
/// not_found.
void decode_inputs(Exchange& exchange, const Endpoint& endpoint);

/// Returns the stored answer of an earlier call with the same key, or claims the key.
/// Fails: request_in_progress, idempotency_key_reused, malformed_request.
/// Fails: malformed_request.
void check_idempotency_key(const Exchange& exchange);
std::optional<Response> claim_idempotency_key(Exchange& exchange);
/// Stores a 2xx answer under the claimed key, or frees the key. Never throws.
void settle_idempotency_key(Exchange& exchange, const Response& response) noexcept;

/// Writes the audit record of a route that asks for one. Never throws.
void write_audit(const Exchange& exchange, const Response& response) noexcept;

/// Gives cacheable answers their tag and policy, and turns a GET that the client already has into 304.
void apply_caching(const Exchange& exchange, Response& response);

/// The answer to what was thrown; the table of codes stands there.
Response failure_response(Exchange& exchange, const Failure& failure);
Response unavailable_response(Exchange& exchange, std::string_view what);
Response internal_response(Exchange& exchange, std::string_view what);
/// Status and title of a code.
int status_of(FailureCode code);
std::string_view title_of(FailureCode code);

}  // namespace fitview::http
