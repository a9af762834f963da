#include "privacy/privacy_routes.hpp"

#include "http/router.hpp"
#include "privacy/privacy_service.hpp"

namespace fitview::privacy {

void add_routes(http::Router& router, Service& privacy) {
    router.get("/auth/me/export")
        .summary("Everything held about you, as a file")
        .access(http::Access::signed_in)
        .pool(http::Pool::heavy)
        .produces({"application/json"})
        .audit("data.export")
        .handle([&privacy](const http::Call& call) {
            http::Bytes file = http::bytes(reflect::encode_text(privacy.export_for(call.user())), "application/json",
                                           http::cache::personal);
            file.download_name = "fitview-my-data.json";
            return file;
        });

    router.del("/auth/me")
        .summary("Delete your account and everything held about you")
        .access(http::Access::signed_in)
        .pool(http::Pool::heavy)
        .audit("account.delete")
        .handle([&privacy](const http::Call& call) { privacy.erase(call.user()); });

    router.get("/privacy/retention").summary("What is kept, why, how long and how it is deleted").handle([&privacy] {
        return http::list(privacy.retention());
    });
}

}  // namespace fitview::privacy
