#include "engine/drape/round_row.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fitview::engine {
namespace {

TEST(RoundRow, LeavesClothThatIsLaidFlatAsItIs) {
    EXPECT_EQ(depth_of_widening(0.9F), 0);
    EXPECT_EQ(depth_of_widening(1), 0);
    for (const float across : {-1.0F, -0.4F, 0.0F, 0.7F, 1.0F}) EXPECT_NEAR(cloth_share(across, 0), across, 0.01F);
}

TEST(RoundRow, KeepsTheScaleOfWhatFacesTheCamera) {
    constexpr float step = 0.02F;
    for (const float widening : {1.1F, 1.3F, 1.5F})
        EXPECT_NEAR(widening * cloth_share(step, depth_of_widening(widening)), step, 0.02F * step);
}

TEST(RoundRow, GoesFromSideToSideWithoutTurningBack) {
    for (const float widening : {1.0F, 1.2F, 1.6F}) {
        const float depth = depth_of_widening(widening);
        EXPECT_NEAR(cloth_share(1, depth), 1, 1e-4F);
        EXPECT_NEAR(cloth_share(-1, depth), -1, 1e-4F);
        for (float across = -1.2F; across < 1.1F; across += 0.1F)
            EXPECT_GT(cloth_share(across + 0.1F, depth), cloth_share(across, depth) + 0.02F);
    }
}

TEST(RoundRow, FindsTheAngleOfAShare) {
    EXPECT_NEAR(angle_of_share(0, 0.7F), 0, 1e-3F);
    EXPECT_NEAR(angle_of_share(1, 0.7F), 1.5708F, 2e-3F);
    EXPECT_NEAR(angle_of_share(-0.5F, 1), -0.7854F, 2e-3F);  // a circle is divided evenly
}

}  // namespace
}  // namespace fitview::engine
