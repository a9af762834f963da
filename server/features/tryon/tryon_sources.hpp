#pragma once
// What a try-on needs to know of models and products, and what it tells them. Composition joins it to those features.
#include <optional>
#include <string>
#include <vector>

#include "engine/measures.hpp"
#include "tryon/tryon.hpp"

namespace fitview::tryon {

/// A picture that may be tried on, with the names that the history keeps.
struct Source {
    std::string name;
    std::optional<UserId> retailer_id;
    std::string picture_key;                ///< empty when there is no picture
    std::string picture_hash;               ///< content hash of that picture
    std::string category;                   ///< the merchant's word; empty for models
    Centimetres body;                       ///< of models: what is known of them
    engine::SizeChart size_chart;           ///< of products
    std::optional<std::string> material;    ///< of products: the merchant's word
    std::string size;                       ///< what the model wears; empty for products
    std::vector<std::string> sizes;         ///< what the product is offered in; empty for models
    std::optional<std::string> fit_points;  ///< corrected by the retailer, JSON
    bool rough_preview = false;             ///< of products: the shop shows results below the quality floor, marked so
    bool usable = false;                    ///< whether the engine can work with the picture, as far as is known
    std::vector<std::string> reasons;       ///< why not, and what to change
};

/// Thread-safe; may block. Throws Unavailable when a back end is away.
class Sources {
public:
    virtual ~Sources() = default;
    /// The model, if `viewer` may see it.
    virtual std::optional<Source> model(const ModelId& id, const UserId& viewer, bool viewer_is_admin) = 0;
    virtual std::optional<Source> product(const ProductId& id) = 0;
    /// What a shopper's profile says of their body, by the names of engine::BodyMeasures.
    virtual Centimetres shopper(const UserId& id) = 0;
    /// Counts one use of the model and of each product (for `usage_count` and `popular`); never fails.
    virtual void count_use(const std::optional<ModelId>& model, const std::vector<Piece>& pieces) noexcept = 0;
};

}  // namespace fitview::tryon
