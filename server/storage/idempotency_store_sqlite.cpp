#include <cstring>
#include <stdexcept>

#include "base/encoding.hpp"
#include "base/id_source.hpp"
#include "storage/idempotency_row.hpp"
#include "storage/idempotency_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/row_collection.hpp"
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

namespace {

constexpr const char* row_columns =
    "user_id, key, fingerprint, entity_id, fence, lease_until, expires_at, status, headers, body";

StoredDocument read_moved(const Statement& row) {
    IdempotencyRow moved{.user_id = row.get<UserId>(0),
                         .key = row.get<std::string>(1),
                         .fingerprint = base64(row.blob(2)),
                         .entity_id = row.get<std::string>(3),
                         .fence = row.get<std::int64_t>(4),
                         .lease_until = row.get<Timestamp>(5),
                         .expires_at = row.get<Timestamp>(6),
                         .status = row.get<std::optional<int>>(7),
                         .headers = {},
                         .body = base64(row.blob(9))};
    for (const auto& [name, value] : split(row.text(8))) {
        moved.headers.push_back(name);
        moved.headers.push_back(value);
    }
    return {.key = place_of(moved), .text = reflect::encode_text(moved), .ends_at = moved.expires_at};
}

void insert_moved(SqliteConnection& connection, const std::string& text) {
    const auto moved = reflect::decode_own<IdempotencyRow>(text);
    std::optional<std::string> headers;
    std::optional<Blob> body;
    if (moved.status) {
        headers.emplace();
        for (const std::string& line : moved.headers) *headers += line + "\n";
        body = Blob{from_base64(moved.body).value_or("")};
    }
    connection.run(
        std::string("INSERT INTO idempotency_keys (") + row_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        moved.user_id, moved.key, Blob{from_base64(moved.fingerprint).value_or("")}, moved.entity_id, moved.fence,
        moved.lease_until, moved.expires_at, moved.status, headers, body);
}

}  // namespace

Collections sqlite_idempotency_collections(SqliteDatabase& database) {
    const std::string table = "idempotency_keys";
    const std::string id_end = std::to_string(2 * sizeof(IdBytes));  // where the user ends in a key
    const std::string place = "(substr(?1, 1, " + id_end + "), substr(?1, 1 + " + id_end + "))";
    return collections(open_rows(database, {.name = table,
                                            .table = table,
                                            .select = std::string("SELECT ") + row_columns + " FROM " + table,
                                            .after = "(user_id, key) > " + place,
                                            .order = "user_id, key",
                                            .removals = {"DELETE FROM " + table + " WHERE (user_id, key) = " + place},
                                            .read = read_moved,
                                            .insert = insert_moved,
                                            .page_limit = page_of_answers}));
}

}  // namespace fitview::storage
