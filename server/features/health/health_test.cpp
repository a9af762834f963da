#include "health/health.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/failure.hpp"

namespace fitview::health {
namespace {

Probes all_well() {
    return {.database = {.engine = "sqlite", .check = [] {}},
            .cache = {.engine = "memory", .check = [] {}},
            .objects = {.engine = "files", .check = [] {}},
            .people = "landmarks",
            .queue_engine = "sqlite",
            .queue_depth = [] { return std::int64_t(3); }};
}

TEST(Health, IsHealthyWhenEveryBackEndAnswers) {
    const Report report = report_of(all_well(), "1.0.0");
    EXPECT_EQ(report.status, Overall::healthy);
    EXPECT_EQ(report.mongodb, Connection::not_configured);
    EXPECT_EQ(report.queue.depth, 3);
    EXPECT_EQ(report.people.engine, "landmarks");
}

TEST(Health, IsUnhealthyWithoutItsDatabaseAndDegradedWithoutItsCache) {
    Probes probes = all_well();
    probes.cache = {.engine = "redis", .check = [] { throw Unavailable("away"); }};
    EXPECT_EQ(report_of(probes, "1").status, Overall::degraded);
    EXPECT_EQ(report_of(probes, "1").redis, Connection::disconnected);
    probes.database.check = [] { throw std::runtime_error("broken"); };
    EXPECT_EQ(report_of(probes, "1").status, Overall::unhealthy);
}

TEST(Health, IsDegradedAndSaysWhyWhileNothingCanBeKept) {
    Probes probes = all_well();
    probes.objects.fault_in_writing = [] { return std::optional<std::string>("the disk is full"); };
    Report report = report_of(probes, "1");
    EXPECT_EQ(report.status, Overall::degraded);
    EXPECT_EQ(report.objects.status, Connection::connected);
    EXPECT_EQ(report.objects.detail, "the disk is full");
    probes.objects.fault_in_writing = [] { return std::optional<std::string>(); };
    EXPECT_EQ(report_of(probes, "1").status, Overall::healthy);
}

TEST(Health, IsUnhealthyUntilTheCatalogueIsThere) {
    Probes probes = all_well();
    probes.serving = false;
    EXPECT_EQ(report_of(probes, "1").status, Overall::unhealthy);
}

}  // namespace
}  // namespace fitview::health
