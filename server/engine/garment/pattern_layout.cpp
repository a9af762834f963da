#include "engine/garment/pattern_layout.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_set>

#include "engine/ops/contour.hpp"
#include "engine/ops/delaunay.hpp"

namespace fitview::engine {
namespace {

constexpr float row_share = 0.8660254F;    // distance of lattice rows / spacing, for equilateral triangles
constexpr float finest_share = 0.35F;      // of the usual spacing, in the narrowest straps
constexpr float clear_of_outline = 0.62F;  // lattice points keep this share of the spacing from the outline
constexpr int repair_rounds = 6;
constexpr float least_altitude = 0.02F;  // of the spacing; flatter triangles are left out

float distance_between(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// How thick the cloth is around a place: the distance field of a panel, read a few pixels at a time.
class Thickness {
public:
    explicit Thickness(const std::vector<Point>& polygon) {
        Point high;
        origin_ = polygon.front();
        for (const Point place : polygon) {
            origin_ = {std::min(origin_.x, place.x), std::min(origin_.y, place.y)};
            high = {std::max(high.x, place.x), std::max(high.y, place.y)};
        }
        origin_ -= Point(2, 2);
        cv::Mat mask =
            cv::Mat::zeros(static_cast<int>(high.y - origin_.y) + 4, static_cast<int>(high.x - origin_.x) + 4, CV_8UC1);
        std::vector<cv::Point> corners;
        for (const Point place : polygon) corners.emplace_back(place - origin_);
        cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{corners}, 255);
        cv::distanceTransform(mask, distance_, cv::DIST_L2, 5);
    }

    /// Distance from the outline, 0 outside.
    float depth(Point place) const {
        const int column = static_cast<int>(std::lround(place.x - origin_.x));
        const int row = static_cast<int>(std::lround(place.y - origin_.y));
        if (column < 0 || row < 0 || column >= distance_.cols || row >= distance_.rows) return 0;
        return distance_.at<float>(row, column);
    }

    /// Full thickness seen from a place on the outline, at most 2 * `reach`: follows the distance field uphill.
    float across(Point place, float reach) const {
        float best = 0;
        float walked = 0;
        while (walked < 2 * reach) {
            Point next = place;
            float deepest = depth(place);
            for (int turn = 0; turn < 8; ++turn) {
                const auto angle = static_cast<float>(turn) * static_cast<float>(CV_PI) / 4;
                const Point neighbour = place + Point(2 * std::cos(angle), 2 * std::sin(angle));
                if (depth(neighbour) > deepest) {
                    deepest = depth(neighbour);
                    next = neighbour;
                }
            }
            best = std::max(best, deepest);
            if (next == place || best > reach) break;
            place = next;
            walked += 2;
        }
        return 2 * best;
    }

    const cv::Mat& field() const { return distance_; }
    Point origin() const { return origin_; }

private:
    cv::Mat distance_;
    Point origin_;
};

float area_of(const std::vector<Point>& polygon) {
    return polygon.size() < 3 ? 0 : static_cast<float>(cv::contourArea(polygon));
}

std::uint64_t edge_key(int a, int b) {
    return static_cast<std::uint64_t>(std::min(a, b)) << 32U | static_cast<std::uint64_t>(std::max(a, b));
}

class LayoutMaker {
public:
    LayoutMaker(const PatternOutline& outline, int vertices, Point lattice_origin)
        : outline_(outline),
          polygon_(outline.polygon(false)),
          front_thickness_(polygon_),
          back_thickness_(outline.polygon(true)),
          lattice_origin_(lattice_origin) {
        layout_.spacing = std::max(2.F, std::sqrt(area_of(polygon_) / (row_share * static_cast<float>(vertices))));
    }

    PatternLayout make() {
        sample_outline();
        sample_cuts();
        triangulate_panels();
        for (int round = 0; round < repair_rounds && split_missing_segments(); ++round) triangulate_panels();
        return std::move(layout_);
    }

private:
    void triangulate_panels() {
        layout_.front = triangulate(layout_.front_neck, front_thickness_);
        layout_.back = triangulate(layout_.back_neck, back_thickness_);
    }

    int add_sample(Point place, const OutlinePiece& piece) {
        layout_.samples.push_back({place, piece.opening, piece.opening == Opening::none, piece.part});
        return static_cast<int>(layout_.samples.size()) - 1;
    }

    /// Points along a line so that no two are further apart than the local thickness allows; ends left out.
    std::vector<Point> between_ends(const std::vector<Point>& line, const Thickness& thickness) const {
        const float spacing = layout_.spacing;
        const float length = line_length(line);
        const auto fine = resample_line(line, static_cast<std::size_t>(length / 3) + 2);
        std::vector<float> passed{0};
        for (std::size_t at = 1; at < fine.size(); ++at) {
            const float wanted =
                std::clamp(0.9F * thickness.across(fine[at], spacing), finest_share * spacing, spacing);
            passed.push_back(passed.back() + distance_between(fine[at - 1], fine[at]) / wanted);
        }
        const auto segments = static_cast<std::size_t>(std::max(1.F, std::round(passed.back())));
        std::vector<Point> result;
        std::size_t at = 1;
        for (std::size_t number = 1; number < segments; ++number) {
            const float wanted = passed.back() * static_cast<float>(number) / static_cast<float>(segments);
            while (at + 1 < fine.size() && passed[at] < wanted) ++at;
            const float share = (wanted - passed[at - 1]) / std::max(1e-6F, passed[at] - passed[at - 1]);
            result.push_back(fine[at - 1] + share * (fine[at] - fine[at - 1]));
        }
        return result;
    }

    SampledPiece sample(const OutlinePiece& piece, int first, int last, const Thickness& thickness) {
        SampledPiece result{{first}, piece.opening, piece.part, piece.shoulder_seam, piece.side};
        for (const Point place : between_ends(piece.line, thickness))
            result.samples.push_back(add_sample(place, piece));
        result.samples.push_back(last);
        return result;
    }

    /// A corner between two pieces is sewn when either is: there front and back panel meet.
    void join(int corner, const OutlinePiece& piece) {
        OutlineSample& sample = layout_.samples[static_cast<std::size_t>(corner)];
        if (piece.opening != Opening::none) return;
        sample.sewn = true;
        sample.opening = Opening::none;
    }

    void sample_outline() {
        const std::vector<OutlinePiece>& pieces = outline_.pieces;
        const int left_neck = add_sample(outline_.front_neck.line.front(), outline_.front_neck);
        const int right_neck = add_sample(outline_.front_neck.line.back(), outline_.front_neck);
        int corner = right_neck;
        for (std::size_t at = 0; at < pieces.size(); ++at) {
            const bool final = at + 1 == pieces.size();
            const int next = final ? left_neck : add_sample(pieces[at].line.back(), pieces[at]);
            layout_.pieces.push_back(sample(pieces[at], corner, next, front_thickness_));
            join(corner, pieces[at]);
            join(next, pieces[at]);
            corner = next;
        }
        layout_.front_neck = sample(outline_.front_neck, left_neck, right_neck, front_thickness_);
        layout_.back_neck = sample(outline_.back_neck, left_neck, right_neck, back_thickness_);
    }

    /// A cut starts at the sample of its notch, which is the corner where the sleeve's and the trunk's piece meet.
    void sample_cuts() {
        for (std::size_t side = 0; side < 2; ++side) {
            const std::vector<Point>& line = outline_.cut[side];
            if (line.empty()) continue;
            int notch = -1;
            for (const SampledPiece& piece : layout_.pieces)
                for (const int end : {piece.samples.front(), piece.samples.back()})
                    if (layout_.samples[static_cast<std::size_t>(end)].place == line.front()) notch = end;
            if (notch < 0) continue;
            const OutlinePiece seam{line, Opening::none, part_trunk, false, static_cast<int>(side)};
            std::vector<int>& cut = layout_.cut[side];
            cut.push_back(notch);
            const auto segments = static_cast<int>(std::max(1.F, std::round(line_length(line) / layout_.spacing)));
            for (int number = 1; number <= segments; ++number) {
                const float share = static_cast<float>(number) / static_cast<float>(segments);
                cut.push_back(add_sample(line.front() + share * (line.back() - line.front()), seam));
            }
        }
    }

    bool near_cut(Point place) const {
        for (const auto& cut : layout_.cut)
            for (const int sample : cut)
                if (distance_between(layout_.samples[static_cast<std::size_t>(sample)].place, place) <
                    clear_of_outline * layout_.spacing)
                    return true;
        return false;
    }

    void add_lattice(const Thickness& thickness, std::vector<Point>& places) const {
        const float spacing = layout_.spacing;
        const Point low = thickness.origin();
        const Point high =
            low + Point(static_cast<float>(thickness.field().cols), static_cast<float>(thickness.field().rows));
        const auto first_row = static_cast<int>(std::floor((low.y - lattice_origin_.y) / (row_share * spacing)));
        const auto last_row = static_cast<int>(std::ceil((high.y - lattice_origin_.y) / (row_share * spacing)));
        const auto first = static_cast<int>(std::floor((low.x - lattice_origin_.x) / spacing)) - 1;
        const auto last = static_cast<int>(std::ceil((high.x - lattice_origin_.x) / spacing)) + 1;
        for (int row = first_row; row <= last_row; ++row)
            for (int column = first; column <= last; ++column) {
                const float shift = (row & 1) != 0 ? 0.5F : 0.F;
                const Point place = lattice_origin_ + Point((static_cast<float>(column) + shift) * spacing,
                                                            static_cast<float>(row) * row_share * spacing);
                if (thickness.depth(place) > clear_of_outline * spacing && !near_cut(place)) places.push_back(place);
            }
    }

    std::vector<Point> sampled_polygon(const SampledPiece& neck) const {
        std::vector<Point> polygon;
        const auto add = [&](const SampledPiece& piece) {
            for (std::size_t at = 0; at + 1 < piece.samples.size(); ++at)
                polygon.push_back(layout_.samples[static_cast<std::size_t>(piece.samples[at])].place);
        };
        add(neck);
        for (const SampledPiece& piece : layout_.pieces) add(piece);
        return polygon;
    }

    /// Samples that belong to the other panel's neck only.
    std::vector<bool> foreign_samples(const SampledPiece& neck) const {
        const SampledPiece& other = &neck == &layout_.front_neck ? layout_.back_neck : layout_.front_neck;
        std::vector<bool> foreign(layout_.samples.size(), false);
        for (std::size_t at = 1; at + 1 < other.samples.size(); ++at)
            foreign[static_cast<std::size_t>(other.samples[at])] = true;
        return foreign;
    }

    Panel triangulate(const SampledPiece& neck, const Thickness& thickness) const {
        Panel panel;
        for (const OutlineSample& sample : layout_.samples) panel.places.push_back(sample.place);
        add_lattice(thickness, panel.places);
        const std::vector<bool> foreign = foreign_samples(neck);
        std::vector<Point> used;
        std::vector<int> index;
        for (std::size_t at = 0; at < panel.places.size(); ++at) {
            if (at < foreign.size() && foreign[at]) continue;
            used.push_back(panel.places[at]);
            index.push_back(static_cast<int>(at));
        }
        const std::vector<Point> polygon = sampled_polygon(neck);
        for (const auto& found : delaunay(used)) {
            const Point a = used[static_cast<std::size_t>(found[0])];
            const Point b = used[static_cast<std::size_t>(found[1])];
            const Point c = used[static_cast<std::size_t>(found[2])];
            const float longest = std::max({distance_between(a, b), distance_between(b, c), distance_between(c, a)});
            if (turn(a, b, c) < least_altitude * layout_.spacing * longest) continue;
            if (!inside_polygon(polygon, (a + b + c) / 3)) continue;
            panel.triangles.push_back({index[static_cast<std::size_t>(found[0])],
                                       index[static_cast<std::size_t>(found[1])],
                                       index[static_cast<std::size_t>(found[2])]});
        }
        return panel;
    }

    static std::unordered_set<std::uint64_t> edges_of(const Panel& panel) {
        std::unordered_set<std::uint64_t> edges;
        for (const auto& triangle : panel.triangles)
            for (std::size_t corner = 0; corner < 3; ++corner)
                edges.insert(edge_key(triangle[corner], triangle[(corner + 1) % 3]));
        return edges;
    }

    /// Halves every segment that is not an edge yet. Returns whether there was any.
    bool split_missing_segments() {
        const auto front = edges_of(layout_.front);
        const auto back = edges_of(layout_.back);
        bool any = false;
        const auto split = [&](std::vector<int>& samples, bool in_front, bool in_back) {
            std::vector<int> result{samples.front()};
            for (std::size_t at = 1; at < samples.size(); ++at) {
                const std::uint64_t key = edge_key(samples[at - 1], samples[at]);
                const bool missing = (in_front && front.count(key) == 0) || (in_back && back.count(key) == 0);
                const OutlineSample from = layout_.samples[static_cast<std::size_t>(samples[at - 1])];
                const OutlineSample to = layout_.samples[static_cast<std::size_t>(samples[at])];
                if (missing && distance_between(from.place, to.place) > 0.25F * finest_share * layout_.spacing) {
                    // An inner sample of the piece knows its opening; between two corners the open one decides.
                    OutlineSample middle = at > 1 ? from : to;
                    middle.place = (from.place + to.place) / 2;
                    layout_.samples.push_back(middle);
                    result.push_back(static_cast<int>(layout_.samples.size()) - 1);
                    any = true;
                }
                result.push_back(samples[at]);
            }
            samples = result;
        };
        const auto split_piece = [&](SampledPiece& piece, bool in_front, bool in_back) {
            const std::size_t before = layout_.samples.size();
            split(piece.samples, in_front, in_back);
            for (std::size_t at = before; at < layout_.samples.size(); ++at) {
                layout_.samples[at].opening = piece.opening;
                layout_.samples[at].sewn = piece.opening == Opening::none;
                layout_.samples[at].part = piece.part;
            }
        };
        split_piece(layout_.front_neck, true, false);
        split_piece(layout_.back_neck, false, true);
        for (SampledPiece& piece : layout_.pieces) split_piece(piece, true, true);
        for (auto& cut : layout_.cut)
            if (!cut.empty()) split(cut, true, true);
        return any;
    }

    const PatternOutline& outline_;
    std::vector<Point> polygon_;
    Thickness front_thickness_;
    Thickness back_thickness_;
    Point lattice_origin_;
    PatternLayout layout_;
};

}  // namespace

bool inside_polygon(const std::vector<Point>& polygon, Point place) {
    bool inside = false;
    for (std::size_t at = 0, before = polygon.size() - 1; at < polygon.size(); before = at++) {
        const Point a = polygon[at];
        const Point b = polygon[before];
        if ((a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

PatternLayout lay_out_pattern(const PatternOutline& outline, int vertices, Point lattice_origin) {
    return LayoutMaker(outline, vertices, lattice_origin).make();
}

}  // namespace fitview::engine
