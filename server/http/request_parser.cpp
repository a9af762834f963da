#include "http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace fitview::http {
namespace {

namespace beast = boost::beast;
using beast::string_view;

/// What a body may take at once before any of it has arrived; more is reserved as it comes.
constexpr std::size_t body_reserved_max = 1UL << 20U;

std::string_view view(string_view text) {
    return {text.data(), text.size()};
}

/// `http://host/path` as sent to proxies becomes `/path`; nothing when it is neither that nor a path.
std::optional<std::string> origin_form(std::string_view target) {
    if (target.starts_with('/')) return std::string(target);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto path = target.find_first_of("/?", scheme.size());
        if (path == std::string_view::npos) return "/";
        return (target[path] == '?' ? "/" : "") + std::string(target.substr(path));
    }
    return std::nullopt;
}

}  // namespace

class RequestParser::Inside final : public beast::http::basic_parser<true> {
public:
    Inside(Request& request, const ParserLimits& limits) : request_(request), limits_(limits) {
        body_limit(boost::none);  // the route decides, after the head
        header_limit(static_cast<std::uint32_t>(limits.head_max));
        eager(false);
    }

    std::size_t feed(std::string_view bytes) {
        std::size_t used = 0;
        if (!got_some()) {  // an empty line or two before a request line is tolerated (RFC 9112, 2.2)
            while (used < bytes.size() && (bytes[used] == '\r' || bytes[used] == '\n')) ++used;
        }
        while (used < bytes.size() && !fault_ && !is_done() && (!is_header_done() || body_allowed_)) {
            beast::error_code error;
            const std::size_t before = used;
            used += put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
            if (error && error != beast::http::error::need_more) {
                fault_ = fault_of(error);
            } else if (is_header_done() && !head_judged_) {
                judge_head();
            }
            if (used == before) break;
        }
        return used;
    }

    void allow_body(std::size_t max) {
        body_max_ = max;
        body_allowed_ = true;
        body_limit(max);
        eager(true);
    }

    const std::optional<Failure>& fault() const { return fault_; }

private:
    Failure fault_of(const beast::error_code& error) const {
        if (own_fault_) return *own_fault_;
        if (error == beast::http::error::header_limit) {
            return has_request_line_ ? Failure(FailureCode::headers_too_large, "The headers are too large.")
                                     : Failure(FailureCode::uri_too_long, "The address is too long.");
        }
        if (error == beast::http::error::body_limit) {
            return Failure(FailureCode::payload_too_large, "The body is larger than the call takes.");
        }
        return Failure(FailureCode::malformed_request, "The request is not proper HTTP.");
    }

    void refuse(beast::error_code& error, FailureCode code, const char* why) {
        own_fault_.emplace(code, why);
        error = beast::http::error::bad_value;
    }

    /// What Beast lets through but two readers could understand differently: smuggling starts there.
    void judge_head() {
        head_judged_ = true;
        const auto hosts = request_.headers.all("Host");
        const auto encodings = request_.headers.all("Transfer-Encoding");
        if (hosts.size() > 1 || (hosts.empty() && request_.version == 11)) {
            fault_.emplace(FailureCode::malformed_request, "The request must name its host once.");
        } else if (!encodings.empty() && (encodings.size() > 1 || !equal_ignoring_case(encodings.front(), "chunked") ||
                                          request_.version == 10)) {
            fault_.emplace(FailureCode::malformed_request, "The transfer encoding is not supported.");
        }
    }

    void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                         beast::error_code& error) override {
        has_request_line_ = true;
        if (target.size() > limits_.target_max)
            return refuse(error, FailureCode::uri_too_long, "The address is too long.");
        request_.method_name = method;
        request_.method = method_of(view(method));
        request_.version = version;
        auto path = view(target) == "*" && request_.method == Method::options ? std::optional<std::string>("*")
                                                                              : origin_form(view(target));
        if (!path || path->find('#') != std::string::npos) {
            return refuse(error, FailureCode::malformed_request, "The request target is malformed.");
        }
        request_.target = std::move(*path);
        head_bytes_ = method.size() + target.size();
    }

    void on_response_impl(int, string_view, int, beast::error_code&) override {}

    void on_field_impl(beast::http::field, string_view name, string_view value, beast::error_code& error) override {
        if (head_judged_) return;  // trailers: nothing of ours reads them
        head_bytes_ += name.size() + value.size() + 4;
        if (head_bytes_ > limits_.head_max || request_.headers.size() == limits_.fields_max) {
            return refuse(error, FailureCode::headers_too_large, "The headers are too large.");
        }
        request_.headers.add(view(name), view(value));
    }

    void on_header_impl(beast::error_code&) override {}

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, beast::error_code&) override {
        if (length)
            request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, body_reserved_max)));
    }

    std::size_t on_body_impl(string_view body, beast::error_code& error) override {
        if (request_.body.size() + body.size() > body_max_) {
            error = beast::http::error::body_limit;
            return 0;
        }
        request_.body.append(body.data(), body.size());
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t, string_view, beast::error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, beast::error_code& error) override {
        return on_body_impl(body, error);
    }

    void on_finish_impl(beast::error_code&) override {}

    Request& request_;
    const ParserLimits limits_;
    std::size_t head_bytes_ = 0;
    std::size_t body_max_ = 0;
    bool has_request_line_ = false;
    bool head_judged_ = false;
    bool body_allowed_ = false;
    std::optional<Failure> own_fault_;
    std::optional<Failure> fault_;
};

RequestParser::RequestParser(Request& request, const ParserLimits& limits)
    : inside_(std::make_unique<Inside>(request, limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view bytes) {
    return inside_->feed(bytes);
}
void RequestParser::allow_body(std::size_t max) {
    inside_->allow_body(max);
}
bool RequestParser::started() const {
    return inside_->got_some();
}
bool RequestParser::head_done() const {
    return inside_->is_header_done();
}
bool RequestParser::done() const {
    return inside_->is_done();
}
const std::optional<Failure>& RequestParser::fault() const {
    return inside_->fault();
}

std::optional<std::uint64_t> RequestParser::content_length() const {
    const auto length = inside_->content_length();
    if (!length) return std::nullopt;
    return *length;
}

bool RequestParser::keep_alive() const {
    return inside_->keep_alive();
}

}  // namespace fitview::http
