#include "photo_analysis/prepared_photos.hpp"

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/read_fit_points.hpp"
#include "reflect/json.hpp"

namespace fitview::photo_analysis {

std::shared_ptr<const engine::PreparedPerson> PreparedPhotos::person(const std::string& hash, const Load& load,
                                                                     const std::string& fit_points) {
    if (fit_points.empty()) {
        return people_.get(hash, [&] { return engine::prepare_person(load()); });
    }
    return people_.get(hash + ":" + hex(sha256(fit_points)), [&] {
        engine::PersonModel model = engine::parse_person(load());
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
        return garments_.get(key, [&] { return engine::prepare_garment(load(), type); });
    }
    key += ":" + hex(sha256(fit_points));
    return garments_.get(key, [&] {
        engine::GarmentModel model = engine::parse_garment(load(), type);
        engine::apply_fit_points(reflect::decode_own<engine::GarmentFitPoints>(fit_points), model);
        return engine::prepare_garment(std::move(model));
    });
}

}  // namespace fitview::photo_analysis
