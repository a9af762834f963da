#include "base/text.hpp"
#include "http/pipeline/steps.hpp"

namespace fitview::http {

void look_at_token(Exchange& exchange) {
    const Route& route = *exchange.route;
    const auto header = exchange.request.headers.find("Authorization");
    // Where nobody is asked for and nothing is counted, a header may hold what it likes (a token for /metrics).
    if (!header || (route.access == Access::public_ && route.limit == Limit::none)) return;
    constexpr std::string_view scheme = "Bearer ";
    const bool bearer = header->size() > scheme.size() && equal_ignoring_case(header->substr(0, scheme.size()), scheme);
    // Two of them would leave open which one counts.
    if (!bearer || exchange.request.headers.all("Authorization").size() != 1) {
        exchange.token_fault = FailureCode::unauthenticated;
        return;
    }
    std::variant<Identity, FailureCode> judged = FailureCode::unauthenticated;
    try {
        judged = exchange.ports->authenticator.authenticate(trimmed(header->substr(scheme.size())));
    } catch (const Unavailable&) {
        if (route.access != Access::public_) throw;
        return;  // what is public stays open while sessions cannot be looked up
    }
    if (auto* identity = std::get_if<Identity>(&judged)) {
        exchange.identity = std::move(*identity);
    } else {
        exchange.token_fault = std::get<FailureCode>(judged);
    }
}

void require_token(const Exchange& exchange) {
    if (exchange.identity) return;
    if (exchange.route->access == Access::public_ && !exchange.route->refuses_bad_token()) return;
    if (exchange.token_fault == FailureCode::token_expired) {
        throw Failure(FailureCode::token_expired, "The access token has expired.");
    }
    if (exchange.token_fault) throw Failure(*exchange.token_fault, "The access token is not valid.");
    const Access access = exchange.route->access;
    if (access == Access::public_ || access == Access::optional) return;
    throw Failure(FailureCode::unauthenticated, "The call needs an access token.");
}

void require_role(const Exchange& exchange) {
    const Access access = exchange.route->access;
    if (access != Access::retailer && access != Access::admin) return;
    const Role role = exchange.identity->role;
    if (role == Role::admin || (role == Role::retailer && access == Access::retailer)) return;
    throw Failure(FailureCode::forbidden, access == Access::admin ? "The call is for administrators."
                                                                  : "The call is for retailers and administrators.");
}

}  // namespace fitview::http
