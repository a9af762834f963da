#include "outbound/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "base/text.hpp"

namespace fitview::outbound {
namespace {

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What one exchange collects; too much of it ends the exchange.
struct Received {
    HttpAnswer answer;
    std::size_t body_max = 0;
    std::size_t header_bytes = 0;
    bool too_large = false;
};

constexpr std::size_t header_bytes_max = std::size_t{64} << 10U;

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

// Called by libcurl through C: nothing may be thrown; a count other than the one given ends the exchange.
std::size_t take_header(const char* bytes, std::size_t, std::size_t count, void* context) noexcept {
    auto& received = *static_cast<Received*>(context);
    received.header_bytes += count;
    if (received.header_bytes > header_bytes_max) {
        received.too_large = true;
        return 0;
    }
    try {
        const std::string_view line(bytes, count);
        if (line.starts_with("HTTP/")) received.answer.headers.clear();  // the headers before were of a 1xx answer
        const auto colon = line.find(':');
        if (colon != std::string_view::npos) {
            received.answer.headers.emplace_back(lower_case(line.substr(0, colon)),
                                                 std::string(trimmed(line.substr(colon + 1))));
        }
    } catch (...) {
        return 0;
    }
    return count;
}

std::size_t take_body(const char* bytes, std::size_t, std::size_t count, void* context) noexcept {
    auto& received = *static_cast<Received*>(context);
    if (received.answer.body.size() + count > received.body_max) {
        received.too_large = true;
        return 0;
    }
    try {
        received.answer.body.append(bytes, count);
    } catch (...) {
        return 0;
    }
    return count;
}

HttpFault fault_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            return HttpFault::unreachable;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
            return HttpFault::untrusted;
        case CURLE_OPERATION_TIMEDOUT:
            return HttpFault::late;
        default:
            return HttpFault::broken;
    }
}

void set_method(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
        return;
    }
    if (request.method == "GET" || request.method == "DELETE") return;
    // Sent from memory: libcurl can repeat it when a kept connection turns out to be closed.
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
}

void set_limits(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_within.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.answer_within.count()));
    curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
}

std::unique_ptr<curl_slist, FreeList> header_list(const HttpRequest& request) {
    std::unique_ptr<curl_slist, FreeList> list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer == nullptr) throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    };
    add("Expect:");  // a body is sent at once, never after a second's wait for 100 Continue
    // Nothing but what the caller named: libcurl's own would be outside the signature of the request.
    const auto named = [&request](std::string_view name) {
        return std::ranges::any_of(request.headers,
                                   [&](const auto& header) { return lower_case(header.first) == name; });
    };
    if (!named("accept")) add("Accept:");
    if (!named("content-type")) add("Content-Type:");
    for (const auto& [name, value] : request.headers) {
        if ((name + value).find_first_of("\r\n") != std::string::npos) {
            throw std::invalid_argument("a header must be one line");
        }
        add(value.empty() ? name + ";" : name + ": " + value);
    }
    return list;
}

class CurlClient final : public HttpClient {
public:
    explicit CurlClient(std::size_t idle_max) : idle_max_(idle_max) {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        if (started != CURLE_OK) throw std::runtime_error("libcurl does not start");
    }

    std::variant<HttpAnswer, HttpFault> send(const HttpRequest& request) override {
        const auto headers = header_list(request);
        Handle handle = take_handle();
        Received received;
        received.body_max = request.answer_max;
        curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
        set_limits(handle.get(), request);
        set_method(handle.get(), request);
        curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &received);
        curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &received);
        const CURLcode code = curl_easy_perform(handle.get());
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_easy_reset(handle.get());  // forgets the options, keeps the connection
        give_back(std::move(handle));
        if (received.too_large) return HttpFault::too_large;
        if (code != CURLE_OK) return fault_of(code);
        received.answer.status = static_cast<int>(status);
        return std::move(received.answer);
    }

private:
    Handle take_handle() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                Handle handle = std::move(idle_.back());
                idle_.pop_back();
                return handle;
            }
        }
        Handle handle(curl_easy_init());
        if (!handle) throw std::bad_alloc();
        return handle;
    }

    void give_back(Handle handle) {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < idle_max_) idle_.push_back(std::move(handle));
    }

    const std::size_t idle_max_;
    std::mutex mutex_;
    std::vector<Handle> idle_;
};

}  // namespace

std::optional<std::string> HttpAnswer::header(std::string_view name) const {
    for (const auto& [given, value] : headers) {
        if (given == name) return value;
    }
    return std::nullopt;
}

std::string_view name_of(HttpFault fault) {
    switch (fault) {
        case HttpFault::unreachable:
            return "cannot be reached";
        case HttpFault::untrusted:
            return "its certificate is not trusted";
        case HttpFault::late:
            return "no answer in time";
        case HttpFault::broken:
            return "the connection broke";
        case HttpFault::too_large:
            return "its answer is too large";
    }
    return "failed";
}

std::unique_ptr<HttpClient> open_http_client(std::size_t idle_max) {
    return std::make_unique<CurlClient>(idle_max);
}

std::string percent_encoded(std::string_view text, bool keep_slash) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~' || (keep_slash && c == '/');
        if (plain) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += digits[byte >> 4U];
        encoded += digits[byte & 15U];
    }
    return encoded;
}

}  // namespace fitview::outbound
