// A walk over real photos where the checkout has them beside it; elsewhere there is nothing to walk over.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/garment/parse_garment.hpp"
#include "engine/garment/pattern_mesh.hpp"
#include "engine/ops/delaunay.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

std::vector<std::filesystem::path> photos(const std::string& kind) {
    const std::filesystem::path folder = std::filesystem::path(FITVIEW_SOURCE_DIR) / "../shared/photos" / kind;
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

media::Raster decoded(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const auto picture = media::decode_picture(bytes, working_size);
    return std::holds_alternative<media::Raster>(picture) ? std::get<media::Raster>(picture) : media::Raster{};
}

void expect_sound(const PatternMesh& mesh) {
    for (const PatternTriangle& triangle : mesh.triangles) {
        const auto place = [&](std::size_t corner) {
            return mesh.vertices.at(static_cast<std::size_t>(triangle.vertices[corner])).uv;
        };
        ASSERT_GT(turn(place(0), place(1), place(2)) * (triangle.back ? -1.F : 1.F), 0);
    }
}

TEST(GarmentPhotos, AreParsedIntoPlausibleGarments) {
    const auto files = photos("garments");
    if (files.empty()) GTEST_SKIP() << "no photos beside the checkout";
    int confident = 0;
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const GarmentModel model = parse_garment(decoded(file));
        const GarmentLandmarks& marks = model.landmarks;
        const double share =
            static_cast<double>(cv::countNonZero(model.alpha > 127)) / static_cast<double>(model.alpha.total());
        EXPECT_GT(share, 0.05);
        EXPECT_LT(share, 0.8);
        if (model.lower) {
            EXPECT_LT(model.lower->waist[0].x, model.lower->waist[1].x);
            EXPECT_LT(model.lower->waist[0].y, marks.hem_y);
        } else {
            EXPECT_LT(marks.neck[0].x, marks.neck[1].x);
            EXPECT_LT(marks.armpit[0].x, marks.armpit[1].x);
            EXPECT_LT(marks.neck[0].y, marks.armpit[0].y);
            EXPECT_LT(marks.armpit[0].y, marks.hem_y + 2);
        }
        const PatternMesh mesh = make_pattern(model, 1250);
        EXPECT_FALSE(mesh.empty());
        expect_sound(mesh);
        double score = 1;
        for (const Finding& finding : model.findings) score *= finding.factor;
        confident += score > 0.6 ? 1 : 0;
    }
    EXPECT_GT(confident, static_cast<int>(files.size()) * 3 / 4);
}

TEST(GarmentPhotos, OfPeopleDoNoHarm) {
    for (const auto& file : photos("people")) {
        SCOPED_TRACE(file.filename().string());
        expect_sound(make_pattern(parse_garment(decoded(file)), 600));
    }
}

}  // namespace
}  // namespace fitview::engine
