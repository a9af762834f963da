#pragma once
// The light of the photo on the new cloth.
#include <opencv2/core.hpp>

#include "engine/render/rasterise.hpp"
#include "engine/render/undressed_person.hpp"

namespace fitview::engine {

/// 32FC1 of the layer's box: what the cloth's own colours are multiplied with. The studio's light on the draped
/// surface, the light measured on the old top (fully where the new one lies as close, `as_worn`), the shade of one fold
/// on the next. Its median is about 1, so the product keeps its colour.
cv::Mat shade(const ClothLayer& layer, const UndressedPerson& undressed, float unit, bool as_worn);

}  // namespace fitview::engine
