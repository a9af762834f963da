#include "engine/cli/evaluate_command.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/evaluate/evaluation_case.hpp"
#include "engine/garment/testing/drawn_garment.hpp"
#include "engine/person/drawn_person.hpp"
#include "media/pictures.hpp"
#include "reflect/json.hpp"

namespace fitview::engine {
namespace {

struct Ran {
    int code;
    std::string out, err;
};

Ran run(const std::vector<std::string>& args) {
    std::ostringstream out, err;
    const int code = evaluate_command(args, out, err);
    return {code, out.str(), err.str()};
}

/// A folder of its own with drawn people and garments in it.
class EvaluateCommand : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("fitview_evaluate_" + std::to_string(::getpid()));
        for (const char* name : {"people", "garments", "empty"}) std::filesystem::create_directories(folder_ / name);
        write("people/ada.png", media::encode_png(raster_of(draw_person(DrawnPose::arms_down).picture)));
        write("people/broken.jpg", "not a picture");
        write("garments/shirt.png", media::encode_png(testing::draw_garment(testing::DrawnKind::t_shirt).photo));
        write("garments/jeans.png", media::encode_png(testing::draw_garment(testing::DrawnKind::sleeveless).photo));
        write("manifest.json", R"({"note": "any", "photos": [
            {"file": "people/ada.png", "category": "person", "pair": "1"},
            {"file": "garments/shirt.png", "category": "upper", "pair": "1"},
            {"file": "garments/jeans.png", "category": "shoes", "pair": null}]})");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(at(name), std::ios::binary) << bytes;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(at(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder_;
};

TEST_F(EvaluateCommand, DrawsEveryKindAndWritesPageFiguresAndPictures) {
    const Ran ran = run({"--people", at("people"), "--garments=" + at("garments"), "--closed-loop", "-o", at("sheet")});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto evaluation = reflect::decode_own<Evaluation>(read("sheet/evaluation.json"));
    ASSERT_EQ(evaluation.cases.size(), 3U);
    EXPECT_EQ(evaluation.cases[0].kind, CaseKind::unpaired);
    EXPECT_EQ(evaluation.cases[1].kind, CaseKind::worn_pair);
    EXPECT_EQ(evaluation.cases[2].kind, CaseKind::closed_loop);
    for (const EvaluationCase& one : evaluation.cases) {
        EXPECT_EQ(one.person, "ada");
        EXPECT_EQ(one.defects.identity_pixels, 0);
        EXPECT_GT(std::filesystem::file_size(folder_ / "sheet" / one.picture), 1000U);
    }
    EXPECT_NE(read("sheet/index.html").find("ada + shirt"), std::string::npos);
    EXPECT_NE(ran.out.find("left out: jeans: the engine cannot dress \"shoes\""), std::string::npos);
    EXPECT_NE(ran.out.find("broken.jpg\" cannot be used"), std::string::npos);
    EXPECT_NE(ran.err.find("drawn, about"), std::string::npos);

    const Ran again = run({"--people", at("people"), "--garments", at("garments"), "--only-pairs", "-o", at("again"),
                           "--compare", at("sheet/evaluation.json"), "--threads", "2"});
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_NE(again.out.find("2 pictures are only in the other run"), std::string::npos);
}

TEST_F(EvaluateCommand, ExplainsItself) {
    const Ran ran = run({"--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_NE(ran.out.find("usage: fitview evaluate --people DIR --garments DIR"), std::string::npos);
}

TEST_F(EvaluateCommand, RefusesBadArgumentsAndFoldersWithAReason) {
    write("text.json", "no json");
    write("other.json", R"({"cases": 3})");
    const std::string people = at("people"), garments = at("garments"), out = at("out");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{}, "Name photos with --people"},
        {{"--people", people}, "without --garments"},
        {{"--garments", garments}, "without --people"},
        {{people}, "stands alone"},
        {{"--people"}, "--people needs a value"},
        {{"--people=", "--garments", garments}, "--people needs a value"},
        {{"--pairs", people, "--closed-loop"}, "--closed-loop needs photos"},
        {{"--people", people, "--garments", garments, "--pictures", "few"}, "--pictures must be"},
        {{"--people", people, "--garments", garments, "--threads", "0"}, "--threads must be"},
        {{"--people", people, "--garments", garments, "--loud", "yes"}, "Unknown option --loud"},
        {{"--people", at("none"), "--garments", garments, "-o", out}, "does not exist"},
        {{"--people", at("text.json"), "--garments", garments, "-o", out}, "is not a folder"},
        {{"--people", at("empty"), "--garments", garments, "-o", out}, "holds no picture"},
        {{"--pairs", at("empty"), "-o", out}, "does not exist"},
        {{"--pairs", folder_.string(), "-o", out}, "has no list \"pairs\""},
        {{"--people", people, "--garments", garments, "--compare", at("text.json"), "-o", out}, "cannot be read"},
        {{"--people", people, "--garments", garments, "--compare", at("other.json"), "-o", out},
         "is not an evaluation"},
        {{"--people", people, "--garments", garments, "-o", at("text.json")}, "cannot be made"},
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
