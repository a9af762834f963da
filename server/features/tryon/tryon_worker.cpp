#include "tryon/tryon_worker.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "photo_analysis/photo_analysis_lookup.hpp"
#include "products/products_lookup.hpp"
#include "tryon/known_measures.hpp"
#include "tryon/stored_inputs.hpp"
#include "tryon/tryon_pictures.hpp"

namespace fitview::tryon {
namespace {

constexpr std::chrono::seconds generation_deadline{60};
constexpr int result_webp_quality = 90;
constexpr int result_webp_effort = 2;
constexpr std::size_t result_key_bytes = 20;  ///< 160 random bits: results are public, so they must not be guessable

/// Thrown out of a progress report when nobody wants the picture any more.
struct NotWanted {};

void refuse(Session& session, FailureCode code, std::string detail) {
    session.status = Status::failed;
    session.stage = "failed";
    session.error = SessionError{std::string(name_of(code)), std::move(detail)};
}

std::optional<Fit> fit_of(const engine::FitReport& report) {
    if (report.zones.empty() && report.notes.empty()) return std::nullopt;
    Fit fit{.zones = {}, .notes = report.notes};
    for (const engine::ZoneFit& zone : report.zones) {
        const double millimetres = std::round(zone.ease_cm * 10);
        fit.zones.push_back({zone.zone, zone.verdict, millimetres / 10});
    }
    return fit;
}

Quality quality_of(const ai::GeneratedPicture& made) {
    const engine::Quality& quality = made.quality;
    return {.score = quality.score,
            .parts = {{"pose", quality.pose}, {"cutout", quality.cutout}, {"fit", quality.fit}},
            .warnings = quality.warnings,
            .fit = fit_of(made.fit)};
}

}  // namespace

Worker::Worker(Parts parts, std::vector<ai::PictureGenerator*> generators, telemetry::EventSink& events,
               telemetry::Log& log)
    : parts_(parts), generators_(std::move(generators)), events_(events), log_(log) {}

jobs::JobHandler Worker::handler() {
    return {.kind = job_kind,
            .run = [this](const jobs::Job& job, const jobs::JobControl& control) { run(job, control); },
            .give_up = [this](const jobs::Job& job) { give_up(job); }};
}

void Worker::run(const jobs::Job& job, const jobs::JobControl& control) {
    const auto id = TryonId::check(job.payload);
    if (!id) return;
    auto session = parts_.store.begin(*id, job.fence, parts_.clock.now());
    if (!session) return settle(*id);  // finished, deleted, or another worker's
    try {
        render(*session, control);
    } catch (const NotWanted&) {
        return;
    }
    check_pictures(parts_, *session);
    if (!parts_.store.finish(*session)) return;
    end(*session);
    keep_pictures(parts_.ledger, *session);
}

// No transaction: one that a killed process leaves open would lock the session for a minute. The session's document
// carries the promise, and the job stays in the queue until the pictures are kept: whoever claims it next does that.
void Worker::settle(const TryonId& id) {
    const auto session = parts_.store.find(id, parts_.clock.now());
    if (session && session->status == Status::completed) keep_pictures(parts_.ledger, *session);
}

void Worker::render(Session& session, const jobs::JobControl& control) {
    const Timestamp started = parts_.clock.now();
    const std::string person = picture_of(session.person_key);
    const std::vector<Piece> pieces = pieces_of(session);
    std::vector<std::string> garments;
    for (const Piece& piece : pieces) garments.push_back(picture_of(piece.picture_key));
    session.updated_at = started;
    if (person.empty() || std::find(garments.begin(), garments.end(), "") != garments.end()) {
        return refuse(session, FailureCode::not_found, "A picture of this try-on was deleted before it could be made.");
    }
    const ai::ProgressReport report = [&](int progress, std::string_view stage) {
        if (control.is_lost()) throw NotWanted();
        session.progress = progress;
        session.stage = stage;
        if (!parts_.store.report(session.id, session.fence, progress, session.stage)) throw NotWanted();
        parts_.bus.publish(progress_topic(session.id));
    };
    ai::TryOnInputs inputs{
        .person_picture = person,
        .prepared_person =
            [&] {
                using enum photo_analysis::PhotoOf;
                return parts_.prepared.person(
                    session.person_hash, session.kind == Kind::photo ? shopper : catalogue,
                    [&] { return pixels_of(person); }, given_person(session, parts_.objects));
            },
        .garments = {},
        .options = {.size_scale = session.size_scale,
                    .background = session.options.background == Backdrop::studio ? engine::Background::studio
                                                                                 : engine::Background::keep}};
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        inputs.garments.push_back({.picture = garments[at],
                                   .prepared =
                                       [&piece = pieces[at], &picture = garments[at], this] {
                                           return parts_.prepared.garment(
                                               piece.picture_hash, engine::garment_type_of(piece.category),
                                               [&] { return pixels_of(picture); }, piece.fit_points.value_or(""));
                                       },
                                   .measures = known_measures(session.body, pieces[at]),
                                   .material = pieces[at].material.value_or(""),
                                   .drape = pieces[at].drape});
    }
    const auto deadline = std::chrono::steady_clock::now() + generation_deadline;
    for (ai::PictureGenerator* generator : generators_) {
        auto outcome = generator->generate(inputs, deadline, report);
        if (const auto* fault = std::get_if<ai::ProviderFault>(&outcome)) {
            log_.warning("generator failed", {{"ai_provider", generator->name()}, {"detail", fault->detail}});
            continue;
        }
        const auto& made = std::get<ai::GeneratedPicture>(outcome);
        session.ai_provider = std::string(generator->name());
        session.quality = quality_of(made);
        if (made.quality.score < engine::quality_floor && !session.rough_allowed) {
            refuse_rough(session, *session.quality);
        } else {
            report(96, "storing");
            session.processing_time_ms = (parts_.clock.now() - started).count();
            keep(session, made);
        }
        session.updated_at = parts_.clock.now();
        session.processing_time_ms = (session.updated_at - started).count();
        return;
    }
    throw std::runtime_error("no generator made a picture");
}

void Worker::keep(Session& session, const ai::GeneratedPicture& made) {
    const bool personal = session.kind == Kind::photo;
    const std::string stem =
        personal ? "user_uploads/" + session.user_id.str() + "/" + session.id.str() + "-" + hex(random_bytes(8))
                 : "tryon_results/" + hex(random_bytes(result_key_bytes));
    const auto store = [&](const std::string& name, const std::string& bytes) {
        const auto key = storage::ObjectKey::of(name);
        place_picture(parts_, key, bytes, personal ? std::optional(session.user_id) : std::nullopt, "tryon_result");
        return key.str();
    };
    session.result_key =
        store(stem + ".webp", media::encode_webp(made.picture, result_webp_quality, result_webp_effort));
    if (made.change_mask) session.mask_key = store(stem + "-mask.png", media::encode_png(*made.change_mask));
    if (made.fit_overlay)
        session.overlay_key =
            store(stem + "-fit.webp", media::encode_webp(*made.fit_overlay, result_webp_quality, result_webp_effort));
    session.status = Status::completed;
    session.progress = 100;
    session.stage = "done";
    if (personal) return;
    const Result kept = parts_.store.add_result({.input_hash = session.input_hash,
                                                 .result_key = *session.result_key,
                                                 .mask_key = session.mask_key,
                                                 .overlay_key = session.overlay_key,
                                                 .quality = *session.quality,
                                                 .ai_provider = *session.ai_provider,
                                                 .processing_time_ms = session.processing_time_ms.value_or(0),
                                                 .created_at = parts_.clock.now()});
    if (kept.result_key == *session.result_key) return;
    // Somebody else rendered the same at the same time: show theirs, let the sweeper take ours.
    for (const auto& key : {session.result_key, session.mask_key, session.overlay_key})
        if (key) parts_.ledger.release(storage::ObjectKey::of(*key));
    session.result_key = kept.result_key;
    session.mask_key = kept.mask_key;
    session.overlay_key = kept.overlay_key;
}

void Worker::end(const Session& session) {
    parts_.bus.publish(end_topic(session.id));
    parts_.bus.publish(progress_topic(session.id));
    if (session.status != Status::completed) return;
    const std::vector<Piece> pieces = pieces_of(session);
    parts_.sources.count_use(session.model_id, pieces);
    for (const Piece& piece : pieces) {
        events_.publish({.type = "tryon_generated",
                         .user_id = session.user_id,
                         .product_id = piece.product_id,
                         .model_id = session.model_id,
                         .viewer = session.user_id.str(),
                         .metadata = {{"ai_provider", session.ai_provider.value_or("")},
                                      {"processing_time_ms", std::to_string(session.processing_time_ms.value_or(0))}},
                         .created_at = session.updated_at});
    }
}

void Worker::give_up(const jobs::Job& job) {
    const auto id = TryonId::check(job.payload);
    if (!id) return;
    auto session = parts_.store.begin(*id, job.fence, parts_.clock.now());
    if (!session) return settle(*id);
    refuse(*session, FailureCode::internal, "The picture could not be made. Please try again, or with another photo.");
    session->updated_at = parts_.clock.now();
    if (parts_.store.finish(*session)) end(*session);
}

std::string Worker::picture_of(const std::string& key) const {
    return parts_.objects.find(storage::ObjectKey::of(key)).value_or("");
}

}  // namespace fitview::tryon
