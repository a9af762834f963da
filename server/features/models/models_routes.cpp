#include "models/models_routes.hpp"

#include <boost/describe/class.hpp>

#include "http/router.hpp"
#include "models/models_service.hpp"

namespace fitview::models {

struct ModelPath {
    ModelId id;
};
BOOST_DESCRIBE_STRUCT(ModelPath, (), (id))

namespace {

using enum FailureCode;

Editor editor_of(const http::Call& call) {
    return {.id = call.user(), .is_admin = call.is_admin()};
}

std::optional<Editor> viewer_of(const http::Call& call) {
    if (call.identity() == nullptr) return std::nullopt;
    return editor_of(call);
}

http::Tagged<ModelView> reply(Service::Tagged tagged) {
    return http::tagged(std::move(tagged.view), std::move(tagged.etag));
}

http::Tagged<pictures::BodyFitPointsView> reply(Service::FitPoints shown) {
    return http::tagged(std::move(shown.view), std::move(shown.etag));
}

void add_reading_routes(http::Router& router, Service& service) {
    router.get("/models")
        .summary("Models to try garments on")
        .description("A retailer also sees the own models that are inactive or have no picture yet.")
        .access(http::Access::optional)
        .handle([&service](const http::Call& call, const http::Query<ModelQuery>& query) {
            const http::Identity* identity = call.identity();
            return http::list(
                service.list(*query, identity != nullptr ? std::optional(identity->user_id) : std::nullopt));
        });

    router.get("/models/{id}")
        .summary("One model")
        .access(http::Access::optional)
        .fails({not_found})
        .handle([&service](const http::Call& call, const http::Path<ModelPath>& path) {
            return reply(service.get(path->id, viewer_of(call)));
        });
}

void add_editing_routes(http::Router& router, Service& service) {
    router.post("/models")
        .summary("Add a model")
        .access(http::Access::retailer)
        .handle([&service, base = router.base()](const http::Call& call, const http::Body<NewModel>& body) {
            ModelView view = service.add(editor_of(call), call.entity_id<ModelId>(), *body);
            std::string location = base + "/models/" + view.id.str();
            return http::created(std::move(view), std::move(location));
        });

    router.put("/models/{id}")
        .summary("Change a model; fields left out stay as they are")
        .access(http::Access::retailer)
        .fails({not_found, precondition_failed})
        .handle(
            [&service](const http::Call& call, const http::Path<ModelPath>& path, const http::Body<ModelChange>& body) {
                return reply(service.change(editor_of(call), path->id, *body, call.revision_check()));
            });

    router.del("/models/{id}")
        .summary("Withdraw a model")
        .access(http::Access::retailer)
        .fails({not_found, precondition_failed})
        .handle([&service](const http::Call& call, const http::Path<ModelPath>& path) {
            service.withdraw(editor_of(call), path->id, call.revision_check());
        });

    router.get("/models/{id}/fit-points")
        .summary("Where the analysis found the body, with what was corrected")
        .description(
            "Places are fractions (0 to 1) of the upright picture; left and right are the wearer's. A corrected point "
            "has the confidence 1.")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found})
        .handle([&service](const http::Call& call, const http::Path<ModelPath>& path) {
            return reply(service.fit_points(editor_of(call), path->id));
        });

    router.put("/models/{id}/fit-points")
        .summary("Correct fit points; used by every later try-on")
        .description(
            "Replaces every earlier correction: a point left out is as it was found again. A point whose "
            "`visibility` is below 0.5 may lie outside the picture and is dropped. Strokes: `keep_in_front` marks what "
            "stays before the garment, `old_garment` what is the garment worn in the photo. Counts as a change "
            "of the model (`revision`, `If-Match`).")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found, precondition_failed, not_try_on_ready})
        .handle([&service](const http::Call& call, const http::Path<ModelPath>& path,
                           const http::Body<engine::BodyFitPoints>& body) {
            return reply(service.correct_fit_points(editor_of(call), path->id, *body, call.revision_check()));
        });

    router.post("/models/{id}/image")
        .summary("Set the model's picture")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found, unusable_picture})
        .handle([&service](const http::Call& call, const http::Path<ModelPath>& path, const http::Upload& upload) {
            return http::created(
                service.set_picture(editor_of(call), path->id, call.entity_id<PictureId>(), upload.file.bytes));
        });
}

}  // namespace

void add_routes(http::Router& router, Service& service) {
    add_reading_routes(router, service);
    add_editing_routes(router, service);
}

}  // namespace fitview::models
