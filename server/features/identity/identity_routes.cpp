#include "identity/identity_routes.hpp"

#include "http/router.hpp"
#include "identity/identity_service.hpp"

namespace fitview::identity {
namespace {

SessionId session_of(const http::Call& call) {
    const auto session = SessionId::check(call.identity()->session_id);
    if (!session) throw Failure(FailureCode::unauthenticated, "This token belongs to no session.");
    return *session;
}

}  // namespace

void add_routes(http::Router& router, Service& identity) {
    using enum FailureCode;

    router.post("/auth/register")
        .summary("Make an account and sign in")
        .pool(http::Pool::hash)
        .fails({email_taken})
        .audit("auth.register")
        .handle([&identity](const http::Body<RegisterRequest>& body) {
            return http::created(identity.register_user(*body));
        });

    router.post("/auth/login")
        .summary("Sign in; the answer takes the same time whether or not the account exists")
        .pool(http::Pool::hash)
        .limit(http::Limit::login)
        .fails({bad_credentials})
        .audit("auth.login")
        .handle([&identity](const http::Call& call, const http::Body<LoginRequest>& body) {
            call.count_login(ascii_lower(body->email.str()));
            return identity.login(*body);
        });

    router.post("/auth/refresh")
        .summary("Exchange a refresh token for a new pair; the old one is spent")
        .fails({unauthenticated, token_expired, token_reused})
        .audit("auth.refresh")
        .handle([&identity](const http::Body<RefreshRequest>& body) {
            return identity.refresh(body->refresh_token.str());
        });

    router.post("/auth/logout")
        .summary("End this session; its tokens stop working at once")
        .access(http::Access::signed_in)
        .audit("auth.logout")
        .handle([&identity](const http::Call& call) { identity.logout(session_of(call)); });

    router.get("/auth/me")
        .summary("The signed-in user")
        .access(http::Access::signed_in)
        .handle([&identity](const http::Call& call) { return identity.profile(call.user()); });

    router.patch("/auth/me")
        .summary("Change name, phone, measurements or password; shops also gstin and state")
        .description("A new password needs current_password and ends every other session.")
        .access(http::Access::signed_in)
        .pool(http::Pool::hash)
        .fails({conflict})
        .audit("auth.change")
        .handle([&identity](const http::Call& call, const http::Body<ProfileChange>& body) {
            return identity.change_profile(call.user(), session_of(call), *body,
                                           [&call](const Email& email) { call.count_login(email.str()); });
        });
}

}  // namespace fitview::identity
