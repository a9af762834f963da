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

/// The person's layers that hide cloth, all 8UC1 of the size of the box that is drawn.
struct Hiding {
    cv::Mat silhouette;              ///< the back of the trunk lies behind it
    cv::Mat front;                   ///< always in front: hair, face, a top that hangs over trousers
    cv::Mat arms;                    ///< in front of all but sleeves
    cv::Mat waistband;               ///< the same: the waistband over a tucked hem
    cv::Mat old_top;                 ///< below `lowest_trunk_row` a tucked top is seen only where the old one was
    float lowest_trunk_row = 1e9F;   ///< picture row
    bool front_before_body = false;  ///< the front panel is before the body wherever it is: nothing but arms hides it
};

/// The part of the picture that can show the cloth; empty when none can.
cv::Rect box_of(const Cloth& cloth, cv::Size picture, float margin);

/// Draws the cloth where `hiding` leaves it visible; `drawn_scale` is person px per garment px.
ClothLayer rasterise(const Cloth& cloth, const cv::Mat& texture, float drawn_scale, const BodyField& body,
                     const Hiding& hiding, const cv::Rect& box);

/// What hides an upper garment.
Hiding hiding_layers(const PersonModel& person, const UndressedPerson& undressed, const FitPlan& plan,
                     const cv::Rect& box);

/// Draws all triangles with a depth buffer, nine samples a pixel, each visible triangle shaded once. Hair, face, arms
/// and the waistband over a tucked hem hide cloth as `person` says. Deterministic, about 30 ms.
ClothLayer rasterise(const Cloth& cloth, const cv::Mat& texture, const FitPlan& plan, const BodyField& body,
                     const PersonModel& person, const UndressedPerson& undressed);

}  // namespace fitview::engine
