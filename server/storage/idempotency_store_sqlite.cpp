#include <cstring>
#include <stdexcept>

#include "base/id_source.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_database.hpp"

namespace fitview::storage {
namespace {

using Kind = IdempotencyState::Kind;

const Migration create_table("create idempotency_keys", R"(
    CREATE TABLE idempotency_keys (
        user_id TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL,
        entity_id TEXT NOT NULL, fence INTEGER NOT NULL, lease_until INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        status INTEGER, headers TEXT, body BLOB,
        PRIMARY KEY (user_id, key));
    CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
)");

/// Name and value of each header on a line of its own; neither can hold a line break.
std::string joined(const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string text;
    for (const auto& [name, value] : headers) {
        if (name.find('\n') != std::string::npos || value.find('\n') != std::string::npos) {
            throw std::invalid_argument("idempotency: a header holds a line break");
        }
        text += name + "\n" + value + "\n";
    }
    return text;
}

std::vector<std::pair<std::string, std::string>> split(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.emplace_back(text.substr(at, end - at));
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    std::vector<std::pair<std::string, std::string>> headers;
    for (std::size_t at = 0; at + 1 < lines.size(); at += 2) headers.emplace_back(lines[at], lines[at + 1]);
    return headers;
}

/// Random, since a freed key forgets its row and with it the fences that were used.
std::int64_t new_fence() {
    std::int64_t fence = 0;
    std::memcpy(&fence, random_bytes(sizeof fence).data(), sizeof fence);
    return fence;
}

class SqliteIdempotencyStore final : public IdempotencyStore {
public:
    SqliteIdempotencyStore(SqliteDatabase& database, const Clock& clock) : database_(database), clock_(clock) {
        migrate(database, "idempotency", {create_table});
    }

    IdempotencyState begin(const UserId& user, std::string_view key, std::string_view fingerprint,
                           const IdBytes& entity_id, Milliseconds lease) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            const Timestamp now = clock_.now();
            IdempotencyState state = known(connection, user, key, fingerprint, now);
            if (state.kind != Kind::fresh) return state;
            const bool again = state.entity_id != IdBytes{};
            if (!again) state.entity_id = entity_id;
            state.fence = new_fence();
            // A run that takes over keeps the first one's end.
            connection.run(
                "INSERT INTO idempotency_keys (user_id, key, fingerprint, entity_id, fence, lease_until, expires_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, key) DO UPDATE SET"
                " fence = excluded.fence, lease_until = excluded.lease_until",
                user, key, Blob{std::string(fingerprint)}, to_hex(state.entity_id), state.fence, now + lease,
                now + kept);
            return state;
        });
    }

    bool complete(const UserId& user, std::string_view key, std::int64_t fence, const StoredAnswer& answer) override {
        if (answer.body.size() > body_limit) return release(user, key, fence);
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return connection.run(
                       "UPDATE idempotency_keys SET status = ?, headers = ?, body = ?"
                       " WHERE user_id = ? AND key = ? AND fence = ? AND status IS NULL",
                       answer.status, joined(answer.headers), Blob{answer.body}, user, key, fence) > 0;
        });
    }

    bool release(const UserId& user, std::string_view key, std::int64_t fence) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return connection.run(
                       "DELETE FROM idempotency_keys WHERE user_id = ? AND key = ? AND fence = ? AND status IS NULL",
                       user, key, fence) > 0;
        });
    }

    int remove_all(const UserId& user) override {
        return database_.write(Durability::durable, [&](SqliteConnection& connection) {
            return static_cast<int>(connection.run("DELETE FROM idempotency_keys WHERE user_id = ?", user));
        });
    }

    int remove_expired(int limit) override {
        return database_.write(Durability::relaxed, [&](SqliteConnection& connection) {
            return static_cast<int>(
                connection.run("DELETE FROM idempotency_keys WHERE rowid IN"
                               " (SELECT rowid FROM idempotency_keys WHERE expires_at <= ? LIMIT ?)",
                               clock_.now(), limit));
        });
    }

private:
    /// What the row says. Fresh with an entity id means: a run of the same request died. A row that counts no more is
    /// removed.
    static IdempotencyState known(SqliteConnection& connection, const UserId& user, std::string_view key,
                                  std::string_view fingerprint, const Timestamp& now) {
        IdempotencyState state;
        bool removable = false;
        {
            Statement select = connection.prepare(
                "SELECT fingerprint, entity_id, lease_until, expires_at, status, headers, body"
                " FROM idempotency_keys WHERE user_id = ? AND key = ?");
            select.bind_all(user, key);
            if (!select.step()) return state;
            const bool same = select.blob(0) == fingerprint;
            const bool answered = !select.is_null(4);
            const bool leased = select.get<Timestamp>(2) > now;
            removable = select.get<Timestamp>(3) <= now || (!same && !answered && !leased);
            if (!removable && !same) {
                state.kind = Kind::key_reused;
            } else if (!removable && answered) {
                state.kind = Kind::replay;
                state.answer = StoredAnswer{.status = select.get<int>(4),
                                            .headers = split(select.text(5)),
                                            .body = std::string(select.blob(6))};
            } else if (!removable && leased) {
                state.kind = Kind::in_progress;
            } else if (!removable) {
                state.entity_id = id_from_hex(select.text(1)).value_or(IdBytes{});
            }
        }
        if (removable) connection.run("DELETE FROM idempotency_keys WHERE user_id = ? AND key = ?", user, key);
        return state;
    }

    SqliteDatabase& database_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<IdempotencyStore> open_sqlite_idempotency_store(SqliteDatabase& database, const Clock& clock) {
    return std::make_unique<SqliteIdempotencyStore>(database, clock);
}

}  // namespace fitview::storage
