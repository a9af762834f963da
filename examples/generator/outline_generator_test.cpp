#include "outline_generator.hpp"

#include <gtest/gtest.h>

#include "ai/picture_generator_contract.hpp"

namespace fitview::examples {
namespace {

/// A grey picture with a trunk of ten rows.
std::shared_ptr<const engine::PreparedPerson> some_person(bool with_trunk) {
    auto person = std::make_shared<engine::PreparedPerson>();
    person->model.picture = cv::Mat(40, 30, CV_8UC3, cv::Scalar::all(120));
    person->model.landmarks.trunk_top = 10;
    if (with_trunk) person->model.landmarks.trunk.assign(10, {.left = 8, .right = 22});
    return person;
}

auto generate(bool with_trunk) {
    ai::TryOnInputs inputs{};
    inputs.prepared_person = [with_trunk] { return some_person(with_trunk); };
    return make_outline_generator()->generate(inputs, {}, [](int, std::string_view) {});
}

struct Outline {
    std::unique_ptr<ai::PictureGenerator> open() { return make_outline_generator(); }
    ai::TryOnInputs inputs() {
        ai::TryOnInputs inputs{};
        inputs.prepared_person = [] { return some_person(true); };
        return inputs;
    }
};
}  // namespace
}  // namespace fitview::examples

namespace fitview::ai {
using Outlines = testing::Types<examples::Outline>;
INSTANTIATE_TYPED_TEST_SUITE_P(Outline, PictureGeneratorContract, Outlines);
}  // namespace fitview::ai

namespace fitview::examples {
namespace {

TEST(OutlineGenerator, ChangesOnlyWhatItsMaskNames) {
    const auto outcome = generate(true);
    const auto& made = std::get<ai::GeneratedPicture>(outcome);
    int changed = 0;
    for (std::size_t at = 0; at < made.change_mask->bytes.size(); ++at) {
        const bool differs = made.picture.bytes[3 * at] != 120;
        EXPECT_EQ(differs, made.change_mask->bytes[at] == 255);
        changed += differs ? 1 : 0;
    }
    EXPECT_EQ(changed, 20);
}

TEST(OutlineGenerator, AsksForTheNextGeneratorWhenThereIsNoTrunk) {
    EXPECT_TRUE(std::holds_alternative<ai::ProviderFault>(generate(false)));
}

}  // namespace
}  // namespace fitview::examples
