#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "http/pipeline/steps.hpp"

namespace fitview::http {
namespace {

TEST(FailureTable, HasALineForEveryCode) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<FailureCode>>([](auto entry) {
        if (entry.value == FailureCode::internal) return;
        EXPECT_NE(status_of(entry.value), 500) << entry.name << " falls back to the line of internal";
        EXPECT_FALSE(title_of(entry.value).empty()) << entry.name;
    });
    EXPECT_EQ(status_of(FailureCode::internal), 500);
}

TEST(FailureTable, GivesTheStatusesOfTheContract) {
    using enum FailureCode;
    const std::vector<std::pair<FailureCode, int>> contract{{malformed_request, 400},
                                                            {unauthenticated, 401},
                                                            {bad_credentials, 401},
                                                            {token_expired, 401},
                                                            {token_reused, 401},
                                                            {forbidden, 403},
                                                            {not_found, 404},
                                                            {method_not_allowed, 405},
                                                            {not_acceptable, 406},
                                                            {timeout, 408},
                                                            {conflict, 409},
                                                            {email_taken, 409},
                                                            {insufficient_stock, 409},
                                                            {quantity_limit, 409},
                                                            {cart_full, 409},
                                                            {cart_empty, 409},
                                                            {ambiguous_line, 409},
                                                            {illegal_transition, 409},
                                                            {not_try_on_ready, 409},
                                                            {request_in_progress, 409},
                                                            {precondition_failed, 412},
                                                            {payload_too_large, 413},
                                                            {uri_too_long, 414},
                                                            {unsupported_media_type, 415},
                                                            {invalid_input, 422},
                                                            {consent_required, 422},
                                                            {unusable_picture, 422},
                                                            {idempotency_key_reused, 422},
                                                            {rate_limited, 429},
                                                            {headers_too_large, 431},
                                                            {internal, 500},
                                                            {unavailable, 503}};
    for (const auto& [code, status] : contract) EXPECT_EQ(status_of(code), status) << fitview::name_of(code);
}

}  // namespace
}  // namespace fitview::http
