#include "tryon/stored_inputs.hpp"

#include <stdexcept>

#include "media/pictures.hpp"

namespace fitview::tryon {

media::Raster pixels_of(const std::string& picture) {
    auto decoded = media::decode_picture(picture, engine::working_size);
    if (const auto* refusal = std::get_if<media::Refusal>(&decoded))
        throw std::runtime_error("a stored picture cannot be read: " + refusal->reason);
    return std::get<media::Raster>(std::move(decoded));
}

photo_analysis::GivenPerson given_person(const Session& session, storage::Objects& objects) {
    photo_analysis::GivenPerson given{
        .fit_points = session.fit_points.value_or(""), .mask_hash = session.person_mask_key.value_or(""), .mask = {}};
    if (!session.person_mask_key) return given;
    given.mask = [key = storage::ObjectKey::of(*session.person_mask_key), &objects] {
        const auto bytes = objects.find(key);
        if (!bytes) throw std::runtime_error("the mask of a photo was deleted");
        media::Raster mask = pixels_of(*bytes);
        // It is stored with one channel and read with three alike.
        for (std::size_t at = 0; 3 * at < mask.bytes.size(); ++at) mask.bytes[at] = mask.bytes[3 * at];
        mask.bytes.resize(mask.bytes.size() / 3);
        mask.channels = 1;
        return mask;
    };
    return given;
}

}  // namespace fitview::tryon
