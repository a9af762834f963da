#include "engine/drape/body_field.hpp"

#include <gtest/gtest.h>

#include "engine/drape/drawn_try_on.hpp"

namespace fitview::engine {
namespace {

TEST(BodyField, HasTheSilhouetteOfThePersonFromTheShouldersDown) {
    const PreparedPerson& person = drawn_person();
    const PersonLandmarks& marks = person.model.landmarks;
    int both = 0, either = 0;
    for (int y = static_cast<int>(marks.shoulder_y + marks.unit); y < person.model.picture.rows - 40; y += 2)
        for (int x = 0; x < person.model.picture.cols; x += 2) {
            const bool in_mask = person.model.silhouette.at<std::uint8_t>(y, x) > 127;
            const bool in_body = person.body.front_depth(static_cast<float>(x), static_cast<float>(y)).has_value();
            both += in_mask && in_body;
            either += in_mask || in_body;
        }
    EXPECT_GT(static_cast<double>(both) / either, 0.85);
}

TEST(BodyField, IsNegativeInsideAndPointsOutwards) {
    const BodyField& body = drawn_person().body;
    const TrunkSection& chest = body.section(body.shoulder_y + body.unit);
    const float y = body.shoulder_y + body.unit;
    EXPECT_LT(body.distance({chest.centre, y, 0}), 0);
    EXPECT_GT(body.distance({chest.centre, y, chest.half_depth + 0.3F * body.unit}), 0);
    Vector3 outward;
    body.distance({chest.centre, y, chest.half_depth}, outward);
    EXPECT_NEAR(length(outward), 1, 1e-3);
    EXPECT_GT(outward.z, 0.7F);
    body.distance({chest.centre, y, -chest.half_depth}, outward);
    EXPECT_LT(outward.z, -0.7F);
}

TEST(BodyField, GirthIsThatOfTheEllipse) {
    BodyOutline circle;
    circle.trunk.push_back({0, 10, 10});
    EXPECT_NEAR(circle.half_girth(0), static_cast<float>(CV_PI) * 10, 0.01);
}

TEST(BodyField, ReachesTheSeenShoulderThoughItsTipIsFoundTooLow) {
    PersonModel person = drawn_person().model;
    person.landmarks.shoulder[picture_right].y += 0.2F * person.landmarks.unit;
    const BodyField body = make_body_field(person);
    const std::vector<Point>& seen = person.landmarks.shoulder_slope[picture_right];
    for (std::size_t at = 2; at + 2 < seen.size(); ++at) {
        EXPECT_NEAR(body.slope_y(picture_right, seen[at].x), seen[at].y, 0.05F * body.unit) << at;
        EXPECT_TRUE(body.front_depth(seen[at].x, seen[at].y + 0.08F * body.unit).has_value()) << at;
    }
}

TEST(BodyField, IsMadeOfAPictureWithoutAnybodyToo) {
    for (const cv::Size size : {cv::Size(64, 64), cv::Size(1024, 64), cv::Size(64, 1024)}) {
        PersonModel nobody;
        nobody.picture = cv::Mat(size, CV_8UC3, cv::Scalar::all(120));
        nobody.silhouette = cv::Mat(size, CV_8U, cv::Scalar(0));
        const BodyField body = make_body_field(nobody);
        EXPECT_LE(body.whole.size(), 1'000'000U);
        EXPECT_TRUE(std::isfinite(body.distance({10, 10, 3})));
    }
}

}  // namespace
}  // namespace fitview::engine
