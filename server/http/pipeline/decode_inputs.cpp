#include "base/text.hpp"
#include "http/decode.hpp"
#include "http/media_type.hpp"
#include "http/pipeline/steps.hpp"
#include "http/query_string.hpp"

namespace fitview::http {

void check_acceptable(const Exchange& exchange) {
    const auto& produced = exchange.route->produces;
    if (produced.empty() || !exchange.request.headers.has("Accept")) return;
    const std::string accept = exchange.request.headers.joined("Accept");
    for (const std::string& media_type : produced) {
        if (accept_quality(accept, media_type) > 0) return;
    }
    std::string offered;
    for (const std::string& media_type : produced) offered += (offered.empty() ? "" : ", ") + media_type;
    throw Failure(FailureCode::not_acceptable, "The call answers with " + offered + " only.");
}

void decode_inputs(Exchange& exchange, const Endpoint& endpoint) {
    auto query = parse_query(exchange.request.raw_query());
    if (!query) throw Failure(FailureCode::malformed_request, "The query cannot be read.");
    exchange.query = std::move(*query);

    InputFaults faults;
    if (!endpoint.reads_query()) {
        for (const auto& [name, value] : exchange.query) {
            faults.problems.push_back(at_parameter(name, "is not a known parameter"));
        }
    }
    // A GET may come with bytes nobody meant; the others are told that a field of theirs is not read.
    const bool changes = exchange.route->method != Method::get;
    if (changes && !endpoint.reads_body()) refuse_body_fields(exchange, faults);
    exchange.action = endpoint.decode(exchange, faults);
    if (!faults.problems.empty()) {
        throw Failure(FailureCode::invalid_input, "The input is not acceptable.", std::move(faults.problems));
    }
    if (faults.path_names_nothing) throw Failure(FailureCode::not_found, "The path names nothing that exists.");
}

}  // namespace fitview::http
