#include "engine/read_fit_points.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

std::vector<std::string> faults_of(std::string_view json) {
    std::vector<std::string> faults;
    const auto read = read_fit_points(json);
    if (const auto* problems = std::get_if<std::vector<Problem>>(&read))
        for (const Problem& problem : *problems) faults.push_back(*problem.pointer);
    return faults;
}

TEST(ReadFitPoints, TakesPointsAndStrokes) {
    const auto read = read_fit_points(
        R"({"points":[{"name":"left_shoulder","x":0.41,"y":0.22,"visibility":0.98},{"name":"nose","x":0.5,"y":0.1}],)"
        R"("strokes":[{"kind":"old_garment","width":0.02,"points":[[0.4,0.3],[0.5,0.3]]}]})");
    const auto* points = std::get_if<FitPoints>(&read);
    ASSERT_TRUE(points);
    ASSERT_EQ(points->points.size(), 2U);
    EXPECT_DOUBLE_EQ(points->points[0].visibility, 0.98);
    EXPECT_DOUBLE_EQ(points->points[1].visibility, 1);
    ASSERT_EQ(points->strokes.size(), 1U);
    EXPECT_EQ(points->strokes[0].kind, StrokeKind::old_garment);
    EXPECT_DOUBLE_EQ(points->strokes[0].points[1].x, 0.5);
}

TEST(ReadFitPoints, NameEveryFaultWithItsPlace) {
    EXPECT_EQ(faults_of("not json"), std::vector<std::string>{""});
    EXPECT_EQ(faults_of("[]"), std::vector<std::string>{""});
    EXPECT_EQ(faults_of(R"({"points":[{"name":"elbow","x":0,"y":0}]})"), std::vector<std::string>{"/points/0/name"});
    EXPECT_EQ(faults_of(R"({"points":[{"name":"nose","x":0,"y":0},{"name":"nose","x":0,"y":0}]})"),
              std::vector<std::string>{"/points/1/name"});
    EXPECT_EQ(faults_of(R"({"points":[{"name":"nose","x":"a","y":0}]})"), std::vector<std::string>{"/points/0/x"});
    EXPECT_EQ(faults_of(R"({"points":[],"strokes":[{"kind":"old_garment","width":9,"points":[[0,0]]}]})"),
              std::vector<std::string>{"/strokes/0/width"});
    EXPECT_EQ(faults_of(R"({"points":[],"strokes":[{"kind":"old_garment","width":0.1,"points":[[0]]}]})"),
              std::vector<std::string>{"/strokes/0/points/0"});
}

TEST(ReadFitPoints, RefuseWhatLiesOutsideThePictureUnlessItIsNotVisible) {
    EXPECT_EQ(faults_of(R"({"points":[{"name":"nose","x":1.2,"y":-0.1}]})"),
              (std::vector<std::string>{"/points/0/x", "/points/0/y"}));
    EXPECT_EQ(faults_of(R"({"points":[{"name":"nose","x":2,"y":0.1,"visibility":0.5}]})"),
              std::vector<std::string>{"/points/0/x"});
    EXPECT_EQ(faults_of(R"({"points":[{"name":"nose","x":0,"y":0,"visibility":1.5}]})"),
              std::vector<std::string>{"/points/0/visibility"});
    EXPECT_EQ(faults_of(R"({"points":[],"strokes":[{"kind":"old_garment","width":0.1,"points":[[0,0],[0.2,1.1]]}]})"),
              std::vector<std::string>{"/strokes/0/points/1"});
    const auto read = read_fit_points(
        R"({"points":[{"name":"left_ankle","x":0.4,"y":1.6,"visibility":0.2},{"name":"nose","x":1,"y":0}]})");
    const auto* points = std::get_if<FitPoints>(&read);
    ASSERT_TRUE(points);
    ASSERT_EQ(points->points.size(), 2U);
    EXPECT_DOUBLE_EQ(points->points[0].visibility, 0.2) << "it is kept, as not seen";
}

}  // namespace
}  // namespace fitview::engine
