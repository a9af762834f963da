#include "engine/composer.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/garment/parse_garment.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

using testing::DrawnKind;

media::Raster noise(int width, int height) {
    media::Raster raster{width, height, 3, {}};
    std::uint32_t state = 12345;
    for (std::size_t i = 0; i < raster.row_bytes() * static_cast<std::size_t>(height); ++i) {
        state = state * 1664525U + 1013904223U;
        raster.bytes.push_back(static_cast<std::uint8_t>(state >> 24));
    }
    return raster;
}

media::Raster plain(int width, int height, std::uint8_t value) {
    return {width, height, 3, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3), value)};
}

void expect_exact_mask(const PreparedPerson& person, const TryOnPicture& result) {
    const cv::Mat& source = person.model.picture;
    ASSERT_EQ(result.picture.width, source.cols);
    ASSERT_EQ(result.picture.height, source.rows);
    ASSERT_EQ(result.change_mask.channels, 1);
    for (int y = 0; y < source.rows; ++y)
        for (int x = 0; x < source.cols; ++x) {
            const auto place =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(source.cols) + static_cast<std::size_t>(x);
            const std::uint8_t mask = result.change_mask.bytes[place];
            ASSERT_TRUE(mask == 0 || mask == 255);
            if (mask != 0) continue;
            ASSERT_TRUE(std::equal(&source.at<cv::Vec3b>(y, x)[0], &source.at<cv::Vec3b>(y, x)[0] + 3,
                                   &result.picture.bytes[place * 3]))
                << x << " " << y;
        }
}

TEST(Composer, DressesTheDrawnPersonInEveryKind) {
    for (DrawnKind kind : {DrawnKind::t_shirt, DrawnKind::sleeveless, DrawnKind::long_sleeves, DrawnKind::dress,
                           DrawnKind::sleeves_on_trunk}) {
        const TryOnPicture result = render_try_on(drawn_person(), drawn_garment(kind));
        expect_exact_mask(drawn_person(), result);
        EXPECT_GT(result.quality.score, 0.1);
        EXPECT_LT(result.fit.uncovered_share, 0.35);
        EXPECT_FALSE(result.timings.empty());
    }
}

TEST(Composer, GivesTheSameBytesTwice) {
    const TryOnPicture first = render_try_on(drawn_person(), drawn_garment());
    const TryOnPicture second = render_try_on(drawn_person(), drawn_garment());
    EXPECT_TRUE(first.picture == second.picture);
    EXPECT_TRUE(first.change_mask == second.change_mask);
}

TEST(Composer, SizeMakesADifference) {
    TryOnOptions large;
    large.size_scale = 1.3;
    const TryOnPicture usual = render_try_on(drawn_person(), drawn_garment());
    const TryOnPicture wide = render_try_on(drawn_person(), drawn_garment(), large);
    EXPECT_FALSE(usual.picture == wide.picture);
    EXPECT_EQ(wide.fit_overlay.width, wide.picture.width / 2);
    EXPECT_FALSE(usual.fit_overlay == wide.fit_overlay);
    EXPECT_FALSE(wide.fit.notes.empty());
}

TEST(Composer, StudioBackgroundLeavesThePersonAlone) {
    TryOnOptions studio;
    studio.background = Background::studio;
    const TryOnPicture result = render_try_on(drawn_person(), drawn_garment(), studio);
    expect_exact_mask(drawn_person(), result);
    EXPECT_EQ(result.change_mask.bytes.front(), 255);
    const PersonLandmarks& marks = drawn_person().model.landmarks;
    const auto face =
        static_cast<std::size_t>(marks.chin_y - 0.4F * marks.unit) * static_cast<std::size_t>(result.picture.width) +
        static_cast<std::size_t>(marks.neck_x);
    EXPECT_EQ(result.change_mask.bytes[face], 0);
}

TEST(Composer, TellsItsStagesInOrder) {
    struct Listener : StageObserver {
        std::vector<int> progress;
        std::vector<std::string> pictures;
        void starts(std::string_view, int percent) override { progress.push_back(percent); }
        bool wants_pictures() const override { return true; }
        void shows(std::string_view stage, const media::Raster& picture) override {
            EXPECT_GT(picture.width, 0);
            pictures.emplace_back(stage);
        }
    } listener;
    render_try_on(drawn_person(), drawn_garment(), {}, &listener);
    EXPECT_TRUE(std::is_sorted(listener.progress.begin(), listener.progress.end()));
    EXPECT_EQ(listener.progress.front(), 0);
    EXPECT_NE(std::find(listener.pictures.begin(), listener.pictures.end(), "draped"), listener.pictures.end());
}

TEST(Composer, SurvivesPicturesThatShowNothing) {
    const std::vector<media::Raster> pictures{plain(64, 64, 0), plain(64, 64, 255), noise(64, 64),
                                              noise(200, 300),  plain(1024, 64, 9), noise(64, 700)};
    for (const media::Raster& picture : pictures) {
        const PreparedPerson nobody = prepare_person(picture);
        expect_exact_mask(nobody, render_try_on(nobody, drawn_garment()));
        const PreparedGarment nothing = prepare_garment(picture);
        expect_exact_mask(drawn_person(), render_try_on(drawn_person(), nothing));
        expect_exact_mask(nobody, render_try_on(nobody, nothing));
    }
}

TEST(Composer, RefusesARasterThatIsNone) {
    EXPECT_THROW(prepare_person(media::Raster{}), std::invalid_argument);
    EXPECT_THROW(prepare_person(plain(32, 900, 7)), std::invalid_argument);
    media::Raster short_of_bytes = plain(100, 100, 7);
    short_of_bytes.bytes.pop_back();
    EXPECT_THROW(prepare_person(short_of_bytes), std::invalid_argument);
    EXPECT_THROW(prepare_garment(short_of_bytes), std::invalid_argument);
}

// Real photos where the checkout has them beside it: every person wears something, every garment is worn.
TEST(Composer, DressesEveryPhotoBesideTheCheckout) {
    const std::filesystem::path folder = std::filesystem::path(FITVIEW_SOURCE_DIR) / "../shared/photos";
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no photos beside the checkout";
    const auto read_all = [&](const char* kind) {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder / kind)) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        std::vector<media::Raster> rasters;
        for (const auto& file : files) {
            std::ifstream stream(file, std::ios::binary);
            const auto decoded =
                media::decode_picture(std::string(std::istreambuf_iterator<char>(stream), {}), working_size);
            if (const auto* raster = std::get_if<media::Raster>(&decoded)) rasters.push_back(*raster);
        }
        return rasters;
    };
    const auto people = read_all("people"), garments = read_all("garments");
    ASSERT_FALSE(people.empty());
    ASSERT_FALSE(garments.empty());
    for (std::size_t i = 0; i < std::max(people.size(), garments.size()); ++i) {
        SCOPED_TRACE(i);
        const PreparedPerson person = prepare_person(people[i % people.size()]);
        const TryOnPicture result = render_try_on(person, prepare_garment(garments[i % garments.size()]));
        expect_exact_mask(person, result);
        EXPECT_GE(result.quality.score, 0);
        EXPECT_LE(result.quality.score, 1);
    }
}

}  // namespace
}  // namespace fitview::engine
