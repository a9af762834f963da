#include "telemetry/audit_trail.hpp"
#include "telemetry/event_sink.hpp"

namespace fitview::telemetry {
namespace {

class NoAuditTrail final : public AuditTrail {
public:
    void record(const AuditRecord&) override {}
};

class NoEventSink final : public EventSink {
public:
    void publish(Event) noexcept override {}
};

}  // namespace

AuditTrail& no_audit_trail() {
    static NoAuditTrail trail;
    return trail;
}

EventSink& no_event_sink() {
    static NoEventSink sink;
    return sink;
}

}  // namespace fitview::telemetry
