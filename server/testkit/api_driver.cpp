#include "testkit/api_driver.hpp"

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include "http/event_channel.hpp"
#include "reflect/json.hpp"

namespace fitview::testkit {
namespace {

/// Everything a stream has to say, as long as it says something.
std::string drained(const http::EventsBody& events) {
    constexpr int polls_max = 100;
    events.begin();
    std::string text;
    for (int poll = 0; poll < polls_max; ++poll) {
        const auto taken = events.channel->take();
        text += taken.bytes;
        if (taken.last || !events.channel->poll()) break;
        events.channel->poll()(http::EventSender(events.channel));
    }
    events.channel->cut();
    return text;
}

std::string whole_text(const http::Response& response) {
    if (const auto* file = std::get_if<http::FileBody>(&response.body)) {
        std::ifstream in(file->path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    if (const auto* stream = std::get_if<http::StreamedBody>(&response.body)) {
        std::string text;
        while (stream->next(text)) {
        }
        return text;
    }
    if (const auto* events = std::get_if<http::EventsBody>(&response.body)) return drained(*events);
    return std::string(response.bytes());
}

http::Response wait_for(const http::Pipeline& pipeline, http::Exchange& exchange,
                        const std::shared_ptr<http::Waiting>& waiting, Milliseconds longest) {
    std::mutex mutex;
    std::condition_variable changed;
    bool decided = false;
    waiting->when_decided([&] {
        const std::lock_guard lock(mutex);
        decided = true;
        changed.notify_one();
    });
    waiting->begin(waiting);
    {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::min(longest, waiting->wait()), [&] { return decided; });
    }
    waiting->expire();
    return pipeline.resume(exchange, *waiting);
}

}  // namespace

boost::json::value ApiAnswer::at(std::string_view pointer) const {
    boost::json::error_code fault;
    const auto* found = json.find_pointer(pointer, fault);
    return found ? *found : boost::json::value();
}

std::string ApiAnswer::code() const {
    const auto value = at("/code");
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

std::string encode_form(const std::vector<ApiFormPart>& parts, std::string_view boundary) {
    std::string body;
    for (const ApiFormPart& part : parts) {
        body += "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=\"" + part.name + '"';
        if (!part.file_name.empty()) body += "; filename=\"" + part.file_name + '"';
        body += "\r\n";
        if (!part.content_type.empty()) body += "Content-Type: " + part.content_type + "\r\n";
        body += "\r\n" + part.bytes + "\r\n";
    }
    return body + "--" + std::string(boundary) + "--\r\n";
}

ApiDriver::ApiDriver() {
    settings.rates = {.login = std::nullopt, .tryon = std::nullopt, .normal = std::nullopt};
    settings.trusted_proxies = http::loopback_ranges();
}

ApiDriver::~ApiDriver() = default;

ApiDriver& ApiDriver::as(const UserId& user, http::Role role) {
    token_ = token_for(user, role);
    return *this;
}

ApiDriver& ApiDriver::as_nobody() {
    token_.clear();
    return *this;
}

ApiDriver& ApiDriver::with(std::string_view name, std::string_view value) {
    next_headers_.add(name, value);
    return *this;
}

ApiAnswer ApiDriver::post_form(std::string_view path, const std::vector<ApiFormPart>& parts) {
    constexpr std::string_view boundary = "form-boundary-of-the-test";
    next_headers_.set_if_absent("Content-Type", "multipart/form-data; boundary=" + std::string(boundary));
    return call("POST", path, encode_form(parts, boundary));
}

ApiAnswer ApiDriver::call(std::string_view method, std::string_view path, std::string_view body) {
    const auto end = path.find('?');
    const bool at_root = router.match(http::Method::get, path.substr(0, end)).path_exists;
    http::Request request;
    request.method_name = method;
    request.method = http::method_of(method);
    request.target = (at_root ? "" : router.base()) + std::string(path);
    request.headers = std::exchange(next_headers_, {});
    request.body = body;
    request.peer = "127.0.0.1";
    if (!body.empty()) request.headers.set_if_absent("Content-Type", "application/json");
    if (!token_.empty()) request.headers.set_if_absent("Authorization", "Bearer " + token_);
    return send(std::move(request));
}

ApiAnswer ApiDriver::send(http::Request request) {
    http::Pipeline& steps = pipeline();
    http::Exchange exchange;
    exchange.request = std::move(request);
    std::optional<http::Response> response = steps.open(exchange, exchange.request.body.size());
    bool admitted = false;
    if (!response && steps.may_be_quick(exchange)) {
        response = steps.try_quick(exchange);
        admitted = true;
    }
    if (!response && !admitted) response = steps.admit(exchange);
    if (!response) {
        http::Outcome outcome = steps.answer(exchange);
        if (auto* made = std::get_if<http::Response>(&outcome)) {
            response = std::move(*made);
        } else {
            response = wait_for(steps, exchange, std::get<std::shared_ptr<http::Waiting>>(outcome), longest_wait);
        }
    }
    steps.conclude(exchange, *response);
    if (!undeclared_.empty()) throw std::logic_error(std::exchange(undeclared_, {}));

    ApiAnswer answer{.status = response->status, .headers = response->headers, .text = {}, .json = nullptr};
    if (exchange.request.method != http::Method::head) answer.text = whole_text(*response);
    auto parsed = reflect::parse_json(answer.text);
    if (auto* json = std::get_if<boost::json::value>(&parsed)) answer.json = std::move(*json);
    return answer;
}

http::Pipeline& ApiDriver::pipeline() {
    if (!pipeline_ || routes_known_ != router.routes().size()) {
        if (!ports_) {
            ports_ = std::make_unique<http::Ports>(
                http::Ports{.authenticator = authenticator_,
                            .limiter = *limiter_,
                            .idempotency = *idempotency_,
                            .audit = audit,
                            .log = log,
                            .metrics = metrics,
                            .clock = clock,
                            .ids = ids_,
                            .settings = settings,
                            .sign_anew = {},
                            .on_undeclared = [this](const http::Route& route, FailureCode code) {
                                undeclared_ = "route " + route.path + " refused with " + std::string(name_of(code)) +
                                              ", which it does not declare";
                            }});
        }
        pipeline_ = std::make_unique<http::Pipeline>(router, *ports_);
        routes_known_ = router.routes().size();
    }
    return *pipeline_;
}

}  // namespace fitview::testkit
