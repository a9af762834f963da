#include "ai/picture_generator.hpp"

#include <future>

#include "engine/compose_outfit.hpp"

namespace fitview::ai {
namespace {

/// Passes the engine's stages on.
class Stages final : public engine::StageObserver {
public:
    explicit Stages(const ProgressReport& report) : report_(report) {}
    void starts(std::string_view stage, int progress) override { report_(progress, stage); }

private:
    const ProgressReport& report_;
};

class EngineGenerator final : public PictureGenerator {
public:
    explicit EngineGenerator(std::function<void(std::string_view, double)> observe) : observe_(std::move(observe)) {}
    std::string_view name() const override { return "fallback"; }

    std::variant<GeneratedPicture, ProviderFault> generate(const TryOnInputs& inputs,
                                                           std::chrono::steady_clock::time_point,
                                                           const ProgressReport& report) override {
        report(5, "person");
        // The analyses need nothing of each other; where one is in memory already its call returns at once.
        std::vector<std::future<std::shared_ptr<const engine::PreparedGarment>>> prepared;
        for (const GarmentInput& garment : inputs.garments)
            prepared.push_back(std::async(std::launch::async, garment.prepared));
        const auto person = inputs.prepared_person();
        report(35, "garment");
        std::vector<std::shared_ptr<const engine::PreparedGarment>> garments;
        for (auto& one : prepared) garments.push_back(one.get());
        const ProgressReport second_half = [&](int progress, std::string_view stage) {
            report(50 + progress * 45 / 100, stage);
        };
        Stages stages(second_half);
        std::vector<engine::OutfitPiece> pieces;
        for (std::size_t at = 0; at < garments.size(); ++at) {
            pieces.push_back({garments[at].get(), inputs.options});
            pieces.back().options.measures = inputs.garments[at].measures;
            pieces.back().options.material = engine::material_of(inputs.garments[at].material);
            pieces.back().options.drape_way = inputs.garments[at].drape;
        }
        engine::TryOnPicture made = engine::compose_outfit(*person, pieces, &stages);
        for (const engine::StageTiming& timing : made.timings) {
            if (observe_) observe_(timing.stage, timing.milliseconds / 1000.0);
        }
        std::optional<media::Raster> overlay;
        if (!made.fit.zones.empty()) overlay.emplace(std::move(made.fit_overlay));
        return GeneratedPicture{.picture = std::move(made.picture),
                                .change_mask = std::move(made.change_mask),
                                .quality = std::move(made.quality),
                                .fit = std::move(made.fit),
                                .fit_overlay = std::move(overlay)};
    }

private:
    const std::function<void(std::string_view, double)> observe_;
};

}  // namespace

std::unique_ptr<PictureGenerator> make_engine_generator(std::function<void(std::string_view, double)> observe) {
    return std::make_unique<EngineGenerator>(std::move(observe));
}

}  // namespace fitview::ai
