#pragma once
// Who makes try-on pictures: the port every provider implements, our own engine among them.
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ai/provider_fault.hpp"
#include "engine/composer.hpp"
#include "media/raster.hpp"

namespace fitview::ai {

/// Encoded pictures are for providers elsewhere; what our engine learnt from them is for our engine, and made when
/// first asked for. The `prepared` functions may run at the same time.
struct GarmentInput {
    std::string_view picture;  ///< WebP, upright sRGB
    std::function<std::shared_ptr<const engine::PreparedGarment>()> prepared;
    engine::KnownMeasures measures = {};         ///< of the person and of this garment
    std::string material = {};                   ///< the merchant's word; may be empty
    std::optional<engine::DrapeWay> drape = {};  ///< how a saree or dupatta is worn; the usual way where empty
};

/// What a try-on starts from.
struct TryOnInputs {
    std::string_view person_picture;  ///< WebP, upright sRGB
    std::function<std::shared_ptr<const engine::PreparedPerson>()> prepared_person;
    std::vector<GarmentInput> garments;  ///< one to `most_garments`, in dressing order
    engine::TryOnOptions options;

    static constexpr std::size_t most_garments = 4;
};

struct GeneratedPicture {
    media::Raster picture;
    std::optional<media::Raster> change_mask;  ///< 255 where the picture may differ from the person's
    engine::Quality quality;
    engine::FitReport fit = {};                     ///< how the garment lies, where the maker can tell
    std::optional<media::Raster> fit_overlay = {};  ///< the same in colours: red where it is tight, blue where loose
};

/// Tells how far the work is: `progress` 0 to 100, `stage` a word. May throw to end the work (it is not wanted any
/// more).
using ProgressReport = std::function<void(int progress, std::string_view stage)>;

/// Thread-safe; blocks for as long as the work takes, at most until `deadline` where a network is involved.
class PictureGenerator {
public:
    virtual ~PictureGenerator() = default;
    /// The `ai_provider` of its pictures: gemini, bedrock or fallback.
    virtual std::string_view name() const = 0;
    virtual std::variant<GeneratedPicture, ProviderFault> generate(const TryOnInputs& inputs,
                                                                   std::chrono::steady_clock::time_point deadline,
                                                                   const ProgressReport& report) = 0;
};

/// Our own engine: always there, no account, no network. `observe`, when given, is told how long each stage took.
std::unique_ptr<PictureGenerator> make_engine_generator(
    std::function<void(std::string_view stage, double seconds)> observe = {});

}  // namespace fitview::ai
