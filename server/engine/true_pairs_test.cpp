// Rendered true pairs: the garment ends where the real one ends, and covers what the real one covers.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/composer.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

const std::filesystem::path pairs = std::filesystem::path(FITVIEW_SOURCE_DIR) / "tests/data/pairs";

media::Raster read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    return std::get<media::Raster>(media::decode_picture(bytes, working_size));
}

cv::Mat visible(const media::Raster& raster) {
    cv::Mat channel;
    cv::extractChannel(
        cv::Mat(raster.height, raster.width, CV_8UC(raster.channels), const_cast<std::uint8_t*>(raster.bytes.data())),
        channel, 0);
    return channel > 127;
}

struct Coverage : StageObserver {
    cv::Mat garment;
    bool wants_pictures() const override { return true; }
    void shows(std::string_view stage, const media::Raster& picture) override {
        if (stage == "coverage") garment = visible(picture);
    }
};

/// The lower edge in the middle of the garment, where no hand or sleeve hangs.
double hem_of(const cv::Mat& garment) {
    const cv::Rect box = cv::boundingRect(garment);
    const int middle = box.x + box.width / 2;
    std::vector<int> rows;
    for (int x = middle - box.width / 10; x <= middle + box.width / 10; ++x)
        rows.push_back(cv::boundingRect(garment.col(x)).br().y);
    std::nth_element(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2), rows.end());
    return rows[rows.size() / 2];
}

struct Likeness {
    double overlap = 0;  ///< of the silhouettes: intersection over union
    double hem = 0;      ///< how far our hem lies below the true one, px
};

Likeness compare(const std::string& name, GarmentType type, const TryOnOptions& options = {}) {
    Coverage coverage;
    const PreparedPerson person = prepare_person(read(pairs / name / "person.webp"));
    const PreparedGarment garment = prepare_garment(read(pairs / name / "garment.webp"), type);
    render_try_on(person, garment, options, &coverage);
    const cv::Mat truth = visible(read(pairs / name / "mask.png"));
    return {
        static_cast<double>(cv::countNonZero(truth & coverage.garment)) / cv::countNonZero(truth | coverage.garment),
        hem_of(coverage.garment) - hem_of(truth)};
}

TEST(TruePairs, EndWhereTheRealGarmentEndsWithoutAnyMeasure) {
    const std::vector<std::pair<std::string, GarmentType>> all{{"nila_indigo_block_kurta", GarmentType::dress},
                                                               {"kabir_rust_t_shirt", GarmentType::top},
                                                               {"meera_chikankari_kurti", GarmentType::top}};
    for (const auto& [name, type] : all) {
        const Likeness likeness = compare(name, type);
        EXPECT_GT(likeness.overlap, 0.88) << name;
        EXPECT_LT(std::abs(likeness.hem), 15) << name;
    }
}

TEST(TruePairs, EndWhereTheSizeChartSays) {
    TryOnOptions options;
    options.measures = {{.height = 178, .bust = 100}, {.chest = 112, .length = 69, .sleeve = 21}};
    const Likeness likeness = compare("kabir_rust_t_shirt", GarmentType::top, options);
    EXPECT_GT(likeness.overlap, 0.88);
    EXPECT_LT(std::abs(likeness.hem), 10);
    options.measures.garment.length = 62;  // 7 cm are 37 px here
    EXPECT_NEAR(compare("kabir_rust_t_shirt", GarmentType::top, options).hem, likeness.hem - 37, 6);
}

}  // namespace
}  // namespace fitview::engine
