#include "style/style_routes.hpp"

#include "http/router.hpp"
#include "style/style_service.hpp"

namespace fitview::style {
namespace {

struct VariationsPath {
    TryonId session_id;
};
BOOST_DESCRIBE_STRUCT(VariationsPath, (), (session_id))

}  // namespace

void add_routes(http::Router& router, Service& service) {
    using enum FailureCode;

    router.post("/style/generate")
        .summary("Set a finished try-on into a scene")
        .description(
            "Asked again for the same try-on and style, it answers with the variation that is there. 409 while the "
            "try-on has no picture.")
        .access(http::Access::signed_in)
        .pool(http::Pool::heavy)
        .fails({not_found, not_try_on_ready})
        .handle([&service](const http::Call& call, const http::Body<GenerateRequest>& body) {
            return http::created(service.generate(call.user(), call.entity_id<VariationId>(), *body));
        });

    router.get("/style/variations/{session_id}")
        .summary("The style variations of a try-on, oldest first")
        .access(http::Access::signed_in)
        .fails({not_found})
        .handle([&service](const http::Call& call, const http::Path<VariationsPath>& path) {
            return http::list(service.list(call.user(), path->session_id));
        });
}

}  // namespace fitview::style
