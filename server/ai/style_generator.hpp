#pragma once
// Who sets a finished try-on into a scene: the port every provider implements, our own engine among them.
#include <chrono>
#include <memory>
#include <string_view>
#include <variant>

#include "ai/picture_generator.hpp"
#include "engine/scene/style_scene.hpp"

namespace fitview::ai {

/// Thread-safe; blocks for as long as the work takes, at most until `deadline` where a network is involved.
class StyleGenerator {
public:
    virtual ~StyleGenerator() = default;
    /// The `ai_provider` of its pictures: gemini, bedrock or fallback.
    virtual std::string_view name() const = 0;
    /// `picture` (RGB) in a scene of that style.
    virtual std::variant<media::Raster, ProviderFault> generate(const media::Raster& picture, engine::SceneStyle style,
                                                                std::chrono::steady_clock::time_point deadline) = 0;
};

/// Our own engine: always there, no account, no network; about 1.2 s on one core.
std::unique_ptr<StyleGenerator> make_engine_style_generator();

}  // namespace fitview::ai
