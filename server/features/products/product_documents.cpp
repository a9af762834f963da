#include "products/product_documents.hpp"

#include "reflect/json_write.hpp"

namespace fitview::products {
namespace {

std::string cache_key(const ProductId& id) {
    return "product:" + id.str();
}

// A cached document is its tag, a line break, its JSON. A withdrawn product is an empty text.
std::string packed(const ProductDocument& document) {
    return document.json.empty() ? std::string() : document.etag + "\n" + document.json;
}

std::optional<ProductDocument> unpacked(const ProductId& id, const std::string& bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string::npos) return std::nullopt;
    return ProductDocument{.id = id, .etag = bytes.substr(0, end), .json = bytes.substr(end + 1)};
}

}  // namespace

std::string etag_of(const StockedProduct& stocked) {
    return "\"r" + std::to_string(stocked.product.revision) + "." + std::to_string(stocked.figures.try_on_revision) +
           "\"";
}

std::optional<ProductDocument> ProductDocuments::find(const ProductId& id) {
    if (const auto bytes = look_up(id)) return unpacked(id, *bytes);
    const auto stocked = store_.find(id);
    if (!stocked) return std::nullopt;
    ProductDocument document = remember(*stocked);
    if (document.json.empty()) return std::nullopt;
    return document;
}

std::optional<ProductDocument> ProductDocuments::find_cached(const ProductId& id) {
    const auto bytes = look_up(id);
    return bytes ? unpacked(id, *bytes) : std::nullopt;
}

std::vector<ProductDocument> ProductDocuments::find_all(const std::vector<ProductId>& ids) {
    std::vector<ProductDocument> found(ids.size());
    std::vector<ProductId> missing;
    std::vector<std::size_t> places;
    const std::vector<storage::SharedBytes> cached = look_up_all(ids);
    for (std::size_t at = 0; at < ids.size(); ++at) {
        if (const auto& bytes = cached[at]) {
            if (auto document = unpacked(ids[at], *bytes)) found[at] = std::move(*document);
        } else {
            missing.push_back(ids[at]);
            places.push_back(at);
        }
    }
    if (!missing.empty()) {
        std::size_t next = 0;
        for (const StockedProduct& stocked : store_.find_all(missing)) {
            while (missing[next] != stocked.product.id) ++next;
            found[places[next]] = remember(stocked);
        }
    }
    std::erase_if(found, [](const ProductDocument& document) { return document.json.empty(); });
    return found;
}

std::optional<std::vector<ProductDocument>> ProductDocuments::find_all_cached(const std::vector<ProductId>& ids) {
    std::vector<ProductDocument> found;
    found.reserve(ids.size());
    const std::vector<storage::SharedBytes> cached = look_up_all(ids);
    for (std::size_t at = 0; at < ids.size(); ++at) {
        auto document = cached[at] ? unpacked(ids[at], *cached[at]) : std::nullopt;
        if (!document) return std::nullopt;
        found.push_back(std::move(*document));
    }
    return found;
}

ProductDocument ProductDocuments::remember(const StockedProduct& stocked) {
    ProductDocument document{.id = stocked.product.id, .etag = etag_of(stocked), .json = {}};
    if (!stocked.product.is_deleted) document.json = reflect::encode_text(view_of(stocked, addresses_));
    try {
        cache_.put_newer(cache_key(stocked.product.id), stocked.version(),
                         std::make_shared<const std::string>(packed(document)), lifetime);
    } catch (const Unavailable&) {
        // The store is the truth; only time is lost.
    }
    return document;
}

storage::SharedBytes ProductDocuments::look_up(const ProductId& id) try {
    return cache_.find(cache_key(id));
} catch (const Unavailable&) {
    return nullptr;
}

std::vector<storage::SharedBytes> ProductDocuments::look_up_all(const std::vector<ProductId>& ids) {
    std::vector<std::string> keys;
    keys.reserve(ids.size());
    for (const ProductId& id : ids) keys.push_back(cache_key(id));
    try {
        return cache_.find_all(keys);
    } catch (const Unavailable&) {
        return std::vector<storage::SharedBytes>(ids.size());
    }
}

}  // namespace fitview::products
