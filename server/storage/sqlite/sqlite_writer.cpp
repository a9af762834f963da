#include "storage/sqlite/sqlite_writer.hpp"

#include <algorithm>
#include <string>

#include "base/failure.hpp"

namespace fitview::storage {

using SteadyClock = std::chrono::steady_clock;

SqliteWriter::SqliteWriter(SqliteConnection& connection, std::mutex& lock, Medium medium)
    : connection_(connection), connection_lock_(lock), medium_(medium), thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void SqliteWriter::run(Durability durability, const WriteFunction& function) {
    Task task{.function = function, .failure = {}, .done = false, .finished = {}};
    std::unique_lock guard(lock_);
    if (stopping_ || durable_.size() + relaxed_.size() >= queue_limit)
        throw Unavailable("sqlite: the write queue is full");
    queue_of(durability).push_back(&task);
    arrived_.notify_one();
    task.finished.wait(guard, [&task] { return task.done; });
    guard.unlock();
    if (task.failure) std::rethrow_exception(task.failure);
}

void SqliteWriter::loop() {
    for (;;) {
        {
            std::unique_lock guard(lock_);
            const auto woken = [this] { return stopping_ || !durable_.empty() || !relaxed_.empty(); };
            if (unflushed_since_) {
                arrived_.wait_until(guard, *unflushed_since_ + flush_interval, woken);
            } else {
                arrived_.wait(guard, woken);
            }
            // Closing the last connection syncs what is left unflushed.
            if (stopping_ && durable_.empty() && relaxed_.empty()) return;
        }
        run_batch(Durability::relaxed);
        run_batch(Durability::durable);
        flush_if_due();
    }
}

void SqliteWriter::run_batch(Durability durability) {
    Batch batch;
    if (!take_into(batch, durability)) return;
    {
        const std::lock_guard connection_guard(connection_lock_);
        run_tasks(batch, durability);
    }
    const std::lock_guard guard(lock_);
    for (Task* task : batch) {
        task->done = true;
        task->finished.notify_one();  // under the lock: a task lives on its caller's stack and is gone right after
    }
}

void SqliteWriter::run_tasks(Batch& batch, Durability durability) {
    try {
        const auto until = SteadyClock::now() + batch_time;
        prepare_commit(durability);
        connection_.run("BEGIN IMMEDIATE");
        for (std::size_t next = 0; next < batch.size();) {
            run_task(*batch[next++]);
            if (next < batch.size() || next >= batch_limit || SteadyClock::now() >= until) continue;
            if (!take_into(batch, durability) && durability == Durability::durable && wait_for_more(batch, until)) {
                take_into(batch, durability);
            }
        }
        connection_.run("COMMIT");
        committed(batch, durability);
    } catch (const std::exception& failure) {
        fail(batch, failure.what());
    }
}

void SqliteWriter::run_task(Task& task) {
    try {
        connection_.run("SAVEPOINT task");
        task.function(connection_);
        connection_.run("RELEASE task");
    } catch (...) {
        task.failure = std::current_exception();
        // A full or failing disk ends the whole transaction; then nobody in the batch may believe in a commit.
        if (!connection_.in_transaction()) throw Unavailable("sqlite: the transaction was given up");
        connection_.run("ROLLBACK TO task");
        connection_.run("RELEASE task");
    }
}

bool SqliteWriter::take_into(Batch& batch, Durability durability) {
    const std::lock_guard guard(lock_);
    std::deque<Task*>& queue = queue_of(durability);
    const std::size_t count = std::min(queue.size(), batch_limit - batch.size());
    batch.insert(batch.end(), queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
    queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
    return count > 0;
}

bool SqliteWriter::wait_for_more(const Batch& batch, SteadyClock::time_point until) {
    // A commit costs an fsync, so it pays to wait for the callers of the last batch, who tend to come back at once. A
    // lone caller never waits.
    if (medium_ == Medium::memory || batch.size() >= expected_) return false;
    std::unique_lock guard(lock_);
    return arrived_.wait_until(guard, until, [this] { return stopping_ || !durable_.empty(); }) && !durable_.empty();
}

void SqliteWriter::fail(const Batch& batch, const std::string& reason) {
    if (connection_.in_transaction()) connection_.try_rollback();  // when it fails, the next BEGIN says so
    // One exception for each caller: they are thrown on several threads.
    for (Task* task : batch) task->failure = std::make_exception_ptr(Unavailable(reason));
}

void SqliteWriter::prepare_commit(Durability durability) {
    const bool wait = durability == Durability::durable;
    if (medium_ == Medium::memory || wait == waits_for_disk_) return;
    connection_.wait_for_disk_at_commit(wait);
    waits_for_disk_ = wait;
}

void SqliteWriter::committed(const Batch& batch, Durability durability) {
    if (medium_ == Medium::memory) return;
    if (durability == Durability::durable) {
        expected_ = batch.size();
        unflushed_since_.reset();  // the log is one file: its fsync covers the relaxed commits before
    } else if (!unflushed_since_) {
        unflushed_since_ = SteadyClock::now();
    }
}

void SqliteWriter::flush_if_due() {
    if (!unflushed_since_ || SteadyClock::now() < *unflushed_since_ + flush_interval) return;
    const std::lock_guard guard(connection_lock_);
    try {
        connection_.sync_log();
        unflushed_since_.reset();
    } catch (const std::exception&) {
        unflushed_since_ = SteadyClock::now();  // tried again in a second; the next durable write tells its caller
    }
}

}  // namespace fitview::storage
