#include "photo_analysis/prepared_photos.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/read_fit_points.hpp"
#include "engine/stored/stored_analysis.hpp"
#include "reflect/json.hpp"

namespace fitview::photo_analysis {

engine::PersonModel PreparedPhotos::person_model(const std::string& hash, PhotoOf whose, const Load& load) {
    if (!shelf_ || whose == PhotoOf::shopper) return engine::parse_person(load(), sight_);
    const std::string what = "person_" + std::string(person_source());
    if (const auto bytes = shelf_->find(hash, what))
        if (auto model = engine::restore_person(*bytes)) return std::move(*model);
    engine::PersonModel model = engine::parse_person(load(), sight_);
    shelf_->keep(hash, what, engine::store_analysis(model));
    return model;
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
                                                                     const Load& load, const std::string& fit_points) {
    if (fit_points.empty()) {
        return people_.get(hash, [&] { return engine::prepare_person(person_model(hash, whose, load)); });
    }
    return people_.get(hash + ":" + hex(sha256(fit_points)), [&] {
        engine::PersonModel model = person_model(hash, whose, load);
        const auto points = engine::read_fit_points(fit_points);
        if (const auto* readable = std::get_if<engine::FitPoints>(&points)) engine::apply_fit_points(*readable, model);
        return engine::prepare_person(std::move(model));
    });
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
