#include "photo_analysis/prepared_photos.hpp"

namespace fitview::photo_analysis {

std::shared_ptr<const engine::PreparedPerson> PreparedPhotos::person(const std::string& hash, const Load& load) {
    return people_.get(hash, [&] { return engine::prepare_person(load()); });
}

std::shared_ptr<const engine::PreparedGarment> PreparedPhotos::garment(const std::string& hash,
                                                                       std::optional<engine::GarmentClass> kind,
                                                                       const Load& load) {
    const std::string key = hash + (kind ? (*kind == engine::GarmentClass::dress ? ":dress" : ":upper") : "");
    return garments_.get(key, [&] { return engine::prepare_garment(load(), kind); });
}

}  // namespace fitview::photo_analysis
