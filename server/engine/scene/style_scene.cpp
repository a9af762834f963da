#include "engine/scene/style_scene.hpp"

#include <opencv2/imgproc.hpp>

#include <stdexcept>

#include "engine/evaluate/raster_view.hpp"
#include "engine/ops/pyramid_fill.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/scene/scenes.hpp"

namespace fitview::engine {
namespace {

/// The person without the old background's colour in the soft edge.
struct Figure {
    cv::Mat colours;  ///< 32FC3, 0 to 255, continued past the outline
    cv::Mat cover;    ///< 32FC1, 0 to 1
    cv::Rect box;
    bool has_feet = false;
};

Figure figure_of(const cv::Mat& picture, const cv::Mat& mask) {
    Figure figure;
    cv::Mat sure, weight, wide;
    cv::erode(mask > 250, sure, cv::Mat::ones(3, 3, CV_8U));
    sure.convertTo(weight, CV_32F, 1 / 255.0);
    picture.convertTo(wide, CV_32FC3);
    figure.colours = cv::countNonZero(sure) > 0 ? pyramid_fill(wide, weight) : wide;
    wide.copyTo(figure.colours, mask == 255);
    mask.convertTo(figure.cover, CV_32F, 1 / 255.0);
    // The outer half of a soft edge carries the old wall; what is left of it is a thin rim.
    figure.cover = cv::max(0, cv::min(1, (figure.cover - 0.30) / 0.62));
    figure.cover.setTo(1, mask == 255);
    figure.box = cv::boundingRect(mask > 127);
    constexpr double least_gap = 0.012;
    figure.has_feet = figure.box.br().y < mask.rows - cvRound(least_gap * mask.rows);
    return figure;
}

SceneCamera camera_for(const Figure& figure, cv::Size size) {
    constexpr float tall = 1.70F, lens = 1.12F, standing_height = 1.25F, portrait_height = 1.36F, eyes = 0.34F,
                    broad = 0.62F;
    SceneCamera camera;
    camera.size = size;
    camera.focal = lens * static_cast<float>(std::max(size.width, size.height));
    const auto rows = static_cast<float>(size.height);
    const cv::Rect box =
        figure.box.empty() ? cv::Rect({size.width / 3, size.height / 8}, cv::Size(size.width / 3, size.height * 3 / 4))
                           : figure.box;
    camera.middle_x = static_cast<float>(box.x) + static_cast<float>(box.width) / 2;
    const bool standing = figure.has_feet || figure.box.empty();
    const float scale = standing ? static_cast<float>(box.height) / tall
                                 : std::clamp(static_cast<float>(box.width) / broad, rows / 1.9F, rows / 0.75F);
    camera.height = standing ? standing_height : portrait_height;
    camera.horizon = standing ? static_cast<float>(box.br().y) - 0.012F * rows - camera.height * scale
                              : static_cast<float>(box.y) + eyes * scale;
    camera.distance = camera.focal / scale;
    return camera;
}

Scene scene_for(SceneStyle style, const SceneCamera& camera) {
    switch (style) {
        case SceneStyle::casual:
            return street_scene(camera);
        case SceneStyle::formal:
            return office_scene(camera);
        case SceneStyle::party:
            return party_scene(camera);
        case SceneStyle::traditional:
            break;
    }
    return courtyard_scene(camera);
}

/// The figure's shadow on the floor: laid down behind it away from the light, softer with the height that casts it,
/// and dark where the feet stand.
void cast_shadow(const Figure& figure, const Scene& scene, const SceneCamera& camera, cv::Mat& light) {
    if (!figure.has_feet) return;
    const float scale = camera.pixels_per_metre(camera.distance);
    const float feet = camera.row({0, 0, camera.distance});
    constexpr float length = 0.55F;  // metres of shadow behind a metre of person
    cv::Mat laid(light.size(), CV_32F, cv::Scalar(0)), soft, softer, contact, tight;
    for (int y = std::max(0, cvCeil(camera.horizon) + 2); y < light.rows; ++y) {
        const float z = camera.focal * camera.height / (static_cast<float>(y) - camera.horizon);
        const float height = (z - camera.distance) / length;
        if (height < -0.08F || height > 1.8F) continue;
        const auto source = static_cast<int>(std::lround(feet - std::max(0.F, height) * scale));
        if (source < 0 || source >= light.rows) continue;
        for (int x = 0; x < light.cols; ++x) {
            const float across = (static_cast<float>(x) - camera.middle_x) * z / camera.focal;
            const float moved = across - scene.from_left * 0.6F * std::max(0.F, height);
            const int column = cvRound(camera.middle_x + moved * scale);
            if (column >= 0 && column < light.cols) laid.at<float>(y, x) = figure.cover.at<float>(source, column);
        }
    }
    cv::GaussianBlur(laid, soft, {}, 0.012 * scale + 1);
    cv::GaussianBlur(laid, softer, {}, 0.07 * scale + 1);
    cv::Mat soles(light.size(), CV_32F, cv::Scalar(0));
    const int sole = std::max(0, cvRound(feet - 0.05F * scale));
    for (int y = sole; y < light.rows; ++y) figure.cover.row(y).copyTo(soles.row(y));
    const cv::Matx23f down(1, 0, 0, 0, 1, 0.012F * scale);
    cv::warpAffine(soles, contact, down, light.size());
    cv::GaussianBlur(contact, tight, {0, 0}, 0.012 * scale + 1, 0.006 * scale + 1);
    cv::GaussianBlur(contact, contact, {0, 0}, 0.05 * scale + 1, 0.018 * scale + 1);
    contact = cv::max(contact, 0.8 * tight);
    for (int y = 0; y < light.rows; ++y)
        for (int x = 0; x < light.cols; ++x) {
            const float z = static_cast<float>(y) > camera.horizon + 1
                                ? camera.focal * camera.height / (static_cast<float>(y) - camera.horizon)
                                : camera.distance + 9;
            const float fade = 1 - rise(0.1F, 1.1F, z - camera.distance);
            const float cast = (0.55F * soft.at<float>(y, x) * fade + 0.45F * softer.at<float>(y, x)) * fade;
            const float dark = 1 - (1 - scene.shadow * cast) * (1 - std::min(0.85F, 1.5F * contact.at<float>(y, x)));
            light.at<Light>(y, x) *= 1 - dark;
        }
}

/// A polished floor shows the figure upside down, fading with the height.
void mirror_figure(const Figure& figure, const Scene& scene, const SceneCamera& camera, cv::Mat& picture) {
    if (!figure.has_feet || scene.reflection <= 0) return;
    const int feet = cvRound(camera.row({0, 0, camera.distance}));
    cv::Mat colours, cover;
    cv::GaussianBlur(figure.colours, colours, {}, 2.5);
    cv::GaussianBlur(figure.cover, cover, {}, 2.5);
    for (int y = feet; y < picture.rows; ++y) {
        const int source = 2 * feet - y;
        if (source < 0) break;
        const float fade =
            scene.reflection * (1 - rise(0, 0.30F * static_cast<float>(picture.rows), static_cast<float>(y - feet)));
        for (int x = 0; x < picture.cols; ++x)
            picture.at<Light>(y, x) =
                mix(picture.at<Light>(y, x), colours.at<Light>(source, x), fade * cover.at<float>(source, x));
    }
}

float to_display(float linear) {
    constexpr float knee = 0.72F;
    const float held = linear <= knee ? linear : knee + (1 - knee) * (1 - std::exp((knee - linear) / (1 - knee)));
    const float curve = held <= 0.0031308F ? 12.92F * held : 1.055F * std::pow(held, 1 / 2.4F) - 0.055F;
    return 255 * curve;
}

/// Display values, darker towards the corners, with the grain of a photo.
cv::Mat develop(const cv::Mat& light) {
    constexpr float vignette = 0.30F, grain = 3.2F;
    cv::Mat picture(light.size(), CV_32FC3);
    const cv::Point2f middle(static_cast<float>(light.cols) / 2, static_cast<float>(light.rows) / 2);
    const float reach = std::hypot(middle.x, middle.y);
    for (int y = 0; y < light.rows; ++y)
        for (int x = 0; x < light.cols; ++x) {
            const float away = std::hypot(static_cast<float>(x) - middle.x, static_cast<float>(y) - middle.y) / reach;
            const float dark = 1 - vignette * away * away * away;
            const float speck = grain * (chance(x, y, 5) + chance(x, y, 6) - 1);
            for (int c = 0; c < 3; ++c)
                picture.at<Light>(y, x)[c] = to_display(light.at<Light>(y, x)[c] * dark) + speck;
        }
    return picture;
}

/// The scene's light on one pixel of the person, never further than the bound from the try-on's own colour.
Light lit(const Light& colour, const Light& behind, float rim, float side, const Scene& scene) {
    Light result;
    for (int c = 0; c < 3; ++c) {
        const float graded = colour[c] * scene.grade[c] * (1 + 0.045F * side);
        const float touched = graded + rim * (0.16F * behind[c] + 30 * scene.edge[c]);
        constexpr auto bound = static_cast<float>(scene_colour_bound) - 0.5F;
        result[c] = std::clamp(touched, colour[c] - bound, colour[c] + bound);
    }
    return result;
}

cv::Mat put_together(const Figure& figure, const Scene& scene, const cv::Mat& place) {
    cv::Mat behind, depth_inside;
    cv::GaussianBlur(place, behind, {}, 24);
    cv::GaussianBlur(figure.cover, depth_inside, {}, 0.004 * place.rows + 1);
    cv::Mat picture(place.size(), CV_8UC3);
    const auto left = static_cast<float>(figure.box.x), wide = static_cast<float>(std::max(1, figure.box.width));
    for (int y = 0; y < place.rows; ++y)
        for (int x = 0; x < place.cols; ++x) {
            const float cover = figure.cover.at<float>(y, x);
            Light colour = place.at<Light>(y, x);
            if (cover > 0) {
                const float rim = rise(1, 0.5F, depth_inside.at<float>(y, x));
                const float across = std::clamp((static_cast<float>(x) - left) / wide * 2 - 1, -1.F, 1.F);
                const Light person =
                    lit(figure.colours.at<Light>(y, x), behind.at<Light>(y, x), rim, across * -scene.from_left, scene);
                colour = mix(colour, person, cover);
            }
            for (int c = 0; c < 3; ++c) picture.at<cv::Vec3b>(y, x)[c] = cv::saturate_cast<std::uint8_t>(colour[c]);
        }
    return picture;
}

}  // namespace

media::Raster set_into_scene(const media::Raster& picture, const media::Raster& person_mask, SceneStyle style) {
    constexpr int least_side = 64;
    if (picture.channels != 3 || person_mask.channels != 1 || picture.width != person_mask.width ||
        picture.height != person_mask.height || std::min(picture.width, picture.height) < least_side ||
        picture.bytes.size() != picture.row_bytes() * static_cast<std::size_t>(picture.height) ||
        person_mask.bytes.size() != person_mask.row_bytes() * static_cast<std::size_t>(person_mask.height))
        throw std::invalid_argument("an RGB picture and a mask of the same size are needed");
    const cv::Mat mask = matrix_from(person_mask);
    const Figure figure = figure_of(matrix_from(picture), mask);
    const SceneCamera camera = camera_for(figure, mask.size());
    const Scene scene = scene_for(style, camera);
    cv::Mat light = through_lens(look_at(scene, camera), scene, camera);
    cast_shadow(figure, scene, camera, light);
    cv::Mat place = develop(light);
    mirror_figure(figure, scene, camera, place);
    return raster_from(put_together(figure, scene, place));
}

media::Raster find_person_mask(const media::Raster& picture) {
    return raster_from(parse_person(picture).silhouette);
}

}  // namespace fitview::engine
