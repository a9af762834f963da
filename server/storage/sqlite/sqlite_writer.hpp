#pragma once
// The one thread that writes to an SQLite database, with group commit.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "storage/durability.hpp"
#include "storage/sqlite/sqlite_connection.hpp"

namespace fitview::storage {

using WriteFunction = std::function<void(SqliteConnection&)>;

/// Runs closures one after another on its own thread, each in a savepoint, many in one transaction. Part of
/// SqliteDatabase, which says what a caller may rely on. Thread-safe.
class SqliteWriter {
public:
    static constexpr std::size_t batch_limit = 64;
    static constexpr std::chrono::microseconds batch_time{2000};
    static constexpr std::chrono::milliseconds flush_interval{1000};
    static constexpr std::size_t queue_limit = 1024;

    enum class Medium { disk, memory };

    /// `connection` is used under `lock` only; both must outlive the writer.
    SqliteWriter(SqliteConnection& connection, std::mutex& lock, Medium medium);
    /// Finishes what was accepted.
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;

    /// Blocks until `function` ran and its transaction is committed; throws what it threw.
    /// Fails: Unavailable when the queue is full or the commit failed.
    void run(Durability durability, const WriteFunction& function);

private:
    struct Task {
        const WriteFunction& function;
        std::exception_ptr failure;
        bool done = false;
        std::condition_variable finished;
    };
    using Batch = std::vector<Task*>;

    void loop();
    void run_batch(Durability durability);
    void run_tasks(Batch& batch, Durability durability);
    void run_task(Task& task);
    bool take_into(Batch& batch, Durability durability);
    bool wait_for_more(const Batch& batch, std::chrono::steady_clock::time_point until);
    void fail(const Batch& batch, const std::string& reason);
    void prepare_commit(Durability durability);
    void committed(const Batch& batch, Durability durability);
    void flush_if_due();
    std::deque<Task*>& queue_of(Durability durability) {
        return durability == Durability::durable ? durable_ : relaxed_;
    }

    SqliteConnection& connection_;
    std::mutex& connection_lock_;
    const Medium medium_;
    std::mutex lock_;
    std::condition_variable arrived_;
    std::deque<Task*> durable_;
    std::deque<Task*> relaxed_;
    bool stopping_ = false;
    // The rest belongs to the thread.
    std::size_t expected_ = 1;  ///< how many callers the last durable batch served; they tend to come back together
    bool waits_for_disk_ = true;
    std::optional<std::chrono::steady_clock::time_point> unflushed_since_;
    std::thread thread_;
};

}  // namespace fitview::storage
