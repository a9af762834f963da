#pragma once
// Export and erasure over every feature that keeps personal data.
#include <vector>

#include "base/time.hpp"
#include "privacy/personal_data.hpp"
#include "privacy/privacy.hpp"

namespace fitview::privacy {

/// Thread-safe; blocks. The references must outlive it.
class Service {
public:
    /// `holders` in the order in which they are erased: whoever holds the account itself comes last, so that an erasure
    /// cut short can be asked for again. `retention` is generated from the live settings.
    Service(std::vector<PersonalDataHolder*> holders, std::vector<Retention> retention, const Clock& clock)
        : holders_(std::move(holders)), retention_(std::move(retention)), clock_(clock) {}

    /// Everything held about the user. Fails: Unavailable.
    Export export_for(const UserId& user);

    /// Deletes or anonymises everything held about the user. Repeating it changes nothing. Fails: Unavailable.
    void erase(const UserId& user);

    const std::vector<Retention>& retention() const { return retention_; }

private:
    const std::vector<PersonalDataHolder*> holders_;
    const std::vector<Retention> retention_;
    const Clock& clock_;
};

}  // namespace fitview::privacy
