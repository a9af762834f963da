#include "tryon/tryon_routes.hpp"

#include <memory>

#include "http/router.hpp"
#include "reflect/json_write.hpp"
#include "tryon/end_watch.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {
namespace {

struct SessionPath {
    TryonId id;
};
BOOST_DESCRIBE_STRUCT(SessionPath, (), (id))

struct HistoryQuery {
    std::optional<bool> favorite;
    std::optional<Status> status;
    std::optional<PageNumber> page;
    std::optional<PageSize> page_size;
};
BOOST_DESCRIBE_STRUCT(HistoryQuery, (), (favorite, status, page, page_size))

using Answer = http::OneOf<http::Created<SessionView>, http::Accepted<SessionView>>;

/// How often an event stream looks at its session.
constexpr Milliseconds event_interval{250};

Shopper shopper_of(const http::Call& call) {
    return {.id = call.user(), .is_admin = call.is_admin()};
}

/// What happens to sessions over HTTP; shared by the handlers.
class Handlers {
public:
    Handlers(Service& tryons, EndWatch& ends, std::string base, Milliseconds wait)
        : tryons_(tryons), ends_(ends), base_(std::move(base)), wait_(wait) {}

    /// 201 with the session once it has ended, 202 when it has not ended within the wait.
    http::Later<Answer> answer(const http::Call& call, const Session& session) {
        http::Later<Answer> later;
        later.wait = call.prefers("respond-async") ? Milliseconds(0) : wait_;
        later.at_deadline = [this, session] { return answer_now(tryons_.get(session.user_id, session.id)); };
        later.begin = [this, session, patient = later.wait.count() > 0](const http::Answerer<Answer>& answerer) {
            const auto now = [this, session] { return answer_now(tryons_.get(session.user_id, session.id)); };
            if (session.status != Status::pending || !patient) {
                answerer.answer([this, session] { return answer_now(session); });
                return;
            }
            const std::uint64_t number = ends_.watch(
                session.id, [this, session] { return has_ended(session); }, [answerer, now] { answerer.answer(now); });
            answerer.on_over([this, number] { ends_.forget(number); });
            // It may have ended between its start and the watch.
            if (has_ended(session)) answerer.answer(now);
        };
        return later;
    }

    /// Sends how far the session is, until it has ended. Keeps what was sent last, so that nothing is said twice.
    http::EventStream events(const UserId& user, const TryonId& id) {
        tryons_.get(user, id);  // 404 before the stream begins
        auto last = std::make_shared<std::string>();
        const auto look = [this, user, id, last](const http::EventSender& sender) {
            std::optional<Session> session;
            try {
                session = tryons_.get(user, id);
            } catch (const Failure&) {
                sender.send({.name = "cancelled", .data = R"({"status":"cancelled"})", .id = {}});
                sender.finish();
                return;
            }
            if (session->status == Status::pending) {
                std::string data =
                    R"({"status":"pending","progress":)" + std::to_string(session->progress) + R"(,"stage":)";
                reflect::write_string(data, session->stage);
                data += '}';
                if (data == *last) return;
                *last = data;
                sender.send({.name = "progress", .data = data, .id = std::to_string(session->progress)});
                return;
            }
            const bool completed = session->status == Status::completed;
            sender.send({.name = completed ? "completed" : "failed",
                         .data = reflect::encode_text(tryons_.view_of(*session)),
                         .id = "100"});
            sender.finish();
        };
        return {.begin = look, .poll = look, .interval = event_interval};
    }

    Service& tryons() { return tryons_; }

private:
    /// Also when it was deleted meanwhile, or cannot be read: then the answer says so.
    bool has_ended(const Session& session) const {
        try {
            return tryons_.get(session.user_id, session.id).status != Status::pending;
        } catch (const std::exception&) {
            return true;
        }
    }

    Answer answer_now(const Session& session) const {
        const std::string location = base_ + "/tryon/" + session.id.str();
        if (session.status == Status::pending) return http::accepted(tryons_.view_of(session), location);
        return http::created(tryons_.view_of(session), location);
    }

    Service& tryons_;
    EndWatch& ends_;
    std::string base_;
    Milliseconds wait_;
};

void add_starting_routes(http::Router& router, const std::shared_ptr<Handlers>& handlers) {
    using enum FailureCode;

    router.post("/tryon")
        .summary("Try a product on a brand model")
        .description(
            "Waits for the picture (201); with `Prefer: respond-async`, or when it takes too long, answers 202 with "
            "the pending session. `options.drape` is the way to wear a saree (`nivi`, the usual one, `nivi_open`, "
            "`seedha_pallu`, `bengali`) or a dupatta (`sides`, the usual one, `one_shoulder`, `round_neck`); 422 for "
            "any other garment and any other way.")
        .access(http::Access::signed_in)
        .limit(http::Limit::tryon)
        .fails({not_found, not_try_on_ready})
        .handle([handlers](const http::Call& call, const http::Body<TryonRequest>& body) {
            return handlers->answer(call, handlers->tryons().start(shopper_of(call), call.entity_id<TryonId>(), *body));
        });

    router.post("/tryon/outfit")
        .summary("Try two to four products on a brand model, worn together")
        .description(
            "They are put on in dressing order (inner, lower, upper, outer, drape), whatever the order of "
            "`product_ids`. "
            "`drapes` names the way to wear single sarees and dupattas; `options.drape` is for all others it suits, "
            "and "
            "must suit one. Otherwise as `POST /tryon`.")
        .access(http::Access::signed_in)
        .limit(http::Limit::tryon)
        .fails({not_found, not_try_on_ready})
        .handle([handlers](const http::Call& call, const http::Body<OutfitRequest>& body) {
            return handlers->answer(
                call, handlers->tryons().start_outfit(shopper_of(call), call.entity_id<TryonId>(), *body));
        });

    router.post("/tryon/batch")
        .summary("Try up to twenty products on a brand model")
        .description(
            "The options are for every product; one that is not offered in that size, or not worn that way, fails "
            "alone.")
        .access(http::Access::signed_in)
        .limit(http::Limit::tryon)
        .fails({not_found, not_try_on_ready})
        .handle([handlers](const http::Call& call, const http::Body<BatchRequest>& body) {
            std::vector<SessionView> views;
            for (const Session& session : handlers->tryons().start_batch(shopper_of(call), *body)) {
                views.push_back(handlers->tryons().view_of(session));
            }
            return http::accepted(http::list(std::move(views)));
        });
}

void add_own_photo_route(http::Router& router, const std::shared_ptr<Handlers>& handlers) {
    using enum FailureCode;

    router.post("/tryon/with-photo")
        .summary("Try a product on with your own photo")
        .description(
            "`fit_points` is a JSON text, `{\"points\": [{\"name\", \"x\", \"y\", \"visibility\"?}], \"strokes\"?}`, "
            "with fractions "
            "(0 to 1) of the upright picture, left and right the wearer's. A point whose `visibility` is below 0.5 may "
            "lie outside the picture and is not used. The names are the 33 of @mediapipe/pose; all 33 together, as a "
            "browser finds them, take the place of the server's own search. `person_mask` is a picture of the photo's "
            "proportions, white where the person is. `height_cm` (else the height in your profile) places hems and "
            "sleeves by the product's size chart. `options` is JSON as in `POST /tryon`.")
        .access(http::Access::signed_in)
        .limit(http::Limit::tryon)
        .pool(http::Pool::heavy)
        .fails({not_found, not_try_on_ready, consent_required, unusable_picture, unsupported_media_type,
                payload_too_large})
        .audit("tryon.own_photo")
        .handle([handlers](const http::Call& call, const http::Form<PhotoFields>& form) {
            const PhotoFiles files{form.file.bytes, form.optional_file ? &form.optional_file->bytes : nullptr};
            return handlers->answer(
                call, handlers->tryons().start_with_photo(shopper_of(call), call.entity_id<TryonId>(), *form, files));
        });
}

void add_session_routes(http::Router& router, const std::shared_ptr<Handlers>& handlers) {
    router.get("/tryon/history")
        .summary("Your try-ons, newest first")
        .access(http::Access::signed_in)
        .handle([handlers](const http::Call& call, const http::Query<HistoryQuery>& query) {
            const auto page = handlers->tryons().history(
                call.user(), {.favorite = query->favorite, .status = query->status}, paging_of(*query));
            std::vector<SessionView> views;
            for (const Session& session : page.items) views.push_back(handlers->tryons().view_of(session));
            return http::list(Page<SessionView>{std::move(views), page.total, page.page, page.page_size, page.pages});
        });

    router.get("/tryon/{id}")
        .summary("One try-on")
        .access(http::Access::signed_in)
        .handle([handlers](const http::Call& call, const http::Path<SessionPath>& path) {
            return handlers->tryons().view_of(handlers->tryons().get(call.user(), path->id));
        });

    router.get("/tryon/{id}/events")
        .summary("Follow a try-on as server-sent events: progress, completed, failed, cancelled")
        .access(http::Access::signed_in)
        .handle([handlers](const http::Call& call, const http::Path<SessionPath>& path) {
            return handlers->events(call.user(), path->id);
        });

    router.get("/tryon/{id}/model.glb")
        .summary(
            "A finished try-on in three dimensions, to turn in a viewer (binary glTF); outfits with all their layers")
        .access(http::Access::signed_in)
        .pool(http::Pool::heavy)
        .produces({"model/gltf-binary"})
        .handle([handlers](const http::Call& call, const http::Path<SessionPath>& path) {
            return http::bytes(handlers->tryons().model_file(call.user(), path->id), "model/gltf-binary",
                               http::cache::personal);
        });

    router.patch("/tryon/{id}/favorite")
        .summary("Mark a try-on as favourite, or not; without a body the mark is turned")
        .access(http::Access::signed_in)
        .handle([handlers](const http::Call& call, const http::Path<SessionPath>& path,
                           const http::OptionalBody<FavoriteChange>& body) {
            const std::optional<bool> favorite = body ? body->is_favorite : std::nullopt;
            return handlers->tryons().view_of(handlers->tryons().set_favorite(call.user(), path->id, favorite));
        });

    router.del("/tryon/{id}")
        .summary("Delete a try-on; an own photo and its result go with it")
        .access(http::Access::signed_in)
        .audit("tryon.delete")
        .handle([handlers](const http::Call& call, const http::Path<SessionPath>& path) {
            handlers->tryons().remove(call.user(), path->id);
        });
}

}  // namespace

void add_routes(http::Router& router, Service& tryons, EndWatch& ends, Milliseconds wait) {
    const auto handlers = std::make_shared<Handlers>(tryons, ends, router.base(), wait);
    add_starting_routes(router, handlers);
    add_own_photo_route(router, handlers);
    add_session_routes(router, handlers);
}

}  // namespace fitview::tryon
