#pragma once
// Try-on sessions. Each type is declared once; what is stored holds object keys, what goes out holds addresses.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.hpp"
#include "base/id.hpp"
#include "base/list.hpp"
#include "base/nullable.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/garment/garment_type.hpp"

namespace fitview::tryon {

enum class Status { pending, completed, failed, cancelled };
BOOST_DESCRIBE_ENUM(Status, pending, completed, failed, cancelled)

/// What the person of the picture is: a brand model, the shopper, or a model in several garments.
enum class Kind { model, photo, outfit };
BOOST_DESCRIBE_ENUM(Kind, model, photo, outfit)

enum class Backdrop { keep, studio };
BOOST_DESCRIBE_ENUM(Backdrop, keep, studio)

/// How the picture is wanted. `preview` accepts a rough result that would otherwise be refused. `drape` is how the
/// saree or dupatta is worn.
struct Options {
    std::optional<Text<1, 20>> size;
    std::optional<Backdrop> background;
    std::optional<bool> preview;
    std::optional<engine::DrapeWay> drape;
    bool operator==(const Options&) const = default;

    static constexpr std::string_view schema_name = "TryonOptions";
};
BOOST_DESCRIBE_STRUCT(Options, (), (size, background, preview, drape))

/// How the garment lies in one zone of the body.
struct FitZone {
    std::string zone;     ///< chest, waist, hip, upper_arm
    std::string verdict;  ///< tight, fitted, loose
    double ease_cm = 0;   ///< girth of the garment less girth of the body; near only without size chart and height
    bool operator==(const FitZone&) const = default;
};
BOOST_DESCRIBE_STRUCT(FitZone, (), (zone, verdict, ease_cm))

/// Where the garment is tight or loose, and where hem and sleeves end.
struct Fit {
    std::vector<FitZone> zones;
    std::vector<std::string> notes;  ///< whole sentences
    bool operator==(const Fit&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fit, (), (zones, notes))

/// How far the picture can be trusted, and how the garment fits in it.
struct Quality {
    double score = 0;                     ///< 0 to 1: the product of the parts
    std::map<std::string, double> parts;  ///< pose, cutout, fit
    std::vector<std::string> warnings;    ///< plain words
    std::optional<Fit> fit;               ///< where the picture's maker can tell
    bool operator==(const Quality&) const = default;

    static constexpr std::string_view schema_name = "TryonQuality";
};
BOOST_DESCRIBE_STRUCT(Quality, (), (score, parts, warnings, fit))

/// Why a session failed, for the shopper to read.
struct SessionError {
    std::string code;
    std::string detail;
    bool operator==(const SessionError&) const = default;

    static constexpr std::string_view schema_name = "TryonError";
};
BOOST_DESCRIBE_STRUCT(SessionError, (), (code, detail))

/// What is known in centimetres, by the names of engine::BodyMeasures and engine::GarmentMeasures.
using Centimetres = std::map<std::string, double>;

/// One garment of a try-on, with what its picture depends on.
struct Piece {
    ProductId product_id;
    std::string name;
    std::string picture_key;
    std::string picture_hash;
    std::string category;
    std::optional<std::string> fit_points;  ///< corrections by the retailer, JSON
    std::optional<Centimetres> measures;    ///< of the size that is tried on, from the size chart
    std::optional<std::string> material;    ///< the merchant's word
    std::optional<engine::DrapeWay> drape;  ///< how a saree or dupatta is worn
    bool operator==(const Piece&) const = default;
};
BOOST_DESCRIBE_STRUCT(Piece, (),
                      (product_id, name, picture_key, picture_hash, category, fit_points, measures, material, drape))

/// A session as it is stored. Keys name objects; `input_hash` names everything the picture depends on.
/// `fence` is the claim of the worker that may complete it.
struct Session {
    TryonId id;
    UserId user_id;
    Kind kind = Kind::model;
    std::optional<ModelId> model_id;
    ProductId product_id;
    std::optional<UserId> retailer_id;
    std::string model_name;
    std::string product_name;
    std::string person_key;
    std::string person_hash;
    std::optional<std::string> person_mask_key;  ///< sent with an own photo
    std::string garment_key;
    std::string garment_hash;
    std::string garment_category;
    Options options;
    std::optional<std::string> fit_points;  ///< of the person: as sent with an own photo, else the model's corrections
    std::vector<Piece> outfit;              ///< every garment in dressing order; empty in sessions of the first version
    Centimetres body;                       ///< of the person, what is known
    double size_scale = 1;                  ///< of the garment against the size the model wears
    bool rough_allowed = false;             ///< a result below the quality floor is shown, as a rough preview
    std::string input_hash;
    Status status = Status::pending;
    std::int64_t progress = 0;
    std::string stage;
    bool is_batch = false;  ///< asked for with many others: gives way to those who wait
    std::int64_t fence = 0;
    std::optional<std::string> result_key;
    std::optional<std::string> mask_key;
    std::optional<std::string> overlay_key;  ///< of the picture of tight and loose places
    std::optional<Quality> quality;
    bool cached = false;
    bool is_favorite = false;
    std::optional<std::string> ai_provider;
    std::optional<std::int64_t> processing_time_ms;
    std::optional<SessionError> error;
    Timestamp created_at;
    Timestamp updated_at;
    Timestamp expires_at;
    bool operator==(const Session&) const = default;
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (id, user_id, kind, model_id, product_id, retailer_id, model_name, product_name, person_key,
                       person_hash, person_mask_key, garment_key, garment_hash, garment_category, options, fit_points,
                       outfit, body, size_scale, rough_allowed, input_hash, status, progress, stage, is_batch, fence,
                       result_key, mask_key, overlay_key, quality, cached, is_favorite, ai_provider, processing_time_ms,
                       error, created_at, updated_at, expires_at))

/// A finished picture of a brand model, shared by everyone who asks for the same inputs.
struct Result {
    std::string input_hash;
    std::string result_key;
    std::optional<std::string> mask_key;
    std::optional<std::string> overlay_key;
    Quality quality;
    std::string ai_provider;
    std::int64_t processing_time_ms = 0;
    Timestamp created_at;
    bool operator==(const Result&) const = default;
};
BOOST_DESCRIBE_STRUCT(Result, (),
                      (input_hash, result_key, mask_key, overlay_key, quality, ai_provider, processing_time_ms,
                       created_at))

/// What a shopper agreed to when they sent their own photo.
struct Consent {
    ConsentId id;
    UserId user_id;
    std::string purpose;
    std::int64_t text_version = 1;
    Timestamp given_at;
    std::optional<Timestamp> withdrawn_at;
    bool operator==(const Consent&) const = default;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (id, user_id, purpose, text_version, given_at, withdrawn_at))

/// What a session dresses the person in, from the skin outwards: one garment, or those of the outfit.
std::vector<Piece> pieces_of(const Session& session);

/// A garment of a session as the wire shows it.
struct PieceView {
    ProductId product_id;
    std::string name;
    Nullable<std::string> image_url;
    std::optional<engine::DrapeWay> drape;

    static constexpr std::string_view schema_name = "TryonGarment";
};
BOOST_DESCRIBE_STRUCT(PieceView, (), (product_id, name, image_url, drape))

/// A session as the wire shows it. `product_id` is the first product asked for; `garments` are all of them in dressing
/// order. `fit_overlay_url`: the picture at half size, red where the garment is tight and blue where it is loose.
/// `is_rough_preview`: the picture is below the quality floor and shown because the shopper or the shop wanted it.
struct SessionView {
    TryonId id;
    UserId user_id;
    Kind kind = Kind::model;
    Nullable<ModelId> model_id;
    ProductId product_id;
    Nullable<UserId> retailer_id;
    Nullable<std::string> result_url;
    Nullable<std::string> mask_url;
    Nullable<std::string> fit_overlay_url;
    Nullable<std::string> model_name;
    std::string product_name;
    Nullable<std::string> model_image_url;
    Nullable<std::string> product_image_url;
    std::vector<PieceView> garments;
    Status status = Status::pending;
    std::int64_t progress = 0;
    std::string stage;
    Nullable<Quality> quality;
    Options options;
    bool is_rough_preview = false;
    bool cached = false;
    bool is_favorite = false;
    Nullable<std::string> ai_provider;
    Nullable<std::int64_t> processing_time_ms;
    std::optional<SessionError> error;
    Timestamp created_at;
    Timestamp expires_at;

    static constexpr std::string_view schema_name = "TryonSession";
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (id, user_id, kind, model_id, product_id, retailer_id, result_url, mask_url, fit_overlay_url,
                       model_name, product_name, model_image_url, product_image_url, garments, status, progress, stage,
                       quality, options, is_rough_preview, cached, is_favorite, ai_provider, processing_time_ms, error,
                       created_at, expires_at))

/// Body of POST /tryon.
struct TryonRequest {
    ModelId model_id;
    ProductId product_id;
    std::optional<Options> options;
};
BOOST_DESCRIBE_STRUCT(TryonRequest, (), (model_id, product_id, options))

/// Body of POST /tryon/batch.
struct BatchRequest {
    ModelId model_id;
    List<ProductId, 1, 20> product_ids;
    std::optional<Options> options;
};
BOOST_DESCRIBE_STRUCT(BatchRequest, (), (model_id, product_ids, options))

/// How one saree or dupatta of an outfit is worn.
struct PieceDrape {
    ProductId product_id;
    engine::DrapeWay drape = engine::DrapeWay::nivi;

    static constexpr std::string_view schema_name = "TryonGarmentDrape";
};
BOOST_DESCRIBE_STRUCT(PieceDrape, (), (product_id, drape))

/// Body of POST /tryon/outfit. `drapes` goes before the options' `drape`, which is for every garment it suits.
struct OutfitRequest {
    ModelId model_id;
    List<ProductId, 2, 4> product_ids;
    std::optional<Options> options;
    std::optional<List<PieceDrape, 0, 4>> drapes;

    /// No garment is worn twice, and each way to wear one is for a garment of the outfit, at most one for each.
    static void check_together(const std::optional<ModelId>&, const std::optional<List<ProductId, 2, 4>>& product_ids,
                               const std::optional<std::optional<Options>>&,
                               const std::optional<std::optional<List<PieceDrape, 0, 4>>>& drapes,
                               const std::string& pointer, std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(OutfitRequest, (), (model_id, product_ids, options, drapes))

/// Fields of POST /tryon/with-photo beside the photo. `height_cm` goes before the height of the shopper's profile.
struct PhotoFields {
    static constexpr std::string_view file_field = "photo";
    static constexpr std::string_view optional_file_field = "person_mask";
    ProductId product_id;
    std::optional<std::string> consent;
    std::optional<std::string> fit_points;
    std::optional<std::string> options;
    std::optional<Number<100, 230>> height_cm;
};
BOOST_DESCRIBE_STRUCT(PhotoFields, (), (product_id, consent, fit_points, options, height_cm))

/// Body of PATCH /tryon/{id}/favorite.
struct FavoriteChange {
    std::optional<bool> is_favorite;
};
BOOST_DESCRIBE_STRUCT(FavoriteChange, (), (is_favorite))

}  // namespace fitview::tryon
