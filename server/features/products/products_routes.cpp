#include "products/products_routes.hpp"

#include <boost/describe/class.hpp>

#include "http/router.hpp"
#include "products/products_service.hpp"

namespace fitview::products {

struct ProductPath {
    ProductId id;
};
BOOST_DESCRIBE_STRUCT(ProductPath, (), (id))

struct ProductPicturePath {
    ProductId id;
    PictureId image_id;
};
BOOST_DESCRIBE_STRUCT(ProductPicturePath, (), (id, image_id))

/// Beside the file of POST /products/{id}/images.
struct ProductPictureFields {
    static constexpr std::string_view file_field = "file";
    std::optional<ModelId> worn_by;
};
BOOST_DESCRIBE_STRUCT(ProductPictureFields, (), (worn_by))

namespace {

using enum FailureCode;
using Page = http::Encoded<ProductPage<ProductView>>;
using Document = http::Encoded<ProductView>;

Editor editor_of(const http::Call& call) {
    return {.id = call.user(), .is_admin = call.is_admin()};
}

Document encoded(ProductDocument document) {
    return {.json = std::make_shared<const std::string>(std::move(document.json)), .etag = std::move(document.etag)};
}
Page encoded(Service::ListDocument page) {
    return {.json = std::make_shared<const std::string>(std::move(page.json)), .etag = std::move(page.etag)};
}

http::Tagged<pictures::GarmentFitPointsView> reply(Service::FitPoints shown) {
    return http::tagged(std::move(shown.view), std::move(shown.etag));
}

void count_view(const http::Call& call, Service& service, const ProductId& id) {
    const http::Identity* identity = call.token_holder();
    service.count_view(id, {.user_id = identity != nullptr ? std::optional(identity->user_id) : std::nullopt,
                            .address = call.address(),
                            .agent = call.user_agent()});
}

void add_reading_routes(http::Router& router, Service& service, bool answers_inline) {
    auto list = router.get("/products");
    list.summary("Products on sale: search, filters, sorts and facets")
        .description(
            "Filters of different kinds narrow the list, a repeated filter widens it. Facets are counted without "
            "their own filter.");
    if (answers_inline) {
        list.inline_when_cached([&service](const http::Query<ProductQuery>& query) -> std::optional<Page> {
            auto page = service.list_quickly(*query);
            return page ? std::optional(encoded(std::move(*page))) : std::nullopt;
        });
    }
    list.handle([&service](const http::Query<ProductQuery>& query) { return encoded(service.list(*query)); });

    auto one = router.get("/products/{id}");
    one.summary("One product").fails({not_found});
    if (answers_inline) {
        one.inline_when_cached(
            [&service](const http::Call& call, const http::Path<ProductPath>& path) -> std::optional<Document> {
                auto document = service.find_quickly(path->id);
                if (!document) return std::nullopt;
                count_view(call, service, path->id);
                return encoded(std::move(*document));
            });
    }
    one.handle([&service](const http::Call& call, const http::Path<ProductPath>& path) {
        ProductDocument document = service.get(path->id);
        count_view(call, service, path->id);
        return encoded(std::move(document));
    });
}

void add_editing_routes(http::Router& router, Service& service) {
    router.post("/products")
        .summary("Put a product on sale")
        .access(http::Access::retailer)
        .handle([&service, base = router.base()](const http::Call& call, const http::Body<NewProduct>& body) {
            ProductView view = service.add(editor_of(call), call.entity_id<ProductId>(), *body);
            std::string location = base + "/products/" + view.id.str();
            return http::created(std::move(view), std::move(location));
        });

    router.put("/products/{id}")
        .summary("Change a product; fields left out stay as they are")
        .access(http::Access::retailer)
        .fails({not_found, precondition_failed})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path,
                           const http::Body<ProductChange>& body) {
            return encoded(service.change(editor_of(call), path->id, *body, call.revision_check()));
        });

    router.del("/products/{id}")
        .summary("Take a product off the shop")
        .access(http::Access::retailer)
        .fails({not_found, precondition_failed})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path) {
            service.withdraw(editor_of(call), path->id, call.revision_check());
        });
}

void add_picture_routes(http::Router& router, Service& service) {
    router.post("/products/{id}/images")
        .summary("Add a picture; the first is the main one")
        .description("`worn_by` names the model who wears the product in the picture, to be shown as \"seen on\".")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found, conflict, unusable_picture})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path,
                           const http::Form<ProductPictureFields>& form) {
            return http::created(service.add_picture(editor_of(call), path->id, call.entity_id<PictureId>(),
                                                     form.file.bytes, form->worn_by));
        });

    router.get("/products/{id}/fit-points")
        .summary("Where the analysis found the garment, with what was corrected")
        .description(
            "Places are fractions (0 to 1) of the upright picture; left and right are the wearer's. A corrected point "
            "has the confidence 1.")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path) {
            return reply(service.fit_points(editor_of(call), path->id));
        });

    router.put("/products/{id}/fit-points")
        .summary("Correct fit points; used by every later try-on")
        .description(
            "Replaces every earlier correction: a point left out is as it was found again. Counts as a change "
            "of the product (`revision`, `If-Match`).")
        .access(http::Access::retailer)
        .pool(http::Pool::heavy)
        .fails({not_found, precondition_failed, not_try_on_ready})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path,
                           const http::Body<engine::GarmentFitPoints>& body) {
            return reply(service.correct_fit_points(editor_of(call), path->id, *body, call.revision_check()));
        });

    router.del("/products/{id}/images/{image_id}")
        .summary("Remove a picture")
        .access(http::Access::retailer)
        .fails({not_found})
        .handle([&service](const http::Call& call, const http::Path<ProductPicturePath>& path) {
            service.remove_picture(editor_of(call), path->id, path->image_id);
        });

    router.put("/products/{id}/images/order")
        .summary("Put the pictures into an order; the first is the main one")
        .access(http::Access::retailer)
        .fails({not_found, precondition_failed})
        .handle([&service](const http::Call& call, const http::Path<ProductPath>& path,
                           const http::Body<PictureOrder>& body) {
            return http::list(service.order_pictures(editor_of(call), path->id, *body, call.revision_check()));
        });
}

}  // namespace

void add_routes(http::Router& router, Service& service, bool answers_inline) {
    add_reading_routes(router, service, answers_inline);
    add_editing_routes(router, service);
    add_picture_routes(router, service);
}

}  // namespace fitview::products
