#include "tryon/tryon_service.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/composer.hpp"
#include "engine/garment/garment_type.hpp"
#include "reflect/json.hpp"
#include "tryon/known_measures.hpp"
#include "tryon/tryon_checks.hpp"
#include "tryon/tryon_model_file.hpp"
#include "tryon/tryon_pictures.hpp"

namespace fitview::tryon {
namespace {

/// How much longer than its newest session a shared picture is kept, so that the next ones need not write it down
/// again.
constexpr Milliseconds expiry_step = std::chrono::hours(24);

/// `size` is the one that is tried on; `drape` counts where it is one of the garment's ways.
Piece piece_of(const ProductId& product, const Source& garment, const std::string& size,
               const std::optional<engine::DrapeWay>& drape) {
    return {.product_id = product,
            .name = garment.name,
            .picture_key = garment.picture_key,
            .picture_hash = garment.picture_hash,
            .category = garment.category,
            .fit_points = garment.fit_points,
            .measures = centimetres_of(engine::measures_of(garment.size_chart, size)),
            .material = garment.material,
            .drape = drape && is_way_to_wear(*drape, garment) ? drape : std::nullopt};
}

/// From the skin outwards; those of one layer in the order they were asked for.
void put_in_dressing_order(std::vector<Piece>& pieces) {
    const auto layer = [](const Piece& piece) {
        const auto type = engine::garment_type_of(piece.category);
        return type ? engine::rules_of(*type).layer : engine::Layer::upper;
    };
    std::stable_sort(pieces.begin(), pieces.end(),
                     [&](const Piece& one, const Piece& other) { return layer(one) < layer(other); });
}

/// How much larger the wanted size is than the one the model wears: garments grow by about 4.5 % from letter to letter.
/// 1 where one of them is no letter.
double size_scale_of(const Options& options, const Source& person) {
    constexpr std::array<std::string_view, 7> letters = {"XS", "S", "M", "L", "XL", "XXL", "XXXL"};
    constexpr double step = 0.045;
    const auto place = [&](std::string_view size) {
        return std::find(letters.begin(), letters.end(), size) - letters.begin();
    };
    const auto worn = place(person.size);
    const auto wanted = place(options.size ? options.size->str() : person.size);
    const auto none = static_cast<std::ptrdiff_t>(letters.size());
    return worn == none || wanted == none ? 1 : 1 + step * double(wanted - worn);
}

/// Everything the picture depends on, as one name.
std::string input_hash_of(const Session& session, std::string_view person_source) {
    std::string text = std::string(engine::engine_version) + " " + std::string(person_source) + "\n" +
                       session.person_hash + "\n" + session.fit_points.value_or("") + "\n" +
                       reflect::encode_text(session.options) + "\n" + reflect::encode_text(session.size_scale) + "\n" +
                       reflect::encode_text(session.body);
    for (const Piece& piece : pieces_of(session)) {
        text += "\n" + piece.picture_hash + "\n" + piece.category + "\n" + piece.fit_points.value_or("") + "\n" +
                reflect::encode_text(piece.measures) + "\n" + piece.material.value_or("") + "\n" +
                reflect::encode_text(piece.drape);
    }
    return hex(sha256(text));
}

void take_result(Session& session, const Result& result, const Timestamp& now) {
    session.status = Status::completed;
    session.progress = 100;
    session.stage = "done";
    session.result_key = result.result_key;
    session.mask_key = result.mask_key;
    session.overlay_key = result.overlay_key;
    session.quality = result.quality;
    session.ai_provider = result.ai_provider;
    session.processing_time_ms = 0;
    session.cached = true;
    session.updated_at = now;
}

std::optional<std::string> address_of(const pictures::Addresses& addresses, const std::optional<std::string>& key) {
    if (!key || key->empty()) return std::nullopt;
    return addresses.of(*key);
}

}  // namespace

void refuse_rough(Session& session, const Quality& quality) {
    session.status = Status::failed;
    session.stage = "failed";
    session.quality = quality;
    session.error =
        SessionError{std::string(name_of(FailureCode::unusable_picture)), "The result would not look right."};
    for (const std::string& warning : quality.warnings) session.error->detail += " " + warning + ".";
}

std::string progress_topic(const TryonId& id) {
    return "tryon:" + id.str();
}
std::string end_topic(const TryonId& id) {
    return "tryon:" + id.str() + ":end";
}

jobs::NewJob job_of(const Session& session) {
    return {.id = JobId(session.id.bytes()),
            .kind = job_kind,
            .payload = session.id.str(),
            .priority = session.is_batch ? jobs::batch_priority : jobs::interactive_priority,
            .not_before = {}};
}

Session Service::new_session(const Shopper& shopper, const TryonId& id, const Options& options, const Source& garment,
                             const ProductId& product) const {
    const Timestamp now = parts_.clock.now();
    Session session{.id = id, .user_id = shopper.id, .product_id = product};
    session.retailer_id = garment.retailer_id;
    session.product_name = garment.name;
    session.garment_key = garment.picture_key;
    session.garment_hash = garment.picture_hash;
    session.garment_category = garment.category;
    session.outfit = {piece_of(product, garment, options.size ? options.size->str() : std::string(), options.drape)};
    session.rough_allowed = options.preview == true || garment.rough_preview;
    session.options = options;
    session.stage = "waiting";
    session.created_at = now;
    session.updated_at = now;
    session.expires_at = now + parts_.retention;
    return session;
}

Session Service::submit(Session session) {
    session.input_hash = input_hash_of(session, parts_.prepared.person_source());
    // What comes from a shopper's photo is never shared, not even with themselves under another session.
    const bool shared = session.kind != Kind::photo;
    const auto result = shared ? parts_.store.find_result(session.input_hash) : std::nullopt;
    if (result && result->quality.score < engine::quality_floor && !session.rough_allowed) {
        // It was made for those who accept a rough preview: this shopper is told what to change instead.
        refuse_rough(session, result->quality);
        parts_.store.add(session);
        return session;
    }
    if (result && keep_until(parts_.ledger, result->result_key, session.expires_at, expiry_step)) {
        // The picture lives at least as long as the newest session that shows it.
        for (const auto& key : {result->mask_key, result->overlay_key})
            if (key) keep_until(parts_.ledger, *key, session.expires_at, expiry_step);
        take_result(session, *result, parts_.clock.now());
        parts_.store.add(session);
        parts_.sources.count_use(session.model_id, pieces_of(session));
        return session;
    }
    if (result) parts_.store.remove_result(result->result_key);  // the sweeper has its picture already: render anew
    parts_.unit_of_work.run(storage::Durability::durable, [&] {
        parts_.store.add(session);
        if (!shared) keep_photo(parts_.ledger, session);
        parts_.queue.enqueue(job_of(session));
    });
    return session;
}

Session Service::start(const Shopper& shopper, const TryonId& id, const TryonRequest& request, bool is_batch) {
    return start_on_model(shopper, id, request.model_id, {{request.product_id, "/product_id", {}, {}}},
                          request.options.value_or(Options()), is_batch);
}

Session Service::start_outfit(const Shopper& shopper, const TryonId& id, const OutfitRequest& request) {
    std::vector<Wanted> wanted;
    for (const ProductId& product : request.product_ids)
        wanted.push_back({product, "/product_ids/" + std::to_string(wanted.size()), {}, {}});
    std::size_t number = 0;
    for (const PieceDrape& piece : request.drapes.value_or(List<PieceDrape, 0, 4>())) {
        const auto worn = std::find_if(wanted.begin(), wanted.end(),
                                       [&](const Wanted& one) { return one.product == piece.product_id; });
        worn->drape = piece.drape;
        worn->drape_pointer = "/drapes/" + std::to_string(number++) + "/drape";
    }
    return start_on_model(shopper, id, request.model_id, wanted, request.options.value_or(Options()), false);
}

void Service::check_drapes(const Options& options, const std::vector<Wanted>& wanted,
                           const std::vector<Source>& garments) {
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (wanted[at].drape && !is_way_to_wear(*wanted[at].drape, garments[at]))
            throw wrong_drape(garments[at], wanted[at].drape_pointer);
    }
    if (options.drape && std::none_of(garments.begin(), garments.end(),
                                      [&](const Source& garment) { return is_way_to_wear(*options.drape, garment); })) {
        throw wrong_drape(garments.front(), "/options/drape");
    }
}

Session Service::start_on_model(const Shopper& shopper, const TryonId& id, const ModelId& model,
                                const std::vector<Wanted>& wanted, const Options& options, bool is_batch) {
    if (auto again = parts_.store.find_own(shopper.id, id, parts_.clock.now())) return *again;
    const auto person = parts_.sources.model(model, shopper.id, shopper.is_admin);
    std::vector<Problem> missing;
    if (!person) missing.push_back(at_pointer("/model_id", "names a model that does not exist"));
    std::vector<Source> garments;
    for (const Wanted& one : wanted) {
        auto garment = parts_.sources.product(one.product);
        if (!garment) missing.push_back(at_pointer(one.pointer, "names a product that does not exist"));
        garments.push_back(std::move(garment).value_or(Source()));
    }
    if (!missing.empty())
        throw Failure(FailureCode::not_found, "There is no such model or product.", std::move(missing));
    if (!person->usable) throw not_ready("model", *person, "/model_id");
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (!garments[at].usable) throw not_ready("product", garments[at], wanted[at].pointer);
    }
    for (const Source& garment : garments) check_size(options, garment);
    check_drapes(options, wanted, garments);

    Session session = new_session(shopper, id, options, garments.front(), wanted.front().product);
    session.is_batch = is_batch;
    session.model_id = model;
    session.model_name = person->name;
    session.person_key = person->picture_key;
    session.person_hash = person->picture_hash;
    session.fit_points = person->fit_points;
    session.size_scale = size_scale_of(options, *person);
    session.body = person->body;
    if (wanted.size() > 1) session.kind = Kind::outfit;
    session.outfit.clear();
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        session.outfit.push_back(piece_of(wanted[at].product, garments[at],
                                          options.size ? options.size->str() : person->size,
                                          wanted[at].drape ? wanted[at].drape : options.drape));
        session.rough_allowed = session.rough_allowed && (options.preview == true || garments[at].rough_preview);
    }
    put_in_dressing_order(session.outfit);
    return submit(std::move(session));
}

std::vector<Session> Service::start_batch(const Shopper& shopper, const BatchRequest& request) {
    const auto person = parts_.sources.model(request.model_id, shopper.id, shopper.is_admin);
    if (!person) throw not_found("model", "/model_id");
    if (!person->usable) throw not_ready("model", *person, "/model_id");
    std::vector<Session> sessions;
    for (const ProductId& product : request.product_ids) {
        try {
            sessions.push_back(start(shopper, parts_.ids.make<TryonId>(),
                                     {.model_id = request.model_id, .product_id = product, .options = request.options},
                                     true));
        } catch (const Failure& failure) {
            const auto garment = parts_.sources.product(product);
            Session session = new_session(shopper, parts_.ids.make<TryonId>(), request.options.value_or(Options()),
                                          garment.value_or(Source()), product);
            session.model_id = request.model_id;
            session.model_name = person->name;
            session.person_key = person->picture_key;
            session.person_hash = person->picture_hash;
            session.status = Status::failed;
            session.stage = "failed";
            std::string detail = failure.detail();
            for (const Problem& problem : failure.problems()) detail += " " + problem.detail + ".";
            session.error = SessionError{std::string(name_of(failure.code())), detail};
            parts_.store.add(session);
            sessions.push_back(std::move(session));
        }
    }
    return sessions;
}

Session Service::get(const UserId& user, const TryonId& id) {
    auto session = parts_.store.find_own(user, id, parts_.clock.now());
    if (!session) throw not_found("try-on");
    return *session;
}

std::optional<Session> Service::find_own(const UserId& user, const TryonId& id) {
    return parts_.store.find_own(user, id, parts_.clock.now());
}

Page<Session> Service::history(const UserId& user, const HistoryFilter& filter, const Paging& paging) {
    return parts_.store.history(user, filter, paging, parts_.clock.now());
}

Session Service::set_favorite(const UserId& user, const TryonId& id, const std::optional<bool>& favorite) {
    auto session = parts_.store.set_favorite(user, id, favorite, parts_.clock.now());
    if (!session) throw not_found("try-on");
    return *session;
}

void Service::remove(const UserId& user, const TryonId& id) {
    const auto session = parts_.store.find_own(user, id, parts_.clock.now());
    if (!session) throw not_found("try-on");
    // Pictures first: if this is cut short the session is still there to be deleted again.
    remove_belongings(*session);
    parts_.unit_of_work.run(storage::Durability::durable, [&] {
        parts_.store.remove(id);
        if (session->status == Status::pending) parts_.queue.cancel(JobId(id.bytes()));
    });
    if (session->status == Status::pending) {
        parts_.bus.publish(end_topic(id));
        parts_.bus.publish(progress_topic(id));
    }
}

void Service::remove_belongings(const Session& session) {
    parts_.follower.session_goes(session.id);
    if (session.kind != Kind::photo) return;
    std::optional<std::string> model_key;
    if (session.result_key) model_key = model_key_of(*session.result_key);
    for (const std::optional<std::string>& key :
         {std::optional(session.person_key), session.person_mask_key, session.result_key, session.mask_key,
          session.overlay_key, model_key}) {
        if (!key || !pictures::is_personal(*key)) continue;
        const auto object = storage::ObjectKey::of(*key);
        parts_.objects.remove(object);
        parts_.ledger.forget(object);
    }
}

SessionView Service::view_of(const Session& session) const {
    SessionView view{.id = session.id, .user_id = session.user_id, .kind = session.kind};
    view.model_id = session.model_id;
    view.product_id = session.product_id;
    view.retailer_id = session.retailer_id;
    view.result_url = address_of(parts_.addresses, session.result_key);
    view.mask_url = address_of(parts_.addresses, session.mask_key);
    view.fit_overlay_url = address_of(parts_.addresses, session.overlay_key);
    if (!session.model_name.empty()) view.model_name = session.model_name;
    view.product_name = session.product_name;
    view.model_image_url = address_of(parts_.addresses, session.person_key);
    view.product_image_url = address_of(parts_.addresses, session.garment_key);
    for (const Piece& piece : pieces_of(session)) {
        view.garments.push_back({.product_id = piece.product_id,
                                 .name = piece.name,
                                 .image_url = address_of(parts_.addresses, piece.picture_key),
                                 .drape = piece.drape});
    }
    view.status = session.status;
    view.progress = session.progress;
    view.stage = session.stage;
    view.quality = session.quality;
    view.options = session.options;
    view.is_rough_preview =
        session.status == Status::completed && session.quality && session.quality->score < engine::quality_floor;
    view.cached = session.cached;
    view.is_favorite = session.is_favorite;
    view.ai_provider = session.ai_provider;
    view.processing_time_ms = session.processing_time_ms;
    view.error = session.error;
    view.created_at = session.created_at;
    view.expires_at = session.expires_at;
    return view;
}

}  // namespace fitview::tryon
