#include "engine/garment/armholes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ops/contour.hpp"

namespace fitview::engine {
namespace {

constexpr float step_share = 1 / 200.F;   // spacing of the resampled outline, as a share of the height
constexpr float sharpest_needed = 0.36F;  // depth of the notch / length of its arms; a waist is flatter
constexpr float deepest_armhole = 0.74F;  // shoulder to armpit / width of the trunk; below that a sleeve hides it
constexpr float usual_armhole = 0.54F;    // the same where it is hidden
constexpr float shallowest_armhole =
    0.40F;                                 // the same of a sleeveless garment; above that it is a fold at the shoulder
constexpr float usual_sleeveless = 0.50F;  // the same where no narrow place tells
constexpr float narrowest_sleeve = 0.17F;  // beside the armpit, in widths of the trunk
constexpr float narrowing_sleeve = 0.85F;  // width of a sleeve on the trunk at its armpit / where it leaves the trunk
constexpr std::array<int, 6> arm_steps{8, 12, 18, 26, 38, 52};  // lengths of the notch's arms, in outline steps

struct Notch {
    bool found = false;
    Point place;
    float depth = 0;  // px
    float score = 0;
};

/// How far line[at] lies inside the chord of its neighbours `arm` steps away; negative on convex places.
float concavity(const std::vector<Point>& line, std::size_t at, std::size_t arm, float sign) {
    const Point start = line[at - arm];
    const Point chord = line[at + arm] - start;
    const Point offset = line[at] - start;
    const float length = std::max(1.F, std::hypot(chord.x, chord.y));
    return -sign * (offset.x * chord.y - offset.y * chord.x) / length;
}

/// The trunk's half width around the middle of the garment, before anything is known of its sleeves.
float rough_half_width(const GarmentShape& shape, int side, bool dress) {
    const auto top = static_cast<float>(shape.box.y);
    const float height = shape.height();
    const float middle =
        median_trunk(shape, side, top + (dress ? 0.28F : 0.45F) * height, top + (dress ? 0.42F : 0.70F) * height);
    const float lower =
        median_trunk(shape, side, top + (dress ? 0.28F : 0.72F) * height, top + (dress ? 0.42F : 0.92F) * height);
    return lower > 0.62F * middle ? std::min(lower, middle) : middle;
}

/// Whether what lies above a notch reaches further out than the trunk below it, as a sleeve does and an armhole does
/// not.
bool below_a_sleeve(const GarmentShape& shape, int side, Point notch, float reach_above) {
    const float out = shape.outwards(side, notch);
    const float height = shape.height();
    const float below = median_trunk(shape, side, notch.y + 0.02F * height, notch.y + 0.10F * height);
    return reach_above > 1.08F * out + 0.01F * height && reach_above > 1.04F * below;
}

/// Long arms see the whole valley between sleeve and skirt; its sharpest place nearby is where they part.
Point sharpened(const std::vector<Point>& line, std::size_t coarse, float sign) {
    const auto window = static_cast<std::size_t>(arm_steps.back());
    const auto arm = static_cast<std::size_t>(arm_steps.front());
    const std::size_t first = std::max(arm, coarse > window ? coarse - window : 0);
    const std::size_t last = std::min(coarse + window / 2, line.size() - arm - 1);
    std::size_t best = coarse;
    float deepest = 0;
    for (std::size_t at = first; at <= last; ++at) {
        // Far from the coarse place a notch must be clearly sharper to count.
        const float away = std::abs(static_cast<float>(at) - static_cast<float>(coarse)) / static_cast<float>(window);
        const float inside = concavity(line, at, arm, sign) * (1 - 0.4F * away);
        if (inside > deepest) {
            deepest = inside;
            best = at;
        }
    }
    return line[best];
}

/// The outermost cloth over the next quarter of the garment.
float widest_below(const GarmentShape& shape, int side, float row) {
    const auto& rows = shape.half[static_cast<std::size_t>(side)];
    float widest = 0;
    const float last = std::min(row + 0.25F * shape.height(), static_cast<float>(rows.size()));
    for (float at = row; at < last; ++at) widest = std::max(widest, rows[static_cast<std::size_t>(at)].whole);
    return widest;
}

Notch find_notch(const GarmentShape& shape, int side, bool dress) {
    const float height = shape.height();
    const float sign = GarmentShape::sign(side);
    const auto& outline = shape.outline[static_cast<std::size_t>(side)];
    const float length = line_length(outline);
    Notch best;
    if (length < 16 || height < 16) return best;
    const float spacing = step_share * height;
    const std::vector<Point> line = resample_line(outline, static_cast<std::size_t>(length / spacing) + 1);
    const float half_width = rough_half_width(shape, side, dress);
    const auto first_row = static_cast<float>(shape.box.y) + 0.08F * height;
    const auto last_row = static_cast<float>(shape.hem_row) + 0.03F * height;
    float reach = 0;
    std::size_t coarse = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        reach = std::max(reach, shape.outwards(side, line[at]));
        const float out = shape.outwards(side, line[at]);
        if (line[at].y < first_row || line[at].y > last_row || out < 0.45F * half_width) continue;
        float depth = 0;
        for (const int steps : arm_steps) {
            const auto arm = static_cast<std::size_t>(steps);
            if (at < arm || at + arm >= line.size()) break;
            const float inside = concavity(line, at, arm, sign);
            if (inside > sharpest_needed * static_cast<float>(steps) * spacing) depth = std::max(depth, inside);
        }
        // Frills and folds low on a skirt are notches too; the armhole is high.
        const float share = (line[at].y - static_cast<float>(shape.box.y)) / height;
        float score = depth * (dress ? 1.25F - share : 1.15F - 0.5F * share);
        if (depth < 0.03F * height || score <= best.score || !below_a_sleeve(shape, side, line[at], reach)) continue;
        if (widest_below(shape, side, line[at].y) > 1.02F * reach) score *= 0.4F;  // between two frills of one sleeve
        if (score > best.score) {
            best = {true, line[at], depth, score};
            coarse = at;
        }
    }
    if (best.found && line.size() > 2 * static_cast<std::size_t>(arm_steps.front()))
        best.place = sharpened(line, coarse, sign);
    return best;
}

/// End of the armhole of a sleeveless garment: below the narrowest place, where the width has come back.
Point sleeveless_armpit(const GarmentShape& shape, int side, float half_width) {
    const float height = shape.height();
    const auto& rows = shape.half[static_cast<std::size_t>(side)];
    std::vector<float> widths;
    const auto first = static_cast<std::size_t>(static_cast<float>(shape.box.y) + 0.08F * height);
    const auto count = static_cast<std::size_t>(std::max(4.F, std::min(0.62F * height, 1.5F * half_width)));
    for (std::size_t at = first; at < first + count && at < rows.size(); ++at)
        widths.push_back(std::max(0.F, rows[at].trunk));
    if (widths.empty()) return {shape.axis, static_cast<float>(shape.box.y)};
    const std::size_t search =
        std::max<std::size_t>(4, std::min(widths.size(), static_cast<std::size_t>(0.30F * height)));
    const auto narrowest =
        std::min_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(std::min(search, widths.size())));
    const auto end = static_cast<std::size_t>(narrowest - widths.begin());
    std::vector<float> below(narrowest,
                             widths.begin() + static_cast<std::ptrdiff_t>(std::min(end + search, widths.size())));
    std::sort(below.begin(), below.end());
    const float wide = below[below.size() * 85 / 100];
    auto at = static_cast<std::size_t>(std::min(0.20F * height, 0.8F * half_width));
    if (*narrowest < 0.94F * wide) {
        at = end;
        while (at + 1 < widths.size() && widths[at] < 0.965F * wide) ++at;
    }
    at = std::min(std::max(at, static_cast<std::size_t>(0.08F * height)), widths.size() - 1);
    return {shape.axis + GarmentShape::sign(side) * widths[at], static_cast<float>(first + at)};
}

/// The highest cloth over the shoulder of one side, without a standing collar: from there it falls further than a
/// shoulder slopes, but not as far as an armhole.
float strap_row(const GarmentShape& shape, int side, float half_width) {
    constexpr float inner = 0.3F, outer = 0.6F;               // half widths from the axis
    constexpr float least_stand = 0.07F, most_stand = 0.16F;  // widths of the trunk
    const auto highest_from = [&](float share) {
        float highest = 1e9F;
        for (float out = share * half_width; out <= half_width; ++out) {
            const auto column = static_cast<int>(std::lround(shape.axis + GarmentShape::sign(side) * out));
            if (column < 0 || column >= shape.mask.cols) continue;
            const int row = shape.top[static_cast<std::size_t>(column)];
            if (row >= 0) highest = std::min(highest, static_cast<float>(row));
        }
        return highest < 1e8F ? highest : static_cast<float>(shape.box.y);
    };
    const float whole = highest_from(inner), shoulder = highest_from(outer);
    const float fall = (shoulder - whole) / std::max(1.F, 2 * half_width);
    return fall > least_stand && fall < most_stand ? shoulder : whole;
}

/// Worn garments and such with wide shoulders have no narrow place: an armhole is never shallower than an arm is thick.
Point deep_enough(const GarmentShape& shape, int side, float half_width, Point armpit) {
    const auto& rows = shape.half[static_cast<std::size_t>(side)];
    const float top = strap_row(shape, side, half_width), chest = 2 * half_width;
    if (armpit.y - top >= shallowest_armhole * chest) return armpit;
    const float row = std::min(top + usual_sleeveless * chest, static_cast<float>(shape.box.y) + 0.5F * shape.height());
    if (row <= armpit.y) return armpit;
    const float out = rows[static_cast<std::size_t>(row)].trunk;
    return {out > 0 ? shape.axis + GarmentShape::sign(side) * out : armpit.x, row};
}

Point bare_armpit(const GarmentShape& shape, int side, float half_width) {
    return deep_enough(shape, side, half_width, sleeveless_armpit(shape, side, half_width));
}

/// A sleeve that lies on the trunk is seen beside the armpit; a trunk that only widens towards its hem has none there.
bool beside_armpit(const GarmentShape& shape, int side, const Armhole& armhole) {
    const auto row =
        static_cast<std::size_t>(std::clamp(armhole.armpit.y, 0.F, static_cast<float>(shape.mask.rows - 1)));
    const float out = shape.outwards(side, armhole.armpit);
    return shape.half[static_cast<std::size_t>(side)][row].whole - out > narrowest_sleeve * 2 * armhole.half_width;
}

Armhole mirror(const GarmentShape& shape, const Armhole& source, int to) {
    const auto turned = [&](Point place) { return Point(2 * shape.axis - place.x, place.y); };
    Armhole result = source;
    result.mirrored = true;
    result.armpit = turned(source.armpit);
    const auto& outline = shape.outline[static_cast<std::size_t>(to)];
    result.notch = turned(source.notch);
    if (!outline.empty()) result.notch = outline[nearest_on_line(outline, result.notch, 0, outline.size())];
    if (!source.on_trunk) result.armpit = result.notch;
    return result;
}

/// Half width of the trunk just below a notch, or at it where the hem is near.
float width_below(const GarmentShape& shape, int side, Point notch) {
    const float height = shape.height();
    const float out = shape.outwards(side, notch);
    const float last = std::min(notch.y + 0.10F * height, static_cast<float>(shape.hem_row) - 0.01F * height);
    const float below = last > notch.y + 0.02F * height ? median_trunk(shape, side, notch.y + 0.01F * height, last) : 0;
    return below > 0.6F * out ? std::min(below, 1.15F * out) : out;
}

float shoulder_row(const GarmentShape& shape, int side, float half_width) {
    const auto column = static_cast<int>(std::lround(shape.axis + GarmentShape::sign(side) * 0.9F * half_width));
    if (column < 0 || column >= shape.mask.cols) return static_cast<float>(shape.box.y);
    const int row = shape.top[static_cast<std::size_t>(column)];
    return static_cast<float>(row < 0 ? shape.box.y : row);
}

/// A notch far below the shoulder is where the sleeve's hem meets the trunk: the armpit is hidden above it, in line
/// with the trunk's side.
void raise_armpit(const GarmentShape& shape, int side, float chest, Armhole& armhole) {
    const float shoulder = shoulder_row(shape, side, armhole.half_width);
    const float drop = armhole.notch.y - shoulder;
    armhole.on_trunk = drop > deepest_armhole * chest;
    armhole.armpit = armhole.notch;
    if (!armhole.on_trunk) return;
    const float row = shoulder + usual_armhole * chest;
    const float out = shape.outwards(side, armhole.notch);
    const float height = shape.height();
    const float last = std::min(armhole.notch.y + 0.12F * height, static_cast<float>(shape.hem_row) - 0.02F * height);
    float slope = 0;
    if (last > armhole.notch.y + 0.05F * height) {
        const float lower = median_trunk(shape, side, last - 0.02F * height, last);
        const float upper =
            median_trunk(shape, side, armhole.notch.y + 0.01F * height, armhole.notch.y + 0.03F * height);
        slope = std::clamp((upper - lower) / (last - armhole.notch.y - 0.03F * height), -0.15F, 0.10F);
    }
    const float straight = std::clamp(out + slope * (armhole.notch.y - row), 0.88F * out, 1.05F * out);
    // a sleeve gets little narrower towards its armpit, even half hidden; under a wide hem the trunk must give way
    const auto& rows = shape.half[static_cast<std::size_t>(side)];
    const auto whole_at = [&](float y) {
        return rows[static_cast<std::size_t>(std::clamp(y, 0.F, static_cast<float>(rows.size() - 1)))].whole;
    };
    const float sleeve = narrowing_sleeve * (whole_at(armhole.notch.y) - out);
    const float raised = std::clamp(whole_at(row) - sleeve, 0.5F * out, straight);
    armhole.half_width = std::min(armhole.half_width, raised);
    armhole.armpit = {shape.axis + GarmentShape::sign(side) * raised, row};
}

/// Symmetric garments have symmetric armholes: small differences are averaged.
void even_out(const GarmentShape& shape, Sided<Armhole>& armholes) {
    Armhole& left = armholes[picture_left];
    Armhole& right = armholes[picture_right];
    if (shape.symmetry < 0.85F || left.sleeved != right.sleeved) return;
    if (left.sleeved && !left.on_trunk && !right.on_trunk) return;  // measured on the outline itself
    if (left.sleeved && left.on_trunk != right.on_trunk) {
        Armhole& hidden = left.on_trunk ? left : right;
        const Armhole& seen = left.on_trunk ? right : left;
        if (seen.armpit.y < hidden.notch.y) hidden.armpit = {2 * shape.axis - seen.armpit.x, seen.armpit.y};
        return;
    }
    const float row = (left.armpit.y + right.armpit.y) / 2;
    const float out = (shape.outwards(picture_left, left.armpit) + shape.outwards(picture_right, right.armpit)) / 2;
    left.armpit = {0.4F * left.armpit.x + 0.6F * (shape.axis - out), row};
    right.armpit = {0.4F * right.armpit.x + 0.6F * (shape.axis + out), row};
}

/// Which side to copy onto the other: -1 for none. Only a side without a sleeve is doubted, and only on a symmetric
/// garment.
int side_to_trust(const GarmentShape& shape, const Sided<Notch>& notches) {
    const bool left = notches[picture_left].found;
    const bool right = notches[picture_right].found;
    if (shape.symmetry < 0.8F || left == right) return -1;
    return left ? picture_left : picture_right;
}

}  // namespace

Sided<Armhole> find_armholes(const GarmentShape& shape, bool dress) {
    Sided<Notch> notches;
    Sided<Armhole> armholes;
    for (const int side : {picture_left, picture_right}) {
        const auto at = static_cast<std::size_t>(side);
        notches[at] = find_notch(shape, side, dress);
        Armhole& armhole = armholes[at];
        armhole.sleeved = notches[at].found;
        if (armhole.sleeved) {
            armhole.notch = notches[at].place;
            armhole.sharpness = notches[at].depth / std::max(1.F, shape.height());
            armhole.half_width = width_below(shape, side, armhole.notch);
        } else {
            armhole.half_width = rough_half_width(shape, side, dress);
            armhole.armpit = armhole.notch = bare_armpit(shape, side, armhole.half_width);
        }
    }
    const int trusted = side_to_trust(shape, notches);
    const auto use = [&](int side) { return trusted < 0 || trusted == side; };
    const float chest = (use(picture_left) ? armholes[picture_left] : armholes[picture_right]).half_width +
                        (use(picture_right) ? armholes[picture_right] : armholes[picture_left]).half_width;
    for (const int side : {picture_left, picture_right}) {
        Armhole& armhole = armholes[static_cast<std::size_t>(side)];
        if (armhole.sleeved) raise_armpit(shape, side, chest, armhole);
        if (!armhole.on_trunk || beside_armpit(shape, side, armhole)) continue;
        armhole = {};
        armhole.half_width = rough_half_width(shape, side, dress);
        armhole.armpit = armhole.notch = bare_armpit(shape, side, armhole.half_width);
    }
    if (trusted >= 0 && armholes[static_cast<std::size_t>(trusted)].sleeved)
        armholes[static_cast<std::size_t>(1 - trusted)] =
            mirror(shape, armholes[static_cast<std::size_t>(trusted)], 1 - trusted);
    even_out(shape, armholes);
    return armholes;
}

}  // namespace fitview::engine
