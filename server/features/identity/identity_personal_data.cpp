#include "identity/identity_personal_data.hpp"

#include <boost/describe/class.hpp>

#include "reflect/json_write.hpp"

namespace fitview::identity {

/// A sign-in as it is exported: without the ids of its tokens.
struct ExportedSession {
    SessionId id;
    Timestamp created_at;
    Timestamp expires_at;
    std::optional<Timestamp> revoked_at;
};
BOOST_DESCRIBE_STRUCT(ExportedSession, (), (id, created_at, expires_at, revoked_at))

namespace {
constexpr int sessions_max = 10'000;
}

std::vector<privacy::ExportedCollection> PersonalData::export_for(const UserId& user) {
    privacy::ExportedCollection accounts{.name = "users", .records = {}};
    if (const auto found = users_.find(user)) accounts.records.push_back(reflect::encode_text(view_of(*found)));
    privacy::ExportedCollection sessions{.name = "sessions", .records = {}};
    for (const Session& session : sessions_.of_user(user, sessions_max)) {
        sessions.records.push_back(reflect::encode_text(
            ExportedSession{session.id, session.created_at, session.expires_at, session.revoked_at}));
    }
    return {std::move(accounts), std::move(sessions)};
}

void PersonalData::erase_for(const UserId& user) {
    sessions_.remove_all(user);  // first, so that every token stops working even if the rest is cut short
    users_.remove(user);
}

}  // namespace fitview::identity
