#include "engine/export/try_on_model.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <cstring>

#include "engine/drape/drawn_try_on.hpp"
#include "engine/export/glb.hpp"
#include "engine/garment/testing/drawn_lower.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

std::uint32_t word_at(const std::string& bytes, std::size_t place) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + place, sizeof word);
    return word;
}

std::uint16_t short_at(const std::string& bytes, std::size_t place) {
    std::uint16_t number = 0;
    std::memcpy(&number, bytes.data() + place, sizeof number);
    return number;
}

/// A .glb taken apart as glTF 2.0, section 4 says.
struct TakenApart {
    boost::json::object document;
    std::string buffer;

    const boost::json::array& list(const char* name) const { return document.at(name).as_array(); }
    std::string view(std::int64_t number) const {
        const auto& view = list("bufferViews").at(static_cast<std::size_t>(number)).as_object();
        return buffer.substr(static_cast<std::size_t>(view.at("byteOffset").to_number<std::int64_t>()),
                             static_cast<std::size_t>(view.at("byteLength").to_number<std::int64_t>()));
    }
};

TakenApart take_apart(const std::string& file) {
    EXPECT_EQ(file.substr(0, 4), "glTF");
    EXPECT_EQ(word_at(file, 4), 2U);
    EXPECT_EQ(word_at(file, 8), file.size());
    const std::uint32_t text = word_at(file, 12);
    EXPECT_EQ(file.substr(16, 4), "JSON");
    EXPECT_EQ(text % 4, 0U);
    const std::uint32_t buffer = word_at(file, 20 + text);
    EXPECT_EQ(file.substr(24 + text, 4), std::string("BIN\0", 4));
    EXPECT_EQ(28 + text + buffer, file.size());
    return {boost::json::parse(file.substr(20, text)).as_object(), file.substr(28 + text)};
}

std::string model_of(const std::vector<OutfitPiece>& pieces) {
    return model_of_try_on(drawn_person(), pieces);
}

const std::string& drawn_model() {
    static const std::string model = model_of({{&drawn_garment(), {}}});
    return model;
}

TEST(TryOnModel, IsAWholeFileOfLessThanAMegabyte) {
    EXPECT_LE(drawn_model().size(), largest_model);
    const TakenApart file = take_apart(drawn_model());
    EXPECT_EQ(file.document.at("asset").at("version").as_string(), "2.0");
    EXPECT_GE(static_cast<std::int64_t>(file.buffer.size()),
              file.list("buffers").at(0).at("byteLength").to_number<std::int64_t>());
    ASSERT_EQ(file.list("meshes").size(), 3U);
    EXPECT_EQ(file.list("meshes").at(0).at("name").as_string(), "person");
    EXPECT_EQ(file.list("meshes").at(1).at("name").as_string(), "back");
    EXPECT_EQ(file.list("meshes").at(2).at("name").as_string(), "garment");
}

TEST(TryOnModel, HasTrianglesOfItsOwnPoints) {
    const TakenApart file = take_apart(drawn_model());
    for (const auto& mesh : file.list("meshes")) {
        const auto& primitive = mesh.at("primitives").at(0);
        const auto accessor = [&](const boost::json::value& number) {
            return file.list("accessors").at(number.to_number<std::size_t>());
        };
        const auto points = accessor(primitive.at("attributes").at("POSITION")).at("count").to_number<std::uint32_t>();
        const auto indices = accessor(primitive.at("indices"));
        const std::string bytes = file.view(indices.at("bufferView").to_number<std::int64_t>());
        ASSERT_EQ(indices.at("componentType").to_number<int>(), 5123);
        ASSERT_EQ(bytes.size(), 2 * indices.at("count").to_number<std::size_t>());
        ASSERT_GT(bytes.size(), 1500U);
        for (std::size_t at = 0; at < bytes.size(); at += 2) ASSERT_LT(short_at(bytes, at), points);
    }
}

TEST(TryOnModel, StandsOnTheGroundAsTallAsAPerson) {
    const TakenApart file = take_apart(drawn_model());
    const auto& body = file.list("meshes").at(0).at("primitives").at(0).at("attributes").at("POSITION");
    const auto& accessor = file.list("accessors").at(body.to_number<std::size_t>());
    EXPECT_GE(accessor.at("min").at(1).to_number<double>(), -0.01);
    EXPECT_GT(accessor.at("max").at(1).to_number<double>(), 0.5);
    EXPECT_LT(accessor.at("max").at(1).to_number<double>(), 2.5);
    EXPECT_LT(accessor.at("max").at(2).to_number<double>(), 0.4);
}

TEST(TryOnModel, CarriesJpegTextures) {
    const TakenApart file = take_apart(drawn_model());
    ASSERT_EQ(file.list("images").size(), 2U);
    for (const auto& image : file.list("images")) {
        EXPECT_EQ(image.at("mimeType").as_string(), "image/jpeg");
        EXPECT_EQ(file.view(image.at("bufferView").to_number<std::int64_t>()).substr(0, 2), "\xFF\xD8");
    }
}

TEST(TryOnModel, GivesTheSameBytesTwice) {
    EXPECT_EQ(model_of({{&drawn_garment(), {}}}), drawn_model());
}

TEST(TryOnModel, NeverShowsTheBodyWithoutItsClothes) {
    // The texture of the body is the finished picture, not the person with the old top taken off.
    const TakenApart file = take_apart(drawn_model());
    const auto& image = file.list("images").at(0).at("bufferView");
    const TryOnPicture finished = render_try_on(drawn_person(), drawn_garment());
    const std::string bytes = file.view(image.to_number<std::int64_t>());
    bool same = false;
    for (const int quality : {84, 70, 55, 40, 25})
        same = same || bytes == media::encode_jpeg(finished.picture, quality);
    EXPECT_TRUE(same);
}

TEST(TryOnModel, AnOutfitHasEachOfItsLayersAndStaysSmall) {
    const PreparedGarment trousers =
        prepare_garment(testing::draw_lower(testing::DrawnLower::trousers).photo, GarmentType::trousers);
    const PreparedGarment skirt =
        prepare_garment(testing::draw_lower(testing::DrawnLower::skirt).photo, GarmentType::skirt);
    const std::string outfit =
        model_of({{&drawn_garment(), {}}, {&trousers, {}}, {&drawn_garment(), {}}, {&skirt, {}}});
    EXPECT_LE(outfit.size(), largest_model);
    const TakenApart file = take_apart(outfit);
    ASSERT_EQ(file.list("meshes").size(), 6U);
    EXPECT_EQ(file.list("meshes").at(2).at("name").as_string(), "garment");
    EXPECT_EQ(file.list("meshes").at(5).at("name").as_string(), "garment 4");
    EXPECT_EQ(file.list("images").size(), 5U);
    EXPECT_EQ(model_of({{&drawn_garment(), {}}, {&trousers, {}}, {&drawn_garment(), {}}, {&skirt, {}}}), outfit);
}

TEST(Glb, PointsNormalsOutOfTheTriangle) {
    GlbMesh mesh;
    mesh.name = "one";
    mesh.positions = {{0, 0, 0}, {0.01F, 0, 0}, {0, 0.01F, 0}};
    mesh.triangles = {{0, 1, 2}};
    const TakenApart file = take_apart(write_glb({mesh}));
    const auto& normals = file.list("meshes").at(0).at("primitives").at(0).at("attributes").at("NORMAL");
    const auto& accessor = file.list("accessors").at(normals.to_number<std::size_t>());
    const std::string bytes = file.view(accessor.at("bufferView").to_number<std::int64_t>());
    float normal[3];
    std::memcpy(normal, bytes.data(), sizeof normal);
    EXPECT_FLOAT_EQ(normal[0], 0);
    EXPECT_FLOAT_EQ(normal[1], 0);
    EXPECT_FLOAT_EQ(normal[2], 1);
}

TEST(Glb, OfNothingIsAnEmptyScene) {
    const std::string file = write_glb({});
    EXPECT_EQ(word_at(file, 8), file.size());
    EXPECT_EQ(word_at(file, 12) + 20, file.size());
}

}  // namespace
}  // namespace fitview::engine
