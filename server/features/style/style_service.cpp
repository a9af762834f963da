#include "style/style_service.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "base/id_source.hpp"
#include "media/pictures.hpp"
#include "style/style_removal.hpp"

namespace fitview::style {
namespace {

constexpr std::chrono::seconds generation_deadline{25};
constexpr int webp_quality = 90;
constexpr int webp_effort = 2;
constexpr int longest_side = 2048;
/// Until its variation is stored, a picture is due again after this.
constexpr std::chrono::hours placed_for{1};
constexpr std::size_t key_bytes = 20;  ///< 160 random bits: scenes of brand models are public, so not guessable

}  // namespace

VariationView Service::generate(const UserId& user, const VariationId& id, const GenerateRequest& request) {
    const auto session = parts_.tryons.find_own(user, request.session_id);
    if (!session) throw not_found("try-on", "/session_id");
    if (session->status != tryon::Status::completed || !session->result_key) {
        throw Failure(FailureCode::not_try_on_ready, "This try-on has no picture.",
                      {at_pointer("/session_id", "must be a completed try-on")});
    }
    if (const auto there = parts_.store.find(request.session_id, request.style))
        return view_of(*there, parts_.addresses);
    const Variation made = make(*session, id, request.style);
    Variation kept = made;
    parts_.unit_of_work.run(storage::Durability::durable, [&] {
        kept = parts_.store.add(made);
        const auto key = storage::ObjectKey::of(made.result_key);
        if (kept.result_key == made.result_key && !parts_.ledger.set_expiry(key, made.expires_at))
            throw Unavailable("a picture was swept before its variation was stored");
    });
    if (kept.result_key != made.result_key) {
        // Somebody asked for the same at the same time; the sweeper takes ours.
        parts_.ledger.release(storage::ObjectKey::of(made.result_key));
    }
    if (!parts_.tryons.find_own(user, request.session_id)) {  // deleted while the scene was made
        parts_.objects.remove(storage::ObjectKey::of(kept.result_key));
        parts_.ledger.forget(storage::ObjectKey::of(kept.result_key));
        parts_.store.remove_all(request.session_id);
        throw not_found("try-on", "/session_id");
    }
    return view_of(kept, parts_.addresses);
}

std::vector<VariationView> Service::list(const UserId& user, const TryonId& session) {
    if (!parts_.tryons.find_own(user, session)) throw not_found("try-on");
    std::vector<VariationView> views;
    for (const Variation& variation : parts_.store.list(session)) views.push_back(view_of(variation, parts_.addresses));
    return views;
}

Variation Service::make(const tryon::Session& session, const VariationId& id, Style style) {
    const Timestamp started = parts_.clock.now();
    const auto stored = parts_.objects.find(storage::ObjectKey::of(*session.result_key));
    if (!stored) throw not_found("picture of the try-on", "/session_id");
    const auto decoded = media::decode_picture(*stored, longest_side);
    if (const auto* refusal = std::get_if<media::Refusal>(&decoded))
        throw std::runtime_error("a stored picture cannot be read: " + refusal->reason);
    const auto deadline = std::chrono::steady_clock::now() + generation_deadline;
    for (ai::StyleGenerator* generator : parts_.generators) {
        const auto outcome = generator->generate(std::get<media::Raster>(decoded), style, deadline);
        if (const auto* fault = std::get_if<ai::ProviderFault>(&outcome)) {
            parts_.log.warning("style generator failed",
                               {{"ai_provider", generator->name()}, {"detail", fault->detail}});
            continue;
        }
        const std::string picture = media::encode_webp(std::get<media::Raster>(outcome), webp_quality, webp_effort);
        const Timestamp now = parts_.clock.now();
        return {.id = id,
                .session_id = session.id,
                .user_id = session.user_id,
                .style = style,
                .result_key = keep(session, id, picture),
                .ai_provider = std::string(generator->name()),
                .processing_time_ms = (now - started).count(),
                .created_at = now,
                .expires_at = session.expires_at};
    }
    throw Unavailable("no generator made a style variation");
}

std::string Service::keep(const tryon::Session& session, const VariationId& id, const std::string& picture) {
    const bool personal = pictures::is_personal(*session.result_key);
    const auto key = storage::ObjectKey::of(personal ? "user_uploads/" + session.user_id.str() + "/" + id.str() + "-" +
                                                           hex(random_bytes(8)) + ".webp"
                                                     : "style_results/" + hex(random_bytes(key_bytes)) + ".webp");
    parts_.ledger.add({.key = key,
                       .owner = personal ? std::optional(session.user_id) : std::nullopt,
                       .purpose = "style_result",
                       .content_hash = hex(sha256(picture)),
                       .reference_count = 1,
                       .expires_at = parts_.clock.now() + placed_for});
    parts_.objects.put(key, picture);
    return key.str();
}

}  // namespace fitview::style
