#include "ai/picture_generator.hpp"

#include <algorithm>
#include <future>

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
        auto person = inputs.prepared_person();
        report(35, "garment");
        std::vector<std::shared_ptr<const engine::PreparedGarment>> garments;
        for (auto& one : prepared) garments.push_back(one.get());
        return dress(std::move(person), garments, inputs.options, report);
    }

private:
    /// Puts on one garment after the other: each on the picture of the person in those before it.
    GeneratedPicture dress(std::shared_ptr<const engine::PreparedPerson> person,
                           const std::vector<std::shared_ptr<const engine::PreparedGarment>>& garments,
                           const engine::TryOnOptions& options, const ProgressReport& report) {
        GeneratedPicture dressed;
        const int share = 45 / static_cast<int>(garments.size());
        for (std::size_t at = 0; at < garments.size(); ++at) {
            const int from = 50 + share * static_cast<int>(at);
            const ProgressReport part = [&](int progress, std::string_view stage) {
                report(from + progress * share / 100, stage);
            };
            Stages stages(part);
            if (at > 0)
                person = std::make_shared<const engine::PreparedPerson>(engine::prepare_person(dressed.picture));
            engine::TryOnPicture made = engine::render_try_on(*person, *garments[at], options, &stages);
            for (const engine::StageTiming& timing : made.timings) {
                if (observe_) observe_(timing.stage, timing.milliseconds / 1000.0);
            }
            if (at == 0) {
                dressed = {.picture = std::move(made.picture),
                           .change_mask = std::move(made.change_mask),
                           .quality = std::move(made.quality)};
            } else {
                put_over(dressed, std::move(made));
            }
        }
        return dressed;
    }

    static void put_over(GeneratedPicture& dressed, engine::TryOnPicture over) {
        std::vector<std::uint8_t>& mask = dressed.change_mask->bytes;
        std::transform(mask.begin(), mask.end(), over.change_mask.bytes.begin(), mask.begin(),
                       [](std::uint8_t one, std::uint8_t other) { return std::max(one, other); });
        dressed.picture = std::move(over.picture);
        engine::Quality& quality = dressed.quality;
        // The pose was judged on the person's own photo; what is dressed already says nothing new about it.
        quality.cutout *= over.quality.cutout;
        quality.fit *= over.quality.fit;
        quality.score = quality.pose * quality.cutout * quality.fit;
        for (std::string& warning : over.quality.warnings) {
            if (std::find(quality.warnings.begin(), quality.warnings.end(), warning) == quality.warnings.end())
                quality.warnings.push_back(std::move(warning));
        }
    }

    const std::function<void(std::string_view, double)> observe_;
};

}  // namespace

std::unique_ptr<PictureGenerator> make_engine_generator(std::function<void(std::string_view, double)> observe) {
    return std::make_unique<EngineGenerator>(std::move(observe));
}

}  // namespace fitview::ai
