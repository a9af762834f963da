#include "engine/drape/body_field.hpp"

namespace fitview::engine {
namespace {

constexpr float cell_in_units = 0.065F;
constexpr float half_depth_of_grid = 1.7F;  // in units; no cloth is placed further out
constexpr std::size_t most_cells = 900'000;

float smooth_minimum(float a, float b, float radius) {
    const float h = std::max(radius - std::abs(a - b), 0.0F) / radius;
    return std::min(a, b) - h * h * radius * 0.25F;
}

float ellipse_distance(float x, float z, float a, float b) {
    const float xa = x / a, zb = z / b;
    const float k0 = std::sqrt(xa * xa + zb * zb);
    const float k1 = std::sqrt(xa * xa / (a * a) + zb * zb / (b * b));
    return k1 > 1e-9F ? k0 * (k0 - 1) / k1 : -std::min(a, b);
}

struct Ball {
    Vector3 centre;
    float radius = 0;
};

/// Unites a cone with round ends with a grid of the body, smoothly over `blend`, only in the cone's box.
void unite_cone(const BodyField& body, const Ball& from, const Ball& to, float blend, std::vector<float>& grid) {
    const float reach = std::max(from.radius, to.radius) + 6 * body.cell;
    const auto first = [&](float low, float origin) {
        return std::max(0, static_cast<int>((low - reach - origin) / body.cell));
    };
    const auto last = [&](float high, float origin, int count) {
        return std::min(count - 1, static_cast<int>((high + reach - origin) / body.cell) + 1);
    };
    const auto [x0, x1] = std::minmax(from.centre.x, to.centre.x);
    const auto [y0, y1] = std::minmax(from.centre.y, to.centre.y);
    const int z_last = last(std::max(from.centre.z, to.centre.z), 0, body.layers);
    const Vector3 axis = to.centre - from.centre;
    const float squared = std::max(1e-6F, dot(axis, axis));
    for (int k = 0; k <= z_last; ++k) {
        for (int j = first(y0, body.origin.y); j <= last(y1, body.origin.y, body.rows); ++j) {
            for (int i = first(x0, body.origin.x); i <= last(x1, body.origin.x, body.columns); ++i) {
                const Vector3 place{body.origin.x + static_cast<float>(i) * body.cell,
                                    body.origin.y + static_cast<float>(j) * body.cell,
                                    static_cast<float>(k) * body.cell};
                const float t = std::clamp(dot(place - from.centre, axis) / squared, 0.0F, 1.0F);
                const float d = length(place - (from.centre + axis * t)) - mix(from.radius, to.radius, t);
                float& value = grid[(static_cast<std::size_t>(k) * body.rows + j) * body.columns + i];
                value = smooth_minimum(value, d, blend);
            }
        }
    }
}

void lay_out_grid(BodyField& body, const PersonModel& person) {
    const float u = body.unit;
    float left = body.neck_x, right = body.neck_x;
    for (const Arm& arm : body.arm)
        for (const ArmSample& sample : arm.line) {
            left = std::min(left, sample.centre.x - sample.radius);
            right = std::max(right, sample.centre.x + sample.radius);
        }
    for (const TrunkSection& section : body.trunk) {
        left = std::min(left, section.centre - section.half_width);
        right = std::max(right, section.centre + section.half_width);
    }
    left = std::max(left, -u);
    right = std::min(right, static_cast<float>(person.picture.cols) + u);
    const float top = body.chin_y - u, bottom = static_cast<float>(body.trunk.size());
    body.cell = cell_in_units * u;
    for (;; body.cell *= 1.1F) {  // a tiny face in a large picture must not cost more memory than another
        body.columns = static_cast<int>((right - left + 1.4F * u) / body.cell) + 2;
        body.rows = static_cast<int>((bottom - top) / body.cell) + 2;
        body.layers = static_cast<int>(half_depth_of_grid * u / body.cell) + 2;
        if (static_cast<std::size_t>(body.columns) * body.rows * body.layers <= most_cells) break;
    }
    body.origin = {left - 0.7F * u, top, 0};
    body.whole.assign(static_cast<std::size_t>(body.columns) * body.rows * body.layers, 4 * u);
}

void fill_trunk(BodyField& body) {
    const float u = body.unit;
    const float top = body.shoulder_y + 0.05F * u;
    const float crotch = body.crotch_y.value_or(1e9F);
    for (int j = 0; j < body.rows; ++j) {
        const float y = body.origin.y + static_cast<float>(j) * body.cell;
        const TrunkSection& here = body.section(y);
        // where the outline runs outwards, the horizontal distance is longer than the real one
        const float slope = (body.section(y + 4).half_width - here.half_width) / 4;
        const float correction = 1 / std::sqrt(1 + slope * slope);
        const float beyond = std::max(top - y, y - (crotch + 0.15F * u));
        const bool legs = y > crotch - 0.2F * u;
        for (int k = 0; k < body.layers; ++k) {
            const float z = static_cast<float>(k) * body.cell;
            float* row = &body.whole[(static_cast<std::size_t>(k) * body.rows + j) * body.columns];
            for (int i = 0; i < body.columns; ++i) {
                const float x = body.origin.x + static_cast<float>(i) * body.cell;
                float value = ellipse_distance(x - here.centre, z, here.half_width, here.half_depth) * correction;
                if (beyond > 0)
                    value = value > 0 ? std::sqrt(value * value + beyond * beyond) : std::max(value, beyond);
                if (legs)
                    for (Side side : {picture_left, picture_right}) {
                        const TrunkRow& leg = body.leg(side, std::max(y, crotch + 2));
                        const float radius = (leg.right - leg.left) / 2;
                        if (radius < 0.08F * u) continue;
                        const float centre = (leg.right + leg.left) / 2;
                        value =
                            smooth_minimum(value, std::sqrt((x - centre) * (x - centre) + z * z) - radius, 0.08F * u);
                    }
                row[i] = value;
            }
        }
    }
}

/// Balls just under the visible slope of one shoulder, down to the root of the arm.
void fill_shoulder(const BodyField& body, Side side, std::vector<float>& grid) {
    const float u = body.unit, outwards = side == picture_left ? -1.0F : 1.0F;
    const std::vector<Point>& slope = body.shoulder_slope[side];
    Ball previous;
    for (std::size_t i = 0; i < slope.size(); ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(slope.size() - 1);
        const Point tangent = slope[std::min(i + 1, slope.size() - 1)] - slope[i > 0 ? i - 1 : 0];
        const float l = std::max(1e-3F, std::hypot(tangent.x, tangent.y)), radius = mix(0.34F, 0.27F, t) * u;
        const Ball ball{{slope[i].x - outwards * std::abs(tangent.y / l) * radius,
                         slope[i].y + std::abs(tangent.x / l) * radius, 0},
                        radius};
        if (i > 0) unite_cone(body, previous, ball, 0.10F * u, grid);
        previous = ball;
    }
    const ArmSample& root = body.arm[side].line.front();
    unite_cone(body, previous, {{root.centre.x, root.centre.y + 0.1F * u, 0}, std::min(root.radius, 0.3F * u)},
               0.06F * u, grid);
}

void fill_arm(const BodyField& body, Side side, std::vector<float>& grid) {
    const float u = body.unit;
    const std::vector<ArmSample>& line = body.arm[side].line;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        if (line[i + 1].along < 0.2F * u || line[i].radius < 0.04F * u)
            continue;  // the shoulder itself is already there
        unite_cone(body, {{line[i].centre.x, line[i].centre.y, 0}, line[i].radius},
                   {{line[i + 1].centre.x, line[i + 1].centre.y, 0}, line[i + 1].radius}, 0.03F * u, grid);
    }
}

void fill_head_and_neck(BodyField& body) {
    const float u = body.unit;
    // the head keeps collars below the chin
    unite_cone(body, {{body.neck_x, body.chin_y - 0.55F * u, 0}, 0.56F * u},
               {{body.neck_x, body.chin_y - 0.5F * u, 0}, 0.56F * u}, 0.05F * u, body.whole);
    unite_cone(body, {{body.neck_x, body.chin_y - 0.2F * u, 0}, 0.36F * u},
               {{body.neck_x, body.shoulder_y + 0.1F * u, 0}, 0.40F * u}, 0.12F * u, body.whole);
}

struct Corner {
    const float* values;
    float fx, fy, fz;
};

Corner corner_at(const BodyField& body, const std::vector<float>& distances, const Vector3& place) {
    const float gx = std::clamp((place.x - body.origin.x) / body.cell, 0.0F, static_cast<float>(body.columns) - 1.001F);
    const float gy = std::clamp((place.y - body.origin.y) / body.cell, 0.0F, static_cast<float>(body.rows) - 1.001F);
    const float gz = std::clamp(std::abs(place.z) / body.cell, 0.0F, static_cast<float>(body.layers) - 1.001F);
    const int i = static_cast<int>(gx), j = static_cast<int>(gy), k = static_cast<int>(gz);
    return {&distances[(static_cast<std::size_t>(k) * body.rows + j) * body.columns + i], gx - static_cast<float>(i),
            gy - static_cast<float>(j), gz - static_cast<float>(k)};
}

std::optional<float> march_to_front(const BodyField& body, float x, float y) {
    Vector3 place{x, y, half_depth_of_grid * body.unit};
    while (place.z > 0) {
        const float d = body.distance(place);
        if (d < 0.01F * body.unit) return place.z;
        place.z -= std::max(0.85F * d, 0.01F * body.unit);
    }
    return std::nullopt;
}

}  // namespace

float BodyField::distance(const Vector3& place, Solid solid) const {
    const auto [q, fx, fy, fz] = corner_at(*this, distances(solid), place);
    const std::size_t sy = columns, sz = static_cast<std::size_t>(columns) * rows;
    const float near = mix(mix(q[0], q[1], fx), mix(q[sy], q[sy + 1], fx), fy);
    const float far = mix(mix(q[sz], q[sz + 1], fx), mix(q[sz + sy], q[sz + sy + 1], fx), fy);
    return mix(near, far, fz);
}

float BodyField::distance(const Vector3& place, Vector3& outward, Solid solid) const {
    const auto [q, fx, fy, fz] = corner_at(*this, distances(solid), place);
    const std::size_t sy = columns, sz = static_cast<std::size_t>(columns) * rows;
    const float c00 = mix(q[0], q[1], fx), c10 = mix(q[sy], q[sy + 1], fx);
    const float c01 = mix(q[sz], q[sz + 1], fx), c11 = mix(q[sz + sy], q[sz + sy + 1], fx);
    const float dx_near = mix(q[1] - q[0], q[sy + 1] - q[sy], fy);
    const float dx_far = mix(q[sz + 1] - q[sz], q[sz + sy + 1] - q[sz + sy], fy);
    const float near = mix(c00, c10, fy), far = mix(c01, c11, fy);
    outward =
        unit_vector({mix(dx_near, dx_far, fz), mix(c10 - c00, c11 - c01, fz), place.z < 0 ? near - far : far - near});
    return mix(near, far, fz);
}

std::optional<float> BodyField::front_depth(float x, float y) const {
    const float gx = (x - origin.x) / cell, gy = (y - origin.y) / cell;
    if (gx >= 0 && gy >= 0 && gx < static_cast<float>(columns - 1) && gy < static_cast<float>(rows - 1)) {
        const int i = static_cast<int>(gx), j = static_cast<int>(gy);
        const float* upper = &front[static_cast<std::size_t>(j) * columns + i];
        const float* lower = upper + columns;
        const auto [least, most] = std::minmax({upper[0], upper[1], lower[0], lower[1]});
        if (most < 0) return std::nullopt;
        if (least >= 0 && most - least < 0.2F * unit) {  // one smooth surface
            const float fx = gx - static_cast<float>(i), fy = gy - static_cast<float>(j);
            return mix(mix(upper[0], upper[1], fx), mix(lower[0], lower[1], fx), fy);
        }
    }
    return march_to_front(*this, x, y);
}

BodyField make_body_field(const PersonModel& person) {
    BodyField body;
    static_cast<BodyOutline&>(body) = measure_outline(person);
    lay_out_grid(body, person);
    body.arms = body.whole;
    fill_trunk(body);
    for (Side side : {picture_left, picture_right})
        for (auto* grid : {&body.whole, &body.arms}) fill_shoulder(body, side, *grid);
    fill_head_and_neck(body);
    body.without_arms = body.whole;
    for (Side side : {picture_left, picture_right})
        for (auto* grid : {&body.whole, &body.arms}) fill_arm(body, side, *grid);
    for (int j = 0; j < body.rows; ++j)
        for (int i = 0; i < body.columns; ++i) {
            const float x = body.origin.x + static_cast<float>(i) * body.cell;
            const float y = body.origin.y + static_cast<float>(j) * body.cell;
            body.front.push_back(march_to_front(body, x, y).value_or(-1));
        }
    return body;
}

}  // namespace fitview::engine
