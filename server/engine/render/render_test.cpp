// Removal of the old top, drawing, compositing.
#include <gtest/gtest.h>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/drape/simulate.hpp"
#include "engine/render/composite.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/shade.hpp"
#include "engine/render/triangle_samples.hpp"

namespace fitview::engine {
namespace {

struct Hanging {
    FitPlan plan = drawn_plan();
    Cloth cloth = placed_cloth(plan);
    ClothLayer layer;

    Hanging() {
        simulate(drawn_person().body, cloth);
        layer = rasterise(cloth, drawn_garment().texture, plan, drawn_person().body, drawn_person().model,
                          drawn_person().undressed);
    }
};

const Hanging& hanging() {
    static const Hanging shirt;
    return shirt;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
    return cv::norm(a, b, cv::NORM_INF) == 0;
}

ScreenTriangle triangle(int index, float z) {
    ScreenTriangle result{{Vector3{0, 0, z}, Vector3{20, 0, z}, Vector3{0, 20, z}}, 0, index};
    result.area = 400;
    return result;
}

TEST(SampleBand, KeepsTheNearestTriangle) {
    SampleBand band(30);
    band.start(0);
    band.draw(triangle(1, 5));
    band.draw(triangle(2, 9));
    band.draw(triangle(3, 7));
    EXPECT_EQ(band.triangle_at(3, 3, 4), 2);
    EXPECT_FLOAT_EQ(band.depth_at(3, 3, 4), 9);
    EXPECT_EQ(band.triangle_at(25, 25, 4), -1);
}

TEST(SampleBand, NeighboursLeaveNoGap) {
    SampleBand band(30);
    band.start(0);
    ScreenTriangle lower{{Vector3{20, 0, 0}, Vector3{20, 20, 0}, Vector3{0, 20, 0}}, 400, 7};
    band.draw(triangle(1, 0));
    band.draw(lower);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 20; ++x)
            for (int sample = 0; sample < samples_per_pixel; ++sample) EXPECT_GE(band.triangle_at(x, y, sample), 0);
}

TEST(UndressedPerson, ChangesOnlyWhatItSays) {
    const PreparedPerson& person = drawn_person();
    cv::Mat difference;
    cv::absdiff(person.model.picture, person.undressed.picture, difference);
    difference.setTo(0, person.undressed.removed);
    EXPECT_EQ(cv::norm(difference, cv::NORM_INF), 0);
}

TEST(UndressedPerson, ShowsNothingOfTheOldTop) {
    const PreparedPerson& person = drawn_person();
    int old_top = 0, left = 0;
    for (int y = 0; y < person.model.picture.rows; ++y)
        for (int x = 0; x < person.model.picture.cols; ++x) {
            const auto blue = [&](const cv::Mat& picture) {
                const auto& pixel = picture.at<cv::Vec3b>(y, x);
                return pixel[2] > pixel[0] + 60;
            };
            old_top += blue(person.model.picture);
            left += blue(person.undressed.picture);
        }
    ASSERT_GT(old_top, 10000);
    EXPECT_LT(left, old_top / 50);
}

TEST(Rasterise, CoversTheChestAndLeavesTheFaceFree) {
    const ClothLayer& layer = hanging().layer;
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    const auto alpha = [&](float x, float y) {
        const cv::Point place(static_cast<int>(x) - layer.box.x, static_cast<int>(y) - layer.box.y);
        return cv::Rect({}, layer.box.size()).contains(place) ? layer.alpha.at<std::uint8_t>(place) : 0;
    };
    EXPECT_EQ(alpha(marks.centre_x, marks.shoulder_y + 1.4F * marks.unit), 255);
    EXPECT_EQ(alpha(marks.neck_x, marks.chin_y - 0.3F * marks.unit), 0);
}

TEST(Rasterise, KeepsTheColourOfTheProduct) {
    const ClothLayer& layer = hanging().layer;
    const cv::Scalar worn = cv::mean(layer.albedo, layer.alpha > 200);
    const GarmentModel& garment = drawn_garment().model;
    const cv::Scalar product = cv::mean(garment.picture, garment.alpha > 200);
    for (int channel = 0; channel < 3; ++channel) EXPECT_NEAR(worn[channel], product[channel], 12);
}

TEST(Shade, KeepsTheProductsBrightnessOnAverage) {
    const cv::Mat light = shade(hanging().layer, drawn_person().undressed, drawn_person().body.unit, false);
    EXPECT_NEAR(cv::mean(light, hanging().layer.alpha > 200)[0], 1, 0.12);
}

TEST(Composite, LeavesEveryByteOutsideTheChangeMask) {
    const cv::Mat light = shade(hanging().layer, drawn_person().undressed, drawn_person().body.unit, false);
    const PreparedPerson& person = drawn_person();
    const Composite result = composite(person.model, person.undressed, hanging().layer, light);
    cv::Mat outside = person.model.picture.clone(), source = person.model.picture.clone();
    result.picture.copyTo(outside);
    outside.setTo(0, result.change_mask);
    source.setTo(0, result.change_mask);
    EXPECT_TRUE(same(outside, source));
    EXPECT_LT(cv::countNonZero(result.change_mask), static_cast<int>(result.change_mask.total() / 2));
    EXPECT_GT(cv::countNonZero(result.change_mask), 10000);
}

TEST(Composite, ShowsTheUndressedPersonWithoutCloth) {
    const PreparedPerson& person = drawn_person();
    const Composite result = composite(person.model, person.undressed, ClothLayer{}, cv::Mat{});
    EXPECT_TRUE(same(result.picture, person.undressed.picture));
    EXPECT_DOUBLE_EQ(result.uncovered_share, 1);
}

TEST(Composite, CountsShouldersThatAStraplessTopLeavesToInvent) {
    const PreparedPerson& person = drawn_person();
    const PersonLandmarks& marks = person.model.landmarks;
    const auto bare = [&](float from_units) {
        const int top = static_cast<int>(marks.shoulder_y + from_units * marks.unit);
        ClothLayer layer = hanging().layer;
        layer.box = {0, top, person.model.picture.cols, person.model.picture.rows - top};
        layer.alpha = cv::Mat(layer.box.size(), CV_8U, cv::Scalar(255));
        layer.sleeve = cv::Mat(layer.box.size(), CV_8U, cv::Scalar(0));
        layer.albedo = cv::Mat(layer.box.size(), CV_8UC3, cv::Scalar::all(90));
        return composite(person.model, person.undressed, layer, cv::Mat(layer.box.size(), CV_32F, cv::Scalar(1)))
            .bare_shoulder_share;
    };
    EXPECT_GT(bare(1.2F), 0.15);
    EXPECT_LT(bare(-0.6F), 0.01);
}

}  // namespace
}  // namespace fitview::engine
