#include "http/call.hpp"

#include <cstdio>
#include <cstdlib>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "base/text.hpp"
#include "http/client_address.hpp"
#include "http/etag.hpp"
#include "http/media_type.hpp"
#include "http/pipeline/steps.hpp"

namespace fitview::http {
namespace {

constexpr std::size_t notes_max = 8;

const Identity& identity_of(const Exchange& exchange) {
    if (!exchange.identity) {
        std::fprintf(stderr, "route %s asks for the user but does not require one\n", exchange.route->path.c_str());
        std::abort();
    }
    return *exchange.identity;
}

}  // namespace

const UserId& Call::user() const {
    return identity_of(exchange_).user_id;
}
Role Call::role() const {
    return identity_of(exchange_).role;
}
const Identity* Call::identity() const {
    // On public routes a token decides only whose rate limit counts.
    return exchange_.route->access != Access::public_ && exchange_.identity ? &*exchange_.identity : nullptr;
}
const Identity* Call::token_holder() const {
    return exchange_.identity ? &*exchange_.identity : nullptr;
}
const std::string& Call::request_id() const {
    return exchange_.request_id;
}
std::string Call::traceparent() const {
    return exchange_.trace.traceparent();
}
const std::string& Call::address() const {
    return exchange_.client_address;
}
std::string_view Call::user_agent() const {
    return header("User-Agent");
}
std::string_view Call::header(std::string_view name) const {
    return exchange_.request.headers.get(name);
}
std::chrono::steady_clock::time_point Call::due() const {
    return exchange_.due;
}

bool Call::prefers(std::string_view token) const {
    const std::string preferences = exchange_.request.headers.joined("Prefer");
    std::string_view rest = preferences;
    while (!rest.empty()) {
        const auto end = rest.find(',');
        const std::string_view piece = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (equal_ignoring_case(trimmed(piece.substr(0, piece.find(';'))), token)) return true;
    }
    return false;
}

bool Call::accepts_rather(std::string_view media_type, std::string_view other) const {
    const std::string accept = exchange_.request.headers.joined("Accept");
    return accept_quality(accept, media_type) > accept_quality(accept, other);
}

std::function<void(std::int64_t revision)> Call::revision_check() const {
    if (!exchange_.request.headers.find("If-Match")) return [](std::int64_t) {};
    return [list = exchange_.request.headers.joined("If-Match")](std::int64_t revision) {
        const auto named = names_revision(list, revision);
        if (!named) {
            throw Failure(FailureCode::malformed_request, "If-Match is not a list of entity tags.",
                          {at_parameter("If-Match", "must be a list of entity tags or *")});
        }
        if (!*named) throw Failure(FailureCode::precondition_failed, "It was changed in the meantime: read it again.");
    };
}

void Call::count_login(std::string_view account) const {
    // The account is hashed, so that no e-mail address ends up as a key in a cache.
    count_login_attempt(exchange_, rate_address(exchange_.client_address) + ' ' + hex(sha256(ascii_lower(account))));
}

IdBytes Call::entity_bytes() const {
    return exchange_.held_key ? exchange_.held_key->entity_id
                              : exchange_.ports->ids.make<Id<struct EntityTag>>().bytes();
}

void Call::note(std::string_view name, std::string_view value) const {
    if (exchange_.notes.size() < notes_max) exchange_.notes.emplace_back(name, value);
}

}  // namespace fitview::http
