#include "engine/drape/simulate.hpp"

#include <algorithm>
#include <cmath>

namespace fitview::engine {
namespace {

class Simulation {
public:
    Simulation(const BodyField& body, Cloth& cloth, const SimulationSettings& settings)
        : body_(body), cloth_(cloth), settings_(settings), u_(body.unit), position_(cloth.position) {
        previous_ = position_;
        velocity_.resize(position_.size());
        const float squared = settings.step_seconds * settings.step_seconds;
        stretch_ = settings.stretch_compliance / squared;
        compression_ = settings.compression_compliance / squared;
        bend_ = settings.bend_compliance / squared;
        thickness_ = settings.thickness * u_;
        for (std::size_t i = 0; i < position_.size(); ++i) {
            const PatternVertex& vertex = cloth.pattern_vertex(static_cast<int>(i));
            solid_.push_back(cloth.solid(static_cast<int>(i)));
            panel_.push_back(vertex.sewn || is_leg(vertex.part) ? 0 : vertex.back ? -1 : 1);
        }
    }

    SimulationReport run() {
        constexpr int seams_settle = 10;
        const std::vector<Vector3> laid = position_;
        std::vector<Vector3> held;
        for (int step = 0; step < settings_.steps; ++step) {
            if (step == seams_settle)
                for (int point : cloth_.shoulder_seam) held.push_back(position_[point]);
            for (std::size_t i = 0; i < held.size(); ++i) {  // from here on the shoulder seam does not slide sideways
                Vector3& seam = position_[cloth_.shoulder_seam[i]];
                seam.x += (held[i].x - seam.x) * 0.15F;
                seam.z += (held[i].z - seam.z) * 0.05F;
            }
            move_freely(step);
            keep_lengths(step);
            pushed_ = 0;
            collide();
            keep_panels_apart();
            for (std::size_t i = 0; i < position_.size(); ++i)
                velocity_[i] = (position_[i] - previous_[i]) * (1 / settings_.step_seconds);
        }
        SimulationReport report;
        report.pushed_share =
            static_cast<double>(pushed_) / static_cast<double>(std::max<std::size_t>(1, position_.size()));
        std::vector<float> slips;
        for (int point : cloth_.shoulder_seam) slips.push_back(length(position_[point] - laid[point]) / u_);
        if (!slips.empty()) {
            std::nth_element(slips.begin(), slips.begin() + static_cast<std::ptrdiff_t>(slips.size() / 2), slips.end());
            report.seam_slip = slips[slips.size() / 2];
        }
        return report;
    }

    void smooth() {
        std::vector<float> count(position_.size());
        std::vector<Vector3> sum(position_.size());
        // the surface; open edges only along themselves. Alternating signs (Taubin) keep it from shrinking
        for (int round = 0; round < settings_.smoothing_rounds; ++round)
            smooth_once(cloth_.edges, true, round % 2 ? -0.40F : 0.45F, 2, sum, count);
        for (int round = 0; round < settings_.smoothing_rounds; ++round)
            smooth_once(cloth_.seams, false, round % 2 ? -0.48F : 0.50F, 2, sum, count);
        for (std::size_t i = 0; i < position_.size(); ++i)
            if (cloth_.mobility[i] > 0) leave_body(i);
    }

private:
    void move_freely(int step) {
        constexpr int calm_steps = 60;  // the placement's tension is let out slowly
        const float ramp = std::min(1.0F, static_cast<float>(step) / calm_steps);
        const float damping = step < calm_steps ? 0.90F : 0.985F, fastest = 0.035F * u_ / settings_.step_seconds;
        const float pull = settings_.gravity * u_ * ramp * settings_.step_seconds;
        for (std::size_t i = 0; i < position_.size(); ++i) {
            previous_[i] = position_[i];
            if (cloth_.mobility[i] == 0) continue;
            Vector3 velocity = velocity_[i] * damping;
            velocity.y += pull;
            const float speed = length(velocity);
            if (speed > fastest) velocity *= fastest / speed;
            position_[i] += velocity * settings_.step_seconds;
        }
    }

    void keep_length(const Link& link, float when_long, float when_short) {
        const float a = cloth_.mobility[link.first], b = cloth_.mobility[link.second];
        const Vector3 offset = position_[link.second] - position_[link.first];
        const float now = length(offset);
        if (now < 1e-6F || a + b == 0) return;
        const float error = now - link.length;
        const float share = error / ((a + b + (error > 0 ? when_long : when_short)) * now);
        position_[link.first] += offset * (share * a);
        position_[link.second] -= offset * (share * b);
    }

    void keep_lengths(int step) {
        // alternating direction, else errors pile up at one end
        if (step % 2)
            for (auto link = cloth_.edges.rbegin(); link != cloth_.edges.rend(); ++link)
                keep_length(*link, stretch_, compression_);
        else
            for (const Link& link : cloth_.edges) keep_length(link, stretch_, compression_);
        for (const Link& link : cloth_.bends) keep_length(link, bend_, bend_);
        for (const Link& tether : cloth_.tethers) {
            if (cloth_.mobility[tether.second] == 0) continue;
            const Vector3 offset = position_[tether.second] - position_[tether.first];
            const float now = length(offset);
            if (now > tether.length)
                position_[tether.second] = position_[tether.first] + offset * (tether.length / now);
        }
    }

    void collide() {
        for (std::size_t i = 0; i < position_.size(); ++i) {
            if (cloth_.mobility[i] == 0) continue;
            Vector3& place = position_[i];
            place.y = std::min(place.y, cloth_.lowest_y);
            Vector3 outward;
            const float distance = body_.distance(place, outward, solid_[i]) - thickness_;
            if (distance > 0) continue;
            // deep inside a panel leaves on its own side
            if (distance < -0.12F * u_ && panel_[i] != 0)
                outward = unit_vector(outward + Vector3{0, 0, 1.5F * static_cast<float>(panel_[i])});
            if (distance < -0.05F * u_) ++pushed_;
            place += outward * std::min(-distance, 0.06F * u_);
            const Vector3 way = place - previous_[i];
            const Vector3 sliding = way - outward * dot(way, outward);
            const bool shoulder = place.y < body_.shoulder_y + 0.5F * u_;
            place -= sliding * (shoulder ? settings_.shoulder_friction : settings_.friction);
        }
    }

    /// After the smoothing: straight out along the surface, and where arm and trunk touch (no way out) towards the own
    /// side.
    void leave_body(std::size_t i) {
        constexpr int tries = 12;
        Vector3 outward;
        for (int attempt = 0; attempt < tries; ++attempt) {
            const float depth = 0.8F * thickness_ - body_.distance(position_[i], outward, solid_[i]);
            if (depth <= 0) return;
            if (attempt > 3) outward = unit_vector(outward + Vector3{0, 0, position_[i].z < 0 ? -1.0F : 1.0F});
            position_[i] += outward * std::min(depth, 0.05F * u_);
        }
    }

    /// Front and back stay on their sides of the middle plane, else the back collar tunnels through a thin neck.
    void keep_panels_apart() {
        const float overlap = 0.06F * u_;
        for (std::size_t i = 0; i < position_.size(); ++i) {
            if (panel_[i] > 0) position_[i].z = std::max(position_[i].z, -overlap);
            if (panel_[i] < 0) position_[i].z = std::min(position_[i].z, overlap);
        }
    }

    void smooth_once(const std::vector<Link>& links, bool respect_openings, float strength, int least_neighbours,
                     std::vector<Vector3>& sum, std::vector<float>& count) {
        std::fill(sum.begin(), sum.end(), Vector3{});
        std::fill(count.begin(), count.end(), 0.0F);
        for (const Link& link : links) {
            const bool first_open = respect_openings && cloth_.pattern_vertex(link.first).open();
            const bool second_open = respect_openings && cloth_.pattern_vertex(link.second).open();
            if (!first_open || second_open) {
                sum[link.first] += position_[link.second];
                count[link.first] += 1;
            }
            if (!second_open || first_open) {
                sum[link.second] += position_[link.first];
                count[link.second] += 1;
            }
        }
        for (std::size_t i = 0; i < position_.size(); ++i)
            if (count[i] >= static_cast<float>(least_neighbours) && cloth_.mobility[i] > 0)
                position_[i] += (sum[i] * (1 / count[i]) - position_[i]) * strength;
    }

    const BodyField& body_;
    Cloth& cloth_;
    const SimulationSettings& settings_;
    float u_;
    std::vector<Vector3>& position_;
    std::vector<Vector3> previous_, velocity_;
    std::vector<Solid> solid_;
    std::vector<int> panel_;  // 1 front, -1 back of trunk and sleeves, 0 seams and legs
    float stretch_ = 0, compression_ = 0, bend_ = 0, thickness_ = 0;
    int pushed_ = 0;
};

}  // namespace

SimulationReport simulate(const BodyField& body, Cloth& cloth, const SimulationSettings& settings) {
    Simulation simulation(body, cloth, settings);
    const SimulationReport report = simulation.run();
    simulation.smooth();
    return report;
}

}  // namespace fitview::engine
