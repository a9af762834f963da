#include "app/picture_analysis.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <algorithm>
#include <stdexcept>

#include "base/digest.hpp"
#include "engine/fit_points.hpp"
#include "photo_analysis/readiness.hpp"
#include "reflect/json.hpp"

namespace fitview::app {

enum class Subject { product, model };
BOOST_DESCRIBE_ENUM(Subject, product, model)

/// The payload of an analysis.
struct Analysis {
    Subject subject = Subject::product;
    std::string id;
    PictureId picture;
    std::string key;
    std::string hash;
    std::optional<engine::GarmentType> garment_type;
    std::optional<std::string> fit_points;  ///< corrections, JSON
};
BOOST_DESCRIBE_STRUCT(Analysis, (), (subject, id, picture, key, hash, garment_type, fit_points))

namespace {

constexpr const char* analysis_kind = "analyse_picture";

/// The same for the same question, so that asking twice enqueues once; another class of garment is another question.
JobId job_id_of(const Analysis& analysis) {
    const std::string digest = sha256(reflect::encode_text(analysis));
    IdBytes bytes;
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return JobId(bytes);
}

void enqueue(jobs::JobQueue& queue, const Analysis& analysis) {
    queue.enqueue({.id = job_id_of(analysis),
                   .kind = analysis_kind,
                   .payload = reflect::encode_text(analysis),
                   .priority = jobs::batch_priority,
                   .not_before = {}});
}

template <class FitPoints>
std::optional<std::string> text_of(const std::optional<FitPoints>& fit_points) {
    if (!fit_points) return std::nullopt;
    return reflect::encode_text(*fit_points);
}

media::Raster pixels_of(storage::Objects& objects, const std::string& key) {
    const auto bytes = objects.find(storage::ObjectKey::of(key));
    if (!bytes) throw std::runtime_error("the picture is not there any more");
    auto decoded = media::decode_picture(*bytes, engine::working_size);
    if (const auto* refusal = std::get_if<media::Refusal>(&decoded)) throw std::runtime_error(refusal->reason);
    return std::get<media::Raster>(std::move(decoded));
}

pictures::TryOnReadiness readiness_of(const Analysis& analysis, storage::Objects& objects,
                                      photo_analysis::PreparedPhotos& prepared) {
    const auto load = [&] { return pixels_of(objects, analysis.key); };
    const std::string points = analysis.fit_points.value_or("");
    const photo_analysis::GivenPerson given{.fit_points = points, .mask_hash = {}, .mask = {}};
    using enum photo_analysis::PhotoOf;
    if (analysis.subject == Subject::model)
        return photo_analysis::judge(*prepared.person(analysis.hash, catalogue, load, given));
    if (const auto refusal = photo_analysis::refusal_of(analysis.garment_type)) return *refusal;
    return photo_analysis::judge(*prepared.garment(analysis.hash, analysis.garment_type, load, points));
}

void tell(const Analysis& analysis, const pictures::TryOnReadiness& readiness, products::Lookup& products,
          models::Lookup& models) {
    if (analysis.subject == Subject::product) {
        if (const auto id = ProductId::check(analysis.id)) products.set_try_on(*id, analysis.picture, readiness);
    } else if (const auto id = ModelId::check(analysis.id)) {
        models.set_try_on(*id, analysis.picture, readiness);
    }
}

}  // namespace

void PictureAnalysts::analyse(const products::PictureToAnalyse& picture) {
    enqueue(queue_, {.subject = Subject::product,
                     .id = picture.product_id.str(),
                     .picture = picture.picture.id,
                     .key = picture.picture.key.str(),
                     .hash = picture.picture.content_hash,
                     .garment_type = picture.garment_type,
                     .fit_points = text_of(picture.fit_points)});
}

void PictureAnalysts::analyse(const ModelId& id, const pictures::Picture& picture,
                              const std::optional<engine::BodyFitPoints>& fit_points) {
    enqueue(queue_, {.subject = Subject::model,
                     .id = id.str(),
                     .picture = picture.id,
                     .key = picture.key.str(),
                     .hash = picture.content_hash,
                     .garment_type = {},
                     .fit_points = text_of(fit_points)});
}

std::vector<engine::FoundPoint<engine::BodyPoint>> FitPointFinders::on_person(const pictures::Picture& picture) {
    const auto load = [&] { return pixels_of(objects_, picture.key.str()); };
    return engine::found_points(
        prepared_.person(picture.content_hash, photo_analysis::PhotoOf::catalogue, load)->model);
}

std::vector<engine::FoundPoint<engine::GarmentPoint>> FitPointFinders::on_garment(
    const pictures::Picture& picture, const std::optional<engine::GarmentType>& type) {
    const auto load = [&] { return pixels_of(objects_, picture.key.str()); };
    return engine::found_points(prepared_.garment(picture.content_hash, type, load)->model);
}

jobs::JobHandler picture_analysis_handler(storage::Objects& objects, photo_analysis::PreparedPhotos& prepared,
                                          products::Lookup& products, models::Lookup& models) {
    return {.kind = analysis_kind,
            .run =
                [&](const jobs::Job& job, const jobs::JobControl&) {
                    const auto analysis = reflect::decode_own<Analysis>(job.payload);
                    tell(analysis, readiness_of(analysis, objects, prepared), products, models);
                },
            .give_up =
                [&](const jobs::Job& job) {
                    pictures::TryOnReadiness unusable;
                    unusable.state = pictures::TryOnState::unusable;
                    unusable.score = 0.0;
                    unusable.reasons = {"The picture could not be analysed; please upload it again"};
                    tell(reflect::decode_own<Analysis>(job.payload), unusable, products, models);
                }};
}

}  // namespace fitview::app
