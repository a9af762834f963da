#include "engine/drape/narrow_trunk.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

/// A trunk of clothes from x 100 to 200 with a bare arm from 80 to 100 on the left, all one silhouette.
PersonModel arm_on_trunk(Label arm_label) {
    PersonModel person;
    person.labels = cv::Mat(400, 300, CV_8U, cv::Scalar(label_none));
    cv::rectangle(person.labels, {80, 60}, {99, 340}, arm_label, cv::FILLED);
    cv::rectangle(person.labels, {100, 60}, {200, 340}, label_upper, cv::FILLED);
    PersonLandmarks& marks = person.landmarks;
    marks.unit = 50;
    marks.shoulder_y = 60;
    marks.trunk_top = 60;
    marks.trunk.assign(280, TrunkRow{80, 200});
    for (int i = 0; i <= 10; ++i)
        marks.arm[picture_left].line.push_back(
            {Point(90, 60 + 28.0F * static_cast<float>(i)), 14, 28.0F * static_cast<float>(i)});
    marks.arm[picture_left].measured = true;
    return person;
}

TEST(NarrowTrunk, EndsWhereTheClothesEndBesideABareArm) {
    PersonModel person = arm_on_trunk(label_skin);
    narrow_trunk_to_clothes(person);
    EXPECT_NEAR(person.landmarks.trunk[150].left, 100, 2);
    EXPECT_EQ(person.landmarks.trunk[150].right, 200);
    EXPECT_EQ(person.landmarks.trunk[0].left, 80);  // from the shoulder the side runs down to the clothes
    EXPECT_NEAR(person.landmarks.trunk[20].left, 90, 1);
}

TEST(NarrowTrunk, BridgesRowsWithoutClothes) {
    PersonModel person = arm_on_trunk(label_skin);
    person.labels.rowRange(200, 230).setTo(label_skin, person.labels.rowRange(200, 230) != label_none);
    narrow_trunk_to_clothes(person);
    EXPECT_NEAR(person.landmarks.trunk[155].left, 100, 2);
}

TEST(NarrowTrunk, LeavesSleevesAndFreeArmsAlone) {
    PersonModel covered = arm_on_trunk(label_upper);
    narrow_trunk_to_clothes(covered);
    EXPECT_EQ(covered.landmarks.trunk[150].left, 80);
    PersonModel free = arm_on_trunk(label_skin);
    for (ArmSample& sample : free.landmarks.arm[picture_left].line) sample.centre.x -= 60;
    narrow_trunk_to_clothes(free);
    EXPECT_EQ(free.landmarks.trunk[150].left, 80);
}

}  // namespace
}  // namespace fitview::engine
