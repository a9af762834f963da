#include "ai/picture_generator.hpp"

#include <gtest/gtest.h>

#include "ai/picture_generator_contract.hpp"
#include "engine/drape/drawn_try_on.hpp"

namespace fitview::ai {
namespace {

struct OurEngine {
    std::unique_ptr<PictureGenerator> open() { return make_engine_generator(); }
    TryOnInputs inputs() {
        TryOnInputs inputs;
        inputs.prepared_person = [] {
            return std::shared_ptr<const engine::PreparedPerson>(&engine::drawn_person(), [](const auto*) {});
        };
        inputs.garments.push_back({.picture = {}, .prepared = [] {
                                       return std::shared_ptr<const engine::PreparedGarment>(&engine::drawn_garment(),
                                                                                             [](const auto*) {});
                                   }});
        return inputs;
    }
};
using Backends = testing::Types<OurEngine>;
INSTANTIATE_TYPED_TEST_SUITE_P(Generators, PictureGeneratorContract, Backends);

TEST(EngineGenerator, SaysHowLongEachStageTook) {
    std::set<std::string> stages;
    const auto generator = make_engine_generator([&stages](std::string_view stage, double) { stages.emplace(stage); });
    static_cast<void>(generator->generate(OurEngine().inputs(), {}, [](int, std::string_view) {}));
    EXPECT_GE(stages.size(), 3U);
}

}  // namespace
}  // namespace fitview::ai
