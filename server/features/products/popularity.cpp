#include "products/popularity.hpp"

#include <chrono>
#include <vector>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/id_source.hpp"

namespace fitview::products {
namespace {

constexpr std::chrono::minutes kolkata_offset{330};

}  // namespace

void Popularity::viewed(const ProductId& product, const Viewer& viewer) noexcept try {
    telemetry::Event event{.type = "product_viewed",
                           .user_id = viewer.user_id,
                           .product_id = product,
                           .model_id = std::nullopt,
                           .viewer = {},
                           .metadata = {},
                           .created_at = clock_.now()};
    {
        const std::scoped_lock lock(mutex_);
        begin_day_if_new();
        event.viewer = viewer_name(viewer);
        if (seen_.size() >= views_max) seen_.clear();
        if (!seen_.insert(product.str() + event.viewer).second) return;
        count(product, 1);
    }
    events_.publish(std::move(event));
} catch (...) {
    // A view that cannot be counted must not cost the shopper the page.
}

void Popularity::tried_on(const ProductId& product) noexcept try {
    const std::scoped_lock lock(mutex_);
    count(product, try_on_weight);
} catch (...) {
    // As above.
}

void Popularity::count(const ProductId& product, std::uint32_t weight) {
    if (counts_.size() < products_max || counts_.contains(product)) counts_[product] += weight;
}

void Popularity::begin_day_if_new() {
    const std::int64_t day =
        std::chrono::floor<std::chrono::days>((clock_.now() + kolkata_offset).time()).time_since_epoch().count();
    if (day == day_) return;
    day_ = day;
    day_key_ = random_bytes(32);
    seen_.clear();
}

std::string Popularity::viewer_name(const Viewer& viewer) {
    if (viewer.user_id) return viewer.user_id->str();
    constexpr std::size_t name_bytes = 16;
    return hex(
        hmac_sha256(day_key_, std::string(viewer.address) + '\n' + std::string(viewer.agent)).substr(0, name_bytes));
}

void Popularity::write_down() {
    std::vector<PopularityChange> counts;
    {
        const std::scoped_lock lock(mutex_);
        counts.reserve(counts_.size());
        for (const auto& [id, count] : counts_) counts.push_back({.id = id, .popularity = count});
        counts_.clear();
    }
    if (counts.empty()) return;
    try {
        search_.set_popularity(store_.add_popularity(counts));
    } catch (const Unavailable&) {
        const std::scoped_lock lock(mutex_);
        for (const PopularityChange& change : counts) count(change.id, change.popularity);
        throw;
    }
}

}  // namespace fitview::products
