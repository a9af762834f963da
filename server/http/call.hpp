#pragma once
// What a handler may know about the request beyond its typed inputs.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/authenticator.hpp"

namespace fitview::http {

struct Exchange;

/// The call being answered. Lives as long as the request: copy what outlives the handler. Used by one thread at a time.
class Call {
public:
    explicit Call(Exchange& exchange) : exchange_(exchange) {}

    /// The caller; only where the route's access is signed_in, retailer or admin.
    const UserId& user() const;
    /// Only where there is a caller.
    Role role() const;
    bool is_admin() const { return role() == Role::admin; }
    /// The caller, or null when nobody is signed in.
    const Identity* identity() const;
    /// Whoever's good token came along, on public routes too, or null: for counting, never for what is shown.
    const Identity* token_holder() const;

    const std::string& request_id() const;
    /// The W3C `traceparent` to send along with calls made on behalf of this one.
    std::string traceparent() const;
    /// The client's address behind trusted proxies.
    const std::string& address() const;
    std::string_view user_agent() const;
    /// The first header of that name, or an empty text.
    std::string_view header(std::string_view name) const;
    /// When the answer is due: work that cannot be done by then should not be begun.
    std::chrono::steady_clock::time_point due() const;

    /// Whether `Prefer` names the token, e.g. "respond-async".
    bool prefers(std::string_view token) const;
    /// Whether `Accept` ranks `media_type` above `other`.
    bool accepts_rather(std::string_view media_type, std::string_view other) const;
    /// The `Last-Event-ID` of a resumed event stream, or an empty text.
    std::string_view last_event_id() const { return header("Last-Event-ID"); }

    /// `If-Match` as a check of the revision found where the change is made; without that header it lets all pass. May
    /// be kept. The check fails: precondition_failed when no tag names the revision (see names_revision),
    /// malformed_request when the header is no list of tags.
    std::function<void(std::int64_t revision)> revision_check() const;

    /// Counts one attempt for the pair of this address and `account` against RATE_LIMIT_LOGIN.
    /// Fails: rate_limited.
    void count_login(std::string_view account) const;

    /// The id for the one thing this call makes. With an `Idempotency-Key` it is the id an earlier run had that died,
    /// so that what that run may have stored is found instead of made twice; otherwise a new one.
    template <class IdType>
    IdType entity_id() const {
        return IdType(entity_bytes());
    }

    /// Adds a field to this request's access log line, e.g. ("ai_provider", "gemini"). At most 8; never personal data.
    void note(std::string_view name, std::string_view value) const;

private:
    IdBytes entity_bytes() const;

    Exchange& exchange_;
};

/// The entity tag of a revision: `"r17"`, quotes included.
std::string revision_etag(std::int64_t revision);

}  // namespace fitview::http
