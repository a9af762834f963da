#pragma once
// The pipeline's ports for tests: tokens that say who they are, logs and audit records that can be read.
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "http/ports.hpp"
#include "telemetry/audit_trail.hpp"
#include "telemetry/log.hpp"

namespace fitview::testkit {

/// The token of a user for FakeAuthenticator.
std::string token_for(const UserId& user, http::Role role = http::Role::customer);

/// Takes the tokens of `token_for`; "expired" has expired, anything else is bad.
class FakeAuthenticator final : public http::Authenticator {
public:
    std::variant<http::Identity, FailureCode> authenticate(std::string_view token) override;
};

/// Keeps every line, as JSON text. Thread-safe.
class RecordingLog final : public telemetry::Log {
public:
    using Log::write;
    void write(telemetry::Level level, std::string_view message, std::span<const telemetry::Field> fields) override;
    std::vector<std::string> lines() const;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// Keeps every record. Thread-safe.
class RecordingAuditTrail final : public telemetry::AuditTrail {
public:
    void record(const telemetry::AuditRecord& record) override;
    std::vector<telemetry::AuditRecord> records() const;

private:
    mutable std::mutex mutex_;
    std::vector<telemetry::AuditRecord> records_;
};

}  // namespace fitview::testkit
