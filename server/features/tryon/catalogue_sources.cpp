#include "tryon/catalogue_sources.hpp"

#include "reflect/json_write.hpp"

namespace fitview::tryon {
namespace {

void take_picture(Source& source, const pictures::Picture& picture, const pictures::TryOnReadiness& readiness) {
    source.picture_key = picture.key.str();
    source.picture_hash = picture.content_hash;
    // A picture nobody has looked at yet may be tried: the engine looks at it then.
    source.usable = readiness.state == pictures::TryOnState::ready || readiness.state == pictures::TryOnState::pending;
    source.reasons = readiness.reasons;
}

template <class FitPoints>
std::optional<std::string> fit_points_text(const std::optional<FitPoints>& fit_points) {
    if (!fit_points) return std::nullopt;
    return reflect::encode_text(*fit_points);
}

/// What the engine knows of what people measure.
Centimetres body_of(const std::optional<identity::Measurements>& measurements) {
    Centimetres body;
    if (!measurements) return body;
    for (const auto& [name, value] : *measurements) {
        if (name.wire() == "bust" || name.wire() == "waist" || name.wire() == "hip") body[name.wire()] = value.get();
        if (name.wire() == "height_cm") body["height"] = value.get();
    }
    return body;
}

engine::SizeChart size_chart_of(const products::Product& product) {
    engine::SizeChart chart;
    chart.of_garment = product.size_chart_of == products::SizeChartOf::garment;
    chart.in_inches = product.size_chart_unit == products::SizeChartUnit::in;
    for (const auto& [size, measures] : product.size_chart) {
        auto& row = chart.sizes[size.str()];
        for (const auto& [name, measure] : measures) row[name.str()] = {measure.low, measure.high};
    }
    return chart;
}

}  // namespace

std::optional<Source> CatalogueSources::model(const ModelId& id, const UserId& viewer, bool) {
    const auto known = models_.find_for(id, viewer);
    if (!known) return std::nullopt;
    Source source;
    source.name = known->model.name.str();
    source.retailer_id = known->model.retailer_id;
    source.size = reflect::enum_name(known->model.size);
    source.fit_points = fit_points_text(known->model.fit_points);
    source.body = body_of(known->model.measurements);
    source.body["height"] = known->model.height_cm.get();
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
    source.fit_points = fit_points_text(product.fit_points);
    source.rough_preview = product.rough_preview;
    source.size_chart = size_chart_of(product);
    if (product.material) source.material = product.material->str();
    if (!product.images.empty()) take_picture(source, product.images.front(), stocked->figures.try_on);
    return source;
}

Centimetres CatalogueSources::shopper(const UserId& id) {
    return body_of(accounts_.measurements_of(id));
}

void CatalogueSources::count_use(const std::optional<ModelId>& model, const std::vector<Piece>& pieces) noexcept {
    for (const Piece& piece : pieces) products_.count_try_on(piece.product_id);
    if (!model) return;
    try {
        models_.count_use(*model);
    } catch (const std::exception& error) {  // a counter must not fail a try-on that succeeded
        log_.warning("a use of a model was not counted", {{"reason", error.what()}});
    }
}

}  // namespace fitview::tryon
