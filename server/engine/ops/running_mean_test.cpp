#include "engine/ops/running_mean.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

TEST(RunningMean, KeepsAConstantRowAndSpreadsAPeak) {
    std::vector<float> flat(7, 2.0F);
    running_mean(flat, 2);
    EXPECT_EQ(flat, std::vector<float>(7, 2.0F));
    std::vector<float> peak{0, 0, 0, 9, 0, 0, 0};
    running_mean(peak, 1);
    EXPECT_FLOAT_EQ(peak[3], 3.0F);
    EXPECT_FLOAT_EQ(peak[2], 2.0F);
    EXPECT_FLOAT_EQ(peak[1], 1.0F);
    EXPECT_FLOAT_EQ(peak[0], 0.0F);
}

}  // namespace
}  // namespace fitview::engine
