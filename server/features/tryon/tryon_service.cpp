#include "tryon/tryon_service.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/composer.hpp"
#include "engine/garment/garment_type.hpp"
#include "engine/read_fit_points.hpp"
#include "reflect/json.hpp"
#include "tryon/known_measures.hpp"
#include "tryon/tryon_model_file.hpp"
#include "tryon/tryon_pictures.hpp"

namespace fitview::tryon {
namespace {

constexpr std::int64_t consent_text_version = 1;
/// How much longer than its newest session a shared picture is kept, so that the next ones need not write it down
/// again.
constexpr Milliseconds expiry_step = std::chrono::hours(24);
constexpr double unusable_person = 0.12;  ///< the engine gives 0.1 or less where it saw nobody

/// The options that were sent as JSON text in a form field.
Options options_of(const std::optional<std::string>& text) {
    if (!text) return {};
    auto parsed = reflect::parse_json(*text);
    if (std::holds_alternative<std::string>(parsed)) throw invalid_input("/options", "must be a JSON object");
    std::vector<Problem> problems;
    auto options = reflect::read<Options>(std::get<boost::json::value>(parsed), "/options", problems);
    if (!options) throw Failure(FailureCode::invalid_input, "The input is not acceptable.", std::move(problems));
    return *options;
}

void check_fit_points(const std::optional<std::string>& text) {
    if (!text) return;
    auto read = engine::read_fit_points(*text);
    auto* problems = std::get_if<std::vector<Problem>>(&read);
    if (problems == nullptr) return;
    for (Problem& problem : *problems) problem.pointer = "/fit_points" + problem.pointer.value_or("");
    throw Failure(FailureCode::invalid_input, "The fit points are not acceptable.", std::move(*problems));
}

void add_reasons(const Source& source, const std::string& pointer, std::vector<Problem>& problems) {
    for (const std::string& reason : source.reasons) problems.push_back(at_pointer(pointer, reason));
    if (source.reasons.empty()) problems.push_back(at_pointer(pointer, "has no picture yet"));
}

Failure not_ready(std::string_view what, const Source& source, const std::string& pointer) {
    std::vector<Problem> problems;
    add_reasons(source, pointer, problems);
    return Failure(FailureCode::not_try_on_ready,
                   "The picture of the " + std::string(what) + " " + source.name + " cannot be tried on.",
                   std::move(problems));
}

std::span<const engine::DrapeWay> ways_to_wear(const Source& garment) {
    const auto type = engine::garment_type_of(garment.category);
    return type ? engine::ways_to_wear(*type) : std::span<const engine::DrapeWay>();
}

bool is_way_to_wear(engine::DrapeWay way, const Source& garment) {
    const auto ways = ways_to_wear(garment);
    return std::find(ways.begin(), ways.end(), way) != ways.end();
}

Failure wrong_drape(const Source& garment, const std::string& pointer) {
    std::string names;
    for (const engine::DrapeWay way : ways_to_wear(garment))
        names += (names.empty() ? "" : ", ") + std::string(reflect::enum_name(way));
    if (names.empty()) return invalid_input(pointer, "is for sarees and dupattas, which " + garment.name + " is not");
    return invalid_input(pointer, "is no way to wear " + garment.name + ": it must be one of " + names);
}

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

void check_size(const Options& options, const Source& garment) {
    if (!options.size) return;
    if (std::find(garment.sizes.begin(), garment.sizes.end(), options.size->str()) == garment.sizes.end()) {
        throw invalid_input("/options/size", "is not a size " + garment.name + " is offered in");
    }
}

/// Whether the size is offered and the way to wear is one of the garment's.
void check_options(const Options& options, const Source& garment) {
    check_size(options, garment);
    if (options.drape && !is_way_to_wear(*options.drape, garment)) throw wrong_drape(garment, "/options/drape");
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
        if (!shared && !parts_.ledger.set_expiry(storage::ObjectKey::of(session.person_key), session.expires_at))
            throw Unavailable("a photo was swept before its session was stored");
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

Session Service::start_with_photo(const Shopper& shopper, const TryonId& id, const PhotoFields& fields,
                                  const std::string& photo) {
    if (auto again = parts_.store.find_own(shopper.id, id, parts_.clock.now())) return *again;
    if (fields.consent != "true") {
        throw Failure(
            FailureCode::consent_required, "A try-on with your own photo needs your consent.",
            {at_pointer("/consent", "must be true: the photo is analysed and kept until you delete it or it expires")});
    }
    const Options options = options_of(fields.options);
    check_fit_points(fields.fit_points);
    const auto garment = parts_.sources.product(fields.product_id);
    if (!garment) throw not_found("product", "/product_id");
    if (!garment->usable) throw not_ready("product", *garment, "/product_id");
    check_options(options, *garment);

    const media::StoredPicture picture = media::value_or_throw(parts_.decoder.prepare(photo), "/photo");
    const auto prepared = parts_.prepared.person(
        picture.sha256, photo_analysis::PhotoOf::shopper,
        [&] { return media::value_or_throw(media::decode_picture(picture.main, engine::working_size), "/photo"); },
        fields.fit_points.value_or(""));
    double score = 1;
    std::vector<Problem> problems;
    for (const engine::Finding& finding : prepared->model.findings) {
        score *= finding.factor;
        if (finding.factor < 1 && !finding.reason.empty()) problems.push_back(at_pointer("/photo", finding.reason));
    }
    if (score < unusable_person && options.preview != true) {
        if (problems.empty())
            problems.push_back(at_pointer("/photo", "stand facing the camera, whole upper body in view"));
        throw Failure(FailureCode::unusable_picture,
                      "No person could be made out in this photo: stand facing the camera, whole upper body in view.",
                      std::move(problems));
    }

    Session session = new_session(shopper, id, options, *garment, fields.product_id);
    session.kind = Kind::photo;
    session.fit_points = fields.fit_points;
    session.person_hash = picture.sha256;
    const auto key =
        storage::ObjectKey::of("user_uploads/" + shopper.id.str() + "/" + parts_.ids.make<PictureId>().str() + ".webp");
    session.person_key = key.str();
    place_picture(parts_, key, picture.main, shopper.id, "own_photo");
    parts_.store.add_consent({.id = parts_.ids.make<ConsentId>(),
                              .user_id = shopper.id,
                              .purpose = "try-on with own photo",
                              .text_version = consent_text_version,
                              .given_at = session.created_at,
                              .withdrawn_at = {}});
    return submit(std::move(session));
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
         {std::optional(session.person_key), session.result_key, session.mask_key, session.overlay_key, model_key}) {
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
