#pragma once
// How often products are wanted: views and try-ons, counted in memory and written down now and then.
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/id.hpp"
#include "base/time.hpp"
#include "products/product_search.hpp"
#include "products/products_store.hpp"
#include "telemetry/event_sink.hpp"

namespace fitview::products {

/// Who looked at a product: a user, or an address and an agent, of which only a keyed hash is made; the key is thrown
/// away at the end of the day (Asia/Kolkata).
struct Viewer {
    std::optional<UserId> user_id;
    std::string_view address;
    std::string_view agent;
};

/// Thread-safe. `viewed` and `tried_on` never block on I/O. The references must outlive it.
class Popularity {
public:
    Popularity(Store& store, ProductSearch& search, telemetry::EventSink& events, const Clock& clock)
        : store_(store), search_(search), events_(events), clock_(clock) {}

    /// Counts a view and publishes `product_viewed`, once per viewer, product and day.
    void viewed(const ProductId& product, const Viewer& viewer) noexcept;
    /// A try-on tells more than a look.
    void tried_on(const ProductId& product) noexcept;

    /// Writes down what was counted since the last time. Called once a second. Fails: Unavailable, with nothing lost.
    void write_down();

    static constexpr std::uint32_t try_on_weight = 5;
    /// More than these are not told apart until the next day or the next writing.
    static constexpr std::size_t views_max = 200'000;
    static constexpr std::size_t products_max = 100'000;

private:
    void count(const ProductId& product, std::uint32_t weight);
    std::string viewer_name(const Viewer& viewer);
    void begin_day_if_new();

    Store& store_;
    ProductSearch& search_;
    telemetry::EventSink& events_;
    const Clock& clock_;
    std::mutex mutex_;
    std::int64_t day_ = -1;
    std::string day_key_;
    std::unordered_set<std::string> seen_;
    std::unordered_map<ProductId, std::uint32_t> counts_;
};

}  // namespace fitview::products
