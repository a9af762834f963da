#include "engine/compose_outfit.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/drape/leg_lines.hpp"
#include "engine/drape/worn_layers.hpp"
#include "engine/drape_piece.hpp"
#include "engine/render/composite.hpp"
#include "engine/render/removed_lower.hpp"
#include "engine/render/stage_pictures.hpp"
#include "engine/stages.hpp"

namespace fitview::engine {
namespace {

void add_findings(const std::vector<Finding>& findings, Quality& quality) {
    for (const Finding& finding : findings) {
        double& part = finding.name == "pose" ? quality.pose : finding.name == "cutout" ? quality.cutout : quality.fit;
        part *= finding.factor;
        const auto& told = quality.warnings;
        if (!finding.reason.empty() && std::find(told.begin(), told.end(), finding.reason) == told.end())
            quality.warnings.push_back(finding.reason);
    }
}

/// A coat worn open and a waistcoat show the top under them; a closed coat with sleeves hides it.
bool shows_top(const OutfitPiece& piece) {
    const GarmentRules& rules = rules_of(piece.garment->model.type);
    return rules.layer == Layer::outer &&
           (rules.front == Front::open || piece.garment->model.sleeves == SleeveClass::none);
}

/// What the new garments do to the worn top.
struct WornTopUnder {
    bool covered = false;     ///< it goes
    bool in_sleeves = false;  ///< it stays in an open coat's front and goes beside it
};

WornTopUnder worn_top_under(std::span<const OutfitPiece> pieces) {
    WornTopUnder top;
    for (const OutfitPiece& piece : pieces) {
        const GarmentClass kind = piece.garment->model.kind;
        const bool shown = shows_top(piece);
        top.covered = top.covered || kind == GarmentClass::dress || (kind == GarmentClass::upper && !shown);
        top.in_sleeves = top.in_sleeves || (shown && piece.garment->model.sleeves != SleeveClass::none);
    }
    top.in_sleeves = top.in_sleeves && !top.covered;
    return top;
}

/// From the skin outwards; what is tucked in goes on before what it is tucked into.
std::vector<OutfitPiece> in_dressing_order(std::span<const OutfitPiece> pieces, const Wearing& wearing) {
    std::vector<OutfitPiece> ordered(pieces.begin(), pieces.end());
    const auto rank = [&](const OutfitPiece& piece) {
        const GarmentRules& rules = rules_of(piece.garment->model.type);
        const bool tucked =
            rules.kind == GarmentClass::upper && wearing.lower_rules != nullptr && goes_inside(rules, wearing);
        return tucked ? static_cast<int>(Layer::inner) : static_cast<int>(rules.layer);
    };
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const OutfitPiece& a, const OutfitPiece& b) { return rank(a) < rank(b); });
    return ordered;
}

/// The words of the piece a shopper looks at first.
bool tells_the_fit(const OutfitPiece& piece, std::size_t pieces) {
    const GarmentClass kind = piece.garment->model.kind;
    return pieces == 1 || kind == GarmentClass::upper || kind == GarmentClass::dress;
}

void take_shares(const Composite& composed, FitReport& fit) {
    fit.uncovered_share = composed.uncovered_share;
    fit.bare_shoulder_share = composed.bare_shoulder_share;
    fit.outside_share = composed.outside_share;
}

}  // namespace

TryOnPicture compose_outfit(const PreparedPerson& person, std::span<const OutfitPiece> pieces,
                            StageObserver* observer) {
    if (pieces.empty() || pieces.size() > outfit_pieces_max)
        throw std::invalid_argument("an outfit has one to four pieces");
    TryOnPicture result;
    Stages stages(observer, result.timings);
    Wearing wearing = describe_wearing(person);
    const WornTopUnder top = worn_top_under(pieces);
    const bool covers_top = top.covered;
    for (const OutfitPiece& piece : pieces)
        if ((piece.garment->model.kind == GarmentClass::lower || piece.garment->model.type == GarmentType::saree) &&
            !piece.garment->pattern.empty())
            wearing.lower_rules = &rules_of(piece.garment->model.type);
    wearing.keeps_top = !covers_top;
    std::optional<RemovedLower> lower;
    if (wearing.lower_rules != nullptr)
        lower = stages.run("undress", 0, [&] {
            return remove_old_lower(person.model, wearing.legs, covers_top && person.model.landmarks.one_piece);
        });
    wearing.removed_lower = lower ? &*lower : nullptr;

    std::vector<LaidCloth> cloths;
    std::vector<Finding> fit;
    Cloth told;  // the piece `result.fit` describes
    std::size_t told_at = 0;
    BodyField dressed_body;  // with the pieces that are on
    if (pieces.size() > 1) dressed_body = person.body;
    const std::vector<OutfitPiece> ordered = in_dressing_order(pieces, wearing);
    for (std::size_t at = 0; at < ordered.size(); ++at) {
        const auto percent = [&](std::size_t done) { return static_cast<int>(90 * done / ordered.size()); };
        stages.stretch(percent(at), percent(at + 1));
        const OutfitPiece& piece = ordered[at];
        add_findings(piece.garment->model.findings, result.quality);
        if (piece.garment->pattern.empty()) continue;
        DrapedPiece draped = drape_piece(person, *piece.garment, piece.options, wearing, stages);
        cloths.push_back(std::move(draped.cloth));
        fit.insert(fit.end(), draped.findings.begin(), draped.findings.end());
        if (at + 1 < ordered.size() && draped.hung.size() > 0) {
            add_to_body(draped.hung, dressed_body);
            wearing.body = &dressed_body;
        }
        if (!tells_the_fit(piece, ordered.size())) continue;
        result.fit = draped.report;
        told = std::move(draped.hung);
        told_at = cloths.size() - 1;
    }
    stages.stretch(0, 100);
    const Removals removals{covers_top || top.in_sleeves, wearing.removed_lower, top.in_sleeves};
    const Composite composed = stages.run("composite", 90, [&] {
        Composite whole = composite(person.model, person.undressed, removals, cloths);
        if (pieces.front().options.background == Background::studio)
            set_studio_background(person.model, person.undressed, removals, cloths, whole);
        return whole;
    });
    stages.show("change_mask", [&] { return composed.change_mask; });
    cv::Mat overlay = stages.run("fit_overlay", 98, [&] {
        const ClothLayer nothing;
        const ClothLayer& layer = cloths.empty() ? nothing : cloths[told_at].layer;
        return picture_of_fit(told, tightness(told, person.body), composed.picture, layer.alpha, layer.box);
    });
    stages.show("fit_overlay", [&] { return overlay; });
    result.fit_overlay = to_raster(overlay);
    take_shares(composed, result.fit);
    result.picture = to_raster(composed.picture);
    result.change_mask = to_raster(composed.change_mask);
    add_findings(person.model.findings, result.quality);
    add_findings(judge_fit(result.fit), result.quality);
    add_findings(fit, result.quality);
    result.quality.score = result.quality.pose * result.quality.cutout * result.quality.fit;
    return result;
}

}  // namespace fitview::engine
