#include "engine/render/rasterise.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/render/front_layers.hpp"
#include "engine/render/triangle_samples.hpp"

namespace fitview::engine {
namespace {

constexpr float far_away = -1e4F;

/// The way of the studio's main light: from above, a little from the left.
const Vector3 to_light = unit_vector({-0.22F, -0.45F, 0.87F});

float lambert(Vector3 normal, bool outside) {
    constexpr float ambient = 0.42F, strength = 0.35F, inside_factor = 0.55F;
    if (!outside) normal *= -1;
    if (normal.z < 0) normal.z = 0.05F;
    const float direct = std::max(0.0F, dot(normal, to_light)) / to_light.z;
    const float light = std::clamp(1 + strength * (ambient + (1 - ambient) * direct - 1), 0.68F, 1.06F);
    return outside ? light : light * inside_factor;
}

/// Two rounds of averaging hide the lattice of the mesh.
std::vector<Vector3> smooth_normals(const Cloth& cloth) {
    std::vector<Vector3> normals(cloth.size());
    for (const ClothTriangle& triangle : cloth.triangles) {
        const auto& [a, b, c] = triangle.points;
        const Vector3 normal = cross(cloth.position[b] - cloth.position[a], cloth.position[c] - cloth.position[a]);
        for (int point : triangle.points) normals[point] += normal;
    }
    for (int round = 0; round < 2; ++round) {
        for (Vector3& normal : normals) normal = unit_vector(normal);
        std::vector<Vector3> sums = normals;
        for (const Link& edge : cloth.edges) {
            sums[edge.first] += normals[edge.second];
            sums[edge.second] += normals[edge.first];
        }
        normals.swap(sums);
    }
    for (Vector3& normal : normals) normal = unit_vector(normal);
    return normals;
}

/// The product's colours at about the size they are drawn, so that one sample is enough.
class Texture {
public:
    Texture(const cv::Mat& full, float drawn_scale)
        : scale_(std::clamp(1.15F * drawn_scale, 0.2F, 1.0F)), texture_(full) {
        if (scale_ < 0.95F)
            cv::resize(full, texture_, {}, scale_, scale_, cv::INTER_AREA);
        else
            scale_ = 1;
    }

    cv::Vec3f at(float x, float y) const {
        x = std::clamp((x + 0.5F) * scale_ - 0.5F, 0.0F, static_cast<float>(texture_.cols) - 1.01F);
        y = std::clamp((y + 0.5F) * scale_ - 0.5F, 0.0F, static_cast<float>(texture_.rows) - 1.01F);
        const int i = static_cast<int>(x), j = static_cast<int>(y);
        const float fx = x - static_cast<float>(i), fy = y - static_cast<float>(j);
        const auto* upper = texture_.ptr<cv::Vec3b>(j) + i;
        const auto* lower = texture_.ptr<cv::Vec3b>(j + 1) + i;
        cv::Vec3f colour;
        for (int c = 0; c < 3; ++c)
            colour[c] = mix(mix(upper[0][c], upper[1][c], fx), mix(lower[0][c], lower[1][c], fx), fy);
        return colour;
    }

private:
    float scale_;
    cv::Mat texture_;
};

class Rasteriser {
public:
    Rasteriser(const Cloth& cloth, const cv::Mat& texture, float drawn_scale, const BodyField& body,
               const Hiding& hiding, const cv::Rect& box)
        : cloth_(cloth), body_(body), hiding_(hiding), texture_(texture, drawn_scale), normals_(smooth_normals(cloth)) {
        layer_.box = box;
        layer_.albedo = cv::Mat(box.size(), CV_8UC3, cv::Scalar::all(0));
        layer_.light = cv::Mat(box.size(), CV_32F, cv::Scalar(1));
        layer_.alpha = cv::Mat(box.size(), CV_8U, cv::Scalar(0));
        layer_.depth = cv::Mat(box.size(), CV_32F, cv::Scalar(far_away));
        layer_.sleeve = cv::Mat(box.size(), CV_8U, cv::Scalar(0));
    }

    ClothLayer draw() {
        project();
        SampleBand band(layer_.box.width);
        for (int top = 0, number = 0; top < layer_.box.height; top += SampleBand::rows, ++number) {
            band.start(top);
            for (int index : bins_[number]) band.draw(screen_[index]);
            for (int y = top; y < std::min(top + SampleBand::rows, layer_.box.height); ++y)
                for (int x = 0; x < layer_.box.width; ++x) resolve(band, x, y);
        }
        return std::move(layer_);
    }

private:
    void project() {
        const int bands = (layer_.box.height + SampleBand::rows - 1) / SampleBand::rows;
        bins_.resize(bands);
        for (std::size_t t = 0; t < cloth_.triangles.size(); ++t) {
            ScreenTriangle triangle;
            triangle.index = static_cast<int>(t);
            for (int corner = 0; corner < 3; ++corner) {
                triangle.corners[corner] = cloth_.position[cloth_.triangles[t].points[corner]];
                triangle.corners[corner] -= {static_cast<float>(layer_.box.x), static_cast<float>(layer_.box.y), 0};
            }
            const auto& [a, b, c] = triangle.corners;
            triangle.area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
            screen_.push_back(triangle);
            if (std::abs(triangle.area) < 1e-5F) continue;
            const float high = std::min({a.y, b.y, c.y}), low = std::max({a.y, b.y, c.y});
            if (low < 0 || high >= static_cast<float>(layer_.box.height)) continue;
            const int first = std::clamp(static_cast<int>(high) / SampleBand::rows, 0, bands - 1);
            const int last = std::clamp(static_cast<int>(low) / SampleBand::rows, 0, bands - 1);
            for (int band = first; band <= last; ++band) bins_[band].push_back(static_cast<int>(t));
        }
    }

    static float share(const cv::Mat& plane, int x, int y) {
        return static_cast<float>(plane.at<std::uint8_t>(y, x)) / 255;
    }

    /// How much of a sample the person's layers leave visible.
    float visible(const ScreenTriangle& triangle, float depth, float body_depth, int x, int y) const {
        const float u = body_.unit;
        const ClothTriangle& cloth = cloth_.triangles[triangle.index];
        const bool sleeve = is_sleeve(cloth_.pattern_vertex(cloth.points[0]).part);
        // the back of the trunk is behind every pixel of the person
        if (cloth.back && !sleeve) return 1 - share(hiding_.silhouette, x, y);
        const float tolerance = !cloth.back && triangle.area > 0 ? (sleeve ? 0.22F : 0.08F) * u : 0.02F * u;
        const bool before_body = hiding_.front_before_body && triangle.area > 0;
        if (!before_body && depth < body_depth - tolerance) return 0;
        if (sleeve) return 1;
        // below the waist a tucked top is seen only where the old one was
        if (static_cast<float>(y + layer_.box.y) > hiding_.lowest_trunk_row && share(hiding_.old_top, x, y) < 0.5F)
            return 0;
        return (1 - share(hiding_.arms, x, y)) * (1 - share(hiding_.waistband, x, y));
    }

    void resolve(const SampleBand& band, int x, int y) {
        struct Seen {
            int triangle;
            int count;
            float weight;
        };
        std::array<Seen, samples_per_pixel> seen;
        int different = 0;
        float nearest = far_away;
        float body_depth = far_away;
        bool asked = false;
        for (int sample = 0; sample < samples_per_pixel; ++sample) {
            const int index = band.triangle_at(x, y, sample);
            if (index < 0) continue;
            if (!asked) {
                asked = true;
                if (hiding_.silhouette.at<std::uint8_t>(y, x) > 127)
                    body_depth = body_
                                     .front_depth(static_cast<float>(x + layer_.box.x) + 0.5F,
                                                  static_cast<float>(y + layer_.box.y) + 0.5F)
                                     .value_or(far_away);
            }
            const float depth = band.depth_at(x, y, sample);
            const float weight = visible(screen_[index], depth, body_depth, x, y);
            if (weight <= 0) continue;
            nearest = std::max(nearest, depth);
            int k = 0;
            while (k < different && seen[k].triangle != index) ++k;
            if (k == different) seen[different++] = {index, 0, 0};
            ++seen[k].count;
            seen[k].weight += weight;
        }
        layer_.depth.at<float>(y, x) = body_depth;
        if (different == 0) return;
        cv::Vec3f colour(0, 0, 0);
        float light = 0, total = 0, sleeve = 0;
        for (int k = 0; k < different; ++k) {
            const auto [albedo, brightness] = shade(screen_[seen[k].triangle], x, y);
            colour += albedo * seen[k].weight;
            light += brightness * seen[k].weight;
            total += seen[k].weight;
            if (is_sleeve(cloth_.pattern_vertex(cloth_.triangles[seen[k].triangle].points[0]).part))
                sleeve += seen[k].weight;
        }
        auto& out = layer_.albedo.at<cv::Vec3b>(y, x);
        for (int c = 0; c < 3; ++c) out[c] = cv::saturate_cast<std::uint8_t>(colour[c] / total);
        layer_.light.at<float>(y, x) = light / total;
        const float alpha = total / samples_per_pixel * (1 - share(hiding_.front, x, y));
        layer_.alpha.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(alpha * 255);
        layer_.sleeve.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(sleeve / total * 255);
        if (alpha > 0.3F) layer_.depth.at<float>(y, x) = nearest;
    }

    struct Shaded {
        cv::Vec3f albedo;
        float light;
    };

    Shaded shade(const ScreenTriangle& triangle, int x, int y) const {
        const ClothTriangle& cloth = cloth_.triangles[triangle.index];
        Vector3 w = triangle.weights(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
        // the pixel's middle may lie just outside the triangle
        w = {std::clamp(w.x, 0.0F, 1.0F), std::clamp(w.y, 0.0F, 1.0F), std::clamp(w.z, 0.0F, 1.0F)};
        w *= 1 / std::max(1e-6F, w.x + w.y + w.z);
        const auto& [a, b, c] = cloth.points;
        const Point uv =
            cloth_.pattern_vertex(a).uv * w.x + cloth_.pattern_vertex(b).uv * w.y + cloth_.pattern_vertex(c).uv * w.z;
        const Vector3 normal = unit_vector(normals_[a] * w.x + normals_[b] * w.y + normals_[c] * w.z);
        return {texture_.at(uv.x, uv.y), lambert(normal, triangle.area > 0)};
    }

    const Cloth& cloth_;
    const BodyField& body_;
    const Hiding& hiding_;
    Texture texture_;
    std::vector<Vector3> normals_;
    std::vector<ScreenTriangle> screen_;
    std::vector<std::vector<int>> bins_;
    ClothLayer layer_;
};

}  // namespace

cv::Rect box_of(const Cloth& cloth, cv::Size picture, float margin) {
    if (cloth.position.empty()) return {};
    float x0 = 1e9F, y0 = 1e9F, x1 = -1e9F, y1 = -1e9F;
    for (const Vector3& p : cloth.position) {
        x0 = std::min(x0, p.x);
        y0 = std::min(y0, p.y);
        x1 = std::max(x1, p.x);
        y1 = std::max(y1, p.y);
    }
    const auto inside = [](float v, int limit) { return cvRound(std::clamp(v, 0.0F, static_cast<float>(limit))); };
    return {cv::Point(inside(x0 - margin, picture.width), inside(y0 - margin, picture.height)),
            cv::Point(inside(x1 + margin, picture.width), inside(y1 + margin, picture.height))};
}

Hiding hiding_layers(const PersonModel& person, const UndressedPerson& undressed, const FitPlan& plan,
                     const cv::Rect& box) {
    Hiding hiding{undressed.silhouette(box), undressed.front(box),
                  undressed.arms(box),       cv::Mat(box.size(), CV_8U, cv::Scalar(0)),
                  undressed.removed(box),    plan.tucked() ? plan.waist_y + 0.03F * person.landmarks.unit : 1e9F};
    const float u = person.landmarks.unit;
    for (Side side : {picture_left, picture_right}) {
        if (plan.sleeve_end[side] <= 0) continue;
        // an arm inside its sleeve stands in front of nothing
        cv::Mat arms = undressed.arms.clone();
        draw_arm_tube(person.landmarks.arm[side], 0, plan.sleeve_end[side] - 0.1F * u, 0.30F * u, 0, arms);
        hiding.arms = cv::min(hiding.arms, arms(box));
    }
    if (!plan.tucked()) return hiding;
    const int top = std::clamp(static_cast<int>(plan.waist_y - 0.15F * u) - box.y, 0, box.height);
    hiding.waistband = person.labels(box) == label_lower;
    hiding.waistband.rowRange(0, top).setTo(0);
    // one smooth edge instead of the labels' ragged one
    cv::GaussianBlur(hiding.waistband, hiding.waistband, {}, std::max(0.8, 0.035 * u));
    hiding.waistband.convertTo(hiding.waistband, CV_8U, 5, -2 * 255);
    return hiding;
}

ClothLayer rasterise(const Cloth& cloth, const cv::Mat& texture, float drawn_scale, const BodyField& body,
                     const Hiding& hiding, const cv::Rect& box) {
    if (box.empty()) return {};
    return Rasteriser(cloth, texture, drawn_scale, body, hiding, box).draw();
}

ClothLayer rasterise(const Cloth& cloth, const cv::Mat& texture, const FitPlan& plan, const BodyField& body,
                     const PersonModel& person, const UndressedPerson& undressed) {
    const cv::Rect box = box_of(cloth, person.picture.size(), 0.6F * body.unit);
    if (box.empty()) return {};
    return rasterise(cloth, texture, plan.across, body, hiding_layers(person, undressed, plan, box), box);
}

}  // namespace fitview::engine
