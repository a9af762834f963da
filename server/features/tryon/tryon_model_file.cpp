#include "tryon/tryon_model_file.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/export/try_on_model.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {
namespace {

media::Raster pixels_of(const std::string& picture) {
    return media::value_or_throw(media::decode_picture(picture, engine::working_size), "");
}

}  // namespace

std::string model_key_of(const std::string& result_key) {
    return result_key.substr(0, result_key.rfind('.')) + ".glb";
}

std::string Service::model_file(const UserId& user, const TryonId& id) {
    const Session session = get(user, id);
    if (session.status != Status::completed || !session.result_key) throw not_found("model of this try-on");
    // One garment is draped anew for the model; several would need the layers between them.
    if (session.kind == Kind::outfit) throw not_found("model of an outfit");
    const auto key = storage::ObjectKey::of(model_key_of(*session.result_key));
    if (auto kept = parts_.objects.find(key)) return *std::move(kept);
    const auto person = parts_.objects.find(storage::ObjectKey::of(session.person_key));
    const auto garment = parts_.objects.find(storage::ObjectKey::of(session.garment_key));
    if (!person || !garment)
        throw Failure(FailureCode::not_found, "A picture this try-on was made from has been deleted.");
    using enum photo_analysis::PhotoOf;
    const auto prepared_person = parts_.prepared.person(
        session.person_hash, session.kind == Kind::photo ? shopper : catalogue, [&] { return pixels_of(*person); },
        session.fit_points.value_or(""));
    const auto prepared_garment = parts_.prepared.garment(
        session.garment_hash, engine::garment_type_of(session.garment_category), [&] { return pixels_of(*garment); },
        pieces_of(session).front().fit_points.value_or(""));
    std::string model =
        engine::model_of_try_on(*prepared_person, *prepared_garment, {.size_scale = session.size_scale});
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
