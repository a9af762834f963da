#include "tryon/tryon.hpp"

#include <algorithm>

namespace fitview::tryon {

std::vector<Piece> pieces_of(const Session& session) {
    if (!session.outfit.empty()) return session.outfit;
    return {{.product_id = session.product_id,
             .name = session.product_name,
             .picture_key = session.garment_key,
             .picture_hash = session.garment_hash,
             .category = session.garment_category,
             .fit_points = {},
             .measures = {},
             .material = {},
             .drape = {}}};
}

void OutfitRequest::check_together(const std::optional<ModelId>&,
                                   const std::optional<List<ProductId, 2, 4>>& product_ids,
                                   const std::optional<std::optional<Options>>&,
                                   const std::optional<std::optional<List<PieceDrape, 0, 4>>>& drapes,
                                   const std::string& pointer, std::vector<Problem>& problems) {
    if (!product_ids) return;
    for (std::size_t at = 1; at < product_ids->size(); ++at) {
        const auto here = product_ids->begin() + static_cast<std::ptrdiff_t>(at);
        if (std::find(product_ids->begin(), here, *here) != here)
            problems.push_back(at_pointer(pointer + "/product_ids/" + std::to_string(at), "names a product twice"));
    }
    if (!drapes || !*drapes) return;
    std::vector<ProductId> draped;
    for (const PieceDrape& piece : **drapes) {
        const std::string here = pointer + "/drapes/" + std::to_string(draped.size()) + "/product_id";
        if (std::find(product_ids->begin(), product_ids->end(), piece.product_id) == product_ids->end())
            problems.push_back(at_pointer(here, "must be one of product_ids"));
        if (std::find(draped.begin(), draped.end(), piece.product_id) != draped.end())
            problems.push_back(at_pointer(here, "names a product twice"));
        draped.push_back(piece.product_id);
    }
}

}  // namespace fitview::tryon
