#pragma once
// How light falls on the person's bare skin, and how grainy the photo shows it.
#include <opencv2/core.hpp>

#include "engine/person/person_model.hpp"

namespace fitview::engine {

/// Where arms are: 32FC1 planes of the picture's size.
struct ArmSurface {
    cv::Mat across;    ///< from the middle of an arm, 0 to 1; above 1 outside both
    cv::Mat sideways;  ///< the same along x, -1 at the left edge and 1 at the right one
};

ArmSurface surface_of(const Sided<Arm>& arms, cv::Size picture);

/// Lightness of skin on a round limb against its mean.
struct SkinLight {
    float sideways = 0;     ///< brighter towards the right of the picture where positive
    float rounding = 0.2F;  ///< darker towards both edges
    float grain = 1.5F;     ///< spread of the photo's noise on skin, levels

    /// `sideways` and `across` of a surface that turns away from the camera.
    float at(float across, float towards_right) const;
};

/// Read off the bare parts of the arms, `skin`; the usual light where hardly any is seen. Never extreme.
SkinLight measure_skin_light(const PersonModel& person, const cv::Mat& skin, const ArmSurface& arms);

}  // namespace fitview::engine
