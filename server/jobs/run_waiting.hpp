#pragma once
// Doing what waits in a queue here and now, for commands that run no workers.
#include "jobs/job_runner.hpp"

namespace fitview::jobs {

/// Does every job of the handler's kind that can be claimed now, on all cores, and returns how many those were. A job
/// takes at most a minute; nothing is tried twice. Fails: with what the handler threw, once the other threads have
/// ended; the failed job waits in the queue until its lease is over.
int run_waiting(JobQueue& queue, const JobHandler& handler);

}  // namespace fitview::jobs
