#include "engine/composer.hpp"

#include <opencv2/imgproc.hpp>

#include <chrono>
#include <cstring>

#include "engine/garment/garment_texture.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/person/parse_person.hpp"

namespace fitview::engine {
namespace {

constexpr int pattern_vertices = 1300;

media::Raster to_raster(const cv::Mat& picture) {
    media::Raster raster{picture.cols, picture.rows, picture.channels(), {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (int y = 0; y < picture.rows; ++y)
        std::memcpy(raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(y), picture.ptr(y),
                    raster.row_bytes());
    return raster;
}

Quality quality_of(const std::vector<Finding>& person, const std::vector<Finding>& garment) {
    Quality quality;
    const auto take = [&](const Finding& finding, double& part) {
        part *= finding.factor;
        if (!finding.reason.empty()) quality.warnings.push_back(finding.reason);
    };
    for (const Finding& finding : person) take(finding, quality.pose);
    for (const Finding& finding : garment) take(finding, quality.cutout);
    quality.score = quality.pose * quality.cutout * quality.fit;
    return quality;
}

/// The garment's place on the person when it is scaled to the shoulders and laid on flat.
cv::Matx23f flat_placement(const GarmentLandmarks& garment, const PersonLandmarks& person, double size_scale) {
    const float worn = person.shoulder[picture_right].x - person.shoulder[picture_left].x;
    const float cut = std::max(1.0F, garment.shoulder[picture_right].x - garment.shoulder[picture_left].x);
    const float scale = std::max(0.05F, worn / cut * static_cast<float>(size_scale));
    const float neck_y = (garment.neck[picture_left].y + garment.neck[picture_right].y) / 2;
    const float top = person.shoulder_y - 0.3F * person.unit;
    return {scale, 0, person.neck_x - garment.axis_x * scale, 0, scale, top - neck_y * scale};
}

}  // namespace

PreparedPerson prepare_person(const media::Raster& photo, StageObserver* observer) {
    if (observer) observer->starts("person", 0);
    return prepare_person(parse_person(photo), observer);
}

PreparedPerson prepare_person(PersonModel model, StageObserver*) {
    return {std::move(model), {}, {}};
}

PreparedGarment prepare_garment(const media::Raster& photo, std::optional<GarmentClass> kind, StageObserver* observer) {
    if (observer) observer->starts("garment", 0);
    return prepare_garment(parse_garment(photo, kind), observer);
}

PreparedGarment prepare_garment(GarmentModel model, StageObserver*) {
    PatternMesh pattern = make_pattern(model, pattern_vertices);
    cv::Mat texture = extend_colours(model);
    return {std::move(model), std::move(pattern), std::move(texture)};
}

TryOnPicture render_try_on(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                           StageObserver* observer) {
    const auto start = std::chrono::steady_clock::now();
    if (observer) observer->starts("render", 0);
    const cv::Mat& source = person.model.picture;
    const cv::Matx23f placement =
        flat_placement(garment.model.landmarks, person.model.landmarks, std::clamp(options.size_scale, 0.6, 1.6));
    cv::Mat colour, alpha;
    cv::warpAffine(garment.texture, colour, placement, source.size(), cv::INTER_AREA, cv::BORDER_REPLICATE);
    cv::warpAffine(garment.model.alpha, alpha, placement, source.size(), cv::INTER_AREA);
    cv::Mat picture = source.clone();
    cv::Mat mask(source.size(), CV_8U, cv::Scalar(0));
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            const int weight = alpha.at<std::uint8_t>(y, x);
            if (weight == 0) continue;
            mask.at<std::uint8_t>(y, x) = 255;
            auto& pixel = picture.at<cv::Vec3b>(y, x);
            const auto& cloth = colour.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - weight) + cloth[c] * weight + 127) / 255);
        }
    }
    TryOnPicture result{
        to_raster(picture), to_raster(mask), quality_of(person.model.findings, garment.model.findings), {}, {}};
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    result.timings.push_back({"render", taken.count()});
    return result;
}

}  // namespace fitview::engine
