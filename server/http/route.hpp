#pragma once
// A route as the pipeline and the OpenAPI document see it: what it declares, and its handler without its types.
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/failure.hpp"
#include "http/authenticator.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

namespace fitview::reflect {
struct SchemaRegistry;
}

namespace fitview::http {

struct Exchange;
class Waiting;

/// Which bounded pool of threads runs a handler (architecture D13).
enum class Pool {
    store,  ///< ordinary work that reads and writes stores
    hash,   ///< password hashing
    heavy   ///< pictures and everything else that takes a core for long
};
constexpr std::size_t pool_count = 3;

/// A response now, or one that waits.
using Outcome = std::variant<Response, std::shared_ptr<Waiting>>;

/// What was found wrong while the inputs were read.
struct InputFaults {
    std::vector<Problem> problems;    ///< 422
    bool path_names_nothing = false;  ///< 404: a path parameter is no value of its type
};

/// A handler together with its decoded inputs, for one request.
class Action {
public:
    virtual ~Action() = default;
    /// Runs the handler. May throw Failure, Unavailable, anything.
    virtual Outcome run(Exchange& exchange) = 0;
    /// The inputs as text, equal for equal contents: what an idempotency key is bound to.
    virtual void append_canonical(std::string& text) const = 0;
};

/// What OpenAPI says about one operation beyond what the route itself knows.
struct OperationDoc {
    struct Parameter {
        std::string name;
        std::string in;  ///< "path", "query"
        bool required = false;
        bool repeatable = false;
        std::string schema;
    };
    struct Answer {
        int status = 200;
        std::string content_type;  ///< empty: no body
        std::string schema;
    };
    std::vector<Parameter> parameters;
    std::string body_type;  ///< media type of the request body, empty when there is none
    std::string body_schema;
    bool body_required = true;
    std::vector<Answer> answers;
};

/// A handler without its types. Immutable after registration; used by many threads.
class Endpoint {
public:
    virtual ~Endpoint() = default;
    /// Reads the inputs. Null when `faults` is not empty. Fails: malformed_request, unsupported_media_type.
    virtual std::unique_ptr<Action> decode(Exchange& exchange, InputFaults& faults) const = 0;
    virtual void describe(OperationDoc& doc, reflect::SchemaRegistry& schemas) const = 0;
    /// Whether a JSON, form or no body is read, and whether it is multipart.
    virtual bool reads_body() const = 0;
    virtual bool reads_form() const = 0;
    virtual bool reads_path() const = 0;
    virtual bool reads_query() const = 0;
    /// The media types a 2xx answer may have; empty when unknown or without a body.
    virtual std::vector<std::string> produces() const = 0;
};

/// Everything one route declares.
struct Route {
    Method method = Method::get;
    std::string path;  ///< the template with the base, "/api/v1/products/{id}"
    std::vector<std::string> parameters;
    std::string summary;
    std::string description;
    Access access = Access::public_;
    Limit limit = Limit::normal;
    std::size_t body_max = 0;
    std::chrono::milliseconds deadline{30'000};
    Pool pool = Pool::store;
    std::set<FailureCode> fails;
    std::string audit;
    std::vector<std::string> produces;
    bool idempotent_by_key = false;
    bool documented = true;
    bool at_root = false;  ///< outside the API's base
    std::shared_ptr<const Endpoint> endpoint;
    /// Tried on the I/O thread for calls without a token; its action returns no response when a worker is needed.
    std::shared_ptr<const Endpoint> quick;
    std::size_t index = 0;  ///< its place among the routes

    /// Whether a token that is sent must be a good one: wherever one is asked for, and where the API is read. Not at
    /// the root (probes, documents, pictures), and not on public POSTs: who signs in or refreshes may come with an old
    /// token.
    bool refuses_bad_token() const {
        return access != Access::public_ || (method == Method::get && !at_root && limit != Limit::none);
    }

    /// Every code the route may answer with: the declared ones and those the pipeline itself adds.
    std::set<FailureCode> all_failures() const;
};

}  // namespace fitview::http
