#include "engine/render/worn_collar.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace fitview::engine {
namespace {

const cv::Scalar skin(210, 170, 145), red(190, 20, 30), black(20, 20, 20);
const cv::Rect top(40, 120, 120, 100), throat(80, 60, 40, 60), hair(70, 0, 60, 40), collar(80, 112, 40, 8);

/// A neck between hair and a grey top, with a collar on the throat that the labels call `taken_for`.
PersonModel person_with_collar(Label taken_for, const cv::Scalar& colour) {
    PersonModel person;
    person.picture = cv::Mat(240, 200, CV_8UC3, cv::Scalar::all(150));
    person.labels = cv::Mat(person.picture.size(), CV_8U, cv::Scalar(label_none));
    person.landmarks.unit = 60;
    person.landmarks.chin_y = 60;
    person.landmarks.shoulder_y = 120;
    const auto paint = [&](const cv::Rect& box, Label label, const cv::Scalar& with) {
        person.picture(box).setTo(with);
        person.labels(box).setTo(label);
    };
    paint(throat, label_skin, skin);
    paint(hair, label_hair, black);
    paint(top, label_upper, cv::Scalar::all(150));
    paint(collar, taken_for, colour);
    return person;
}

bool all(const cv::Mat& mask, const cv::Rect& box) {
    return cv::countNonZero(mask(box)) == box.area();
}

TEST(WornTop, TakesACollarInNoColourOfSkinWithIt) {
    EXPECT_TRUE(all(worn_top(person_with_collar(label_skin, red)), collar));
}

TEST(WornTop, TakesADarkCollarThatHangsOnNoHairWithIt) {
    const PersonModel person = person_with_collar(label_hair, black);
    EXPECT_TRUE(all(worn_top(person), collar));
    EXPECT_EQ(cv::countNonZero(head_hair(person)(collar)), 0);
}

TEST(WornTop, LeavesHairAndSkin) {
    const PersonModel person = person_with_collar(label_skin, skin);
    const cv::Mat worn = worn_top(person);
    EXPECT_EQ(cv::countNonZero(worn(throat)), 0);
    EXPECT_EQ(cv::countNonZero(worn(hair)), 0);
    EXPECT_TRUE(all(head_hair(person), hair));
}

}  // namespace
}  // namespace fitview::engine
