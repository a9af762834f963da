#include "engine/evaluate/explained_cloth.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/drape/leg_lines.hpp"

namespace fitview::engine {
namespace {

/// Room for thickness, seams and soft edges, in u: about 2 cm.
constexpr float tolerance = 0.13F;
/// The largest girth against one that fits closely: loose cuts and one size too large.
constexpr float loosest = 1.25F;

/// Half the width of the garment's photo in a row, sleeves left out, about its axis.
class PhotoWidths {
public:
    explicit PhotoWidths(const GarmentModel& garment) : garment_(garment) {
        const cv::Rect box = cv::boundingRect(garment.alpha > 127);
        top_ = box.y;
        bottom_ = std::max(box.y, box.br().y - 1);
    }

    float at(float row) const {
        const int y = std::clamp(static_cast<int>(std::lround(row)), top_, bottom_);
        if (y >= garment_.alpha.rows) return 0;
        const float axis = garment_.landmarks.axis_x;
        float reach = 0;
        for (int x = 0; x < garment_.alpha.cols; ++x) {
            if (garment_.alpha.at<std::uint8_t>(y, x) < 128) continue;
            if (is_sleeve(static_cast<Part>(garment_.parts.at<std::uint8_t>(y, x)))) continue;
            reach = std::max(reach, std::abs(static_cast<float>(x) - axis));
        }
        return reach;
    }

private:
    const GarmentModel& garment_;
    int top_ = 0, bottom_ = 0;
};

class ExplainedCloth {
public:
    ExplainedCloth(const PersonModel& person, const GarmentModel& garment)
        : garment_(garment),
          body_(measure_outline(person)),
          legs_(measure_leg_lines(person, body_)),
          u_(body_.unit),
          waist_y_(person.landmarks.waist_y),
          places_(person.silhouette > 127) {
        cv::dilate(places_, places_, cv::Mat::ones(5, 5, CV_8U));
    }

    cv::Mat places() {
        add_fall();
        for (const Side side : {picture_left, picture_right}) add_sleeve(side);
        return places_;
    }

private:
    float body_half_width(float y) const {
        const TrunkSection& trunk = body_.section(y);
        if (y <= legs_.crotch_y) return trunk.half_width;
        const float centre = body_.section(legs_.crotch_y).centre;
        return std::max(legs_.outer(picture_right, y) - centre, centre - legs_.outer(picture_left, y));
    }

    /// Photo px to px of the person, such that the garment has the loosest girth at chest or waist.
    float scale() const {
        const float chest = std::max(1.0F, garment_.landmarks.half_width);
        if (!garment_.lower) return loosest * body_.section(body_.shoulder_y + 1.3F * u_).half_width / chest;
        const Sided<Point>& band = garment_.lower->waist;
        const float waist = std::max(1.0F, (band[picture_right].x - band[picture_left].x) / 2);
        return loosest * body_.section(waist_y_).half_width / waist;
    }

    void add_row(int y, float centre, float half_width) {
        const int left = std::clamp(static_cast<int>(centre - half_width), 0, places_.cols);
        const int right = std::clamp(static_cast<int>(centre + half_width) + 1, left, places_.cols);
        places_.row(y).colRange(left, right).setTo(255);
    }

    /// What hangs from the shoulders or the waist: as wide as body or cut, never narrower than above it.
    void add_fall() {
        const bool lower = garment_.lower.has_value();
        const PhotoWidths photo(garment_);
        const float size = scale();
        const float first = lower ? waist_y_ - 0.5F * u_ : body_.shoulder_y;
        const float photo_top =
            lower ? garment_.lower->waist[picture_left].y
                  : std::max(garment_.landmarks.shoulder[picture_left].y, garment_.landmarks.shoulder[picture_right].y);
        const float fullness = lower ? rules_of(garment_.type).fullness : 1;
        float widest = 0;
        for (int y = std::max(0, static_cast<int>(first)); y < places_.rows; ++y) {
            const auto row = static_cast<float>(y);
            const float body = body_half_width(row);
            // armholes are no fall
            if (lower || row > body_.shoulder_y + 1.0F * u_) widest = std::max(widest, body);
            float cut = 0;
            if (!garment_.cloth) {
                cut = size * fullness * photo.at(photo_top + (row - first) / size);
                if (!lower) cut = std::min(cut, limit_at_armholes(row));
            } else {  // folded cloth stands off a little more
                cut = body + 0.25F * u_;
            }
            add_row(y, body_.section(std::min(row, legs_.crotch_y)).centre,
                    std::max({body, widest, cut}) + tolerance * u_);
        }
    }

    /// Above the armpits cloth ends at the shoulders.
    float limit_at_armholes(float y) const {
        const float armpit = body_.shoulder_y + 1.0F * u_;
        if (y > armpit) return 1e9F;
        return (body_.shoulder[picture_right].x - body_.shoulder[picture_left].x) / 2;
    }

    /// A sleeve is as wide around the arm as it is cut.
    void add_sleeve(Side side) {
        const auto& sleeve = garment_.landmarks.sleeve[side];
        const auto& line = body_.arm[side].line;
        if (!sleeve && !garment_.cloth) return;
        const Point cuff = sleeve ? sleeve->cuff_outer - sleeve->cuff_inner : Point();
        const float cut = scale() * std::hypot(cuff.x, cuff.y) / 2;
        const float loose = sleeve ? std::min(cut, 1.2F * u_) : 0.25F * u_;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const float radius = std::max(line[i].radius, loose) + tolerance * u_;
            cv::line(places_, line[i].centre, line[i + 1].centre, cv::Scalar(255),
                     std::max(1, static_cast<int>(2 * radius)));
        }
    }

    const GarmentModel& garment_;
    BodyOutline body_;
    LegLines legs_;
    float u_ = 1, waist_y_ = 0;
    cv::Mat places_;
};

}  // namespace

cv::Mat explained_cloth(const PersonModel& person, const GarmentModel& garment) {
    return ExplainedCloth(person, garment).places();
}

}  // namespace fitview::engine
