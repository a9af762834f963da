#pragma once
// Whether a drawn garment has the product's colours, whatever light falls on it.
#include <opencv2/core.hpp>

#include "engine/drape/cloth.hpp"

namespace fitview::engine {

/// Distance of the colours of two 8UC3 RGB pictures inside their 8UC1 masks, 0 to 1; 1 when a mask is empty. Folds and
/// shadows count little: chroma is taken relative to lightness, which multiplying by a light leaves as it is, and
/// lightness relative to its surroundings. Histograms over both are smoothed by about what an eye tells apart side by
/// side, and compared by Hellinger distance: plain cloth moved by one just noticeable difference (about 2.7 in a* or
/// b*) or by 7 in lightness has 0.12.
double product_colour_distance(const cv::Mat& product, const cv::Mat& product_mask, const cv::Mat& drawn,
                               const cv::Mat& drawn_mask);

/// 8UC1 of the garment's picture, 255 where its cloth is seen in the drawn picture: hidden folds, tucked hems and the
/// inside of overlaps have no part in the comparison. `coverage` is the garment as it is seen.
cv::Mat seen_part_of_product(const Cloth& cloth, cv::Size product, const cv::Mat& coverage);

}  // namespace fitview::engine
