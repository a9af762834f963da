#include "privacy/privacy_service.hpp"

namespace fitview::privacy {

Export Service::export_for(const UserId& user) {
    Export all{.exported_at = clock_.now(), .user = {"null"}, .collections = {}, .processors = {}};
    for (PersonalDataHolder* holder : holders_) {
        for (ExportedCollection& collection : holder->export_for(user)) {
            auto& records = all.collections[collection.name];
            for (std::string& record : collection.records) records.push_back({std::move(record)});
        }
    }
    if (const auto users = all.collections.find("users"); users != all.collections.end() && !users->second.empty()) {
        all.user = users->second.front();
    }
    return all;
}

void Service::erase(const UserId& user) {
    for (PersonalDataHolder* holder : holders_) holder->erase_for(user);
}

}  // namespace fitview::privacy
