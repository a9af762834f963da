#include "engine/scene/style_scene.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <cstdlib>
#include <stdexcept>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/evaluate/raster_view.hpp"
#include "engine/scene/scene_space.hpp"

namespace fitview::engine {
namespace {

constexpr SceneStyle styles[] = {SceneStyle::casual, SceneStyle::formal, SceneStyle::party, SceneStyle::traditional};

/// A quarter of the drawn person, so that drawing scenes stays quick.
struct Figure {
    media::Raster picture, mask;
};
Figure small_figure() {
    cv::Mat picture, mask;
    cv::resize(drawn_person().model.picture, picture, {}, 0.35, 0.35, cv::INTER_AREA);
    cv::resize(drawn_person().model.silhouette, mask, {}, 0.35, 0.35, cv::INTER_AREA);
    return {raster_from(picture), raster_from(mask)};
}

int largest_difference(const media::Raster& a, const media::Raster& b, const media::Raster& mask, bool inside) {
    int largest = 0;
    for (std::size_t i = 0; i < mask.bytes.size(); ++i) {
        if ((mask.bytes[i] == 255) != inside) continue;
        for (std::size_t c = 0; c < 3; ++c)
            largest = std::max(largest, std::abs(int{a.bytes[i * 3 + c]} - int{b.bytes[i * 3 + c]}));
    }
    return largest;
}

TEST(SetIntoScene, PersonAndClothesKeepTheirColoursWithinTheBound) {
    const Figure figure = small_figure();
    for (const SceneStyle style : styles) {
        const media::Raster scene = set_into_scene(figure.picture, figure.mask, style);
        EXPECT_LE(largest_difference(scene, figure.picture, figure.mask, true), scene_colour_bound);
        EXPECT_GT(largest_difference(scene, figure.picture, figure.mask, false), 60);
    }
}

TEST(SetIntoScene, ExtremeColoursKeepTheBoundToo) {
    Figure figure = small_figure();
    for (std::size_t i = 0; i < figure.picture.bytes.size(); ++i) figure.picture.bytes[i] = i % 7 < 3 ? 0 : 255;
    for (const SceneStyle style : styles)
        EXPECT_LE(
            largest_difference(set_into_scene(figure.picture, figure.mask, style), figure.picture, figure.mask, true),
            scene_colour_bound);
}

TEST(SetIntoScene, GivesTheSameBytesTwiceAndAnotherPlaceForEachStyle) {
    const Figure figure = small_figure();
    std::vector<media::Raster> scenes;
    for (const SceneStyle style : styles) scenes.push_back(set_into_scene(figure.picture, figure.mask, style));
    EXPECT_TRUE(set_into_scene(figure.picture, figure.mask, SceneStyle::party) == scenes[2]);
    for (std::size_t i = 0; i < scenes.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(scenes[i] == scenes[k]);
}

TEST(SetIntoScene, TheOldWallIsGoneAroundTheFigure) {
    // A white figure on a green wall: no green may be left in its soft outline.
    cv::Mat picture(300, 220, CV_8UC3, cv::Scalar(20, 220, 30)), mask(300, 220, CV_8U, cv::Scalar(0));
    cv::ellipse(mask, {110, 160}, {50, 120}, 0, 0, 360, 255, cv::FILLED);
    cv::GaussianBlur(mask, mask, {}, 1.5);
    for (int y = 0; y < mask.rows; ++y)
        for (int x = 0; x < mask.cols; ++x) {
            const int covered = mask.at<std::uint8_t>(y, x);
            for (int c = 0; c < 3; ++c) {
                auto& value = picture.at<cv::Vec3b>(y, x)[c];
                value = static_cast<std::uint8_t>((235 * covered + value * (255 - covered)) / 255);
            }
        }
    const cv::Mat scene = matrix_from(set_into_scene(raster_from(picture), raster_from(mask), SceneStyle::party));
    for (int y = 0; y < mask.rows; ++y)
        for (int x = 0; x < mask.cols; ++x) {
            const cv::Vec3b& colour = scene.at<cv::Vec3b>(y, x);
            ASSERT_LT(colour[1] - std::max(colour[0], colour[2]), 40) << x << " " << y;
        }
}

TEST(SetIntoScene, WelcomesAnyFigure) {
    Figure figure = small_figure();
    for (const SceneStyle style : styles) {
        media::Raster nobody = figure.mask, everywhere = figure.mask;
        std::fill(nobody.bytes.begin(), nobody.bytes.end(), std::uint8_t{0});
        std::fill(everywhere.bytes.begin(), everywhere.bytes.end(), std::uint8_t{255});
        EXPECT_EQ(set_into_scene(figure.picture, nobody, style).width, figure.picture.width);
        EXPECT_LE(
            largest_difference(set_into_scene(figure.picture, everywhere, style), figure.picture, everywhere, true),
            scene_colour_bound);
        const media::Raster wide{400, 64, 3, std::vector<std::uint8_t>(400 * 64 * 3, 90)};
        media::Raster dot{400, 64, 1, std::vector<std::uint8_t>(400 * 64, 0)};
        dot.bytes[5] = 255;
        EXPECT_EQ(set_into_scene(wide, dot, style).height, 64);
    }
}

TEST(SetIntoScene, RefusesRastersThatDoNotFit) {
    const Figure figure = small_figure();
    const media::Raster tiny{32, 900, 3, std::vector<std::uint8_t>(32 * 900 * 3, 1)};
    const media::Raster tiny_mask{32, 900, 1, std::vector<std::uint8_t>(32 * 900, 1)};
    EXPECT_THROW(set_into_scene(tiny, tiny_mask, SceneStyle::casual), std::invalid_argument);
    EXPECT_THROW(set_into_scene(figure.picture, figure.picture, SceneStyle::casual), std::invalid_argument);
    EXPECT_THROW(set_into_scene(figure.picture, tiny_mask, SceneStyle::casual), std::invalid_argument);
    media::Raster short_mask = figure.mask;
    short_mask.bytes.pop_back();
    EXPECT_THROW(set_into_scene(figure.picture, short_mask, SceneStyle::casual), std::invalid_argument);
}

TEST(FindPersonMask, CoversTheDrawnPerson) {
    const media::Raster mask = find_person_mask(raster_from(drawn_person().model.picture));
    const cv::Mat found = matrix_from(mask) > 127, expected = drawn_person().model.silhouette > 127;
    EXPECT_GT(cv::countNonZero(found & expected), 0.98 * cv::countNonZero(found | expected));
}

TEST(SceneSpace, PanelsHideWhatLiesBehindThem) {
    Scene scene;
    scene.sky = [](float, float) { return Light(0, 0, 1); };
    scene.panels.push_back({Panel::Facing::camera,
                            4,
                            {-9, -9, 4},
                            {9, 9, 4},
                            [](Spot) {
                                return Paint{{1, 0, 0}, 1};
                            },
                            0});
    scene.panels.push_back({Panel::Facing::camera,
                            2,
                            {0, -9, 2},
                            {9, 9, 2},
                            [](Spot) {
                                return Paint{{0, 1, 0}, 1};
                            },
                            0});
    const SceneCamera camera{{64, 64}, 64, 32, 32, 1, 2};
    const SeenScene seen = look_at(scene, camera);
    EXPECT_EQ(seen.light.at<Light>(32, 10), Light(1, 0, 0));
    EXPECT_EQ(seen.light.at<Light>(32, 50), Light(0, 1, 0));
    EXPECT_NEAR(seen.depth.at<float>(32, 10), 4, 1e-3);
    EXPECT_NEAR(seen.depth.at<float>(32, 50), 2, 1e-3);
}

TEST(SceneSpace, TheLensIsSharpAtThePersonAndSoftBehind) {
    Scene scene;
    const auto stripes = [](Spot spot) {
        return Paint{to_line(spot.x, 0.2F) < 0.05F ? Light(1, 1, 1) : Light(0, 0, 0), 1};
    };
    scene.sky = [](float, float) { return Light(0, 0, 0); };
    scene.panels.push_back({Panel::Facing::camera, 2, {-9, 0, 2}, {9, 9, 2}, stripes, 0});
    scene.panels.push_back({Panel::Facing::camera, 9, {-9, -9, 9}, {9, 0, 9}, stripes, 0});
    const SceneCamera camera{{200, 200}, 400, 100, 100, 0, 2};
    const cv::Mat light = through_lens(look_at(scene, camera), scene, camera);
    cv::Scalar middle, sharp, soft;
    cv::meanStdDev(light.rowRange(20, 60), middle, sharp);
    cv::meanStdDev(light.rowRange(150, 190), middle, soft);
    EXPECT_GT(sharp[0], 4 * soft[0]);
}

}  // namespace
}  // namespace fitview::engine
