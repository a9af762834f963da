#pragma once
// What a shopper can do with style variations. Knows nothing of HTTP, JSON or databases.
#include <vector>

#include "ai/style_generator.hpp"
#include "base/time.hpp"
#include "pictures/pictures_lookup.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/objects/objects.hpp"
#include "storage/unit_of_work.hpp"
#include "style/style_store.hpp"
#include "telemetry/log.hpp"
#include "tryon/tryon_lookup.hpp"

namespace fitview::style {

/// Thread-safe; keeps no state of its own.
class Service {
public:
    /// What the service works with; all must outlive it. `generators` are asked in order until one makes a picture.
    struct Parts {
        Store& store;
        tryon::Lookup& tryons;
        storage::Objects& objects;
        storage::ObjectLedger& ledger;
        storage::UnitOfWork& unit_of_work;
        const pictures::Addresses& addresses;
        std::vector<ai::StyleGenerator*> generators;
        const Clock& clock;
        telemetry::Log& log;
    };
    explicit Service(Parts parts) : parts_(std::move(parts)) {}

    /// Sets a finished try-on into a scene; the same session and style give the variation that is there. Takes about a
    /// second. Fails: not_found (the session, also another's), not_try_on_ready while it has no picture, Unavailable.
    VariationView generate(const UserId& user, const VariationId& id, const GenerateRequest& request);

    /// Oldest first. Fails: not_found.
    std::vector<VariationView> list(const UserId& user, const TryonId& session);

private:
    Variation make(const tryon::Session& session, const VariationId& id, Style style);
    /// The object's key.
    std::string keep(const tryon::Session& session, const VariationId& id, const std::string& picture);

    Parts parts_;
};

}  // namespace fitview::style
