#pragma once
// Routes are declared here, by features' *_routes.cpp. One declaration gives the decoder, the checks, the documentation
// and the answer's status:
//
//   router.post("/wishlist")                       // under the base path, /api/v1
//       .summary("Save a product for later")
//       .access(http::Access::signed_in)            // who may call; gives Call::user()
//       .fails({FailureCode::not_found})            // codes the handler may throw beyond those the pipeline adds
//       .handle([&service](const http::Call& call, const http::Body<AddRequest>& body) {
//           return http::created(service.add(call.user(), *body));
//       });
//
// Arguments (any of, in any order): const Call&, const Body<T>&, const OptionalBody<T>&, const Path<T>&, const
// Query<T>&, const Form<T>&, const Upload&  (inputs.hpp). Form and Upload may also be taken as `Form<T>&`, to move the
// file's bytes out. Returns: a described value (200), void (204), Created, Accepted, Tagged, Encoded, Page, Items,
// Bytes, File, Stream, Redirect, Later<…>, EventStream, OneOf<…>  (replies.hpp). Handlers run on a worker, may block,
// and refuse by throwing Failure.
//
// Codes that need no `.fails`, because the pipeline adds them itself: malformed_request, not_acceptable,
// unsupported_media_type, payload_too_large, invalid_input (with any typed input), not_found (with a Path),
// unauthenticated, token_expired, forbidden (for retailer and admin routes), rate_limited, request_in_progress and
// idempotency_key_reused (signed-in POSTs), precondition_failed is never implied. internal, unavailable and timeout
// always are.
#include <deque>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/endpoint.hpp"
#include "http/inputs.hpp"
#include "http/replies.hpp"
#include "http/route.hpp"

namespace fitview::http {

class Router;

/// A route being declared; ends with `handle`.
class RouteBuilder {
public:
    RouteBuilder(Router& router, Method method, std::string_view path);

    RouteBuilder& summary(std::string_view text);
    RouteBuilder& description(std::string_view text);
    /// Default: public_.
    RouteBuilder& access(Access access);
    /// Default: normal.
    RouteBuilder& limit(Limit limit);
    /// The largest body in bytes. Default: 1 MiB, for forms 10 MiB for the file and 1 MiB for the rest.
    RouteBuilder& body_max(std::size_t bytes);
    /// A call that could not start within this time is answered 503. Default: 30 s.
    RouteBuilder& deadline(std::chrono::milliseconds span);
    /// Default: store.
    RouteBuilder& pool(Pool pool);
    RouteBuilder& fails(std::initializer_list<FailureCode> codes);
    /// Writes an audit record of this event type for success and for refusal.
    RouteBuilder& audit(std::string_view event_type);
    /// The media types of answers made with Bytes, File or Stream; checked against `Accept` and documented.
    RouteBuilder& produces(std::initializer_list<std::string_view> media_types);
    /// At the root instead of under the base.
    RouteBuilder& at_root();
    /// At the root as well as under the base.
    RouteBuilder& also_at_root();
    /// Left out of the OpenAPI document.
    RouteBuilder& undocumented();

    /// Answers on the I/O thread when `handler` has the answer at hand: same arguments as the handler, returns
    /// std::optional of a reply; nothing means that a worker shall run the handler. It must not block. Tried only for
    /// calls without a token.
    template <class Handler>
    RouteBuilder& inline_when_cached(Handler handler) {
        route_.quick = quick_endpoint(std::move(handler));
        return *this;
    }
    /// Runs the handler itself on the I/O thread for calls without a token. It must not block.
    RouteBuilder& inline_always() {
        inline_always_ = true;
        return *this;
    }

    template <class Handler>
    void handle(Handler handler) {
        finish(bound_endpoint(std::move(handler)));
    }

private:
    void finish(std::shared_ptr<const Endpoint> endpoint);

    Router& router_;
    Route route_;
    std::string suffix_;
    bool under_base_ = true;
    bool at_root_ = false;
    bool inline_always_ = false;
};

/// All routes of the server. Built before the server starts; then only read, by many threads.
class Router {
public:
    explicit Router(std::string base = "/api/v1");
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    RouteBuilder get(std::string_view path) { return {*this, Method::get, path}; }
    RouteBuilder post(std::string_view path) { return {*this, Method::post, path}; }
    RouteBuilder put(std::string_view path) { return {*this, Method::put, path}; }
    RouteBuilder patch(std::string_view path) { return {*this, Method::patch, path}; }
    RouteBuilder del(std::string_view path) { return {*this, Method::del, path}; }

    const std::string& base() const { return base_; }
    const std::deque<Route>& routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;  ///< null: no such path, or the path has no such method
        bool path_exists = false;
        std::vector<std::string_view> values;  ///< of the path's parameters, still percent-encoded
    };
    /// HEAD finds the GET route.
    Match match(Method method, std::string_view path) const;
    /// The methods of a path, "GET, HEAD, POST"; empty when there is no such path.
    std::string allowed(std::string_view path) const;

    /// Aborts when the same method and path are declared twice: that is a mistake of the program.
    void add(Route route);

private:
    struct Node;
    std::string base_;
    std::deque<Route> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace fitview::http
