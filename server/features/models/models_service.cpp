#include "models/models_service.hpp"

#include <utility>

#include "base/failure.hpp"
#include "base/given.hpp"
#include "reflect/json_write.hpp"

namespace fitview::models {

using pictures::Picture;
using pictures::TryOnState;
using storage::Durability;

namespace {

void nothing_expected(std::int64_t) {}

}  // namespace

std::string etag_of(const KnownModel& known) {
    return "\"r" + std::to_string(known.model.revision) + "." + std::to_string(known.figures.try_on_revision) + "\"";
}

ModelView Service::add(const Editor& editor, const ModelId& id, const NewModel& wanted) {
    const Timestamp now = parts_.clock.now();
    const KnownModel added{.model = {.id = id,
                                     .retailer_id = editor.id,
                                     .name = wanted.name,
                                     .body_type = wanted.body_type,
                                     .height_cm = wanted.height_cm,
                                     .measurements = wanted.measurements,
                                     .skin_tone = wanted.skin_tone,
                                     .size = wanted.size,
                                     .image = {},
                                     .is_active = wanted.is_active.value_or(true),
                                     .is_deleted = false,
                                     .revision = 1,
                                     .created_at = now,
                                     .updated_at = now},
                           .figures = {}};
    std::optional<KnownModel> earlier;
    parts_.unit_of_work.run(Durability::durable, [&] {
        earlier = parts_.store.find(id);
        if (!earlier) parts_.store.add(added);
    });
    return view_of(earlier ? *earlier : added, parts_.addresses);
}

Service::Tagged Service::tagged(const KnownModel& known) const {
    return {.view = view_of(known, parts_.addresses), .etag = etag_of(known)};
}

Service::Tagged Service::get(const ModelId& id, const std::optional<Editor>& viewer) {
    const auto known = parts_.store.find(id);
    const bool is_gone = !known || known->model.is_deleted;
    const bool may_see =
        !is_gone && (known->is_listed() || (viewer && (viewer->is_admin || viewer->id == known->model.retailer_id)));
    if (!may_see) throw not_found("model");
    return tagged(*known);
}

Page<ModelView> Service::list(const ModelQuery& query, const std::optional<UserId>& viewer) {
    const ModelPage page = parts_.store.list(query, viewer);
    std::vector<ModelView> views;
    views.reserve(page.items.size());
    for (const KnownModel& known : page.items) views.push_back(view_of(known, parts_.addresses));
    return page_of(std::move(views), page.total, paging_of(query));
}

KnownModel Service::get_for(const Editor& editor, const ModelId& id) {
    auto known = parts_.store.find(id);
    if (!known || known->model.is_deleted) throw not_found("model");
    if (!editor.is_admin && known->model.retailer_id != editor.id) {
        throw Failure(FailureCode::forbidden, "This model belongs to another shop.");
    }
    return std::move(*known);
}

// Everything about one change happens in one transaction, so that two editors never see half of each other.
KnownModel Service::edit(const Editor& editor, const ModelId& id, const Precondition& precondition,
                         const std::function<void(Model& model)>& edit) {
    std::optional<KnownModel> changed;
    parts_.unit_of_work.run(Durability::durable, [&] {
        changed = get_for(editor, id);
        precondition(changed->model.revision);
        edit(changed->model);
        changed->model.revision += 1;
        changed->model.updated_at = parts_.clock.now();
        if (!parts_.store.replace(changed->model)) throw Unavailable("a model changed inside a transaction");
        changed = parts_.store.find(id);
    });
    return std::move(*changed);
}

Service::Tagged Service::change(const Editor& editor, const ModelId& id, const ModelChange& change,
                                const Precondition& precondition) {
    return tagged(edit(editor, id, precondition, [&](Model& model) {
        set_if_given(model.name, change.name);
        set_if_given(model.body_type, change.body_type);
        set_if_given(model.height_cm, change.height_cm);
        set_if_given(model.size, change.size);
        set_if_given(model.measurements, change.measurements);
        set_if_given(model.skin_tone, change.skin_tone);
        set_if_given(model.is_active, change.is_active);
    }));
}

void Service::withdraw(const Editor& editor, const ModelId& id, const Precondition& precondition) {
    edit(editor, id, precondition, [](Model& model) { model.is_deleted = true; });
}

pictures::PictureView Service::set_picture(const Editor& editor, const ModelId& id, const PictureId& picture_id,
                                           std::string_view bytes) {
    // Whoever may not set it should not make us decode it.
    const KnownModel before = get_for(editor, id);
    if (before.model.image && before.model.image->id == picture_id)
        return view_of(*before.model.image, parts_.addresses);
    const Picture picture = parts_.shelf.place(bytes, "models/" + id.str(), picture_id, "model_picture");
    std::optional<Picture> replaced;
    const KnownModel changed = edit(editor, id, nothing_expected, [&](Model& model) {
        if (model.image) parts_.shelf.release(*model.image);
        replaced = std::exchange(model.image, picture);
        model.fit_points.reset();  // they were places of the earlier picture
        parts_.shelf.keep(picture);
        parts_.store.set_try_on(id, {.state = TryOnState::pending, .score = {}, .reasons = {}});
    });
    if (replaced) parts_.shelf.remove_released(*replaced);
    analyse(changed.model);
    return view_of(picture, parts_.addresses);
}

Service::FitPoints Service::fit_points(const Editor& editor, const ModelId& id) {
    return fit_points_of(get_for(editor, id));
}

Service::FitPoints Service::fit_points_of(const KnownModel& known) {
    const Model& model = known.model;
    FitPoints shown{.view = {.points = {}, .strokes = {}, .revision = model.revision}, .etag = etag_of(known)};
    if (!model.image) return shown;
    const engine::BodyFitPoints corrections = model.fit_points.value_or(engine::BodyFitPoints());
    shown.view.points =
        pictures::joined_points<pictures::BodyPointView>(parts_.finder.on_person(*model.image), corrections.points);
    if (corrections.strokes) shown.view.strokes = corrections.strokes->items;
    return shown;
}

Service::FitPoints Service::correct_fit_points(const Editor& editor, const ModelId& id,
                                               const engine::BodyFitPoints& corrections,
                                               const Precondition& precondition) {
    engine::BodyFitPoints seen = corrections;
    std::erase_if(seen.points.items, [](const engine::BodyPointDocument& point) {
        return point.visibility.value_or(1) < engine::least_visibility;
    });
    const KnownModel changed = edit(editor, id, precondition, [&](Model& model) {
        if (!model.image) throw Failure(FailureCode::not_try_on_ready, "The model has no picture yet.");
        model.fit_points = seen.empty() ? std::nullopt : std::optional(seen);
        parts_.store.set_try_on(id, {.state = TryOnState::pending, .score = {}, .reasons = {}});
    });
    analyse(changed.model);
    return fit_points_of(changed);
}

void Service::analyse(const Model& model) try {
    parts_.analyst.analyse(model.id, *model.image, model.fit_points);
} catch (const Unavailable&) {
    // The picture is stored; it stays pending and is asked for again at the next start.
}

void Service::analyse_pending() {
    std::optional<ModelId> last;
    for (auto models = parts_.store.list_pending(last, Store::list_limit); !models.empty();
         models = parts_.store.list_pending(last, Store::list_limit)) {
        for (const KnownModel& known : models) {
            if (known.model.image) analyse(known.model);
            last = known.model.id;
        }
    }
}

std::optional<KnownModel> Service::find_for(const ModelId& id, const std::optional<UserId>& viewer) {
    auto known = parts_.store.find(id);
    if (!known || known->model.is_deleted) return std::nullopt;
    if (!known->is_listed() && viewer != known->model.retailer_id) return std::nullopt;
    return known;
}

void Service::set_try_on(const ModelId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) {
    parts_.unit_of_work.run(Durability::durable, [&] {
        const auto known = parts_.store.find(id);
        const bool is_its_picture = known && known->model.image && known->model.image->id == picture;
        if (is_its_picture && known->figures.try_on != try_on) parts_.store.set_try_on(id, try_on);
    });
}

std::vector<privacy::ExportedCollection> Service::export_for(const UserId& user) {
    privacy::ExportedCollection models{.name = "models", .records = {}};
    for (const KnownModel& known : parts_.store.list_of_retailer(user, Store::list_limit)) {
        models.records.push_back(reflect::encode_text(view_of(known, parts_.addresses)));
    }
    return {std::move(models)};
}

void Service::erase_for(const UserId& user) {
    constexpr int batch = 100;
    for (auto models = parts_.store.list_of_retailer(user, batch); !models.empty();
         models = parts_.store.list_of_retailer(user, batch)) {
        for (const KnownModel& known : models) {
            std::optional<Picture> removed;
            edit({.id = user}, known.model.id, nothing_expected, [&](Model& model) {
                removed = std::exchange(model.image, std::nullopt);
                if (removed) parts_.shelf.release(*removed);
                model.is_deleted = true;
            });
            if (removed) parts_.shelf.remove_released(*removed);
        }
    }
}

}  // namespace fitview::models
