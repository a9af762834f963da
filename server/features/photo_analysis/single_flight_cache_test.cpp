#include "photo_analysis/single_flight_cache.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace fitview::photo_analysis {
namespace {

TEST(SingleFlightCache, MakesAValueOnceForAllWhoAskAtTheSameTime) {
    SingleFlightCache<int> cache(4);
    std::atomic<int> made = 0;
    std::promise<void> go;
    const auto started = go.get_future().share();
    std::vector<std::thread> threads;
    for (int count = 0; count < 8; ++count) {
        threads.emplace_back([&] {
            EXPECT_EQ(*cache.get("a",
                                 [&] {
                                     started.wait();
                                     return ++made;
                                 }),
                      1);
        });
    }
    go.set_value();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(made, 1);
}

TEST(SingleFlightCache, DropsWhatWasUsedLongestAgo) {
    SingleFlightCache<int> cache(2);
    int made = 0;
    const auto make = [&] { return ++made; };
    cache.get("a", make);
    cache.get("b", make);
    cache.get("a", make);
    cache.get("c", make);
    EXPECT_EQ(cache.size(), 2U);
    cache.get("a", make);
    EXPECT_EQ(made, 3);
    cache.get("b", make);
    EXPECT_EQ(made, 4);
}

TEST(SingleFlightCache, FailuresAreNotKept) {
    SingleFlightCache<int> cache(2);
    EXPECT_THROW(cache.get("a", []() -> int { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_EQ(*cache.get("a", [] { return 7; }), 7);
}

}  // namespace
}  // namespace fitview::photo_analysis
