#pragma once
// What identity keeps of a person: the account and its sign-ins.
#include "identity/session_store.hpp"
#include "identity/user_store.hpp"
#include "privacy/personal_data.hpp"

namespace fitview::identity {

/// Thread-safe. The references must outlive it. To be erased last: without the account nothing more can be asked for.
class PersonalData final : public privacy::PersonalDataHolder {
public:
    PersonalData(UserStore& users, SessionStore& sessions) : users_(users), sessions_(sessions) {}
    std::vector<privacy::ExportedCollection> export_for(const UserId& user) override;
    void erase_for(const UserId& user) override;

private:
    UserStore& users_;
    SessionStore& sessions_;
};

}  // namespace fitview::identity
