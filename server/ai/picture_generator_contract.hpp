#pragma once
// What every maker of try-on pictures must do. A back end joins with a Backend that has
// `std::unique_ptr<PictureGenerator> open()` and `TryOnInputs inputs()`, on which it makes a picture.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "ai/picture_generator.hpp"

namespace fitview::ai {

template <class Backend>
class PictureGeneratorContract : public testing::Test {
protected:
    static std::chrono::steady_clock::time_point in_a_minute() {
        return std::chrono::steady_clock::now() + std::chrono::minutes(1);
    }
    std::variant<GeneratedPicture, ProviderFault> generate(const ProgressReport& report = [](int, std::string_view) {
    }) {
        return generator_->generate(backend_.inputs(), in_a_minute(), report);
    }
    Backend backend_;
    std::unique_ptr<PictureGenerator> generator_ = backend_.open();
};
TYPED_TEST_SUITE_P(PictureGeneratorContract);

TYPED_TEST_P(PictureGeneratorContract, ItsNameIsOneTheApiKnows) {
    EXPECT_TRUE((std::set<std::string_view>{"gemini", "bedrock", "fallback"}).contains(this->generator_->name()));
}

TYPED_TEST_P(PictureGeneratorContract, ThePictureAndItsMaskAreWhole) {
    const auto outcome = this->generate();
    ASSERT_TRUE(std::holds_alternative<GeneratedPicture>(outcome));
    const auto& made = std::get<GeneratedPicture>(outcome);
    EXPECT_EQ(made.picture.channels, 3);
    const auto pixels = static_cast<std::size_t>(made.picture.width) * static_cast<std::size_t>(made.picture.height);
    EXPECT_GT(pixels, 0U);
    EXPECT_EQ(made.picture.bytes.size(), 3 * pixels);
    if (made.change_mask) {
        EXPECT_EQ(made.change_mask->bytes.size(), pixels);
        EXPECT_EQ(made.change_mask->width, made.picture.width);
    }
    EXPECT_GE(made.quality.score, 0.0);
    EXPECT_LE(made.quality.score, 1.0);
}

TYPED_TEST_P(PictureGeneratorContract, ProgressGrowsAndStaysBelowTheEnd) {
    int last = -1;
    static_cast<void>(this->generate([&last](int progress, std::string_view stage) {
        EXPECT_GE(progress, last);
        EXPECT_LE(progress, 100);
        EXPECT_FALSE(stage.empty());
        last = progress;
    }));
    EXPECT_GE(last, 0);
}

TYPED_TEST_P(PictureGeneratorContract, WhatTheReportThrowsEndsTheWork) {
    struct NotWanted {};
    EXPECT_THROW(static_cast<void>(this->generate([](int, std::string_view) { throw NotWanted(); })), NotWanted);
}

TYPED_TEST_P(PictureGeneratorContract, ServesSeveralThreadsWithTheSamePicture) {
    const auto first = this->generate();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 2; ++thread) {
        threads.emplace_back([&] {
            const auto again = this->generate();
            EXPECT_EQ(std::get<GeneratedPicture>(again).picture.width, std::get<GeneratedPicture>(first).picture.width);
        });
    }
    for (std::thread& thread : threads) thread.join();
}

REGISTER_TYPED_TEST_SUITE_P(PictureGeneratorContract, ItsNameIsOneTheApiKnows, ThePictureAndItsMaskAreWhole,
                            ProgressGrowsAndStaysBelowTheEnd, WhatTheReportThrowsEndsTheWork,
                            ServesSeveralThreadsWithTheSamePicture);

}  // namespace fitview::ai
