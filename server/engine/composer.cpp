#include "engine/composer.hpp"

#include <stdexcept>

#include "engine/compose_outfit.hpp"
#include "engine/drape/narrow_trunk.hpp"
#include "engine/garment/garment_texture.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/garment/show_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/person/show_person.hpp"
#include "engine/render/stage_pictures.hpp"
#include "engine/stages.hpp"

namespace fitview::engine {
namespace {

constexpr int pattern_vertices = 1300;

void require_picture(const media::Raster& photo) {
    constexpr int least_side = 64;
    if (photo.width < least_side || photo.height < least_side || photo.channels != 3 ||
        photo.bytes.size() != photo.row_bytes() * static_cast<std::size_t>(photo.height))
        throw std::invalid_argument("a picture of at least 64 x 64 RGB pixels is needed");
}

}  // namespace

PreparedPerson prepare_person(const media::Raster& photo, StageObserver* observer) {
    return prepare_person(photo, PersonSight(), observer);
}

PreparedPerson prepare_person(const media::Raster& photo, const PersonSight& sight, StageObserver* observer) {
    require_picture(photo);
    std::vector<StageTiming> timings;
    return prepare_person(Stages(observer, timings).run("person", 0, [&] { return parse_person(photo, sight); }),
                          observer);
}

PreparedPerson prepare_person(PersonModel model, StageObserver* observer) {
    std::vector<StageTiming> timings;
    Stages stages(observer, timings);
    PreparedPerson person;
    narrow_trunk_to_clothes(model);
    person.body = stages.run("body", 60, [&] { return make_body_field(model); });
    person.undressed = stages.run("undress", 80, [&] { return remove_old_garment(model); });
    person.model = std::move(model);
    stages.show_all([&] { return show_person(person.model); });
    stages.show("body", [&] { return picture_of_body(person.body, person.model.picture); });
    stages.show("undressed", [&] { return person.undressed.picture; });
    return person;
}

PreparedGarment prepare_garment(const media::Raster& photo, std::optional<GarmentType> type, StageObserver* observer) {
    require_picture(photo);
    std::vector<StageTiming> timings;
    return prepare_garment(Stages(observer, timings).run("garment", 0, [&] { return parse_garment(photo, type); }),
                           observer);
}

PreparedGarment prepare_garment(GarmentModel model, StageObserver* observer) {
    std::vector<StageTiming> timings;
    Stages stages(observer, timings);
    PreparedGarment garment;
    garment.pattern = stages.run("pattern", 70, [&] { return make_pattern(model, pattern_vertices); });
    garment.texture = stages.run("texture", 90, [&] { return extend_colours(model); });
    garment.model = std::move(model);
    stages.show_all([&] { return show_garment(garment.model); });
    stages.show_all([&] { return show_pattern(garment.model, garment.pattern); });
    stages.show("texture", [&] { return garment.texture; });
    return garment;
}

TryOnPicture render_try_on(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                           StageObserver* observer) {
    const OutfitPiece piece{&garment, options};
    return compose_outfit(person, {&piece, 1}, observer);
}

}  // namespace fitview::engine
