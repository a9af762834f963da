#include "engine/measures.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

SizeChart chart_of(std::string_view json) {
    return std::get<SizeChart>(read_size_chart(json));
}

std::vector<Problem> faults_of(std::string_view json) {
    return std::get<std::vector<Problem>>(read_size_chart(json));
}

TEST(Measures, OfAGarmentAreTakenAsTheyAre) {
    const SizeChart chart = chart_of(
        R"({"size_chart": {"M": {"Chest": 104, "Garment Length": [97, 99], "sleeve_length": 44, "Shoulder_cm": 38}},
            "size_chart_of": "garment", "name": "Kurta"})");
    const GarmentMeasures measures = measures_of(chart, "M");
    EXPECT_EQ(measures.chest, 104);
    EXPECT_EQ(measures.length, 98);
    EXPECT_EQ(measures.sleeve, 44);
    EXPECT_EQ(measures.shoulder, 38);
    EXPECT_FALSE(measures.made_for_bust);
}

TEST(Measures, OfABodyTellWhomTheSizeIsMadeFor) {
    const SizeChart chart = chart_of(R"({"size_chart": {"L": {"bust": [91, 97], "shoulder": 40, "length": 100}}})");
    const GarmentMeasures measures = measures_of(chart, "L");
    EXPECT_EQ(measures.made_for_bust, 94);
    EXPECT_EQ(measures.length, 100);  // no body has a "length"
    EXPECT_FALSE(measures.chest);
    EXPECT_FALSE(measures.shoulder);  // that of the body says nothing about the seams
}

TEST(Measures, AreConvertedFromInches) {
    const SizeChart chart =
        chart_of(R"({"size_chart": {"S": {"length": 40}}, "size_chart_of": "garment", "size_chart_unit": "in"})");
    EXPECT_NEAR(measures_of(chart, "S").length.value_or(0), 101.6, 1e-9);
}

TEST(Measures, AChestMeasuredFlatGoesRoundTwice) {
    EXPECT_EQ(measures_of(chart_of(R"({"size_chart": {"S": {"chest": 52}}, "size_chart_of": "garment"})"), "S").chest,
              104);
    EXPECT_EQ(measures_of(chart_of(R"({"size_chart": {"S": {"pit to pit": 52}}})"), "S").chest, 104);
}

TEST(Measures, OfAnUnknownSizeAreEmpty) {
    EXPECT_EQ(measures_of(chart_of(R"({"size_chart": {"S": {"chest": 52}}})"), "XL"), GarmentMeasures());
}

TEST(SizeChart, EveryFaultIsNamed) {
    const auto faults = faults_of(
        R"({"size_chart": {"S": 3, "M": {"bust": "92", "a/b": [3, 2], "hip": 900}}, "size_chart_of": "dog"})");
    std::vector<std::string> pointers;
    for (const Problem& fault : faults) pointers.push_back(fault.pointer.value_or(""));
    EXPECT_EQ(pointers, (std::vector<std::string>{"/size_chart_of", "/size_chart/S", "/size_chart/M/bust",
                                                  "/size_chart/M/a~1b", "/size_chart/M/hip"}));
    EXPECT_EQ(faults_of("[]").size(), 1U);
    EXPECT_EQ(faults_of("{").size(), 1U);
    EXPECT_EQ(faults_of("{}").size(), 1U);
}

TEST(Measures, OfTrousersAndSkirtsHaveTheirOwnNames) {
    const SizeChart garment = chart_of(R"({"size_chart": {"M": {"Waist": 38, "hips": 104, "In-seam": 70, "Length": 98}},
                                           "size_chart_of": "garment"})");
    const GarmentMeasures measures = measures_of(garment, "M");
    EXPECT_EQ(measures.waist, 76) << "measured flat";
    EXPECT_EQ(measures.hip, 104);
    EXPECT_EQ(measures.inseam, 70);
    EXPECT_EQ(measures.length, 98);
    EXPECT_FALSE(measures.outseam);
    const GarmentMeasures body =
        measures_of(chart_of(R"({"size_chart": {"M": {"waist": [74, 78], "hip": 100, "skirt length": 90}}})"), "M");
    EXPECT_EQ(body.made_for_waist, 76);
    EXPECT_EQ(body.made_for_hip, 100);
    EXPECT_EQ(body.outseam, 90);
    EXPECT_FALSE(body.waist);
}

}  // namespace
}  // namespace fitview::engine
