#pragma once
// Calls routes in-process, through the whole pipeline, without sockets or threads.
#include <boost/json/value.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/pipeline/pipeline.hpp"
#include "http/router.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/rate_limiter.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "telemetry/metrics.hpp"
#include "testkit/deterministic.hpp"
#include "testkit/http_ports.hpp"

namespace fitview::testkit {

/// What came back.
struct ApiAnswer {
    int status = 0;
    http::Headers headers;
    std::string text;
    boost::json::value json;  ///< null when the text is no JSON

    /// The value at an RFC 6901 pointer; null when there is none. Compares with texts and numbers.
    boost::json::value at(std::string_view pointer) const;
    std::string header(std::string_view name) const { return std::string(headers.get(name)); }
    /// The problem's code; empty when it is none.
    std::string code() const;
};

/// One part of a form; a part with a file name is a file.
struct ApiFormPart {
    std::string name;
    std::string bytes;
    std::string file_name = {};
    std::string content_type = {};
};
std::string encode_form(const std::vector<ApiFormPart>& parts, std::string_view boundary);

/// Add routes to `router`, then call them. Paths are relative to the base ("/wishlist" is "/api/v1/wishlist") unless
/// the root has such a path. Rate limits are off until `settings.rates` says otherwise. A refusal that a route does not
/// declare throws std::logic_error out of the call: the test fails. Not thread-safe.
class ApiDriver {
public:
    ApiDriver();
    ~ApiDriver();

    FixedClock clock;
    http::Router router;
    http::PipelineSettings settings;  ///< read at the first call
    telemetry::Metrics metrics;
    RecordingLog log;
    RecordingAuditTrail audit;
    /// How long a call waits for a Later before it makes what its deadline makes; real time.
    Milliseconds longest_wait{2000};

    /// Who makes the calls that follow.
    ApiDriver& as(const UserId& user, http::Role role = http::Role::customer);
    ApiDriver& as_nobody();
    /// A header of the next call only.
    ApiDriver& with(std::string_view name, std::string_view value);

    ApiAnswer get(std::string_view path) { return call("GET", path); }
    ApiAnswer del(std::string_view path) { return call("DELETE", path); }
    /// A body that is not empty is sent as JSON unless `with` gave a Content-Type.
    ApiAnswer post(std::string_view path, std::string_view body = {}) { return call("POST", path, body); }
    ApiAnswer put(std::string_view path, std::string_view body = {}) { return call("PUT", path, body); }
    ApiAnswer patch(std::string_view path, std::string_view body = {}) { return call("PATCH", path, body); }
    ApiAnswer post_form(std::string_view path, const std::vector<ApiFormPart>& parts);
    ApiAnswer call(std::string_view method, std::string_view path, std::string_view body = {});
    /// A request as it is, sent from its `peer`.
    ApiAnswer send(http::Request request);

private:
    http::Pipeline& pipeline();

    FakeAuthenticator authenticator_;
    CountingIds ids_;
    storage::SqliteDatabase database_ = storage::SqliteDatabase::in_memory();
    std::unique_ptr<storage::RateLimiter> limiter_ = storage::open_in_process_rate_limiter(clock);
    std::unique_ptr<storage::IdempotencyStore> idempotency_ = storage::open_sqlite_idempotency_store(database_, clock);
    std::unique_ptr<http::Ports> ports_;
    std::unique_ptr<http::Pipeline> pipeline_;
    std::size_t routes_known_ = 0;
    std::string token_;
    http::Headers next_headers_;
    std::string undeclared_;
};

}  // namespace fitview::testkit
