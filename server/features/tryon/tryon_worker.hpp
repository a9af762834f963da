#pragma once
// Does try-on jobs: claims the session, renders, stores, completes. Runs in `serve` and in `worker` processes alike.
#include <vector>

#include "ai/picture_generator.hpp"
#include "jobs/job_runner.hpp"
#include "telemetry/event_sink.hpp"
#include "telemetry/log.hpp"
#include "tryon/tryon_service.hpp"

namespace fitview::tryon {

/// Thread-safe; several jobs may run at once.
class Worker {
public:
    /// `generators` are asked in order until one makes a picture. Everything must outlive the worker.
    Worker(Parts parts, std::vector<ai::PictureGenerator*> generators, telemetry::EventSink& events,
           telemetry::Log& log);

    /// The handler for the job runner.
    jobs::JobHandler handler();

private:
    void run(const jobs::Job& job, const jobs::JobControl& control);
    void give_up(const jobs::Job& job);
    void settle(const TryonId& id);
    void render(Session& session, const jobs::JobControl& control);
    void keep(Session& session, const ai::GeneratedPicture& made);
    void end(const Session& session);
    std::string picture_of(const std::string& key) const;

    Parts parts_;
    std::vector<ai::PictureGenerator*> generators_;
    telemetry::EventSink& events_;
    telemetry::Log& log_;
};

}  // namespace fitview::tryon
