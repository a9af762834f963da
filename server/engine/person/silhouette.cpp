#include "engine/person/silhouette.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

#include "engine/ops/guided_filter.hpp"
#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr int random_seed = 7;
constexpr int fewest_samples = 30;

int odd(double size) {
    return 2 * static_cast<int>(size) + 1;
}

/// A box where torso and neck must be, so that a white top on a white wall is not lost.
cv::Mat certain_body(const Face& face, const Wall& wall) {
    cv::Mat body = cv::Mat::zeros(wall.open.size(), CV_8UC1);
    const cv::Rect2f& box = face.box;
    const float middle = box.x + box.width / 2;
    const float wide = box.width;
    set_box(body, middle - 0.3F * wide, box.y + 0.1F * box.height, middle + 0.3F * wide, box.br().y, 255);
    if (face.view == FaceView::profile) return body & ~wall.open;
    set_box(body, middle - 0.2F * wide, box.br().y, middle + 0.2F * wide, box.y + 2 * box.height, 255);
    // A tilted or turned head leaves its box; skin is never taken for wall, so what is open there is not the head.
    body &= ~wall.open;
    set_box(body, middle - 0.6F * wide, box.y + 1.9F * box.height, middle + 0.6F * wide, box.y + 3.5F * box.height,
            255);
    return body;
}

/// Without a face: joins the parts of the person that lie above each other.
cv::Mat bridges(const cv::Mat& foreground) {
    cv::Mat result = cv::Mat::zeros(foreground.size(), CV_8UC1);
    std::vector<cv::Rect> parts;
    keep_regions(foreground, 8, [&](const Region& region) {
        parts.push_back(region.box);
        return true;
    });
    std::sort(parts.begin(), parts.end(), [](const cv::Rect& one, const cv::Rect& other) { return one.y < other.y; });
    for (std::size_t at = 0; at + 1 < parts.size(); ++at) {
        const int above = parts[at].br().y;
        const int below = parts[at + 1].y;
        const int left = std::max(parts[at].x, parts[at + 1].x);
        const int right = std::min(parts[at].br().x, parts[at + 1].br().x);
        if (below <= above || right - left <= 5) continue;
        const int margin = (right - left) / 5;
        set_box(result, static_cast<float>(left + margin), static_cast<float>(above - 3),
                static_cast<float>(right - margin), static_cast<float>(below + 3), 255);
    }
    return result;
}

cv::Mat trimap_on_plain_wall(const Wall& wall, const cv::Mat& foreground, const cv::Mat& certain) {
    const int width = foreground.cols;
    cv::Mat trimap(foreground.size(), CV_8UC1, cv::Scalar(cv::GC_PR_BGD));
    const cv::Mat around = dilated(certain, odd(0.06 * width));
    trimap.setTo(cv::GC_PR_FGD, foreground);
    trimap.setTo(cv::GC_PR_FGD, around & (wall.distance > wall.near()));
    trimap.setTo(cv::GC_BGD, ~dilated(foreground | around, odd(0.03 * width)));
    const cv::Mat wall_like = (wall.distance < wall.near()) & (wall.roughness < 0.5);
    trimap.setTo(cv::GC_BGD, wall_like & ~dilated(foreground | certain, 5));
    trimap.setTo(cv::GC_FGD, eroded(foreground, 7) & (wall.distance > wall.far()));
    trimap.setTo(cv::GC_FGD, eroded(foreground, 3) & (wall.distance > 14));
    trimap.setTo(cv::GC_FGD, certain);
    return trimap;
}

cv::Mat trimap_from_template(const std::optional<Face>& face, cv::Size size) {
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    if (!face) {
        cv::Mat trimap(size, CV_8UC1, cv::Scalar(cv::GC_PR_BGD));
        set_box(trimap, 0.2F * width, 0, 0.8F * width, height, cv::GC_PR_FGD);
        set_box(trimap, 0, 0, 0.05F * width, height, cv::GC_BGD);
        set_box(trimap, 0.95F * width, 0, width, height, cv::GC_BGD);
        return trimap;
    }
    cv::Mat trimap(size, CV_8UC1, cv::Scalar(cv::GC_BGD));
    const float unit = face->box.width;
    const float middle = face->box.x + unit / 2;
    const float top = face->box.y;
    set_box(trimap, middle - 2.4F * unit, top - 0.9F * unit, middle + 2.4F * unit, height, cv::GC_PR_BGD);
    set_box(trimap, middle - 1.5F * unit, top + 1.5F * unit, middle + 1.5F * unit, height, cv::GC_PR_FGD);
    set_box(trimap, middle - 0.65F * unit, top - 0.45F * unit, middle + 0.65F * unit, top + 1.5F * unit, cv::GC_PR_FGD);
    set_box(trimap, middle - 0.35F * unit, top + 0.1F * unit, middle + 0.35F * unit, top + 0.9F * unit, cv::GC_FGD);
    set_box(trimap, middle - 0.8F * unit, top + 2.1F * unit, middle + 0.8F * unit, std::min(height, top + 4.5F * unit),
            cv::GC_FGD);
    return trimap;
}

bool has_both_sides(const cv::Mat& trimap) {
    const int foreground = cv::countNonZero((trimap == cv::GC_FGD) | (trimap == cv::GC_PR_FGD));
    return foreground >= fewest_samples && static_cast<int>(trimap.total()) - foreground >= fewest_samples;
}

/// GrabCut at half the analysis size; its answer is carried back by a guided filter. Certain pixels stay as they are.
cv::Mat settle(const WorkingPicture& picture, const cv::Mat& trimap, int rounds) {
    const cv::Size half((trimap.cols + 1) / 2, (trimap.rows + 1) / 2);
    cv::Mat small_trimap;
    cv::Mat small_picture;
    cv::resize(trimap, small_trimap, half, 0, 0, cv::INTER_NEAREST);
    cv::resize(picture.small, small_picture, half, 0, 0, cv::INTER_AREA);
    cv::cvtColor(small_picture, small_picture, cv::COLOR_RGB2Lab);
    if (has_both_sides(small_trimap)) {
        // k-means inside draws from the generator of this thread; without a seed results change from run to run.
        cv::setRNGSeed(random_seed);
        cv::Mat background_model;
        cv::Mat foreground_model;
        try {
            cv::grabCut(small_picture, small_trimap, {}, background_model, foreground_model, rounds,
                        cv::GC_INIT_WITH_MASK);
        } catch (const cv::Exception&) {
            // A picture of one colour has no mixture to fit; the trimap's own guess is then the answer.
        }
    }
    cv::Mat soft;
    cv::Mat((small_trimap & 1) * 255).convertTo(soft, CV_32F, 1.0 / 255);
    cv::resize(soft, soft, trimap.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat lightness;
    cv::extractChannel(picture.lab, lightness, 0);
    soft = GuidedFilter(lightness / 100, 3, 4e-4).apply(soft);
    cv::Mat mask = soft > 0.5;
    mask.setTo(255, trimap == cv::GC_FGD);
    mask.setTo(0, trimap == cv::GC_BGD);
    return mask;
}

std::vector<float> values_in(const cv::Mat& plane, const cv::Mat& mask) {
    std::vector<float> values;
    for (int row = 0; row < plane.rows; ++row)
        for (int column = 0; column < plane.cols; ++column)
            if (mask.at<std::uint8_t>(row, column) != 0) values.push_back(plane.at<float>(row, column));
    return values;
}

/// Enclosed pockets that equal the wall: between arm and trunk, between the legs.
cv::Mat pockets(const cv::Mat& mask, const Wall& wall, const cv::Mat& certain) {
    const float limit = std::max(wall.near(), 0.7F * wall.far());
    const cv::Mat candidates = opened((wall.distance < limit + 1) & mask & ~certain, 5);
    cv::Mat numbers;
    cv::Mat statistics;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(candidates, numbers, statistics, centres, 4);
    cv::Mat result = cv::Mat::zeros(mask.size(), CV_8UC1);
    for (int at = 1; at < count; ++at) {
        if (statistics.at<int>(at, cv::CC_STAT_AREA) < 0.0005 * static_cast<double>(mask.total())) continue;
        cv::Rect box(statistics.at<int>(at, cv::CC_STAT_LEFT) - 5, statistics.at<int>(at, cv::CC_STAT_TOP) - 5,
                     statistics.at<int>(at, cv::CC_STAT_WIDTH) + 10, statistics.at<int>(at, cv::CC_STAT_HEIGHT) + 10);
        box &= cv::Rect({}, mask.size());
        const cv::Mat pocket = numbers(box) == at;
        const cv::Mat ring = dilated(pocket, 7) & ~dilated(pocket, 3);
        const float around = median_of(values_in(wall.distance(box), ring & mask(box)));
        // Along the rim of a narrow pocket even a smooth wall is rough.
        const bool like_wall =
            cv::mean(wall.distance(box), pocket)[0] < limit && median_of(values_in(wall.roughness(box), pocket)) < 1;
        if (like_wall && around > 2.5F * limit + 2) result(box).setTo(255, pocket);
    }
    // Opening cut off the pockets' narrow ends.
    return dilated(result, 9) & (wall.distance < limit + 1) & mask & ~certain;
}

cv::Mat main_parts(const cv::Mat& mask) {
    int largest = 0;
    keep_regions(mask, 8, [&](const Region& region) {
        largest = std::max(largest, region.area);
        return true;
    });
    return keep_regions(mask, 8, [&](const Region& region) {
        const double share = region.centre.x / mask.cols;
        return region.area == largest || (region.area > 0.04 * largest && share > 0.15 && share < 0.85);
    });
}

}  // namespace

cv::Mat rough_foreground(const Wall& wall) {
    const cv::Mat closed_mask = closed(opened(~wall.open, 3), 5);
    int largest = 0;
    keep_regions(closed_mask, 8, [&](const Region& region) {
        largest = std::max(largest, region.area);
        return true;
    });
    // A white top on a white wall separates head from trousers, so every sizeable part near the middle counts.
    const cv::Mat parts = keep_regions(closed_mask, 8, [&](const Region& region) {
        const double share = region.centre.x / closed_mask.cols;
        const bool sizeable = region.area > 0.0015 * static_cast<double>(closed_mask.total());
        return region.area == largest || (sizeable && share > 0.12 && share < 0.88);
    });
    return fill_holes(parts, 0.012);
}

cv::Rect head_area(const cv::Mat& foreground) {
    const Run rows = rows_of(foreground);
    if (rows.last < 0) return {};
    const int height = foreground.rows;
    std::vector<float> columns;
    for (int row = rows.first; row < std::min(height, rows.first + static_cast<int>(0.22 * height)); ++row)
        for (const Run& run : runs_of_row(foreground, row))
            for (int column = run.first; column <= run.last; ++column) columns.push_back(static_cast<float>(column));
    const float middle = median_of(columns);
    const auto reach = static_cast<float>(0.24 * height);
    return cv::Rect(cv::Point(static_cast<int>(middle - reach), rows.first - 4),
                    cv::Point(static_cast<int>(middle + reach), rows.first + static_cast<int>(0.36 * height))) &
           cv::Rect({}, foreground.size());
}

bool is_plausible_face(const Face& face, const cv::Mat& small_rgb, const cv::Mat& foreground) {
    const cv::Rect inside = cv::Rect(face.box) & cv::Rect({}, small_rgb.size());
    if (inside.empty() || generic_skin_share(small_rgb(inside)) < 0.3) return false;
    const Run rows = rows_of(foreground);
    if (rows.last < 0) return true;
    const cv::Rect column = cv::Rect(static_cast<int>(face.box.x + 0.3F * face.box.width), 0,
                                     std::max(1, static_cast<int>(0.4F * face.box.width)), foreground.rows) &
                            cv::Rect({}, foreground.size());
    int top = inside.y;
    while (top > 0 && cv::countNonZero(foreground(column).row(top - 1)) > 0) --top;
    if (face.box.y - static_cast<float>(top) > face.box.height) return false;
    // At the picture's top a weak detection is more likely a neck than a face.
    return !(top <= 2 && face.view != FaceView::frontal && face.box.y > 0.4F * face.box.height);
}

cv::Mat cut_silhouette(const WorkingPicture& picture, const Wall& wall, const cv::Mat& foreground,
                       const std::optional<Face>& face) {
    const cv::Size size = picture.small.size();
    cv::Mat mask;
    if (!wall.plain) {
        mask = settle(picture, trimap_from_template(face, size), 5);
    } else {
        const cv::Mat certain = face ? certain_body(*face, wall) : bridges(foreground);
        mask = settle(picture, trimap_on_plain_wall(wall, foreground, certain), 3);
        mask |= (foreground & (wall.distance > 12)) | certain;
        mask &= ~pockets(mask, wall, certain);
        const cv::Mat core = eroded(foreground | dilated(certain, odd(0.06 * size.width)), 7);
        mask &= ~((wall.distance < 0.8) & ~core);
        mask |= closed(mask, 5) & (wall.distance > wall.near());
    }
    return fill_holes(main_parts(opened(mask, 3)), 0.0015);
}

cv::Mat refine_silhouette(const WorkingPicture& picture, const Wall& wall, const cv::Mat& person,
                          const cv::Mat& certain) {
    // A pixel of the network's mask is two of ours, and its edge may be off by two of them.
    constexpr double band_share = 0.012;
    const int band = odd(band_share * std::max(person.cols, person.rows));
    const cv::Mat possible = dilated(person > 0.4, band);
    cv::Mat core = eroded(person > 0.6, band);
    // Gaps too narrow for the network: the wall is seen in them, and the network has doubts.
    const cv::Mat gaps =
        wall.plain ? cv::Mat(wall.open & (person < 0.98) & ~certain) : cv::Mat::zeros(person.size(), CV_8UC1);
    core &= ~gaps;
    cv::Mat trimap(person.size(), CV_8UC1, cv::Scalar(cv::GC_BGD));
    trimap.setTo(cv::GC_PR_BGD, possible);
    trimap.setTo(cv::GC_PR_FGD, person > 0.5);
    if (wall.plain) {
        trimap.setTo(cv::GC_PR_BGD, possible & gaps);
        trimap.setTo(cv::GC_BGD, possible & wall.open & (wall.distance < wall.near()) & (person < 0.3));
        trimap.setTo(cv::GC_PR_FGD, possible & ~wall.open & (wall.distance > wall.far()) & (person > 0.2));
    }
    trimap.setTo(cv::GC_FGD, core);
    cv::Mat mask = settle(picture, trimap, wall.plain ? 2 : 3);
    if (wall.plain) {
        mask &= ~pockets(mask, wall, certain);
        mask |= closed(mask, 5) & (wall.distance > wall.near()) & possible;
    }
    return fill_holes(main_parts(opened(mask, 3)), 0.0015);
}

}  // namespace fitview::engine
