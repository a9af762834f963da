#include "engine/evaluate/compare_runs.hpp"

#include <gtest/gtest.h>

#include "engine/evaluate/contact_sheet.hpp"
#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

EvaluationCase unpaired(const std::string& person, double score) {
    EvaluationCase one;
    one.person = person;
    one.garment = "shirt";
    one.picture = "pictures/" + person + ".webp";
    one.score = score;
    return one;
}

EvaluationCase paired(const std::string& person, double ssim) {
    EvaluationCase one = unpaired(person, 0.8);
    one.kind = CaseKind::true_pair;
    one.likeness = Likeness{20, ssim, 0.5, 0.9, 0.2};
    one.overlay = Likeness{18, 0.5, 0.4, 0.8, 0.3};
    one.outline = OutlineErrors{0.9, -12, std::nullopt, 4};
    return one;
}

const MeasureChange& change_of(const RunComparison& comparison, CaseKind kind, const std::string& name) {
    for (const MeasureChange& change : comparison.measures)
        if (change.kind == kind && change.after.name == name) return change;
    throw std::out_of_range(name);
}

TEST(Evaluation, MeansAreTakenOverTheCasesThatHaveTheFigure) {
    const Evaluation run{"1", {unpaired("a", 0.2), unpaired("b", 0.8), paired("c", 0.7)}, {}};
    const std::vector<Measure> means = means_of(run, CaseKind::unpaired);
    ASSERT_GE(means.size(), 2U);
    EXPECT_EQ(means[0].name, "shown");
    EXPECT_DOUBLE_EQ(means[0].value, 0.5);
    EXPECT_EQ(means[1].name, "score");
    EXPECT_DOUBLE_EQ(means[1].value, 0.5);
    EXPECT_TRUE(means_of(run, CaseKind::closed_loop).empty());
}

TEST(Evaluation, CountsTheCasesBeyondWhatIsAccepted) {
    EvaluationCase good = unpaired("a", 0.8), bad = unpaired("b", 0.8);
    bad.defects.old_top_visible = 0.04;
    bad.defects.colour_distance = 0.2;
    const std::vector<Measure> means = means_of({"1", {good, bad}, {}}, CaseKind::unpaired);
    const auto share = [&](const std::string& name) {
        for (const Measure& measure : means)
            if (measure.name == name) return measure.value;
        return -1.0;
    };
    EXPECT_DOUBLE_EQ(share("old top over 3 %"), 0.5);
    EXPECT_DOUBLE_EQ(share("outside over 2 %"), 0);
    EXPECT_DOUBLE_EQ(share("colour over 0.12"), 0.5);
}

TEST(Evaluation, TheWorstComeFirst) {
    const Evaluation run{
        "1", {unpaired("good", 0.9), unpaired("bad", 0.1), paired("far", 0.4), paired("near", 0.9)}, {}};
    EXPECT_EQ(worst_first(run, CaseKind::unpaired).front()->person, "bad");
    EXPECT_EQ(worst_first(run, CaseKind::true_pair).front()->person, "far");
}

TEST(Evaluation, TheVerdictNamesTheWorstDefect) {
    EvaluationCase one = unpaired("a", 0.7);
    EXPECT_EQ(verdict_of(one), "shown (0.70)");
    one.defects.old_top_visible = 0.3;
    one.defects.outside_body = 0.04;
    EXPECT_EQ(verdict_of(one), "shown (0.70): 30 % of the worn top still seen");
    one.defects.identity_pixels = 5;
    EXPECT_NE(verdict_of(one).find("5 pixels changed outside the change mask"), std::string::npos);
    EXPECT_NE(verdict_of(paired("c", 0.7)).find("SSIM 0.700 (overlay 0.500), IoU 0.90, hem -12 px, cuffs 4 px"),
              std::string::npos);
}

TEST(Evaluation, IsTheSameAfterWritingAndReading) {
    const Evaluation run{"7", {unpaired("a", 0.25), paired("b", 0.75)}, {"c: no person"}};
    const auto read = reflect::decode_own<Evaluation>(reflect::encode_text(run));
    EXPECT_EQ(reflect::encode_text(read), reflect::encode_text(run));
}

TEST(CompareRuns, CountsWhatGotBetterAndWorseByTheMeasuresOwnDirection) {
    Evaluation before{"1", {unpaired("a", 0.5), unpaired("b", 0.5), unpaired("gone", 1)}, {}};
    Evaluation after{"2", {unpaired("a", 0.9), unpaired("b", 0.5), unpaired("new", 1)}, {}};
    after.cases[1].defects.colour_distance = 0.2;
    const RunComparison comparison = compare_runs(before, after);
    const MeasureChange& score = change_of(comparison, CaseKind::unpaired, "score");
    EXPECT_EQ(score.better, 1);
    EXPECT_EQ(score.same, 1);
    EXPECT_DOUBLE_EQ(score.before.value, 0.5);
    EXPECT_DOUBLE_EQ(score.after.value, 0.7);
    EXPECT_EQ(change_of(comparison, CaseKind::unpaired, "colour distance").worse, 1);
    EXPECT_EQ(comparison.only_before, 1U);
    EXPECT_EQ(comparison.only_after, 1U);
    ASSERT_EQ(comparison.moved.size(), 1U);
    EXPECT_EQ(comparison.moved[0].after->person, "a");
    const std::string table = table_of(comparison);
    EXPECT_NE(table.find("WORSE"), std::string::npos);
    EXPECT_NE(table.find("+0.400 unpaired a shirt"), std::string::npos);
}

TEST(CompareRuns, ARunIsEqualToItself) {
    const Evaluation run{"1", {unpaired("a", 0.5), paired("b", 0.5)}, {}};
    const RunComparison comparison = compare_runs(run, run);
    EXPECT_TRUE(comparison.moved.empty());
    for (const MeasureChange& change : comparison.measures) EXPECT_EQ(change.better + change.worse, 0);
}

TEST(ContactSheet, ShowsEveryPictureAndEscapesWhatItQuotes) {
    Evaluation run{"1", {unpaired("<b>", 0.5)}, {"x & y"}};
    run.cases[0].warnings = {"a < b"};
    const std::string page = contact_sheet(run, nullptr, "");
    EXPECT_NE(page.find("src=\"pictures/&lt;b&gt;.webp\""), std::string::npos);
    EXPECT_NE(page.find("a &lt; b"), std::string::npos);
    EXPECT_NE(page.find("x &amp; y"), std::string::npos);
    EXPECT_EQ(page.find("<b>\""), std::string::npos);
    EXPECT_EQ(page.find("http"), std::string::npos);
}

}  // namespace
}  // namespace fitview::engine
