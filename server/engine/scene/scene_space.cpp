#include "engine/scene/scene_space.hpp"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cstddef>

namespace fitview::engine {
namespace {

constexpr float far_away = 1000;

struct Ray {
    Spot from;
    Spot direction;
};

struct Seen {
    Light light;
    float distance = far_away;  ///< along the ray's z
};

/// How far along the ray the panel is met; nothing met: negative.
float meet(const Panel& panel, const Ray& ray, Spot& spot) {
    const Spot& d = ray.direction;
    float t = -1;
    switch (panel.facing) {
        case Panel::Facing::sideways:
            t = d.x == 0 ? -1 : (panel.at - ray.from.x) / d.x;
            break;
        case Panel::Facing::up:
            t = d.y == 0 ? -1 : (panel.at - ray.from.y) / d.y;
            break;
        case Panel::Facing::camera:
            t = d.z == 0 ? -1 : (panel.at - ray.from.z) / d.z;
            break;
    }
    constexpr float least = 1e-3F;
    if (t < least) return -1;
    spot = {ray.from.x + d.x * t, ray.from.y + d.y * t, ray.from.z + d.z * t};
    const bool x_fits = panel.facing == Panel::Facing::sideways || (spot.x >= panel.from.x && spot.x <= panel.to.x);
    const bool y_fits = panel.facing == Panel::Facing::up || (spot.y >= panel.from.y && spot.y <= panel.to.y);
    const bool z_fits = panel.facing == Panel::Facing::camera || (spot.z >= panel.from.z && spot.z <= panel.to.z);
    return x_fits && y_fits && z_fits ? t : -1;
}

struct Meeting {
    float t = 0;
    const Panel* panel = nullptr;
    Spot spot;
};

Seen trace(const Scene& scene, const Ray& ray, bool mirrored) {
    constexpr std::size_t meetings_max = 24;
    std::array<Meeting, meetings_max> met;
    std::size_t count = 0;
    for (const Panel& panel : scene.panels) {
        Spot spot;
        const float t = meet(panel, ray, spot);
        if (t < 0 || count == meetings_max) continue;
        std::size_t place = count++;
        for (; place > 0 && met[place - 1].t > t; --place) met[place] = met[place - 1];
        met[place] = {t, &panel, spot};
    }
    Seen seen;
    Light light(0, 0, 0);
    float through = 1;
    for (std::size_t i = 0; i < count && through > 0.01F; ++i) {
        Paint paint = met[i].panel->paint(met[i].spot);
        if (paint.cover <= 0) continue;
        if (met[i].panel->gloss > 0 && !mirrored) {
            const Spot& d = ray.direction;
            const float flatness = 1 - std::abs(d.y) / std::sqrt(d.x * d.x + d.y * d.y + d.z * d.z);
            const float share = met[i].panel->gloss * (0.25F + 0.75F * flatness * flatness * flatness);
            paint.light =
                paint.light * (1 - 0.5F * share) + trace(scene, {met[i].spot, {d.x, -d.y, d.z}}, true).light * share;
        }
        if (through * paint.cover > 0.5F) seen.distance = std::min(seen.distance, met[i].spot.z);
        light += paint.light * (through * paint.cover);
        through *= 1 - paint.cover;
    }
    if (through > 0.01F) light += scene.sky(ray.direction.x, ray.direction.y) * through;
    seen.light = light;
    return seen;
}

/// Blurred copies from sharp to soft; a pixel takes its place between two of them.
std::vector<cv::Mat> blurred_copies(const cv::Mat& sharp, const std::vector<float>& widths) {
    std::vector<cv::Mat> copies;
    for (const float width : widths) {
        cv::Mat copy;
        if (width <= 0)
            copy = sharp;
        else
            cv::GaussianBlur(sharp, copy, {}, width);
        copies.push_back(copy);
    }
    return copies;
}

float blur_at(float depth, const Scene& scene, const SceneCamera& camera) {
    constexpr float aperture = 0.0115F;
    const float wide = aperture * scene.blur * camera.focal;
    return wide * std::abs(1 - camera.distance / std::max(depth, 0.2F));
}

void add_lamp(const Lamp& lamp, const Scene& scene, const SceneCamera& camera, cv::Mat& light) {
    if (lamp.place.z <= 0.1F) return;
    const float own = lamp.radius * camera.pixels_per_metre(lamp.place.z);
    const float radius = std::max(1.2F, own + 1.5F * blur_at(lamp.place.z, scene, camera));
    const float x = camera.column(lamp.place), y = camera.row(lamp.place);
    const float strength = std::min(1.F, (own * own + 0.6F) / (radius * radius) * 8);
    const float halo = 4.5F * radius;
    const cv::Rect around = cv::Rect(cv::Point(cvFloor(x - halo), cvFloor(y - halo)),
                                     cv::Size(cvCeil(2 * halo) + 1, cvCeil(2 * halo) + 1)) &
                            cv::Rect({}, light.size());
    for (int row = around.y; row < around.br().y; ++row)
        for (int column = around.x; column < around.br().x; ++column) {
            const float away = std::hypot(static_cast<float>(column) - x, static_cast<float>(row) - y);
            const float inside = 1 - rise(radius - 1.2F, radius + 1.2F, away);
            const float rim = 0.8F + 0.35F * rise(0.55F * radius, radius, away);
            const float fall = 1 - std::min(1.F, away / halo);
            light.at<Light>(row, column) += lamp.light * (strength * (inside * rim + lamp.glow * fall * fall * fall));
        }
}

}  // namespace

SeenScene look_at(const Scene& scene, const SceneCamera& camera) {
    SeenScene seen{cv::Mat(camera.size, CV_32FC3), cv::Mat(camera.size, CV_32FC1)};
    const std::array<cv::Point2f, 4> samples{{{0.13F, 0.37F}, {0.63F, 0.13F}, {0.37F, 0.87F}, {0.87F, 0.63F}}};
    for (int y = 0; y < camera.size.height; ++y)
        for (int x = 0; x < camera.size.width; ++x) {
            Light light(0, 0, 0);
            float depth = 0;
            for (const cv::Point2f& sample : samples) {
                const Spot direction{(static_cast<float>(x) + sample.x - camera.middle_x) / camera.focal,
                                     (camera.horizon - static_cast<float>(y) - sample.y) / camera.focal, 1};
                const Seen one = trace(scene, {{0, camera.height, 0}, direction}, false);
                light += one.light;
                depth += one.distance;
            }
            seen.light.at<Light>(y, x) = light / static_cast<float>(samples.size());
            seen.depth.at<float>(y, x) = depth / static_cast<float>(samples.size());
        }
    return seen;
}

cv::Mat through_lens(const SeenScene& seen, const Scene& scene, const SceneCamera& camera) {
    std::vector<float> widths{0};
    const float widest = blur_at(far_away, scene, camera);
    for (float width = 1; width < widest * 1.4F; width *= 1.7F) widths.push_back(width);
    const std::vector<cv::Mat> copies = blurred_copies(seen.light, widths);
    cv::Mat soft_depth, light(seen.light.size(), CV_32FC3);
    cv::GaussianBlur(seen.depth, soft_depth, {}, 2);
    for (int y = 0; y < light.rows; ++y)
        for (int x = 0; x < light.cols; ++x) {
            const float width = blur_at(soft_depth.at<float>(y, x), scene, camera);
            std::size_t next = 1;
            while (next + 1 < widths.size() && widths[next] < width) ++next;
            const float share = std::clamp((width - widths[next - 1]) / (widths[next] - widths[next - 1]), 0.F, 1.F);
            light.at<Light>(y, x) = mix(copies[next - 1].at<Light>(y, x), copies[next].at<Light>(y, x), share);
        }
    for (const Lamp& lamp : scene.lamps) add_lamp(lamp, scene, camera, light);
    return light;
}

}  // namespace fitview::engine
