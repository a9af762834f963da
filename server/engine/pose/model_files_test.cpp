#include "engine/pose/model_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "engine/network/network.hpp"
#include "engine/network/read_model.hpp"
#include "engine/pose/model_files_fixture.hpp"
#include "engine/pose/person_networks.hpp"

namespace fitview::engine {
namespace {

std::string fault_of(const std::string& folder) {
    try {
        read_model_file(folder, person_file);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

/// A folder with a file of that content in place of the segmentation network.
class FolderWith {
public:
    explicit FolderWith(const std::string& content) {
        std::string pattern = (std::filesystem::temp_directory_path() / "fitview-models-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
        std::ofstream(path_ / person_file.name, std::ios::binary) << content;
    }
    ~FolderWith() { std::filesystem::remove_all(path_); }
    FolderWith(const FolderWith&) = delete;
    FolderWith& operator=(const FolderWith&) = delete;
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(ModelFiles, SayWhatIsMissingAndHowToGetIt) {
    const std::string fault = fault_of("/nonexistent");
    EXPECT_NE(fault.find("is missing"), std::string::npos) << fault;
    EXPECT_NE(fault.find("./fit setup"), std::string::npos) << fault;
    EXPECT_THROW(load_person_networks("/nonexistent"), std::runtime_error);
}

TEST(ModelFiles, RefuseAFileOfAnotherSizeOrContent) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{100}, person_file.bytes, person_file.bytes + 1}) {
        const FolderWith folder(std::string(size, 'x'));
        EXPECT_NE(fault_of(folder.path()).find("is not the one we know"), std::string::npos) << size;
    }
}

TEST(ModelFiles, AreThoseThatSetupInstalls) {
    std::ifstream list(std::filesystem::path(FITVIEW_SOURCE_DIR) / "tools/setup/models.txt");
    std::map<std::string, std::string> digests;
    for (std::string line; std::getline(list, line);) {
        std::istringstream words(line);
        std::string package, name, digest;
        if (words >> package >> name >> digest && package[0] == '@') digests[name] = digest;
    }
    EXPECT_EQ(digests.size(), 3U);
    for (const ModelFile& file : {detector_file, landmark_file, person_file})
        EXPECT_EQ(digests[std::string(file.name)], file.sha256) << file.name;
}

TEST(ModelFiles, HoldTheOperationsWeKnow) {
    FITVIEW_NEEDS_MODEL_FILES();
    using Census = std::map<std::string, int>;
    const auto census = [](const ModelFile& file) {
        return network::read_model(read_model_file(model_folder(), file)).census;
    };
    EXPECT_EQ(census(person_file), (Census{{"ADD", 14},
                                           {"AVERAGE_POOL_2D", 10},
                                           {"CONV_2D", 43},
                                           {"Convolution2DTransposeBias", 1},
                                           {"DEPTHWISE_CONV_2D", 11},
                                           {"DEQUANTIZE", 110},
                                           {"HARD_SWISH", 11},
                                           {"LOGISTIC", 11},
                                           {"MUL", 10},
                                           {"RELU", 22},
                                           {"RESIZE_BILINEAR", 3}}));
    EXPECT_EQ(census(detector_file), (Census{{"ADD", 15},
                                             {"CONCATENATION", 2},
                                             {"CONV_2D", 45},
                                             {"DENSIFY", 38},
                                             {"DEPTHWISE_CONV_2D", 28},
                                             {"DEPTH_TO_SPACE", 3},
                                             {"DEQUANTIZE", 144},
                                             {"PAD", 8},
                                             {"RESHAPE", 6},
                                             {"RESIZE_BILINEAR", 2}}));
    EXPECT_EQ(census(landmark_file), (Census{{"ADD", 28},
                                             {"CONV_2D", 58},
                                             {"DEPTHWISE_CONV_2D", 38},
                                             {"DEQUANTIZE", 192},
                                             {"LOGISTIC", 1},
                                             {"MAX_POOL_2D", 2},
                                             {"PAD", 5},
                                             {"RESHAPE", 3},
                                             {"RESIZE_BILINEAR", 5}}));
}

TEST(ModelFiles, AreRefusedOrReadWhenDamagedButNeverOverrun) {
    FITVIEW_NEEDS_MODEL_FILES();
    int refused = 0;
    for (const ModelFile& file : {detector_file, person_file}) {
        const auto whole = read_model_file(model_folder(), file);
        std::uint32_t state = 5;
        for (int round = 0; round < 30; ++round) {
            auto bytes = whole;
            if (round % 3 == 0) bytes.resize(whole.size() * static_cast<std::size_t>(round + 1) / 40);
            for (int change = 0; change < 40; ++change) {
                state = state * 1664525U + 1013904223U;
                // The structure stands at the front and the back, the weights between.
                const std::size_t reach = std::min<std::size_t>(bytes.size(), 60000);
                const std::size_t at = (state >> 4) % reach;
                bytes[state & 1 ? at : bytes.size() - 1 - at] = static_cast<std::uint8_t>(state >> 24);
            }
            try {
                network::read_model(bytes);
            } catch (const network::UnreadableModel&) {
                ++refused;
            }
        }
    }
    EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace fitview::engine
