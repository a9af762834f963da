#pragma once
// What is worn, as far as a new garment needs to know.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/body_frame.hpp"
#include "engine/person/person_model.hpp"
#include "engine/person/trunk.hpp"

namespace fitview::engine {

/// In analysis pixels.
struct Outfit {
    float waist_y = 0;
    bool tucked = false;
    bool one_piece = false;
    bool feet_visible = false;
};

Outfit describe_outfit(const cv::Mat& labels, const BodyFrame& frame, const Torso& torso, std::optional<float> hem);

/// Where along the arm the worn sleeve ends and skin begins: 0 for bare arms, the line's end when all is cloth.
float find_sleeve_end(const Arm& arm, const cv::Mat& labels);

}  // namespace fitview::engine
