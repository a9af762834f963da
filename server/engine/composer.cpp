#include "engine/composer.hpp"

#include <opencv2/imgproc.hpp>

#include <chrono>
#include <cstring>
#include <initializer_list>
#include <stdexcept>

#include "engine/drape/cloth.hpp"
#include "engine/drape/fit_plan.hpp"
#include "engine/drape/narrow_trunk.hpp"
#include "engine/drape/placement.hpp"
#include "engine/drape/simulate.hpp"
#include "engine/garment/garment_texture.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/garment/show_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/person/show_person.hpp"
#include "engine/render/composite.hpp"
#include "engine/render/rasterise.hpp"
#include "engine/render/shade.hpp"
#include "engine/render/stage_pictures.hpp"

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

Quality quality_of(std::initializer_list<const std::vector<Finding>*> all) {
    Quality quality;
    for (const std::vector<Finding>* findings : all)
        for (const Finding& finding : *findings) {
            double& part = finding.name == "pose"     ? quality.pose
                           : finding.name == "cutout" ? quality.cutout
                                                      : quality.fit;
            part *= finding.factor;
            if (!finding.reason.empty()) quality.warnings.push_back(finding.reason);
        }
    quality.score = quality.pose * quality.cutout * quality.fit;
    return quality;
}

void require_picture(const media::Raster& photo) {
    constexpr int least_side = 64;
    if (photo.width < least_side || photo.height < least_side || photo.channels != 3 ||
        photo.bytes.size() != photo.row_bytes() * static_cast<std::size_t>(photo.height))
        throw std::invalid_argument("a picture of at least 64 x 64 RGB pixels is needed");
}

/// A hem this far below the shoulders lies on the hips, where nothing is tucked in, however smooth the change looks.
constexpr float lowest_waistband = 2.7F;

WornTop worn_top(const PreparedPerson& person) {
    const PersonLandmarks& marks = person.model.landmarks;
    const float lowest = person.body.shoulder_y + lowest_waistband * person.body.length_unit;
    return {marks.hem_y, marks.tucked && marks.hem_y && *marks.hem_y < lowest};
}

/// Runs the stages of one call in order, tells the observer and notes the times.
class Stages {
public:
    Stages(StageObserver* observer, std::vector<StageTiming>& timings) : observer_(observer), timings_(timings) {}

    template <class Work>
    auto run(std::string_view name, int progress, const Work& work) {
        if (observer_) observer_->starts(name, progress);
        const auto start = std::chrono::steady_clock::now();
        auto result = work();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        timings_.push_back({name, taken.count()});
        return result;
    }

    /// `picture` makes the stage's picture; it is only called when somebody looks.
    template <class Picture>
    void show(std::string_view name, const Picture& picture) {
        if (observer_ && observer_->wants_pictures()) observer_->shows(name, to_raster(picture()));
    }

    template <class Pictures>
    void show_all(const Pictures& pictures) {
        if (!observer_ || !observer_->wants_pictures()) return;
        for (const auto& [name, picture] : pictures()) observer_->shows(name, to_raster(picture));
    }

private:
    StageObserver* observer_;
    std::vector<StageTiming>& timings_;
};

}  // namespace

PreparedPerson prepare_person(const media::Raster& photo, StageObserver* observer) {
    require_picture(photo);
    std::vector<StageTiming> timings;
    return prepare_person(Stages(observer, timings).run("person", 0, [&] { return parse_person(photo); }), observer);
}

PreparedPerson prepare_person(PersonModel model, StageObserver* observer) {
    std::vector<StageTiming> timings;
    Stages stages(observer, timings);
    PreparedPerson person;
    narrow_trunk_to_clothes(model);
    person.body = stages.run("body", 60, [&] { return make_body_field(model); });
    person.undressed = stages.run("undress", 80, [&] { return remove_old_garment(model); });
    person.model = std::move(model);
    stages.show_all([&] { return show_person(person.model); });
    stages.show("body", [&] { return picture_of_body(person.body, person.model.picture); });
    stages.show("undressed", [&] { return person.undressed.picture; });
    return person;
}

PreparedGarment prepare_garment(const media::Raster& photo, std::optional<GarmentType> type, StageObserver* observer) {
    require_picture(photo);
    std::vector<StageTiming> timings;
    return prepare_garment(Stages(observer, timings).run("garment", 0, [&] { return parse_garment(photo, type); }),
                           observer);
}

PreparedGarment prepare_garment(GarmentModel model, StageObserver* observer) {
    std::vector<StageTiming> timings;
    Stages stages(observer, timings);
    PreparedGarment garment;
    garment.pattern = stages.run("pattern", 70, [&] { return make_pattern(model, pattern_vertices); });
    garment.texture = stages.run("texture", 90, [&] { return extend_colours(model); });
    garment.model = std::move(model);
    stages.show_all([&] { return show_garment(garment.model); });
    stages.show_all([&] { return show_pattern(garment.model, garment.pattern); });
    stages.show("texture", [&] { return garment.texture; });
    return garment;
}

TryOnPicture render_try_on(const PreparedPerson& person, const PreparedGarment& garment, const TryOnOptions& options,
                           StageObserver* observer) {
    TryOnPicture result;
    Stages stages(observer, result.timings);
    const auto size_scale = static_cast<float>(std::clamp(options.size_scale, 0.6, 1.6));
    ClothLayer layer;
    cv::Mat light;
    Cloth cloth;
    if (!garment.pattern.empty()) {
        const FitPlan plan = stages.run("fit", 0, [&] {
            return plan_fit(garment.model, garment.pattern, person.body, worn_top(person),
                            known_lengths(options.measures, person.body), size_scale);
        });
        cloth = stages.run("place", 5, [&] {
            Cloth cut = cut_cloth(garment.model, garment.pattern, plan);
            place(garment.model, plan, person.body, cut);
            return cut;
        });
        stages.show("placed", [&] { return picture_of_cloth(cloth, person.model.picture); });
        const SimulationReport simulation = stages.run("drape", 10, [&] { return simulate(person.body, cloth); });
        if (observer) observer->drapes(cloth, garment);
        stages.show("draped", [&] { return picture_of_cloth(cloth, person.model.picture); });
        layer = stages.run("rasterise", 50, [&] {
            return rasterise(cloth, garment.texture, plan, person.body, person.model, person.undressed);
        });
        if (!layer.box.empty()) stages.show("cloth", [&] { return layer.albedo; });
        stages.show("coverage", [&] {
            cv::Mat coverage(person.model.picture.size(), CV_8U, cv::Scalar(0));
            if (!layer.box.empty()) layer.alpha.copyTo(coverage(layer.box));
            return coverage;
        });
        result.fit = stages.run("report", 80, [&] { return report_fit(cloth, plan, person.body, simulation); });
        if (!layer.box.empty())
            light = stages.run("shade", 82,
                               [&] { return shade(layer, person.undressed, person.body.unit, plan.tucked()); });
    }
    const Composite composed = stages.run("composite", 90, [&] {
        Composite whole = composite(person.model, person.undressed, layer, light);
        if (options.background == Background::studio)
            set_studio_background(person.model, person.undressed, layer, whole);
        return whole;
    });
    stages.show("change_mask", [&] { return composed.change_mask; });
    cv::Mat overlay = stages.run("fit_overlay", 98, [&] {
        return picture_of_fit(cloth, tightness(cloth, person.body), composed.picture, layer.alpha, layer.box);
    });
    stages.show("fit_overlay", [&] { return overlay; });
    result.fit_overlay = to_raster(overlay);
    result.fit.uncovered_share = composed.uncovered_share;
    result.fit.outside_share = composed.outside_share;
    result.picture = to_raster(composed.picture);
    result.change_mask = to_raster(composed.change_mask);
    const std::vector<Finding> fit = judge_fit(result.fit);
    result.quality = quality_of({&person.model.findings, &garment.model.findings, &fit});
    return result;
}

}  // namespace fitview::engine
