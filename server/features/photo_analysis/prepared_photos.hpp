#pragma once
// What the engine learnt from photos, kept in memory by content: a person tried on with ten garments is analysed once.
// That of the catalogue's photos is kept on a shelf as well.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/composer.hpp"
#include "photo_analysis/analysis_shelf.hpp"
#include "photo_analysis/single_flight_cache.hpp"

namespace fitview::photo_analysis {

/// Whose photo it is, which decides where its analysis may be kept.
enum class PhotoOf { catalogue, shopper };

/// Gives the pixels of a picture; called only when they are needed. What it throws comes out of the call.
using Load = std::function<media::Raster()>;

/// What was sent with a person's photo, or corrected on it.
struct GivenPerson {
    std::string fit_points;  ///< JSON as engine::read_fit_points takes it; may be empty
    std::string mask_hash;   ///< names the content of `mask`
    Load mask;               ///< of the person, one channel; may be empty
};

/// Thread-safe. Holds up to about 350 MB when full.
class PreparedPhotos {
public:
    using Load = photo_analysis::Load;
    /// `shelf` may be null: then everything is kept in memory only. `sight` says whom to ask about people. Both must
    /// outlive this.
    explicit PreparedPhotos(AnalysisShelf* shelf = nullptr, const engine::PersonSight& sight = {})
        : shelf_(shelf), sight_(sight) {}

    /// How people are found, for keys and reports: "landmarks" or "classical".
    std::string_view person_source() const { return sight_.pose ? "landmarks" : "classical"; }

    static constexpr std::size_t most_people = 12;
    static constexpr std::size_t most_garments = 24;

    /// The analysis of the photo with this content hash, with `given` in place of what would be found. Points that
    /// cannot be read are left out.
    std::shared_ptr<const engine::PreparedPerson> person(const std::string& hash, PhotoOf whose, const Load& load,
                                                         const GivenPerson& given = {});
    /// The same of a garment; `fit_points` is engine::GarmentFitPoints as JSON.
    std::shared_ptr<const engine::PreparedGarment> garment(const std::string& hash,
                                                           std::optional<engine::GarmentType> type, const Load& load,
                                                           const std::string& fit_points = {});

private:
    /// What `make` gives, from the shelf where it lies there already.
    engine::PersonModel shelved(const std::string& hash, PhotoOf whose, const std::string& what,
                                const std::function<engine::PersonModel()>& make);
    engine::PersonModel person_model(const std::string& hash, PhotoOf whose, const Load& load);
    engine::PersonModel given_person_model(const std::string& hash, PhotoOf whose, const Load& load,
                                           const GivenPerson& given);
    engine::GarmentModel garment_model(const std::string& hash, std::optional<engine::GarmentType> type,
                                       const Load& load);

    AnalysisShelf* const shelf_;
    const engine::PersonSight sight_;
    SingleFlightCache<engine::PreparedPerson> people_{most_people};
    SingleFlightCache<engine::PreparedGarment> garments_{most_garments};
};

}  // namespace fitview::photo_analysis
