#include "engine/garment/material.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

TEST(Materials, FollowTheLastKnownWord) {
    EXPECT_EQ(material_of("Pure Banarasi SILK")->name, "silk");
    EXPECT_EQ(material_of("Cotton blend")->name, "cotton");
    EXPECT_FALSE(material_of("moonlight"));
    EXPECT_FALSE(material_of(""));
}

TEST(Materials, OrderFabricsAsHandsDo) {
    EXPECT_GT(material_of("denim")->stiffness, material_of("cotton")->stiffness);
    EXPECT_LT(material_of("georgette")->stiffness, material_of("cotton")->stiffness);
    EXPECT_GT(material_of("wool")->weight, material_of("silk")->weight);
    EXPECT_GT(material_of("satin")->sheen, material_of("khadi")->sheen);
}

}  // namespace
}  // namespace fitview::engine
