#include "testkit/http_ports.hpp"

namespace fitview::testkit {

std::string token_for(const UserId& user, http::Role role) {
    constexpr std::string_view letters = "cra";
    return user.str() + letters[static_cast<std::size_t>(role)];
}

std::variant<http::Identity, FailureCode> FakeAuthenticator::authenticate(std::string_view token) {
    if (token == "expired") return FailureCode::token_expired;
    const auto user = UserId::check(token.substr(0, 24));
    const auto role = token.size() == 25 ? std::string_view("cra").find(token.back()) : std::string_view::npos;
    if (!user || role == std::string_view::npos) return FailureCode::unauthenticated;
    return http::Identity{.user_id = *user, .role = static_cast<http::Role>(role), .session_id = user->str()};
}

void RecordingLog::write(telemetry::Level level, std::string_view message, std::span<const telemetry::Field> fields) {
    std::string line;
    telemetry::append_log_line(line, Timestamp(), level, "test", message, fields);
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
}

std::vector<std::string> RecordingLog::lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
}

void RecordingAuditTrail::record(const telemetry::AuditRecord& record) {
    const std::lock_guard lock(mutex_);
    records_.push_back(record);
}

std::vector<telemetry::AuditRecord> RecordingAuditTrail::records() const {
    const std::lock_guard lock(mutex_);
    return records_;
}

}  // namespace fitview::testkit
