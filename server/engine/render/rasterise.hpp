#pragma once
// The hanging cloth as pixels: what of it is seen between the person's own layers.
#include <opencv2/core.hpp>

#include "engine/drape/body_field.hpp"
#include "engine/drape/cloth.hpp"
#include "engine/render/undressed_person.hpp"

namespace fitview::engine {

/// Planes cover `box`, a part of the person's picture; empty when nothing of the cloth is in the frame.
struct ClothLayer {
    cv::Rect box;
    cv::Mat albedo;  ///< 8UC3 RGB, the product's own colours
    cv::Mat light;   ///< 32FC1, how the studio's light falls on the folded surface; 1 = straight at the light
    cv::Mat alpha;   ///< 8UC1, visible share of the pixel
    cv::Mat depth;   ///< 32FC1, z of the nearest cloth, else of the body, else far away
    cv::Mat sleeve;  ///< 8UC1, share of `alpha` that is sleeve
};

/// Draws all triangles with a depth buffer, nine samples a pixel, each visible triangle shaded once. Hair, face, arms
/// and the waistband over a tucked hem hide cloth as `person` says. Deterministic, about 30 ms.
ClothLayer rasterise(const Cloth& cloth, const cv::Mat& texture, const FitPlan& plan, const BodyField& body,
                     const PersonModel& person, const UndressedPerson& undressed);

}  // namespace fitview::engine
