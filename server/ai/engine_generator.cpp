#include "ai/picture_generator.hpp"

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
    std::string_view name() const override { return "fallback"; }

    std::variant<GeneratedPicture, ProviderFault> generate(const TryOnInputs& inputs,
                                                           std::chrono::steady_clock::time_point,
                                                           const ProgressReport& report) override {
        report(5, "person");
        const auto person = inputs.prepared_person();
        report(35, "garment");
        const auto garment = inputs.prepared_garment();
        const ProgressReport second_half = [&](int progress, std::string_view stage) {
            report(50 + progress * 45 / 100, stage);
        };
        Stages stages(second_half);
        engine::TryOnPicture made = engine::render_try_on(*person, *garment, inputs.options, &stages);
        return GeneratedPicture{.picture = std::move(made.picture),
                                .change_mask = std::move(made.change_mask),
                                .quality = std::move(made.quality)};
    }
};

}  // namespace

std::unique_ptr<PictureGenerator> make_engine_generator() {
    return std::make_unique<EngineGenerator>();
}

}  // namespace fitview::ai
