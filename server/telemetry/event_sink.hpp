#pragma once
// What happened in the shop, for analytics; published by services after the change is stored.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::telemetry {

/// One event. `viewer` stands for the shopper: the user's id, or a keyed hash of address and agent.
struct Event {
    std::string type;  ///< "tryon_generated", "product_viewed", "product_favorited", …
    std::optional<UserId> user_id;
    std::optional<ProductId> product_id;
    std::optional<ModelId> model_id;
    std::string viewer;
    std::vector<std::pair<std::string, std::string>> metadata;
    Timestamp created_at;
};

/// Takes events. Thread-safe; never blocks and never throws: a full sink drops the event and counts it.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void publish(Event event) noexcept = 0;
};

/// A sink that keeps nothing.
EventSink& no_event_sink();

}  // namespace fitview::telemetry
