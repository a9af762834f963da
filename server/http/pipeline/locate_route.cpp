#include "http/pipeline/steps.hpp"
#include "http/query_string.hpp"

namespace fitview::http {

void locate_route(Exchange& exchange, const Router& router) {
    const Request& request = exchange.request;
    const Router::Match match = router.match(request.method, request.path());
    if (!match.path_exists) throw Failure(FailureCode::not_found, "There is no such path.");
    if (!match.route) throw Failure(FailureCode::method_not_allowed, "The path does not take this method.");
    exchange.route = match.route;
    exchange.due = exchange.arrived + match.route->deadline;
    for (std::size_t at = 0; at < match.values.size(); ++at) {
        // A value that cannot be decoded names nothing, like any other malformed id; the empty text never names
        // anything.
        exchange.path_values.emplace_back(match.route->parameters[at],
                                          percent_decoded(match.values[at], false).value_or(std::string()));
    }
}

void check_size(const Exchange& exchange, std::optional<std::uint64_t> announced) {
    if (announced && *announced > exchange.route->body_max) {
        throw Failure(FailureCode::payload_too_large,
                      "The body may have at most " + std::to_string(exchange.route->body_max) + " bytes.");
    }
}

}  // namespace fitview::http
