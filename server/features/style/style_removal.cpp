#include "style/style_removal.hpp"

#include "reflect/json_write.hpp"

namespace fitview::style {
namespace {
constexpr int batch = 200;
}

VariationView view_of(const Variation& variation, const pictures::Addresses& addresses) {
    return {.id = variation.id,
            .session_id = variation.session_id,
            .style = variation.style,
            .result_url = addresses.of(variation.result_key),
            .ai_provider = variation.ai_provider,
            .processing_time_ms = variation.processing_time_ms,
            .created_at = variation.created_at,
            .expires_at = variation.expires_at};
}

void Removal::session_goes(const TryonId& id) {
    const auto variations = store_.list(id);
    if (variations.empty()) return;
    // Pictures first: if this is cut short the rows still name what is left.
    for (const Variation& variation : variations) {
        const auto key = storage::ObjectKey::of(variation.result_key);
        objects_.remove(key);
        ledger_.forget(key);
    }
    store_.remove_all(id);
}

std::vector<privacy::ExportedCollection> Removal::export_for(const UserId& user) {
    privacy::ExportedCollection exported{.name = "style_variations", .records = {}};
    std::optional<VariationId> after;
    for (auto page = store_.all_of(user, after, batch); !page.empty(); page = store_.all_of(user, after, batch)) {
        for (const Variation& variation : page)
            exported.records.push_back(reflect::encode_text(view_of(variation, addresses_)));
        after = page.back().id;
    }
    return {std::move(exported)};
}

void Removal::erase_for(const UserId& user) {
    for (auto page = store_.all_of(user, std::nullopt, batch); !page.empty();
         page = store_.all_of(user, std::nullopt, batch)) {
        for (const Variation& variation : page) session_goes(variation.session_id);
    }
}

}  // namespace fitview::style
