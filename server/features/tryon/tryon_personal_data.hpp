#pragma once
// What try-on keeps of a person: sessions, own photos with what was made from them, consents.
#include "privacy/personal_data.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {

/// Thread-safe. The references must outlive it.
class PersonalData final : public privacy::PersonalDataHolder {
public:
    PersonalData(Parts parts, Service& tryons) : parts_(parts), tryons_(tryons) {}
    std::vector<privacy::ExportedCollection> export_for(const UserId& user) override;
    void erase_for(const UserId& user) override;

private:
    Parts parts_;
    Service& tryons_;
};

}  // namespace fitview::tryon
