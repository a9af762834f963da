#include "tryon/tryon_personal_data.hpp"

#include "reflect/json_write.hpp"

namespace fitview::tryon {
namespace {
constexpr int batch = 200;
}

std::vector<privacy::ExportedCollection> PersonalData::export_for(const UserId& user) {
    privacy::ExportedCollection sessions{.name = "tryon_sessions", .records = {}};
    std::optional<TryonId> after;
    for (auto page = parts_.store.all_of(user, after, batch); !page.empty();
         page = parts_.store.all_of(user, after, batch)) {
        for (const Session& session : page) sessions.records.push_back(reflect::encode_text(tryons_.view_of(session)));
        after = page.back().id;
    }
    privacy::ExportedCollection consents{.name = "consents", .records = {}};
    for (const Consent& consent : parts_.store.consents_of(user))
        consents.records.push_back(reflect::encode_text(consent));
    return {std::move(sessions), std::move(consents)};
}

void PersonalData::erase_for(const UserId& user) {
    for (auto page = parts_.store.all_of(user, std::nullopt, batch); !page.empty();
         page = parts_.store.all_of(user, std::nullopt, batch)) {
        for (const Session& session : page) {
            tryons_.remove_belongings(session);
            parts_.unit_of_work.run(storage::Durability::durable, [&] {
                parts_.store.remove(session.id);
                if (session.status == Status::pending) parts_.queue.cancel(JobId(session.id.bytes()));
            });
        }
    }
    // Pictures whose session went missing, if any: the ledger knows every one that is the user's own.
    for (auto page = parts_.ledger.of_owner(user, std::nullopt, batch); !page.empty();
         page = parts_.ledger.of_owner(user, std::nullopt, batch)) {
        for (const storage::LedgerEntry& entry : page) {
            parts_.objects.remove(entry.key);
            parts_.ledger.forget(entry.key);
        }
    }
    parts_.store.remove_consents(user);
}

}  // namespace fitview::tryon
