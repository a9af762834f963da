#pragma once
// The silhouette of a garment, described so that its landmarks can be looked for: mirror axis, rows, one outline per
// side.
#include <opencv2/core.hpp>

#include <vector>

#include "engine/geometry.hpp"

namespace fitview::engine {

/// Half widths of one picture row, measured from the axis on one side; negative where the row has no cloth there.
struct HalfWidths {
    float trunk =
        -1;  ///< outer end of the run that holds the axis (of the strap next to it when the neck is open there)
    float whole = -1;  ///< outermost cloth
};

struct GarmentShape {
    cv::Mat mask;                         ///< 8UC1, 0 or 255; ties hanging below the hem are cut off
    cv::Rect box;                         ///< of the mask
    float axis = 0;                       ///< column of the mirror axis
    float symmetry = 0;                   ///< overlap of the upper 80 % with its mirror image, 0 to 1
    int hem_row = 0;                      ///< lowest row whose run at the axis belongs to the trunk
    std::vector<int> top;                 ///< first row of cloth per column, -1 where none
    std::vector<int> bottom;              ///< last row of cloth per column, -1 where none
    Sided<std::vector<HalfWidths>> half;  ///< per picture row
    Sided<std::vector<Point>> outline;    ///< from the top at the axis round the side to the bottom at the axis

    bool empty() const { return box.area() == 0; }
    float height() const { return static_cast<float>(hem_row - box.y + 1); }
    /// -1 for the left side, +1 for the right one.
    static float sign(int side) { return side == picture_left ? -1.F : 1.F; }
    /// Distance from the axis, positive towards `side`.
    float outwards(int side, Point place) const { return sign(side) * (place.x - axis); }
};

/// The column about which the upper 80 % of a mask is most symmetric, and how much of it: overlap over union.
struct MirrorAxis {
    float column = 0;
    float overlap = 0;
};
MirrorAxis find_mirror_axis(const cv::Mat& mask);

/// `mask` is 8UC1, 0 or 255, one region. An empty mask gives an empty shape.
GarmentShape describe_shape(const cv::Mat& mask);

/// The median of the trunk's half width on one side over [first, last); 0 where no row has cloth.
float median_trunk(const GarmentShape& shape, int side, float first, float last);

}  // namespace fitview::engine
