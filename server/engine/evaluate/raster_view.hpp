#pragma once
// Between the two forms a picture has: bytes in a row and a matrix.
#include <opencv2/core.hpp>

#include <cstring>

#include "media/raster.hpp"

namespace fitview::engine {

/// The raster's pixels as a matrix, copied.
inline cv::Mat matrix_from(const media::Raster& raster) {
    cv::Mat matrix(raster.height, raster.width, CV_8UC(raster.channels));
    for (int y = 0; y < raster.height; ++y)
        std::memcpy(matrix.ptr(y), raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(y),
                    raster.row_bytes());
    return matrix;
}

/// The matrix's 8-bit pixels as a raster, copied.
inline media::Raster raster_from(const cv::Mat& matrix) {
    media::Raster raster{matrix.cols, matrix.rows, matrix.channels(), {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (int y = 0; y < matrix.rows; ++y)
        std::memcpy(raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(y), matrix.ptr(y),
                    raster.row_bytes());
    return raster;
}

}  // namespace fitview::engine
