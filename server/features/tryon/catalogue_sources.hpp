#pragma once
// The Sources of try-on over the catalogue and the accounts.
#include "identity/identity_lookup.hpp"
#include "models/models_lookup.hpp"
#include "products/products_lookup.hpp"
#include "telemetry/log.hpp"
#include "tryon/tryon_sources.hpp"

namespace fitview::tryon {

/// Thread-safe. The references must outlive it.
class CatalogueSources final : public Sources {
public:
    CatalogueSources(models::Lookup& models, products::Lookup& products, identity::Lookup& accounts,
                     telemetry::Log& log)
        : models_(models), products_(products), accounts_(accounts), log_(log) {}

    std::optional<Source> model(const ModelId& id, const UserId& viewer, bool viewer_is_admin) override;
    std::optional<Source> product(const ProductId& id) override;
    Centimetres shopper(const UserId& id) override;
    void count_use(const std::optional<ModelId>& model, const std::vector<Piece>& pieces) noexcept override;

private:
    models::Lookup& models_;
    products::Lookup& products_;
    identity::Lookup& accounts_;
    telemetry::Log& log_;
};

}  // namespace fitview::tryon
