// A walk over real photos where the checkout has them beside it; elsewhere there is nothing to walk over.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/person/parse_person.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

std::vector<std::filesystem::path> photos() {
    const std::filesystem::path folder = std::filesystem::path(FITVIEW_SOURCE_DIR) / "../shared/photos/people";
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(PersonPhotos, AreParsedIntoPlausiblePeople) {
    const auto files = photos();
    if (files.empty()) GTEST_SKIP() << "no photos beside the checkout";
    int confident = 0;
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const auto decoded = media::decode_picture(contents(file), working_size);
        ASSERT_TRUE(std::holds_alternative<media::Raster>(decoded));
        const PersonModel person = parse_person(std::get<media::Raster>(decoded));
        const PersonLandmarks& marks = person.landmarks;
        const double share = static_cast<double>(cv::countNonZero(person.silhouette > 127)) /
                             static_cast<double>(person.silhouette.total());
        EXPECT_GT(share, 0.04);
        EXPECT_LT(share, 0.75);
        const float shoulders = (marks.shoulder[1].x - marks.shoulder[0].x) / marks.unit;
        EXPECT_GT(shoulders, 1.2F);
        EXPECT_LT(shoulders, 3.6F);
        EXPECT_FALSE(marks.trunk.empty());
        double score = 1;
        for (const Finding& finding : person.findings) score *= finding.factor;
        EXPECT_GT(score, 0.05);
        confident += score > 0.6 ? 1 : 0;
    }
    EXPECT_GT(confident, static_cast<int>(files.size()) * 3 / 4);
}

}  // namespace
}  // namespace fitview::engine
