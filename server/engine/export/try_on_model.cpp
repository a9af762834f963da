#include "engine/export/try_on_model.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>

#include "engine/drape/cloth.hpp"
#include "engine/export/glb.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

constexpr float metres_in_unit = 0.15F;

/// How much a model may hold; each is tried until it is small enough.
struct Fineness {
    int jpeg_quality;
    int longest_texture;  ///< of a garment
    std::size_t body_points;
};
constexpr std::array finenesses{Fineness{84, 1024, 6000}, Fineness{70, 1024, 6000}, Fineness{55, 1024, 6000},
                                Fineness{55, 640, 4000},  Fineness{40, 448, 2500},  Fineness{25, 320, 1500}};
constexpr std::array plain_back{0.48F, 0.44F, 0.41F};

/// From picture pixels to metres.
struct Metres {
    float scale = 1;
    Point origin;  ///< picture px

    Vector3 operator()(const Vector3& place) const {
        return {(place.x - origin.x) * scale, (origin.y - place.y) * scale, place.z * scale};
    }
};

media::Raster raster_of(const cv::Mat& picture) {
    media::Raster raster{picture.cols, picture.rows, picture.channels(), {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (int y = 0; y < picture.rows; ++y)
        std::memcpy(raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(y), picture.ptr(y),
                    raster.row_bytes());
    return raster;
}

/// One hanging garment with the part of its photo that the pattern uses.
struct DrapedGarment {
    GlbMesh mesh;
    cv::Mat texture;
};

DrapedGarment garment_model(const Cloth& cloth, const cv::Mat& photo, const Metres& metres) {
    constexpr float margin = 4;
    Point least{1e9F, 1e9F}, most{-1e9F, -1e9F};
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const Point& place = cloth.pattern_vertex(static_cast<int>(i)).uv;
        least = {std::min(least.x, place.x), std::min(least.y, place.y)};
        most = {std::max(most.x, place.x), std::max(most.y, place.y)};
    }
    const cv::Rect box = cv::Rect(cv::Point(cvFloor(least.x - margin), cvFloor(least.y - margin)),
                                  cv::Point(cvCeil(most.x + margin), cvCeil(most.y + margin))) &
                         cv::Rect({}, photo.size());
    DrapedGarment result;
    result.mesh.name = "garment";
    if (box.empty()) return result;
    for (std::size_t i = 0; i < cloth.size(); ++i) {
        const Point& place = cloth.pattern_vertex(static_cast<int>(i)).uv;
        result.mesh.positions.push_back(metres(cloth.position[i]));
        result.mesh.texture_places.emplace_back(
            (place.x + 0.5F - static_cast<float>(box.x)) / static_cast<float>(box.width),
            (place.y + 0.5F - static_cast<float>(box.y)) / static_cast<float>(box.height));
    }
    for (const ClothTriangle& triangle : cloth.triangles) {  // the other way round, since y now points up
        const auto& [a, b, c] = triangle.points;
        result.mesh.triangles.push_back(
            {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(b)});
    }
    result.texture = photo(box);
    return result;
}

std::string jpeg_of(const cv::Mat& texture, const Fineness& fineness) {
    const double scale =
        std::min(1.0, static_cast<double>(fineness.longest_texture) / std::max(texture.cols, texture.rows));
    cv::Mat small = texture;
    if (scale < 1) cv::resize(texture, small, {}, scale, scale, cv::INTER_AREA);
    return media::encode_jpeg(raster_of(small), fineness.jpeg_quality);
}

/// The person's silhouette as a grid of depths. Its rim lies on the silhouette's own edge.
struct Relief {
    cv::Mat inside;  ///< 8UC1, 0 or 255
    cv::Mat place;   ///< 32FC2, picture px
    cv::Mat depth;   ///< 32FC1, picture px, 0 on the rim
};

/// Where a silhouette ends between a place inside and one outside.
Point edge_between(const cv::Mat& silhouette, Point inside, Point outside) {
    constexpr int halvings = 6;
    for (int round = 0; round < halvings; ++round) {
        const Point middle = (inside + outside) / 2;
        const int column = std::clamp(cvRound(middle.x), 0, silhouette.cols - 1);
        const int row = std::clamp(cvRound(middle.y), 0, silhouette.rows - 1);
        (silhouette.at<std::uint8_t>(row, column) > 127 ? inside : outside) = middle;
    }
    return inside;
}

/// Adds a rim of points around `relief.inside`, pulled in onto the silhouette's edge.
void add_rim(const cv::Mat& silhouette, Relief& relief) {
    const cv::Mat core = relief.inside.clone();
    constexpr std::array<std::array<int, 2>, 8> around{
        {{0, -1}, {0, 1}, {-1, 0}, {1, 0}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}}};
    for (int row = 0; row < core.rows; ++row)
        for (int column = 0; column < core.cols; ++column) {
            if (core.at<std::uint8_t>(row, column) != 0) continue;
            for (const auto& [right, down] : around) {
                const cv::Point next(column + right, row + down);
                if (!cv::Rect({}, core.size()).contains(next) || core.at<std::uint8_t>(next) == 0) continue;
                auto& place = relief.place.at<cv::Point2f>(row, column);
                place = edge_between(silhouette, relief.place.at<cv::Point2f>(next), place);
                relief.inside.at<std::uint8_t>(row, column) = 255;
                break;
            }
        }
}

Relief relief_of(const PreparedPerson& person, std::size_t most_points) {
    const float u = person.body.unit;
    const cv::Mat& silhouette = person.undressed.silhouette;
    Relief relief;
    int step = std::max(2, cvRound(0.09F * u));
    for (;; ++step) {
        relief.inside = cv::Mat(silhouette.rows / step + 1, silhouette.cols / step + 1, CV_8U, cv::Scalar(0));
        relief.place = cv::Mat(relief.inside.size(), CV_32FC2);
        for (int row = 0; row < relief.inside.rows; ++row)
            for (int column = 0; column < relief.inside.cols; ++column) {
                const cv::Point place(std::min(column * step, silhouette.cols - 1),
                                      std::min(row * step, silhouette.rows - 1));
                relief.place.at<cv::Point2f>(row, column) = place;
                if (silhouette.at<std::uint8_t>(place) > 127) relief.inside.at<std::uint8_t>(row, column) = 255;
            }
        if (static_cast<std::size_t>(cv::countNonZero(relief.inside)) <= most_points) break;
    }
    add_rim(silhouette, relief);
    cv::Mat framed, away;  // the frame is an edge too
    cv::copyMakeBorder(relief.inside, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::distanceTransform(framed, away, cv::DIST_L2, cv::DIST_MASK_5);
    away = away(cv::Rect(cv::Point(1, 1), relief.inside.size()));
    relief.depth = cv::Mat(relief.inside.size(), CV_32F, cv::Scalar(0));
    const float roundness = 0.35F * u;  // of hands, hair and whatever else has no solid
    for (int row = 0; row < relief.depth.rows; ++row)
        for (int column = 0; column < relief.depth.cols; ++column) {
            // the rim itself lies in the middle plane, where front and back meet
            const float inwards = (away.at<float>(row, column) - 1) * static_cast<float>(step);
            if (inwards <= 0) continue;
            const float most = std::sqrt(2 * u * inwards), near = std::min(inwards, roundness);
            const auto& place = relief.place.at<cv::Point2f>(row, column);
            const float otherwise = 0.8F * std::sqrt(2 * roundness * near - near * near);
            relief.depth.at<float>(row, column) =
                std::min(most, person.body.front_depth(place.x, place.y).value_or(otherwise));
        }
    cv::Mat smooth;
    cv::GaussianBlur(relief.depth, smooth, {}, 1.2);
    relief.depth = cv::min(smooth, relief.depth * 4);  // 0 stays 0
    return relief;
}

GlbMesh body_shell(const Relief& relief, const cv::Mat& silhouette, const Metres& metres, float unit, bool back) {
    GlbMesh mesh;
    mesh.name = back ? "back" : "person";
    std::vector<Point> places;
    cv::Mat number(relief.inside.size(), CV_32S, cv::Scalar(-1));
    for (int row = 0; row < number.rows; ++row)
        for (int column = 0; column < number.cols; ++column) {
            if (relief.inside.at<std::uint8_t>(row, column) == 0) continue;
            number.at<int>(row, column) = static_cast<int>(mesh.positions.size());
            const auto& place = relief.place.at<cv::Point2f>(row, column);
            places.push_back(place);
            // a little thinner, so that cloth lies on top
            const float depth = std::max(0.0F, relief.depth.at<float>(row, column) - 0.05F * unit);
            mesh.positions.push_back(metres({place.x, place.y, back ? -depth : depth}));
            if (!back)
                mesh.texture_places.emplace_back((place.x + 0.5F) / static_cast<float>(silhouette.cols),
                                                 (place.y + 0.5F) / static_cast<float>(silhouette.rows));
        }
    const auto add = [&](int a, int b, int c) {
        if (a < 0 || b < 0 || c < 0) return;
        const Point middle = (places[a] + places[b] + places[c]) / 3;
        if (silhouette.at<std::uint8_t>(cvRound(middle.y), cvRound(middle.x)) < 128) return;  // across a narrow gap
        if (back) std::swap(b, c);
        mesh.triangles.push_back(
            {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(b)});
    };
    for (int row = 0; row + 1 < number.rows; ++row)
        for (int column = 0; column + 1 < number.cols; ++column) {
            const int a = number.at<int>(row, column), b = number.at<int>(row, column + 1);
            const int c = number.at<int>(row + 1, column), d = number.at<int>(row + 1, column + 1);
            if (a >= 0 && d >= 0) {
                add(a, b, d);
                add(a, d, c);
            } else {
                add(a, b, c);
                add(b, d, c);
            }
        }
    if (back) mesh.colour = plain_back;
    return mesh;
}

/// Keeps each garment's cloth as it hangs.
class Hanging final : public StageObserver {
public:
    explicit Hanging(const Metres& metres) : metres_(metres) {}
    void drapes(const Cloth& cloth, const PreparedGarment& garment) override {
        garments.push_back(garment_model(cloth, garment.texture, metres_));
        if (garments.size() > 1) garments.back().mesh.name += ' ' + std::to_string(garments.size());
    }

    std::vector<DrapedGarment> garments;

private:
    Metres metres_;
};

}  // namespace

std::string model_of_try_on(const PreparedPerson& person, std::span<const OutfitPiece> pieces) {
    const cv::Size size = person.model.picture.size();
    const Metres metres{metres_in_unit / person.body.length_unit,
                        {person.body.neck_x, static_cast<float>(size.height)}};
    Hanging hanging(metres);
    const TryOnPicture finished = compose_outfit(person, pieces, &hanging);
    std::string model;
    for (const Fineness& fineness : finenesses) {
        const Relief relief = relief_of(person, fineness.body_points);
        std::vector<GlbMesh> meshes{body_shell(relief, person.undressed.silhouette, metres, person.body.unit, false),
                                    body_shell(relief, person.undressed.silhouette, metres, person.body.unit, true)};
        meshes.front().jpeg = media::encode_jpeg(finished.picture, fineness.jpeg_quality);
        for (const DrapedGarment& each : hanging.garments) {
            meshes.push_back(each.mesh);
            if (!each.texture.empty()) meshes.back().jpeg = jpeg_of(each.texture, fineness);
        }
        model = write_glb(meshes);
        if (model.size() <= largest_model) break;
    }
    return model;
}

}  // namespace fitview::engine
