#pragma once
// Style variations: a finished try-on set into a scene. Stored with object keys, shown with addresses.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"
#include "engine/scene/style_scene.hpp"

namespace fitview::style {

using VariationId = Id<struct VariationTag>;
using Style = engine::SceneStyle;

/// One for each session and style. It goes with its session, at `expires_at` at the latest.
struct Variation {
    VariationId id;
    TryonId session_id;
    UserId user_id;
    Style style = Style::casual;
    std::string result_key;
    std::string ai_provider;
    std::int64_t processing_time_ms = 0;
    Timestamp created_at;
    Timestamp expires_at;
    bool operator==(const Variation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Variation, (),
                      (id, session_id, user_id, style, result_key, ai_provider, processing_time_ms, created_at,
                       expires_at))

struct VariationView {
    VariationId id;
    TryonId session_id;
    Style style = Style::casual;
    std::string result_url;
    std::string ai_provider;
    std::int64_t processing_time_ms = 0;
    Timestamp created_at;
    Timestamp expires_at;

    static constexpr std::string_view schema_name = "StyleVariation";
};
BOOST_DESCRIBE_STRUCT(VariationView, (),
                      (id, session_id, style, result_url, ai_provider, processing_time_ms, created_at, expires_at))

/// Body of POST /style/generate.
struct GenerateRequest {
    TryonId session_id;
    Style style = Style::casual;
};
BOOST_DESCRIBE_STRUCT(GenerateRequest, (), (session_id, style))

}  // namespace fitview::style
