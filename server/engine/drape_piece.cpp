#include "engine/drape_piece.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "engine/drape/cloth.hpp"
#include "engine/drape/lower_placement.hpp"
#include "engine/drape/lower_plan.hpp"
#include "engine/drape/lower_report.hpp"
#include "engine/drape/placement.hpp"
#include "engine/drape/sheet_drape.hpp"
#include "engine/drape/simulate.hpp"
#include "engine/garment/sheet_pattern.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/shade.hpp"
#include "engine/render/stage_pictures.hpp"

namespace fitview::engine {
namespace {

/// A hem this far below the shoulders lies on the hips, where nothing is tucked in, however smooth the change looks.
constexpr float lowest_waistband = 2.7F;

float size_scale_of(const TryOnOptions& options) {
    return static_cast<float>(std::clamp(options.size_scale, 0.6, 1.6));
}

/// Stiffer cloth bends less, heavier cloth is pulled down more; both gently, since few small steps are made.
SimulationSettings settings_for(const TryOnOptions& options) {
    SimulationSettings settings;
    if (!options.material) return settings;
    settings.bend_compliance /= options.material->stiffness;
    settings.gravity *= std::clamp(std::sqrt(options.material->weight), 0.7F, 1.5F);
    return settings;
}

/// Shining cloth shows its folds more, dull cloth as they are; the mean stays.
void add_sheen(const TryOnOptions& options, cv::Mat& light) {
    if (!options.material || options.material->sheen <= 0 || light.empty()) return;
    const float contrast = 1 + 0.9F * options.material->sheen;
    light = 1 + (light - 1) * contrast;
    light = cv::max(light, 0.45);
}

void show_layer(const ClothLayer& layer, const cv::Mat& picture, Stages& stages) {
    if (!layer.box.empty()) stages.show("cloth", [&] { return layer.albedo; });
    stages.show("coverage", [&] {
        cv::Mat coverage(picture.size(), CV_8U, cv::Scalar(0));
        if (!layer.box.empty()) layer.alpha.copyTo(coverage(layer.box));
        return coverage;
    });
}

DrapedPiece drape_upper(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                        const Wearing& wearing, Stages& stages) {
    DrapedPiece piece;
    WornTop worn = wearing.top;
    if (wearing.lower_rules != nullptr)
        worn = {wearing.waistband_y.value_or(wearing.waist_y), goes_inside(rules_of(garment.model.type), wearing)};
    const FitPlan plan = stages.run("fit", 0, [&] {
        return plan_fit(garment.model, garment.pattern, *wearing.body, worn,
                        known_lengths(options.measures, *wearing.body), size_scale_of(options));
    });
    Cloth cloth = stages.run("place", 5, [&] {
        Cloth cut = cut_cloth(garment.model, garment.pattern, plan);
        place(garment.model, plan, *wearing.body, cut);
        return cut;
    });
    stages.show("placed", [&] { return picture_of_cloth(cloth, person.model.picture); });
    const SimulationReport simulation =
        stages.run("drape", 10, [&] { return simulate(*wearing.body, cloth, settings_for(options)); });
    stages.drapes(cloth, garment);
    stages.show("draped", [&] { return picture_of_cloth(cloth, person.model.picture); });
    ClothLayer layer = stages.run("rasterise", 50, [&] {
        const cv::Rect box = box_of(cloth, person.model.picture.size(), 0.6F * wearing.body->unit);
        if (box.empty()) return ClothLayer{};
        Hiding hiding = hiding_layers(person.model, person.undressed, plan, box);
        if (wearing.lower_rules != nullptr) {  // the new waistband hides the hem, not the old one
            hiding.waistband.setTo(0);
            hiding.lowest_trunk_row = 1e9F;
        }
        return rasterise(cloth, garment.texture, plan.across, *wearing.body, hiding, box);
    });
    show_layer(layer, person.model.picture, stages);
    piece.report = stages.run("report", 80, [&] { return report_fit(cloth, plan, *wearing.body, simulation); });
    if (!layer.box.empty())
        piece.cloth.light =
            stages.run("shade", 82, [&] { return shade(layer, person.undressed, wearing.body->unit, plan.tucked()); });
    add_sheen(options, piece.cloth.light);
    piece.cloth.layer = std::move(layer);
    piece.hung = std::move(cloth);
    return piece;
}

/// Cloth cannot be wider than the top over it; below the top's hem it widens gently.
void hide_beside_top(const cv::Mat& top, int hem, float unit, cv::Mat& front) {
    constexpr float slope = 0.35F;
    const int measured = std::clamp(hem - static_cast<int>(0.08F * unit), 0, top.rows - 1);
    int left = top.cols, right = -1;
    for (int x = 0; x < top.cols; ++x)
        if (top.at<std::uint8_t>(measured, x) > 127) {
            left = std::min(left, x);
            right = x;
        }
    if (right < left) return;
    const int first = std::max(0, measured);
    front.rowRange(0, first).setTo(255);
    for (int y = first; y < std::min(front.rows, hem + static_cast<int>(0.35F * unit)); ++y) {
        const int wider = static_cast<int>(slope * static_cast<float>(y - first)) + 1;
        front.row(y).colRange(0, std::clamp(left - wider, 0, front.cols)).setTo(255);
        front.row(y).colRange(std::clamp(right + wider + 1, 0, front.cols), front.cols).setTo(255);
    }
}

/// A kept top hangs over the waistband; arms and hands are always before it.
Hiding hiding_lower(const PreparedPerson& person, const Wearing& wearing, const cv::Rect& box) {
    Hiding hiding{wearing.removed_lower->silhouette(box), person.undressed.front(box).clone(),
                  person.undressed.arms(box), cv::Mat(box.size(), CV_8U, cv::Scalar(0)),
                  cv::Mat(box.size(), CV_8U, cv::Scalar(0))};
    hiding.front_before_body = true;
    if (wearing.keeps_top && !wearing.top.tucked) {
        cv::Mat top = person.model.labels(box) == label_upper;
        cv::GaussianBlur(top, top, {}, std::max(0.8, 0.02 * wearing.body->unit));
        top.convertTo(top, CV_8U, 4, -255);
        cv::max(hiding.front, top, hiding.front);
        if (wearing.top.hem_y) {  // what is wider than the top under it cannot be
            hide_beside_top(top, static_cast<int>(*wearing.top.hem_y) - box.y, wearing.body->unit, hiding.front);
        }
    }
    return hiding;
}

DrapedPiece drape_lower(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                        Wearing& wearing, Stages& stages) {
    DrapedPiece piece;
    const LowerPlan plan = stages.run("fit", 0, [&] {
        WaistRule rule{wearing.waist_y, std::nullopt};
        if (wearing.keeps_top && wearing.top.hem_y)
            rule.covered_from_y = *wearing.top.hem_y + (wearing.top.tucked ? 0.12F * wearing.body->unit : 0);
        return plan_lower(garment.model, garment.pattern, *wearing.body, wearing.legs, rule,
                          known_lower_lengths(options.measures, *wearing.body), size_scale_of(options));
    });
    wearing.waistband_y = plan.waist_y;
    Cloth cloth = stages.run("place", 5, [&] {
        Cloth cut = cut_cloth(garment.pattern, LowerLengths(garment.pattern, plan), {garment.pattern.waistband},
                              2 * garment.pattern.spacing * plan.across);
        place_lower(plan, *wearing.body, wearing.legs, cut);
        return cut;
    });
    stages.show("placed", [&] { return picture_of_cloth(cloth, person.model.picture); });
    SimulationSettings settings = settings_for(options);
    // surplus cloth stays in folds: a skirt keeps its flare, a wide leg its width
    settings.compression_compliance = 1e-4F;
    settings.steps = 90;
    stages.run("drape", 10, [&] { return simulate(*wearing.body, cloth, settings); });
    stages.drapes(cloth, garment);
    stages.show("draped", [&] { return picture_of_cloth(cloth, person.model.picture); });
    piece.cloth.layer = stages.run("rasterise", 50, [&] {
        const cv::Rect box = box_of(cloth, person.model.picture.size(), 0.6F * wearing.body->unit);
        if (box.empty()) return ClothLayer{};
        return rasterise(cloth, garment.texture, plan.across, *wearing.body, hiding_lower(person, wearing, box), box);
    });
    show_layer(piece.cloth.layer, person.model.picture, stages);
    piece.cloth.close = false;
    piece.report = report_lower(cloth, plan, wearing.legs, *wearing.body);
    piece.findings = judge_lower_fit(person.model, wearing.legs, wearing.keeps_top);
    if (!piece.cloth.layer.box.empty())
        piece.cloth.light = stages.run(
            "shade", 82, [&] { return shade(piece.cloth.layer, person.undressed, wearing.body->unit, false); });
    add_sheen(options, piece.cloth.light);
    piece.hung = std::move(cloth);
    return piece;
}

/// The arms without the upper left one.
cv::Mat below_elbow(const cv::Mat& arms, const BodyOutline& body, const cv::Rect& box) {
    cv::Mat kept = arms.clone();
    const Arm& arm = body.arm[picture_right];
    for (const ArmSample& sample : arm.line)
        if (sample.along < 0.9F * arm.elbow)
            cv::circle(kept, sample.centre - Point(box.tl()), cvCeil(1.4F * sample.radius), cv::Scalar(0), cv::FILLED);
    return kept;
}

DrapedPiece drape_sheet(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                        const Wearing& wearing, Stages& stages) {
    DrapedPiece piece;
    const GarmentType type = garment.model.type;
    const DrapeWay way = way_to_wear(type, options.drape_way);
    Cloth cloth = stages.run("drape", 10, [&] {
        return drape_sheets(garment.pattern, way, *wearing.body, wearing.legs,
                            wearing.waistband_y.value_or(wearing.waist_y));
    });
    stages.drapes(cloth, garment);
    stages.show("draped", [&] { return picture_of_cloth(cloth, person.model.picture); });
    const float u = wearing.body->unit;
    const cv::Rect2f& rectangle = *garment.model.cloth;
    const float width = std::min(rectangle.width, rectangle.height);
    const float drawn = (type == GarmentType::saree ? saree_width : dupatta_width) * u / std::max(1.0F, width);
    piece.cloth.layer = stages.run("rasterise", 50, [&] {
        const cv::Rect box = box_of(cloth, person.model.picture.size(), 0.6F * u);
        if (box.empty()) return ClothLayer{};
        Hiding hiding{person.undressed.silhouette(box), person.undressed.front(box), person.undressed.arms(box),
                      cv::Mat(box.size(), CV_8U, cv::Scalar(0)), cv::Mat(box.size(), CV_8U, cv::Scalar(0))};
        if (covers_left_arm(way)) hiding.arms = below_elbow(hiding.arms, *wearing.body, box);
        return rasterise(cloth, garment.texture, drawn, *wearing.body, hiding, box);
    });
    show_layer(piece.cloth.layer, person.model.picture, stages);
    piece.cloth.close = false;
    if (type == GarmentType::saree && wearing.keeps_top)
        piece.findings.push_back(
            {"fit", 0.9, "The worn top takes the place of a blouse: choose one to go with the saree."});
    if (type == GarmentType::saree && !wearing.legs.measured)
        piece.findings.push_back({"fit", 0.7, "The legs cannot be told apart: stand with the feet a little apart."});
    if (!piece.cloth.layer.box.empty())
        piece.cloth.light =
            stages.run("shade", 82, [&] { return shade(piece.cloth.layer, person.undressed, u, false); });
    add_sheen(options, piece.cloth.light);
    piece.hung = std::move(cloth);
    return piece;
}

}  // namespace

Wearing describe_wearing(const PreparedPerson& person) {
    const PersonLandmarks& marks = person.model.landmarks;
    const float lowest = person.body.shoulder_y + lowest_waistband * person.body.length_unit;
    Wearing wearing;
    wearing.body = &person.body;
    wearing.top = {marks.hem_y, marks.tucked && marks.hem_y && *marks.hem_y < lowest};
    wearing.legs = measure_leg_lines(person.model, person.body);
    wearing.waist_y = marks.waist_y;
    return wearing;
}

bool goes_inside(const GarmentRules& upper, const Wearing& wearing) {
    if (wearing.lower_rules == nullptr || upper.tuck == Tuck::over) return false;
    if (wearing.lower_rules->tuck == Tuck::inside || upper.tuck == Tuck::inside) return true;
    return wearing.top.tucked;
}

DrapedPiece drape_piece(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                        Wearing& wearing, Stages& stages) {
    if (!garment.pattern.sheets.empty()) return drape_sheet(person, garment, options, wearing, stages);
    if (garment.model.lower) return drape_lower(person, garment, options, wearing, stages);
    return drape_upper(person, garment, options, wearing, stages);
}

}  // namespace fitview::engine
