#include "tryon/catalogue_sources.hpp"

namespace fitview::tryon {
namespace {

void take_picture(Source& source, const pictures::Picture& picture, const pictures::TryOnReadiness& readiness) {
    source.picture_key = picture.key.str();
    source.picture_hash = picture.content_hash;
    // A picture nobody has looked at yet may be tried: the engine looks at it then.
    source.usable = readiness.state == pictures::TryOnState::ready || readiness.state == pictures::TryOnState::pending;
    source.reasons = readiness.reasons;
}

}  // namespace

std::optional<Source> CatalogueSources::model(const ModelId& id, const UserId& viewer, bool) {
    const auto known = models_.find_for(id, viewer);
    if (!known) return std::nullopt;
    Source source;
    source.name = known->model.name.str();
    source.retailer_id = known->model.retailer_id;
    source.size = reflect::enum_name(known->model.size);
    if (known->model.image) take_picture(source, *known->model.image, known->figures.try_on);
    return source;
}

std::optional<Source> CatalogueSources::product(const ProductId& id) {
    const auto stocked = products_.find_on_sale(id);
    if (!stocked) return std::nullopt;
    const products::Product& product = stocked->product;
    Source source;
    source.name = product.name.str();
    source.retailer_id = product.retailer_id;
    source.category = products::garment_words_of(product);
    for (const auto& size : product.sizes) source.sizes.push_back(size.str());
    if (!product.images.empty()) take_picture(source, product.images.front(), stocked->figures.try_on);
    return source;
}

void CatalogueSources::count_use(const std::optional<ModelId>& model, const ProductId& product) noexcept {
    products_.count_try_on(product);
    if (!model) return;
    try {
        models_.count_use(*model);
    } catch (const std::exception& error) {  // a counter must not fail a try-on that succeeded
        log_.warning("a use of a model was not counted", {{"reason", error.what()}});
    }
}

}  // namespace fitview::tryon
