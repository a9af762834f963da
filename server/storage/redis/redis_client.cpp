#include "storage/redis/redis_client.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/encoding.hpp"
#include "storage/redis/redis_connection.hpp"
#include "telemetry/log.hpp"

namespace fitview::storage {
namespace {

/// A connection that broke within this time of connecting counts as one more failed attempt: a server that lets in and
/// then says nothing is no better than one that is away.
constexpr std::chrono::seconds steady_after{5};

std::string sha1_of(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    return hex(std::string(digest.begin(), digest.begin() + size));
}

/// Refusals after which this connection will not do better, but another may: a failover, a restart, a new password.
bool is_out_of_service(const RedisReply& reply) {
    constexpr std::array<std::string_view, 5> codes = {"LOADING", "READONLY", "MASTERDOWN", "NOAUTH", "UNBLOCKED"};
    return reply.kind == RedisReply::Kind::error &&
           std::any_of(codes.begin(), codes.end(), [&](std::string_view code) { return reply.text.starts_with(code); });
}

}  // namespace

RedisScript::RedisScript(std::string text) : text_(std::move(text)), sha1_(sha1_of(text_)) {}

struct RedisClient::Inside {
    Inside(RedisAddress where, telemetry::Log& client_log, RedisClientSettings client_settings)
        : address(std::move(where)), log(client_log), settings(client_settings), connector([this] { connect(); }) {}

    ~Inside() {
        {
            const std::lock_guard guard(lock);
            stopping = true;
        }
        wanted.notify_all();
        connector.join();
    }

    // A connection that is lent out, with the count of break-downs at the time it was made.
    struct Pooled {
        std::unique_ptr<RedisConnection> connection;
        int generation = 0;
    };

    Pooled borrow(SteadyTime deadline) {
        std::unique_lock guard(lock);
        ++waiting;
        wanted.notify_one();
        const bool settled = arrived.wait_until(guard, deadline, [this] { return away || !idle.empty(); });
        --waiting;
        if (away) throw Unavailable("redis is away: " + fault);
        if (!settled) throw Unavailable("redis: no connection became free in time");
        Pooled pooled{.connection = std::move(idle.back()), .generation = generation};
        idle.pop_back();
        return pooled;
    }

    void give_back(Pooled pooled) {
        const std::lock_guard guard(lock);
        if (pooled.generation != generation) return;
        idle.push_back(std::move(pooled.connection));
        arrived.notify_one();
    }

    // Of many callers that notice the same break-down, the first one counts.
    void break_down(const Pooled& pooled, const std::string& reason) {
        std::vector<std::unique_ptr<RedisConnection>> closed;
        const std::lock_guard guard(lock);
        if (pooled.generation != generation) return;
        ++generation;
        closed.swap(idle);
        connections = 0;
        away = true;
        fault = reason;
        const SteadyTime now = std::chrono::steady_clock::now();
        if (now - connected_at > steady_after) pause = Milliseconds(0);
        next_attempt = now + pause;
        log.warning("redis is away", {{"address", address.text()}, {"reason", reason}});
        arrived.notify_all();
        wanted.notify_all();
    }

    // The connector's thread.
    void connect() {
        std::unique_lock guard(lock);
        while (!stopping) {
            wanted.wait(guard, [this] {
                return stopping || away || connections == 0 ||
                       (waiting > static_cast<int>(idle.size()) && connections < settings.connection_limit);
            });
            wanted.wait_until(guard, next_attempt, [this] { return stopping; });
            if (stopping) return;
            guard.unlock();
            std::unique_ptr<RedisConnection> made;
            std::string reason;
            bool refused_us = false;
            try {
                made = std::make_unique<RedisConnection>(address,
                                                         std::chrono::steady_clock::now() + settings.connect_within);
            } catch (const RedisRefusal& refusal) {
                refused_us = true;
                reason = address.text() + ": " + refusal.what();
            } catch (const std::exception& failure) {
                reason = failure.what();
            }
            guard.lock();
            refused = refused_us;
            made ? take_in(std::move(made)) : note_failure(reason);
        }
    }

    void take_in(std::unique_ptr<RedisConnection> made) {
        if (away) log.info("redis is back", {{"address", address.text()}});
        if (connections == 0) connected_at = std::chrono::steady_clock::now();
        away = false;
        ++connections;
        idle.push_back(std::move(made));
        arrived.notify_all();
    }

    void note_failure(const std::string& reason) {
        pause = std::clamp(pause * 2, settings.retry_first, settings.retry_most);
        next_attempt = std::chrono::steady_clock::now() + pause;
        // While others work, one more that could not be made (too many clients) is no outage.
        if (connections > 0) return;
        if (!away) log.warning("redis is away", {{"address", address.text()}, {"reason", reason}});
        away = true;
        fault = reason;
        arrived.notify_all();
    }

    std::vector<RedisReply> exchange(const std::vector<RedisCommand>& commands) {
        const SteadyTime deadline = std::chrono::steady_clock::now() + settings.answer_within;
        Pooled pooled = borrow(deadline);
        std::vector<RedisReply> replies;
        try {
            pooled.connection->send(commands, deadline);
            while (replies.size() < commands.size()) replies.push_back(pooled.connection->receive(deadline));
        } catch (const Unavailable& failure) {
            break_down(pooled, failure.what());
            throw;
        }
        const auto out_of_service = std::find_if(replies.begin(), replies.end(), is_out_of_service);
        if (out_of_service != replies.end()) {
            break_down(pooled, out_of_service->text);
            throw RedisRefusal(out_of_service->text);
        }
        give_back(std::move(pooled));
        return replies;
    }

    const RedisAddress address;
    telemetry::Log& log;
    const RedisClientSettings settings;

    std::mutex lock;                  ///< of what follows
    std::condition_variable arrived;  ///< a connection is free, or the server is away
    std::condition_variable wanted;   ///< the connector has something to do
    std::vector<std::unique_ptr<RedisConnection>> idle;
    std::size_t connections = 0;  ///< of this generation: idle and lent out
    int waiting = 0;
    int generation = 0;
    bool away = false;
    bool refused = false;  ///< the last attempt to connect was answered with a refusal
    std::string fault;
    Milliseconds pause{0};  ///< between attempts to connect
    SteadyTime next_attempt;
    SteadyTime connected_at;
    bool stopping = false;

    std::thread connector;
};

RedisClient::RedisClient(RedisAddress address, telemetry::Log& log, RedisClientSettings settings)
    : inside_(std::make_unique<Inside>(std::move(address), log, settings)) {}
RedisClient::~RedisClient() = default;

const RedisAddress& RedisClient::address() const {
    return inside_->address;
}

RedisReply RedisClient::run(const RedisCommand& command) {
    RedisReply reply = std::move(inside_->exchange({command}).front());
    if (reply.kind == RedisReply::Kind::error) throw RedisRefusal(reply.text);
    return reply;
}

std::vector<RedisReply> RedisClient::run_all(const std::vector<RedisCommand>& commands) {
    if (commands.empty()) return {};
    return inside_->exchange(commands);
}

RedisReply RedisClient::run(const RedisScript& script, const std::vector<std::string>& keys,
                            const std::vector<std::string>& arguments) {
    RedisCommand command{"EVALSHA", script.sha1(), std::to_string(keys.size())};
    command.insert(command.end(), keys.begin(), keys.end());
    command.insert(command.end(), arguments.begin(), arguments.end());
    RedisReply reply = std::move(inside_->exchange({command}).front());
    if (reply.kind == RedisReply::Kind::error && reply.text.starts_with("NOSCRIPT")) {
        // The server does not know the script yet, or was restarted; then nothing has run.
        command[0] = "EVAL";
        command[1] = script.text();
        return run(command);
    }
    if (reply.kind == RedisReply::Kind::error) throw RedisRefusal(reply.text);
    return reply;
}

void RedisClient::wait_until_connected(Milliseconds span) {
    std::unique_lock guard(inside_->lock);
    inside_->arrived.wait_for(guard, span, [this] { return inside_->connections > 0 || inside_->refused; });
    if (inside_->refused) throw RedisRefusal(inside_->fault);
    if (inside_->connections > 0) return;
    throw Unavailable(inside_->fault.empty() ? inside_->address.text() + ": no answer" : inside_->fault);
}

void RedisClient::check() {
    run({"PING"});
}

}  // namespace fitview::storage
