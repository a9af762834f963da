#include "engine/person/body_frame.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/person/masks.hpp"

namespace fitview::engine {
namespace {

constexpr float usual_half_shoulder = 1.18F;  ///< in units

std::vector<float> outline_of(const cv::Mat& mask, Side side, float middle, float reach) {
    std::vector<float> outline(static_cast<std::size_t>(mask.rows), -1);
    const int first = std::clamp(static_cast<int>(middle - reach), 0, mask.cols - 1);
    const int last = std::clamp(static_cast<int>(middle + reach), first, mask.cols - 1);
    for (int row = 0; row < mask.rows; ++row) {
        const auto* line = mask.ptr<std::uint8_t>(row);
        int column = side == picture_left ? first : last;
        while (column >= first && column <= last && line[column] == 0) column += side == picture_left ? 1 : -1;
        if (column >= first && column <= last) outline[static_cast<std::size_t>(row)] = static_cast<float>(column);
    }
    return outline;
}

/// Width of what lies around column `middle`, per row from the first row of the person.
std::vector<float> widths_below_top(const BodyFrame& frame, const cv::Mat& mask, int rows) {
    std::vector<float> widths;
    for (int row = frame.top; row < std::min(mask.rows, frame.top + rows); ++row) {
        float width = 0;
        for (const Run& run : runs_of_row(mask, row))
            if (static_cast<float>(run.last) > frame.head_x - 1.5F * frame.unit &&
                static_cast<float>(run.first) < frame.head_x + 1.5F * frame.unit)
                width += static_cast<float>(run.length());
        widths.push_back(width);
    }
    return smoothed(widths, 2);
}

struct HeadShape {
    float width = 0;
    int neck = 0;  ///< rows below the top of the head
};

/// A head stands on a neck that is narrower than it, above shoulders that are much wider.
std::optional<HeadShape> head_on_neck(const std::vector<float>& widths) {
    HeadShape head;
    const int count = static_cast<int>(widths.size());
    for (int row = 4; row < count; ++row) {
        head.width = std::max(head.width, widths[static_cast<std::size_t>(row - 4)]);
        const float here = widths[static_cast<std::size_t>(row)];
        if (static_cast<float>(row) < 0.8F * head.width || here > 0.85F * head.width) continue;
        const int last = std::min(count, row + static_cast<int>(1.2F * head.width));
        const auto first = widths.begin() + row;
        if (*std::max_element(first, widths.begin() + last) < 1.6F * head.width) continue;
        // The narrowest row before the shoulders begin.
        const auto shoulders =
            std::find_if(first, widths.begin() + last, [&](float width) { return width > 1.2F * head.width; });
        head.neck = static_cast<int>(std::distance(widths.begin(), std::min_element(first, shoulders)));
        return head;
    }
    return std::nullopt;
}

/// Without a face the unit comes from the head's outline or from the height, and a figure that touches the picture's
/// top is cut off at the chin.
void guess_head(BodyFrame& frame, const cv::Mat& mask) {
    const bool whole = frame.bottom < mask.rows - 4;
    const bool head_inside = frame.top > 2;
    frame.unit = whole ? 0.112F * static_cast<float>(frame.bottom - frame.top) : 0.11F * static_cast<float>(mask.rows);
    frame.unit = std::max(frame.unit, 6.0F);
    std::vector<float> columns;
    const int head_rows = std::max(1, static_cast<int>(0.08F * static_cast<float>(mask.rows)));
    for (int row = frame.top; row < std::min(mask.rows, frame.top + head_rows); ++row)
        for (const Run& run : runs_of_row(mask, row)) columns.push_back(static_cast<float>(run.first + run.last) / 2);
    frame.head_x = columns.empty() ? static_cast<float>(mask.cols) / 2 : median_of(columns);
    const auto shape = head_inside ? head_on_neck(widths_below_top(frame, mask, mask.rows * 2 / 5)) : std::nullopt;
    if (shape) {
        frame.unit = std::max(6.0F, shape->width);
        frame.chin_y = static_cast<float>(frame.top + shape->neck) - 0.2F * frame.unit;
    } else if (head_inside) {
        frame.chin_y = static_cast<float>(frame.top) + 1.3F * frame.unit;
    } else {
        const auto widths = widths_below_top(frame, mask, static_cast<int>(1.1F * frame.unit));
        const auto narrowest = std::min_element(widths.begin(), widths.end());
        frame.chin_y = static_cast<float>(frame.top) +
                       (widths.empty() ? 0.0F : static_cast<float>(std::distance(widths.begin(), narrowest)));
    }
    frame.head = {frame.head_x - frame.unit / 2, frame.chin_y - 1.02F * frame.unit, frame.unit, frame.unit};
}

struct Corner {
    Point place;
    float deviation = 0;
};

/// The outline's point farthest outside the chord from the neck to the upper arm.
std::optional<Corner> shoulder_corner(const BodyFrame& frame, Side side) {
    const auto& outline = frame.outline[side];
    const int first = std::max(0, static_cast<int>(frame.chin_y + 0.12F * frame.unit));
    const int last =
        std::min(static_cast<int>(outline.size()) - 2, static_cast<int>(frame.chin_y + 1.65F * frame.unit));
    std::vector<float> x;
    std::vector<float> y;
    for (int row = first; row < last; ++row)
        if (outline[static_cast<std::size_t>(row)] >= 0) {
            x.push_back(outline[static_cast<std::size_t>(row)]);
            y.push_back(static_cast<float>(row));
        }
    if (x.size() < 8) return std::nullopt;
    x = smoothed(x, 1.5);
    const Point start(x.front(), y.front());
    const Point chord = Point(x.back(), y.back()) - start;
    const float length = std::max(1e-3F, std::hypot(chord.x, chord.y));
    const float sign = side == picture_left ? -1.0F : 1.0F;
    Corner best;
    best.deviation = -1e9F;
    for (std::size_t at = 0; at < x.size(); ++at) {
        const Point off = Point(x[at], y[at]) - start;
        const float deviation = sign * (off.x * chord.y - off.y * chord.x) / length;
        if (deviation > best.deviation) best = {{x[at], y[at]}, deviation};
    }
    return best;
}

/// The body's middle at the shoulders: between head and trunk, nearer to the trunk when the head leans away.
float middle_of_body(const BodyFrame& frame) {
    std::vector<float> middles;
    const auto rows = static_cast<int>(frame.outline[picture_left].size());
    for (int row = static_cast<int>(frame.chin_y + frame.unit);
         row < std::min(rows - 2, static_cast<int>(frame.chin_y + 2 * frame.unit)); ++row) {
        const float left = frame.outline[picture_left][static_cast<std::size_t>(std::max(0, row))];
        const float right = frame.outline[picture_right][static_cast<std::size_t>(std::max(0, row))];
        if (left >= 0) middles.push_back((left + right) / 2);
    }
    const float offset = middles.size() > 4 ? median_of(middles) - frame.head_x : 0.0F;
    const float trunk = frame.head_x + std::clamp(offset, -0.8F * frame.unit, 0.8F * frame.unit);
    const float head_share = std::abs(frame.head_x - trunk) < 0.35F * frame.unit ? 0.35F : 0.1F;
    return head_share * frame.head_x + (1 - head_share) * trunk;
}

/// The shoulder tips that the outline shows at plausible places.
Sided<std::optional<Point>> seen_shoulders(const BodyFrame& frame) {
    const float middle = middle_of_body(frame);
    const float unit = frame.unit;
    Sided<std::optional<Corner>> corner;
    Sided<bool> good{};
    for (const Side side : {picture_left, picture_right}) {
        corner[side] = shoulder_corner(frame, side);
        if (!corner[side]) continue;
        const float sign = side == picture_left ? -1.0F : 1.0F;
        const float outwards = (corner[side]->place.x - middle) * sign;
        const float below = corner[side]->place.y - frame.chin_y;
        good[side] = corner[side]->deviation > 0.06F * unit && outwards > 0.6F * unit && outwards < 1.75F * unit &&
                     below > 0.2F * unit && below < 1.25F * unit;
    }
    if (good[0] && good[1]) {
        const float difference = corner[0]->place.y - corner[1]->place.y;
        // The much higher one is hair or a raised collar.
        if (difference < -0.5F * unit) good[0] = false;
        if (difference > 0.5F * unit) good[1] = false;
    }
    Sided<std::optional<Point>> seen;
    for (const Side side : {picture_left, picture_right})
        if (good[side]) seen[side] = corner[side]->place;
    return seen;
}

/// Fills in what was not seen: the mirror image of the other shoulder, or the usual width.
void place_shoulders(BodyFrame& frame, const Sided<std::optional<Point>>& seen) {
    const float middle = middle_of_body(frame);
    for (const Side side : {picture_left, picture_right}) {
        const Side other = side == picture_left ? picture_right : picture_left;
        const float sign = side == picture_left ? -1.0F : 1.0F;
        frame.shoulder_measured[side] = seen[side].has_value();
        if (seen[side])
            frame.shoulder[side] = *seen[side];
        else if (seen[other])
            frame.shoulder[side] = {2 * middle - seen[other]->x, seen[other]->y};
        else
            frame.shoulder[side] = {middle + sign * usual_half_shoulder * frame.unit,
                                    frame.chin_y + 0.62F * frame.unit};
    }
    const Point across = frame.shoulder[picture_right] - frame.shoulder[picture_left];
    if (!frame.face_seen)
        frame.unit = std::max(6.0F, 0.5F * frame.unit + 0.5F * std::hypot(across.x, across.y) / 2.35F);
    frame.shoulder_y = (frame.shoulder[0].y + frame.shoulder[1].y) / 2;
    frame.centre_x = (frame.shoulder[0].x + frame.shoulder[1].x) / 2;
    frame.neck_y = frame.face_seen ? std::min(frame.chin_y + 0.42F * frame.unit, frame.shoulder_y - 0.02F * frame.unit)
                                   : frame.shoulder_y - 0.3F * frame.unit;
}

/// The measures that do not depend on the shoulders.
BodyFrame measure_head(const cv::Mat& silhouette, const std::optional<Face>& face) {
    BodyFrame frame;
    const Run rows = rows_of(silhouette);
    frame.top = rows.last < 0 ? 0 : rows.first;
    frame.bottom = rows.last < 0 ? silhouette.rows - 1 : rows.last;
    frame.face_seen = face.has_value();
    if (face) {
        frame.unit = face->unit;
        frame.head = face->box;
        frame.head_x = face->box.x + face->box.width / 2;
        frame.chin_y = face->box.y + 1.02F * face->box.height;
    } else {
        guess_head(frame, silhouette);
    }
    return frame;
}

void draw_outline(BodyFrame& frame, const cv::Mat& mask) {
    for (const Side side : {picture_left, picture_right})
        frame.outline[side] = outline_of(mask, side, frame.head_x, 2.9F * frame.unit);
}

/// A tip beside the person is moved onto the outline, inwards or down, whichever is nearer.
Point onto_silhouette(Point tip, Side side, const cv::Mat& silhouette, float unit) {
    const cv::Rect inside({}, silhouette.size());
    const auto on_person = [&](Point place) {
        const cv::Point pixel(cvRound(place.x), cvRound(place.y));
        return inside.contains(pixel) && silhouette.at<std::uint8_t>(pixel) != 0;
    };
    const Point inwards(side == picture_left ? 1.0F : -1.0F, 0);
    for (float moved = 0; moved <= 0.4F * unit; moved += 1)
        for (const Point step : {inwards, Point(0, 1)})
            if (on_person(tip + step * moved)) return tip + step * moved;
    return tip;
}

bool lies_on(const cv::Mat& mask, Point place, float reach) {
    cv::Mat near = cv::Mat::zeros(mask.size(), CV_8UC1);
    set_box(near, place.x - reach, place.y - reach, place.x + reach, place.y + reach, 255);
    return cv::countNonZero(near & mask) > 0;
}

}  // namespace

BodyFrame measure_frame(const cv::Mat& silhouette, const std::optional<Face>& face) {
    BodyFrame frame = measure_head(silhouette, face);
    draw_outline(frame, silhouette);
    place_shoulders(frame, seen_shoulders(frame));
    return frame;
}

BodyFrame measure_frame(const cv::Mat& silhouette, const std::optional<Face>& face, const Sighting& sighting) {
    constexpr float near_joint = 0.3F;
    constexpr float doubtful_unit = 1.25F;
    BodyFrame frame = measure_head(silhouette, face);
    const float usual = sighting.unit();
    const bool doubtful = frame.unit > doubtful_unit * usual || usual > doubtful_unit * frame.unit;
    if (!face && doubtful) frame.unit = usual;
    draw_outline(frame, silhouette);
    Sided<std::optional<Point>> shoulders = seen_shoulders(frame);
    Sided<Point> tips;
    for (const Side side : {picture_left, picture_right}) {
        tips[side] = onto_silhouette(sighting.shoulder_tip(side, frame.unit), side, silhouette, frame.unit);
        if (shoulders[side] && cv::norm(*shoulders[side] - tips[side]) > near_joint * frame.unit)
            shoulders[side].reset();
    }
    for (const Side side : {picture_left, picture_right}) {
        const Side other = side == picture_left ? picture_right : picture_left;
        if (shoulders[side]) continue;
        // Under hair and wide cloth a joint is some way off, and shoulders are seldom far apart in height.
        if (shoulders[other]) tips[side].y = 0.5F * (tips[side].y + shoulders[other]->y);
    }
    for (const Side side : {picture_left, picture_right})
        if (!shoulders[side]) shoulders[side] = tips[side];
    place_shoulders(frame, shoulders);
    if (!face && doubtful) frame.unit = usual;
    return frame;
}

std::optional<BodyFrame> measure_without_hair(const BodyFrame& before, const cv::Mat& silhouette,
                                              const std::optional<Face>& face, const cv::Mat& hair) {
    constexpr float lowest = 1.0F;  ///< units below the chin; where hair hid the shoulder only a sleeve is left below
    BodyFrame frame = measure_head(silhouette, face);
    draw_outline(frame, silhouette & ~hair);
    const Sided<std::optional<Point>> bare = seen_shoulders(frame);
    Sided<std::optional<Point>> chosen;
    bool changed = false;
    for (const Side side : {picture_left, picture_right}) {
        if (before.shoulder_measured[side]) chosen[side] = before.shoulder[side];
        const bool doubtful = !chosen[side] || lies_on(hair, *chosen[side], 0.15F * frame.unit);
        const bool usable = bare[side] && bare[side]->y - frame.chin_y < lowest * frame.unit;
        if (!doubtful || !usable) continue;
        changed |= !chosen[side] || cv::norm(*bare[side] - *chosen[side]) > 0.12F * frame.unit;
        chosen[side] = bare[side];
    }
    if (!changed) return std::nullopt;
    place_shoulders(frame, chosen);
    return frame;
}

}  // namespace fitview::engine
