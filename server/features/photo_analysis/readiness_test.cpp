#include "photo_analysis/readiness.hpp"

#include <gtest/gtest.h>

namespace fitview::photo_analysis {
namespace {

TEST(Readiness, IsTheProductOfTheFindingsWithTheirReasons) {
    engine::PreparedPerson person;
    EXPECT_EQ(judge(person).state, pictures::TryOnState::ready);
    person.model.findings = {{"pose", 0.5, "Stand facing the camera"}, {"cutout", 1, ""}, {"pose", 0.5, "Plain wall"}};
    const auto readiness = judge(person);
    EXPECT_EQ(readiness.state, pictures::TryOnState::unusable);
    EXPECT_EQ(*readiness.score, 0.25);
    EXPECT_EQ(readiness.reasons, (std::vector<std::string>{"Stand facing the camera", "Plain wall"}));
}

TEST(Readiness, WhatCannotBeDrapedIsSaidAtOnce) {
    EXPECT_FALSE(refusal_of(engine::GarmentType::kurta));
    EXPECT_FALSE(refusal_of(std::nullopt));
    EXPECT_EQ(refusal_of(engine::GarmentType::not_worn)->state, pictures::TryOnState::unusable);
    EXPECT_FALSE(refusal_of(engine::GarmentType::not_worn)->reasons.empty());
}

}  // namespace
}  // namespace fitview::photo_analysis
