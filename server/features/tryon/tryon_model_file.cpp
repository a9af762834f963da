#include "tryon/tryon_model_file.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/export/try_on_model.hpp"
#include "tryon/known_measures.hpp"
#include "tryon/stored_inputs.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {
std::string model_key_of(const std::string& result_key) {
    return result_key.substr(0, result_key.rfind('.')) + ".glb";
}

std::string Service::make_model(const Session& session) {
    const auto picture = [&](const std::string& key) {
        auto bytes = parts_.objects.find(storage::ObjectKey::of(key));
        if (!bytes) throw Failure(FailureCode::not_found, "A picture this try-on was made from has been deleted.");
        return *std::move(bytes);
    };
    const std::string photo = picture(session.person_key);
    using enum photo_analysis::PhotoOf;
    const auto person = parts_.prepared.person(
        session.person_hash, session.kind == Kind::photo ? shopper : catalogue, [&] { return pixels_of(photo); },
        given_person(session, parts_.objects));
    std::vector<std::shared_ptr<const engine::PreparedGarment>> garments;
    std::vector<engine::OutfitPiece> pieces;
    for (const Piece& piece : pieces_of(session)) {
        const std::string product = picture(piece.picture_key);
        garments.push_back(parts_.prepared.garment(
            piece.picture_hash, engine::garment_type_of(piece.category), [&] { return pixels_of(product); },
            piece.fit_points.value_or("")));
        pieces.push_back({garments.back().get(),
                          {.size_scale = session.size_scale,
                           .measures = known_measures(session.body, piece),
                           .drape_way = piece.drape,
                           .material = engine::material_of(piece.material.value_or(""))}});
    }
    return engine::model_of_try_on(*person, pieces);
}

std::string Service::model_file(const UserId& user, const TryonId& id) {
    const Session session = get(user, id);
    if (session.status != Status::completed || !session.result_key) throw not_found("model of this try-on");
    const auto key = storage::ObjectKey::of(model_key_of(*session.result_key));
    if (auto kept = parts_.objects.find(key)) return *std::move(kept);
    std::string model = make_model(session);
    // In the book before it is on the disk: whatever is cut short here goes with the session or when its time comes.
    parts_.ledger.add({.key = key,
                       .owner = session.kind == Kind::photo ? std::optional(session.user_id) : std::nullopt,
                       .purpose = "tryon_model",
                       .content_hash = hex(sha256(model)),
                       .reference_count = 1,
                       .expires_at = session.expires_at});
    parts_.objects.put(key, model);
    if (session.kind == Kind::photo && !parts_.store.find_own(user, id, parts_.clock.now())) {
        remove_belongings(session);  // deleted meanwhile
        throw not_found("try-on");
    }
    return model;
}

}  // namespace fitview::tryon
