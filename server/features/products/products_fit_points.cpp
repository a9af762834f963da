// The fit points of a product's main picture.
#include "base/failure.hpp"
#include "products/products_service.hpp"

namespace fitview::products {

Service::FitPoints Service::fit_points(const Editor& editor, const ProductId& id) {
    return fit_points_of(get_for(editor, id));
}

Service::FitPoints Service::correct_fit_points(const Editor& editor, const ProductId& id,
                                               const engine::GarmentFitPoints& corrections,
                                               const Precondition& precondition) {
    return fit_points_of(edit(editor, id, precondition, [&](StockedProduct& stocked) {
        if (stocked.product.images.empty())
            throw Failure(FailureCode::not_try_on_ready, "The product has no picture yet.");
        stocked.product.fit_points = corrections.empty() ? std::nullopt : std::optional(corrections);
        return std::nullopt;
    }));
}

Service::FitPoints Service::fit_points_of(const StockedProduct& stocked) {
    const Product& product = stocked.product;
    FitPoints shown{.view = {.points = {}, .revision = product.revision}, .etag = etag_of(stocked)};
    if (product.images.empty()) return shown;
    shown.view.points = pictures::joined_points<pictures::GarmentPointView>(
        parts_.finder.on_garment(product.images.front(), garment_type_of(product)),
        product.fit_points.value_or(engine::GarmentFitPoints()).points);
    return shown;
}

}  // namespace fitview::products
