#include "ai/style_generator.hpp"

namespace fitview::ai {
namespace {

class EngineStyleGenerator final : public StyleGenerator {
public:
    std::string_view name() const override { return "fallback"; }
    std::variant<media::Raster, ProviderFault> generate(const media::Raster& picture, engine::SceneStyle style,
                                                        std::chrono::steady_clock::time_point) override {
        return engine::set_into_scene(picture, engine::find_person_mask(picture), style);
    }
};

}  // namespace

std::unique_ptr<StyleGenerator> make_engine_style_generator() {
    return std::make_unique<EngineStyleGenerator>();
}

}  // namespace fitview::ai
