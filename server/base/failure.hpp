#pragma once
// The closed set of refusals. Services throw Failure; one table in http/ turns the code into a status and a log level.
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fitview {

/// The wire names are part of the contract (api-contract, "Codes"); add here, in the table and in the docs together.
enum class FailureCode {
    malformed_request,
    unauthenticated,
    bad_credentials,
    token_expired,
    token_reused,
    forbidden,
    not_found,
    method_not_allowed,
    not_acceptable,
    timeout,
    conflict,
    email_taken,
    insufficient_stock,
    quantity_limit,
    cart_full,
    cart_empty,
    ambiguous_line,
    illegal_transition,
    not_try_on_ready,
    request_in_progress,
    precondition_failed,
    payload_too_large,
    uri_too_long,
    unsupported_media_type,
    invalid_input,
    consent_required,
    unusable_picture,
    idempotency_key_reused,
    rate_limited,
    headers_too_large,
    internal,
    unavailable
};
BOOST_DESCRIBE_ENUM(FailureCode, malformed_request, unauthenticated, bad_credentials, token_expired, token_reused,
                    forbidden, not_found, method_not_allowed, not_acceptable, timeout, conflict, email_taken,
                    insufficient_stock, quantity_limit, cart_full, cart_empty, ambiguous_line, illegal_transition,
                    not_try_on_ready, request_in_progress, precondition_failed, payload_too_large, uri_too_long,
                    unsupported_media_type, invalid_input, consent_required, unusable_picture, idempotency_key_reused,
                    rate_limited, headers_too_large, internal, unavailable)

/// One thing that is wrong with an input. Exactly one of `pointer` (body, RFC 6901) and `parameter` (query, path,
/// header) is set; `stock` is what is left, for insufficient_stock.
struct Problem {
    std::optional<std::string> pointer;
    std::optional<std::string> parameter;
    std::string detail;
    std::optional<std::int64_t> stock;

    bool operator==(const Problem&) const = default;
};

Problem at_pointer(std::string pointer, std::string detail);
Problem at_parameter(std::string parameter, std::string detail);

/// A refusal the client may read: no path, query, address or secret may be in its texts.
class Failure : public std::exception {
public:
    explicit Failure(FailureCode code, std::string detail, std::vector<Problem> problems = {})
        : code_(code), detail_(std::move(detail)), problems_(std::move(problems)) {}

    FailureCode code() const { return code_; }
    const std::string& detail() const { return detail_; }
    const std::vector<Problem>& problems() const { return problems_; }
    /// Seconds for `Retry-After`, where waiting helps.
    std::optional<int> retry_after() const { return retry_after_; }
    Failure& retry_after(int seconds) {
        retry_after_ = seconds;
        return *this;
    }
    const char* what() const noexcept override { return detail_.c_str(); }

private:
    FailureCode code_;
    std::string detail_;
    std::vector<Problem> problems_;
    std::optional<int> retry_after_;
};

/// The wire name of a code.
std::string_view name_of(FailureCode code);

/// 404 for something named in the path.
Failure not_found(std::string_view what);
/// 404 for something named in the body, with the pointer to its field.
Failure not_found(std::string_view what, std::string pointer);
/// 422 with one problem in the body.
Failure invalid_input(std::string pointer, std::string detail);

/// A back end itself is broken or away. Only ports throw it; it becomes 503 `unavailable`. `what()` goes to the log
/// only.
class Unavailable : public std::exception {
public:
    explicit Unavailable(std::string what) : what_(std::move(what)) {}
    const char* what() const noexcept override { return what_.c_str(); }

private:
    std::string what_;
};

}  // namespace fitview
