#pragma once
// Naming every pixel of the person: skin, hair, upper or lower garment.
#include <opencv2/core.hpp>

#include <optional>

#include "engine/person/body_frame.hpp"
#include "engine/person/working_picture.hpp"

namespace fitview::engine {

struct LabelEvidence {
    cv::Mat silhouette;        ///< 8UC1
    cv::Mat skin;              ///< 32FC1 likelihood
    cv::Mat free_arms;         ///< 8UC1, arms beside the trunk; the rules about the hem do not hold on them
    std::optional<float> hem;  ///< row
};

struct PersonLabels {
    cv::Mat labels;        ///< 8UC1 of Label
    float skin_alike = 0;  ///< share of the trunk whose cloth has the colour of skin, 0 to 1
};

/// Colour histograms per label from seeds, position rules, a guided filter on each cost, two rounds.
PersonLabels label_person(const WorkingPicture& picture, const BodyFrame& frame, const LabelEvidence& evidence);

}  // namespace fitview::engine
