#include "http/router.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fitview::http {

/// A tree of path segments: literal children by text, at most one parameter child. A literal wins over a parameter, and
/// a dead end below a literal goes back to the parameter.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::vector<const Route*> routes;
};

namespace {

[[noreturn]] void declared_wrongly(const std::string& path, const char* why) {
    std::fprintf(stderr, "route %s %s\n", path.c_str(), why);
    std::abort();
}

/// Cuts the first segment off a path that starts with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = path.find('/');
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end);
    return segment;
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// A Path type that does not describe exactly the parameters of its template would answer 404 for ever.
void check_parameters(const std::string& path, const Endpoint& endpoint) {
    OperationDoc doc;
    reflect::SchemaRegistry schemas;
    endpoint.describe(doc, schemas);
    std::size_t described = 0;
    for (const auto& parameter : doc.parameters) {
        if (parameter.in != "path") continue;
        ++described;
        if (path.find('{' + parameter.name + '}') == std::string::npos) {
            declared_wrongly(path, "lacks a parameter its handler describes");
        }
    }
    const auto named = static_cast<std::size_t>(std::count(path.begin(), path.end(), '{'));
    if (endpoint.reads_path() && described != named)
        declared_wrongly(path, "has a parameter its handler does not describe");
}

template <class Node>
const Node* find(const Node& node, std::string_view path, std::vector<std::string_view>& values) {
    if (path.empty()) return node.routes.empty() ? nullptr : &node;
    std::string_view rest = path;
    const std::string_view segment = take_segment(rest);
    if (const auto child = node.literals.find(segment); child != node.literals.end()) {
        if (const Node* found = find(*child->second, rest, values)) return found;
    }
    if (!node.parameter || segment.empty()) return nullptr;
    values.push_back(segment);
    if (const Node* found = find(*node.parameter, rest, values)) return found;
    values.pop_back();
    return nullptr;
}

}  // namespace

RouteBuilder::RouteBuilder(Router& router, Method method, std::string_view path) : router_(router), suffix_(path) {
    route_.method = method;
}

RouteBuilder& RouteBuilder::summary(std::string_view text) {
    route_.summary = text;
    return *this;
}
RouteBuilder& RouteBuilder::description(std::string_view text) {
    route_.description = text;
    return *this;
}
RouteBuilder& RouteBuilder::access(Access access) {
    route_.access = access;
    return *this;
}
RouteBuilder& RouteBuilder::limit(Limit limit) {
    route_.limit = limit;
    return *this;
}
RouteBuilder& RouteBuilder::body_max(std::size_t bytes) {
    route_.body_max = bytes;
    return *this;
}
RouteBuilder& RouteBuilder::deadline(std::chrono::milliseconds span) {
    route_.deadline = span;
    return *this;
}
RouteBuilder& RouteBuilder::pool(Pool pool) {
    route_.pool = pool;
    return *this;
}
RouteBuilder& RouteBuilder::fails(std::initializer_list<FailureCode> codes) {
    route_.fails.insert(codes);
    return *this;
}
RouteBuilder& RouteBuilder::audit(std::string_view event_type) {
    route_.audit = event_type;
    return *this;
}
RouteBuilder& RouteBuilder::produces(std::initializer_list<std::string_view> media_types) {
    route_.produces.assign(media_types.begin(), media_types.end());
    return *this;
}
RouteBuilder& RouteBuilder::at_root() {
    at_root_ = true;
    under_base_ = false;
    return *this;
}
RouteBuilder& RouteBuilder::also_at_root() {
    at_root_ = true;
    return *this;
}
RouteBuilder& RouteBuilder::undocumented() {
    route_.documented = false;
    return *this;
}

void RouteBuilder::finish(std::shared_ptr<const Endpoint> endpoint) {
    if (inline_always_) route_.quick = endpoint;
    route_.endpoint = std::move(endpoint);
    check_parameters(suffix_, *route_.endpoint);
    if (route_.produces.empty()) route_.produces = route_.endpoint->produces();
    if (route_.body_max == 0)
        route_.body_max = route_.endpoint->reads_form() ? upload_max + form_overhead_max : json_body_max;
    // Answers of /auth hold tokens, which must not be stored; without a user there is nobody a key could belong to.
    route_.idempotent_by_key = route_.method == Method::post && !suffix_.starts_with("/auth/") &&
                               route_.access != Access::public_ && route_.access != Access::optional;
    if (at_root_) {
        Route copy = route_;
        copy.path = suffix_;
        copy.at_root = true;
        router_.add(std::move(copy));
    }
    if (under_base_) {
        route_.path = router_.base() + suffix_;
        router_.add(std::move(route_));
    }
}

Router::Router(std::string base) : base_(std::move(base)), root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Route route) {
    if (route.path.empty() || route.path.front() != '/') declared_wrongly(route.path, "must start with a slash");
    Node* node = root_.get();
    std::string_view rest = route.path;
    while (!rest.empty()) {
        const std::string_view segment = take_segment(rest);
        if (is_parameter(segment)) {
            route.parameters.emplace_back(segment.substr(1, segment.size() - 2));
            if (!node->parameter) node->parameter = std::make_unique<Node>();
            node = node->parameter.get();
        } else {
            auto& child = node->literals[std::string(segment)];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
        }
    }
    for (const Route* other : node->routes) {
        if (other->method == route.method) declared_wrongly(route.path, "is declared twice");
    }
    route.index = routes_.size();
    routes_.push_back(std::move(route));
    node->routes.push_back(&routes_.back());
}

Router::Match Router::match(Method method, std::string_view path) const {
    Match match;
    if (path.empty() || path.front() != '/') return match;
    const Node* node = find(*root_, path, match.values);
    if (!node) return match;
    match.path_exists = true;
    const Method wanted = method == Method::head ? Method::get : method;
    for (const Route* route : node->routes) {
        if (route->method == wanted) match.route = route;
    }
    return match;
}

std::string Router::allowed(std::string_view path) const {
    std::vector<std::string_view> values;
    if (path.empty() || path.front() != '/') return {};
    const Node* node = find(*root_, path, values);
    if (!node) return {};
    std::string text;
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
        for (const Route* route : node->routes) {
            if (route->method != method) continue;
            if (!text.empty()) text += ", ";
            text += name_of(method);
            if (method == Method::get) text += ", HEAD";
        }
    }
    return text;
}

std::set<FailureCode> Route::all_failures() const {
    using enum FailureCode;
    std::set<FailureCode> codes = fails;
    codes.insert({malformed_request, not_acceptable, timeout, internal, unavailable, headers_too_large, uri_too_long,
                  invalid_input});  // an unknown query parameter is refused by every route
    if (limit != Limit::none) codes.insert(rate_limited);
    if (refuses_bad_token()) codes.insert({unauthenticated, token_expired});
    if (access == Access::retailer || access == Access::admin) codes.insert(forbidden);
    if (endpoint->reads_path()) codes.insert(not_found);
    if (method != Method::get) codes.insert({payload_too_large, unsupported_media_type});
    if (idempotent_by_key) codes.insert({request_in_progress, idempotency_key_reused});
    return codes;
}

}  // namespace fitview::http
