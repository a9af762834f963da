#pragma once
// Takes variations away: with their session, and with the account.
#include "pictures/pictures_lookup.hpp"
#include "privacy/personal_data.hpp"
#include "storage/objects/object_ledger.hpp"
#include "storage/objects/objects.hpp"
#include "style/style_store.hpp"
#include "tryon/tryon_lookup.hpp"

namespace fitview::style {

VariationView view_of(const Variation& variation, const pictures::Addresses& addresses);

/// Thread-safe. The references must outlive it.
class Removal final : public tryon::SessionFollower, public privacy::PersonalDataHolder {
public:
    Removal(Store& store, storage::Objects& objects, storage::ObjectLedger& ledger,
            const pictures::Addresses& addresses)
        : store_(store), objects_(objects), ledger_(ledger), addresses_(addresses) {}

    void session_goes(const TryonId& id) override;
    std::vector<privacy::ExportedCollection> export_for(const UserId& user) override;
    void erase_for(const UserId& user) override;

private:
    Store& store_;
    storage::Objects& objects_;
    storage::ObjectLedger& ledger_;
    const pictures::Addresses& addresses_;
};

}  // namespace fitview::style
