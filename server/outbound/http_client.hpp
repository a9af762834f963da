#pragma once
// Calls to other people's servers over HTTP: object stores, credential services, AI providers.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace fitview::outbound {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url;  ///< `http` or `https`, sent as it is: encode path and query before
    Headers headers;
    std::string_view body;  ///< must live until `send` returns
    Milliseconds connect_within{2'000};
    Milliseconds answer_within{20'000};               ///< the whole exchange, connecting included
    std::size_t answer_max = std::size_t{32} << 20U;  ///< bytes of the answer's body
};

struct HttpAnswer {
    int status = 0;
    Headers headers;  ///< names in lower case
    std::string body;

    /// The first header of that (lower-case) name, or nothing.
    std::optional<std::string> header(std::string_view name) const;
};

/// Why there is no whole answer.
enum class HttpFault {
    unreachable,  ///< no connection: the request was not sent
    untrusted,    ///< the certificate does not prove the host
    late,         ///< the time was up; the other side may have done what was asked
    broken,       ///< the connection ended or what came is not HTTP; likewise
    too_large     ///< the answer has more bytes than asked for
};

std::string_view name_of(HttpFault fault);

/// Sends requests, keeping connections for the next ones. Redirects are not followed, proxies of the environment not
/// used, certificates always checked. Thread-safe; blocks.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    /// The answer, whatever its status, or why there is none.
    virtual std::variant<HttpAnswer, HttpFault> send(const HttpRequest& request) = 0;
};

/// A client that keeps up to `idle_max` connections open between calls.
std::unique_ptr<HttpClient> open_http_client(std::size_t idle_max = 16);

/// `text` with every byte outside `A-Za-z0-9-_.~` as `%XX` (RFC 3986); with `keep_slash` a `/` stays too.
std::string percent_encoded(std::string_view text, bool keep_slash = false);

}  // namespace fitview::outbound
