#include "engine/garment/parse_drape.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

#include "engine/garment/judge_garment.hpp"

namespace fitview::engine {
namespace {

constexpr double inside_share = 0.985;  // of a side that must lie on cloth
constexpr int least_side = 24;

double share_of(const cv::Mat& mask, const cv::Rect& line) {
    return static_cast<double>(cv::countNonZero(mask(line))) / std::max(1, line.area());
}

}  // namespace

ClothRectangle find_cloth(const cv::Mat& mask) {
    ClothRectangle cloth;
    cv::Rect box = cv::boundingRect(mask);
    if (box.width < least_side || box.height < least_side) return cloth;
    cloth.filled = share_of(mask, box);
    while (box.width > least_side && box.height > least_side) {
        const double left = share_of(mask, {box.x, box.y, 1, box.height});
        const double right = share_of(mask, {box.br().x - 1, box.y, 1, box.height});
        const double top = share_of(mask, {box.x, box.y, box.width, 1});
        const double bottom = share_of(mask, {box.x, box.br().y - 1, box.width, 1});
        const double worst = std::min({left, right, top, bottom});
        if (worst >= inside_share) break;
        if (worst == left) {
            ++box.x;
            --box.width;
        } else if (worst == right) {
            --box.width;
        } else if (worst == top) {
            ++box.y;
            --box.height;
        } else {
            --box.height;
        }
    }
    cloth.box = box;
    return cloth;
}

std::vector<Finding> judge_cloth(const CutOut& cut_out, const ClothRectangle& cloth) {
    std::vector<Finding> findings;
    judge_cut_out(cut_out, findings);
    if (cloth.box.area() == 0) {
        findings.push_back(no_garment_found());
        return findings;
    }
    constexpr double flat = 0.93, draped = 0.7;
    if (cloth.filled < flat)
        findings.push_back({"cutout", cloth.filled < draped ? 0.25 : 0.6,
                            "The cloth is not spread out. Show it as a flat rectangle with its border along the sides "
                            "and its end below."});
    return findings;
}

}  // namespace fitview::engine
