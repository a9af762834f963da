// Try-ons on the shopper's own photo.
#include <algorithm>
#include <cmath>

#include "engine/parse_given_person.hpp"
#include "engine/read_fit_points.hpp"
#include "reflect/json.hpp"
#include "tryon/tryon_checks.hpp"
#include "tryon/tryon_pictures.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {
namespace {

constexpr std::int64_t consent_text_version = 1;
constexpr double unusable_person = 0.12;  ///< the engine gives 0.1 or less where it saw nobody
constexpr double most_stretch = 0.03;     ///< of a mask against its photo; small masks are whole numbers of pixels
constexpr double least_person = 0.01;     ///< share of a mask

/// The options that were sent as JSON text in a form field.
Options options_of(const std::optional<std::string>& text) {
    if (!text) return {};
    auto parsed = reflect::parse_json(*text);
    if (std::holds_alternative<std::string>(parsed)) throw invalid_input("/options", "must be a JSON object");
    std::vector<Problem> problems;
    auto options = reflect::read<Options>(std::get<boost::json::value>(parsed), "/options", problems);
    if (!options) throw Failure(FailureCode::invalid_input, "The input is not acceptable.", std::move(problems));
    return *options;
}

engine::FitPoints fit_points_of(const std::optional<std::string>& text) {
    if (!text) return {};
    auto read = engine::read_fit_points(*text);
    auto* problems = std::get_if<std::vector<Problem>>(&read);
    if (problems == nullptr) return std::get<engine::FitPoints>(std::move(read));
    for (Problem& problem : *problems) problem.pointer = "/fit_points" + problem.pointer.value_or("");
    throw Failure(FailureCode::invalid_input, "The fit points are not acceptable.", std::move(*problems));
}

/// Fails: unusable_picture with what to change, where nobody was seen.
void require_person(const std::vector<engine::Finding>& findings) {
    double score = 1;
    std::vector<Problem> problems;
    for (const engine::Finding& finding : findings) {
        score *= finding.factor;
        if (finding.factor < 1 && !finding.reason.empty()) problems.push_back(at_pointer("/photo", finding.reason));
    }
    if (score >= unusable_person) return;
    if (problems.empty()) problems.push_back(at_pointer("/photo", "stand facing the camera, whole upper body in view"));
    throw Failure(FailureCode::unusable_picture,
                  "No person could be made out in this photo: stand facing the camera, whole upper body in view.",
                  std::move(problems));
}

}  // namespace

media::Raster Service::read_person_mask(const std::string& file, const media::StoredPicture& photo) {
    media::Raster colours = media::value_or_throw(parts_.decoder.decode(file, engine::working_size), "/person_mask");
    media::Raster mask{.width = colours.width, .height = colours.height, .channels = 1, .bytes = {}};
    mask.bytes.reserve(colours.bytes.size() / 3);
    std::size_t person = 0;
    for (std::size_t at = 0; at + 2 < colours.bytes.size(); at += 3) {
        mask.bytes.push_back(std::max({colours.bytes[at], colours.bytes[at + 1], colours.bytes[at + 2]}));
        if (mask.bytes.back() > 127) ++person;
    }
    const double stretch = double(mask.width) * photo.height / (double(mask.height) * photo.width);
    if (std::abs(stretch - 1) > most_stretch)
        throw invalid_input("/person_mask", "must have the proportions of the photo, which is " +
                                                std::to_string(photo.width) + " x " + std::to_string(photo.height));
    const double share = double(person) / double(mask.bytes.size());
    if (share < least_person || share > 1 - least_person)
        throw Failure(FailureCode::unusable_picture, "The mask shows no person.",
                      {at_pointer("/person_mask", "must be white where the person is and black elsewhere")});
    return mask;
}

Session Service::start_with_photo(const Shopper& shopper, const TryonId& id, const PhotoFields& fields,
                                  const PhotoFiles& files) {
    if (auto again = parts_.store.find_own(shopper.id, id, parts_.clock.now())) return *again;
    if (fields.consent != "true") {
        throw Failure(
            FailureCode::consent_required, "A try-on with your own photo needs your consent.",
            {at_pointer("/consent", "must be true: the photo is analysed and kept until you delete it or it expires")});
    }
    const Options options = options_of(fields.options);
    const engine::FitPoints points = fit_points_of(fields.fit_points);
    const auto garment = parts_.sources.product(fields.product_id);
    if (!garment) throw not_found("product", "/product_id");
    if (!garment->usable) throw not_ready("product", *garment, "/product_id");
    check_options(options, *garment);

    const media::StoredPicture picture = media::value_or_throw(parts_.decoder.prepare(files.photo), "/photo");
    const auto new_key = [&](const char* ending) {
        return storage::ObjectKey::of("user_uploads/" + shopper.id.str() + "/" + parts_.ids.make<PictureId>().str() +
                                      ending);
    };
    photo_analysis::GivenPerson given{.fit_points = fields.fit_points.value_or(""), .mask_hash = {}, .mask = {}};
    std::optional<storage::ObjectKey> mask_key;
    media::Raster mask;
    if (files.person_mask) {
        mask = read_person_mask(*files.person_mask, picture);
        if (parts_.prepared.person_source() == "classical" && !engine::are_whole_body(points))
            throw invalid_input("/person_mask", "needs all 33 points in fit_points: this shop looks for no joints");
        mask_key = new_key("-person.png");
        given.mask_hash = mask_key->str();
        given.mask = [&mask] { return mask; };
    }
    const auto prepared = parts_.prepared.person(
        picture.sha256, photo_analysis::PhotoOf::shopper,
        [&] { return media::value_or_throw(media::decode_picture(picture.main, engine::working_size), "/photo"); },
        given);
    if (options.preview != true) require_person(prepared->model.findings);

    Session session = new_session(shopper, id, options, *garment, fields.product_id);
    session.kind = Kind::photo;
    session.fit_points = fields.fit_points;
    session.body = parts_.sources.shopper(shopper.id);
    if (fields.height_cm) session.body["height"] = fields.height_cm->get();
    session.person_hash = picture.sha256;
    const auto key = new_key(".webp");
    session.person_key = key.str();
    place_picture(parts_, key, picture.main, shopper.id, "own_photo");
    if (mask_key) {
        session.person_mask_key = mask_key->str();
        place_picture(parts_, *mask_key, media::encode_png(mask), shopper.id, "person_mask");
    }
    parts_.store.add_consent({.id = parts_.ids.make<ConsentId>(),
                              .user_id = shopper.id,
                              .purpose = "try-on with own photo",
                              .text_version = consent_text_version,
                              .given_at = session.created_at,
                              .withdrawn_at = {}});
    return submit(std::move(session));
}

}  // namespace fitview::tryon
