#include <stdexcept>

#include "jobs/job_queue.hpp"
#include "storage/progress_bus.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/rows.hpp"

namespace fitview::jobs {
namespace {

using storage::Durability;
using storage::SqliteConnection;
using storage::Statement;

/// A given-up job that cannot be settled either is buried after so many more claims, rather than tried for ever.
constexpr int settle_limit = 20;
constexpr int list_limit = 1000;
/// A lease that ends so much later than a new one would was made before the clock was set back: it is over.
constexpr Milliseconds lease_surplus = std::chrono::minutes(1);
/// Fences of one row stay below those of the next: a job cancelled and accepted anew must not share them.
constexpr int fences_per_row_bits = 20;

// `available_at` is when the job may be claimed: its start while nobody has it, the end of the lease while somebody
// does.
const storage::Migration create_table("create jobs", R"(
    CREATE TABLE jobs (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, payload TEXT NOT NULL,
        priority INTEGER NOT NULL, available_at INTEGER NOT NULL, claimed INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
        given_up INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', buried_at INTEGER);
    CREATE INDEX jobs_by_turn ON jobs (priority DESC, sequence) WHERE buried_at IS NULL;
    CREATE INDEX jobs_given_up ON jobs (attempt) WHERE given_up = 1 AND buried_at IS NULL;
    CREATE INDEX jobs_buried ON jobs (buried_at) WHERE buried_at IS NOT NULL;
)");

const storage::Migration add_accepted_at("add when a job was accepted", R"(
    ALTER TABLE jobs ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0;
)");

const storage::Migration add_lost("add how many workers a job lost", R"(
    ALTER TABLE jobs ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
)");

const storage::Migration add_away_since("add since when a job waits for a back end", R"(
    ALTER TABLE jobs ADD COLUMN away_since INTEGER;
)");

const std::string claim_sql = R"(
    UPDATE jobs SET claimed = 1, attempt = attempt + 1, available_at = :until,
        fence = max(fence, sequence << )" +
                              std::to_string(fences_per_row_bits) + R"() + 1,
        lost = lost + claimed,
        reason = CASE WHEN given_up = 0 AND lost + claimed >= :losses THEN 'its workers were lost' ELSE reason END,
        given_up = given_up OR lost + claimed >= :losses
    WHERE sequence = (SELECT sequence FROM jobs WHERE buried_at IS NULL
        AND (available_at <= :now OR (claimed AND available_at > :never)) AND priority >= :least AND kind IN (SELECT value FROM json_each(:kinds)) ORDER BY priority DESC, sequence LIMIT 1)
    RETURNING id, kind, payload, attempt, fence, given_up, reason)";

constexpr const char* of_claim = " WHERE id = ? AND fence = ? AND claimed = 1";

std::string json_array(const std::vector<std::string>& texts) {
    std::string json = "[";
    for (const std::string& text : texts) json += (json.size() > 1 ? "," : "") + reflect::encode_text(text);
    return json + "]";
}

class SqliteJobQueue final : public JobQueue {
public:
    SqliteJobQueue(storage::SqliteDatabase& database, storage::ProgressBus& bus, const Clock& clock)
        : database_(database), bus_(bus), clock_(clock) {
        migrate(database, "jobs", {create_table, add_accepted_at, add_lost, add_away_since});
    }

    bool enqueue(const NewJob& job) override {
        if (job.payload.size() > payload_limit) throw std::invalid_argument("jobs: a payload is too large");
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            const bool added = connection.run(
                                   "INSERT OR IGNORE INTO jobs (id, kind, payload, priority, available_at, accepted_at)"
                                   " VALUES (?, ?, ?, ?, ?, ?)",
                                   job.id, job.kind, job.payload, job.priority, job.not_before, clock_.now()) > 0;
            if (added) database_.after_commit([&bus = bus_] { bus.publish(work_topic); });
            return added;
        });
    }

    // A claim may be lost with the power: then the worker is lost too, and the job is claimed again.
    std::optional<Job> claim(const std::vector<std::string>& kinds, Milliseconds lease, int least_priority) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) -> std::optional<Job> {
            const Timestamp now = clock_.now();
            bury_unsettled(connection, now);
            Statement update = connection.prepare(claim_sql);
            update.bind(":until", now + lease)
                .bind(":now", now)
                .bind(":never", now + lease + lease_surplus)
                .bind(":losses", loss_limit)
                .bind(":least", least_priority)
                .bind(":kinds", json_array(kinds));
            if (!update.step()) return std::nullopt;
            Job job{.id = update.get<JobId>(0),
                    .kind = update.get<std::string>(1),
                    .payload = update.get<std::string>(2),
                    .attempt = update.get<int>(3),
                    .fence = update.get<std::int64_t>(4),
                    .lease_until = now + lease,
                    .given_up_because = {}};
            if (update.get<bool>(5)) job.given_up_because = update.get<std::string>(6);
            return job;
        });
    }

    bool extend(const JobId& id, std::int64_t fence, Milliseconds lease) override {
        return change("UPDATE jobs SET available_at = ?", clock_.now() + lease, id, fence);
    }

    bool finish(const JobId& id, std::int64_t fence) override { return change("DELETE FROM jobs", id, fence); }

    bool fail(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        const Timestamp now = clock_.now();
        return change(
            "UPDATE jobs SET claimed = 0,"
            " reason = CASE WHEN given_up THEN reason ELSE ? END,"
            " available_at = CASE WHEN given_up OR attempt - lost < ? THEN ? ELSE ? END,"
            " given_up = given_up OR attempt - lost >= ?",
            reason.substr(0, reason_limit), attempt_limit, now + retry_after, now, attempt_limit, id, fence);
    }

    bool postpone(const JobId& id, std::int64_t fence, Milliseconds retry_after, const std::string& reason) override {
        const Timestamp now = clock_.now();
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            const bool waits =
                connection.run(
                    "UPDATE jobs SET claimed = 0, attempt = attempt - 1, reason = ?, available_at = ?,"
                    " away_since = coalesce(away_since, ?) WHERE id = ? AND fence = ? AND claimed = 1"
                    " AND NOT given_up AND coalesce(away_since, ?) > ?",
                    reason.substr(0, reason_limit), now + retry_after, now, id, fence, now, now - away_limit) > 0;
            return waits || fail(id, fence, retry_after, reason);
        });
    }

    bool give_back(const JobId& id, std::int64_t fence) override {
        return change("UPDATE jobs SET claimed = 0, attempt = attempt - 1, available_at = ?", clock_.now(), id, fence);
    }

    bool bury(const JobId& id, std::int64_t fence) override {
        return change("UPDATE jobs SET claimed = 0, buried_at = ?", clock_.now(), id, fence);
    }

    bool cancel(const JobId& id) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run("DELETE FROM jobs WHERE id = ?", id) > 0;
        });
    }

    QueueDepth depth() override {
        return database_.read([&](SqliteConnection& connection) {
            Statement select = connection.prepare(
                "SELECT count(*) FILTER (WHERE buried_at IS NULL AND NOT (claimed AND available_at > :now)),"
                " count(*) FILTER (WHERE buried_at IS NULL AND claimed AND available_at > :now),"
                " count(buried_at) FROM jobs");
            select.bind(":now", clock_.now()).step();
            return QueueDepth{.waiting = select.get<std::int64_t>(0),
                              .running = select.get<std::int64_t>(1),
                              .buried = select.get<std::int64_t>(2)};
        });
    }

    std::optional<Timestamp> oldest_waiting() override {
        return database_.read([&](SqliteConnection& connection) {
            Statement select = connection.prepare(
                "SELECT min(accepted_at) FROM jobs WHERE buried_at IS NULL AND claimed = 0 AND accepted_at > 0");
            select.step();
            return select.get<std::optional<Timestamp>>(0);
        });
    }

    bool was_emptied() override { return false; }

    std::vector<BuriedJob> buried(int limit) override {
        if (limit < 1 || limit > list_limit) throw std::invalid_argument("jobs: limit out of range");
        return database_.read([&](SqliteConnection& connection) {
            Statement select = connection.prepare(
                "SELECT id, kind, payload, reason, buried_at AS at FROM jobs WHERE buried_at IS NOT NULL"
                " ORDER BY buried_at DESC, sequence DESC LIMIT ?");
            select.bind(1, limit);
            return storage::read_rows<BuriedJob>(select);
        });
    }

private:
    /// Runs `sql` for the claim whose id and fence are the last two values.
    template <class... Values>
    bool change(const char* sql, const Values&... values) {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run(std::string(sql) + of_claim, values...) > 0;
        });
    }

    static void bury_unsettled(SqliteConnection& connection, const Timestamp& now) {
        connection.run(
            "UPDATE jobs SET buried_at = ?, claimed = 0"
            " WHERE given_up = 1 AND buried_at IS NULL AND attempt >= ? AND available_at <= ?",
            now, attempt_limit + loss_limit + settle_limit, now);
    }

    storage::SqliteDatabase& database_;
    storage::ProgressBus& bus_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<JobQueue> open_sqlite_job_queue(storage::SqliteDatabase& database, storage::ProgressBus& bus,
                                                const Clock& clock) {
    return std::make_unique<SqliteJobQueue>(database, bus, clock);
}

}  // namespace fitview::jobs
