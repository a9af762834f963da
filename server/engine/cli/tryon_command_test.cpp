#include "engine/cli/tryon_command.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/garment/testing/drawn_garment.hpp"
#include "engine/person/drawn_person.hpp"
#include "engine/person/parse_person.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

struct Ran {
    int code;
    std::string out, err;
};

Ran run(const std::vector<std::string>& args) {
    std::ostringstream out, err;
    const int code = tryon_command(args, out, err);
    return {code, out.str(), err.str()};
}

/// A folder of its own with the drawn person and garment in it.
class TryOnCommand : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("fitview_tryon_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        write("person.png", media::encode_png(raster_of(draw_person(DrawnPose::arms_down).picture)));
        write("garment.png", media::encode_png(testing::draw_garment(testing::DrawnKind::t_shirt).photo));
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(at(name), std::ios::binary) << bytes;
    }
    media::Raster read(const std::string& name) const {
        std::ifstream file(at(name), std::ios::binary);
        return std::get<media::Raster>(
            media::decode_picture(std::string(std::istreambuf_iterator<char>(file), {}), 4096));
    }

    std::filesystem::path folder_;
};

TEST_F(TryOnCommand, WritesThePictureItsMaskAndTheStages) {
    const Ran ran = run({at("person.png"), at("garment.png"), "-o", at("out.png"), "--mask", at("mask.png"), "--stages",
                         at("stages"), "--category=upper"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("quality"), std::string::npos);
    const media::Raster picture = read("out.png"), mask = read("mask.png");
    const media::Raster source = raster_of(parse_person(read("person.png")).picture);
    ASSERT_EQ(picture.width, source.width);
    for (std::size_t i = 0; i < picture.bytes.size(); i += 3)
        ASSERT_TRUE(mask.bytes[i] != 0 || std::equal(&picture.bytes[i], &picture.bytes[i] + 3, &source.bytes[i]));
    EXPECT_FALSE(std::filesystem::is_empty(folder_ / "stages"));
}

TEST_F(TryOnCommand, WritesWebp) {
    ASSERT_EQ(run({at("person.png"), at("garment.png"), "-o", at("out.webp")}).code, 0);
    EXPECT_GT(std::filesystem::file_size(folder_ / "out.webp"), 1000U);
}

TEST_F(TryOnCommand, ExplainsItself) {
    const Ran ran = run({"--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_NE(ran.out.find("usage: fitview tryon PERSON GARMENT [GARMENT...] -o OUT.webp"), std::string::npos);
}

TEST_F(TryOnCommand, RefusesBadArgumentsAndFilesWithAReason) {
    write("text.jpg", "not a picture");
    write("empty.jpg", "");
    write("points.json", R"({"points":[{"name":"elbow","x":0,"y":0}]})");
    write("chart.json", R"({"size_chart": {"S": {"length": 60}}})");
    write("blank.png", media::encode_png({200, 300, 3, std::vector<std::uint8_t>(200 * 300 * 3, 255)}));
    const std::string person = at("person.png"), garment = at("garment.png"), out = at("out.png");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{}, "one to four of garments are needed"},
        {{person, "-o", out}, "1 were given"},
        {{person, garment}, "-o OUT.webp"},
        {{person, garment, "-o", at("out.gif")}, "must end in .webp or .png"},
        {{person, garment, "-o"}, "-o needs a value"},
        {{person, garment, "-o", out, "--category", "shoes"}, "t-shirt, kurta or dress"},
        {{person, garment, "-o", out, "--size-scale", "huge"}, "0.6 to 1.6"},
        {{person, garment, "-o", out, "--height-cm", "9"}, "100 to 230"},
        {{person, garment, "-o", out, "--size", "M"}, "belong together"},
        {{person, garment, "-o", out, "--size", "M", "--size-chart", at("points.json")}, "/size_chart"},
        {{person, garment, "-o", out, "--size", "M", "--size-chart", at("chart.json")}, "has no size \"M\""},
        {{person, garment, "-o", out, "--colour", "red"}, "Unknown option --colour"},
        {{at("nobody.png"), garment, "-o", out}, "does not exist"},
        {{folder_.string(), garment, "-o", out}, "is a folder"},
        {{at("text.jpg"), garment, "-o", out}, "cannot be used"},
        {{person, at("empty.jpg"), "-o", out}, "cannot be used"},
        {{person, garment, "-o", at("missing/out.png")}, "does not exist"},
        {{person, garment, "-o", out, "--fit-points", at("points.json")}, "/points/0/name"},
        {{person, garment, "-o", out, "--fit-points", at("none.json")}, "does not exist"},
        {{at("blank.png"), garment, "-o", out}, "No person was found"},
        {{person, at("blank.png"), "-o", out}, "No garment was found"},
    };
    for (const auto& [args, reason] : cases) {
        const Ran ran = run(args);
        EXPECT_EQ(ran.code, 2) << reason;
        EXPECT_NE(ran.err.find(reason), std::string::npos) << ran.err;
        EXPECT_FALSE(std::filesystem::exists(out)) << reason;
    }
}

}  // namespace
}  // namespace fitview::engine
