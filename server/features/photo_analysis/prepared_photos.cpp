#include "photo_analysis/prepared_photos.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/parse_given_person.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/read_fit_points.hpp"
#include "engine/stored/stored_analysis.hpp"
#include "reflect/json.hpp"

namespace fitview::photo_analysis {

engine::PersonModel PreparedPhotos::shelved(const std::string& hash, PhotoOf whose, const std::string& what,
                                            const std::function<engine::PersonModel()>& make) {
    if (!shelf_ || whose == PhotoOf::shopper) return make();
    if (const auto bytes = shelf_->find(hash, what))
        if (auto model = engine::restore_person(*bytes)) return std::move(*model);
    engine::PersonModel model = make();
    shelf_->keep(hash, what, engine::store_analysis(model));
    return model;
}

engine::PersonModel PreparedPhotos::person_model(const std::string& hash, PhotoOf whose, const Load& load) {
    return shelved(hash, whose, "person_" + std::string(person_source()),
                   [&] { return engine::parse_person(load(), sight_); });
}

engine::PersonModel PreparedPhotos::given_person_model(const std::string& hash, PhotoOf whose, const Load& load,
                                                       const GivenPerson& given) {
    const auto read = engine::read_fit_points(given.fit_points.empty() ? R"({"points":[]})" : given.fit_points);
    const auto* readable = std::get_if<engine::FitPoints>(&read);
    const engine::FitPoints points = readable != nullptr ? *readable : engine::FitPoints();
    const bool looks_anew = given.mask || engine::are_whole_body(points) || (sight_.pose && !points.points.empty());
    if (!looks_anew) {
        engine::PersonModel model = person_model(hash, whose, load);
        engine::apply_fit_points(points, model);
        return model;
    }
    const std::string what = "person_" + std::string(person_source()) + "_" + hex(sha256(given.fit_points));
    return shelved(hash, whose, what, [&] {
        std::optional<media::Raster> mask;
        if (given.mask) mask = given.mask();
        return engine::parse_given_person(load(), sight_, points, mask ? &*mask : nullptr);
    });
}

engine::GarmentModel PreparedPhotos::garment_model(const std::string& hash, std::optional<engine::GarmentType> type,
                                                   const Load& load) {
    if (!shelf_) return engine::parse_garment(load(), type);
    const std::string what = type ? "garment" + std::to_string(static_cast<int>(*type)) : "garment";
    if (const auto bytes = shelf_->find(hash, what))
        if (auto model = engine::restore_garment(*bytes)) return std::move(*model);
    engine::GarmentModel model = engine::parse_garment(load(), type);
    shelf_->keep(hash, what, engine::store_analysis(model));
    return model;
}

std::shared_ptr<const engine::PreparedPerson> PreparedPhotos::person(const std::string& hash, PhotoOf whose,
                                                                     const Load& load, const GivenPerson& given) {
    if (given.fit_points.empty() && !given.mask)
        return people_.get(hash, [&] { return engine::prepare_person(person_model(hash, whose, load)); });
    return people_.get(hash + ":" + hex(sha256(given.fit_points)) + ":" + given.mask_hash,
                       [&] { return engine::prepare_person(given_person_model(hash, whose, load, given)); });
}

std::shared_ptr<const engine::PreparedGarment> PreparedPhotos::garment(const std::string& hash,
                                                                       std::optional<engine::GarmentType> type,
                                                                       const Load& load,
                                                                       const std::string& fit_points) {
    std::string key = type ? hash + ":" + std::to_string(static_cast<int>(*type)) : hash;
    if (fit_points.empty()) {
        return garments_.get(key, [&] { return engine::prepare_garment(garment_model(hash, type, load)); });
    }
    key += ":" + hex(sha256(fit_points));
    return garments_.get(key, [&] {
        engine::GarmentModel model = garment_model(hash, type, load);
        engine::apply_fit_points(reflect::decode_own<engine::GarmentFitPoints>(fit_points), model);
        return engine::prepare_garment(std::move(model));
    });
}

}  // namespace fitview::photo_analysis
