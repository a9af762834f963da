#pragma once
// The network files: which ones, and whether those on this machine are the right ones.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fitview::engine {

struct ModelFile {
    std::string_view name;
    std::size_t bytes;
    std::string_view sha256;  ///< in hexadecimal
};

constexpr ModelFile detector_file{"pose_solution_packed_assets.data", 2962288,
                                  "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"};
constexpr ModelFile landmark_file{"pose_landmark_full.tflite", 6440512,
                                  "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"};
constexpr ModelFile person_file{"selfie_segmentation.tflite", 249024,
                                "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27"};

/// The file's bytes once its size and digest are right. Fails: std::runtime_error that says what is wrong and how to
/// get the files.
std::vector<std::uint8_t> read_model_file(const std::string& folder, const ModelFile& file);

}  // namespace fitview::engine
