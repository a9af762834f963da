#include "engine/person/person_findings.hpp"

#include <gtest/gtest.h>

namespace fitview::engine {
namespace {

BodyFrame good_frame() {
    BodyFrame frame;
    frame.unit = 50;
    frame.face_seen = true;
    frame.shoulder = {Point(140, 130), Point(260, 130)};
    frame.shoulder_measured = {true, true};
    frame.head_x = 200;
    frame.centre_x = 200;
    frame.top = 20;
    frame.bottom = 500;
    return frame;
}

PersonModel good_model() {
    PersonModel model;
    model.plain_background = true;
    for (Arm& arm : model.landmarks.arm) arm.measured = true;
    return model;
}

double score(const BodyFrame& frame, const PersonModel& model, double share = 0.3, float skin_alike = 0) {
    double product = 1;
    for (const Finding& finding : judge_person({frame, model, share, skin_alike})) {
        EXPECT_EQ(finding.reason.empty(), finding.factor >= 0.93) << finding.reason;
        product *= finding.factor;
    }
    return product;
}

TEST(PersonFindings, CostNothingForAGoodPhoto) {
    EXPECT_DOUBLE_EQ(score(good_frame(), good_model()), 1);
}

TEST(PersonFindings, RefuseAPictureOfNobody) {
    EXPECT_LT(score(good_frame(), good_model(), 0.001), 0.02);
    EXPECT_LT(score(good_frame(), good_model(), 0.99), 0.02);
}

TEST(PersonFindings, CostABusyBackground) {
    PersonModel model = good_model();
    model.plain_background = false;
    EXPECT_DOUBLE_EQ(score(good_frame(), model), 0.35);
}

TEST(PersonFindings, CostHiddenTiltedAndTurnedShoulders) {
    BodyFrame hidden = good_frame();
    hidden.shoulder_measured = {false, false};
    EXPECT_DOUBLE_EQ(score(hidden, good_model()), shoulders_factor(0));
    hidden.shoulder_measured = {true, false};
    EXPECT_DOUBLE_EQ(score(hidden, good_model()), shoulders_factor(1));
    EXPECT_LE(shoulders_factor(1), 0.6);
    EXPECT_LT(shoulders_factor(0), shoulders_factor(1));
    BodyFrame tilted = good_frame();
    tilted.shoulder[picture_right].y += 40;
    EXPECT_LT(score(tilted, good_model()), 0.8);
    BodyFrame turned = good_frame();
    turned.head_x += 45;
    EXPECT_LT(score(turned, good_model()), 0.85);
    BodyFrame narrow = good_frame();
    narrow.shoulder[picture_right].x -= 50;
    EXPECT_LE(score(narrow, good_model()), 0.6);
}

TEST(PersonFindings, RefuseABodyHiddenByACoat) {
    PersonModel model = good_model();
    PersonLandmarks& marks = model.landmarks;
    marks.unit = 100;
    marks.shoulder_y = 200;
    marks.trunk_top = 200;
    marks.trunk.assign(400, {100, 390});
    for (Arm& arm : marks.arm) {
        arm.wrist = 340;
        arm.sleeve_end = 330;
    }
    EXPECT_DOUBLE_EQ(score(good_frame(), model), 1) << "a wide top with a hem";
    marks.one_piece = true;
    EXPECT_LT(score(good_frame(), model), 0.31);
    marks.arm[picture_left].sleeve_end = 80;
    EXPECT_DOUBLE_EQ(score(good_frame(), model), 1) << "a bare arm tells enough";
    marks.arm[picture_left].sleeve_end = 330;
    marks.trunk.assign(400, {100, 290});
    EXPECT_DOUBLE_EQ(score(good_frame(), model), 1) << "a close dress with long sleeves";
}

TEST(PersonFindings, CostClothesLikeSkinAndHiddenArms) {
    EXPECT_NEAR(score(good_frame(), good_model(), 0.3, 1.0F), 0.65, 1e-6);
    PersonModel model = good_model();
    model.landmarks.arm[picture_left].measured = false;
    EXPECT_DOUBLE_EQ(score(good_frame(), model), 0.9);
}

}  // namespace
}  // namespace fitview::engine
