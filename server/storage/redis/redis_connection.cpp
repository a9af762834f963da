#include "storage/redis/redis_connection.hpp"

#include <hiredis/hiredis.h>

#include <array>

namespace fitview::storage {
namespace {

constexpr std::size_t receive_bytes = std::size_t{16} << 10U;

void append_command(std::string& bytes, const RedisCommand& command) {
    std::vector<const char*> parts;
    std::vector<std::size_t> sizes;
    for (const std::string& part : command) {
        parts.push_back(part.data());
        sizes.push_back(part.size());
    }
    char* formatted = nullptr;
    const int size = redisFormatCommandArgv(&formatted, static_cast<int>(command.size()), parts.data(), sizes.data());
    if (size < 0) throw Unavailable("redis: no memory for a command");
    bytes.append(formatted, static_cast<std::size_t>(size));
    redisFreeCommand(formatted);
}

RedisReply value_of(const redisReply& reply) {
    RedisReply value;
    switch (reply.type) {
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            value.kind = RedisReply::Kind::text;
            value.text.assign(reply.str, reply.len);
            break;
        case REDIS_REPLY_ERROR:
            value.kind = RedisReply::Kind::error;
            value.text.assign(reply.str, reply.len);
            break;
        case REDIS_REPLY_INTEGER:
            value.kind = RedisReply::Kind::integer;
            value.integer = reply.integer;
            break;
        case REDIS_REPLY_ARRAY:
            value.kind = RedisReply::Kind::list;
            for (std::size_t at = 0; at < reply.elements; ++at) value.items.push_back(value_of(*reply.element[at]));
            break;
        default:
            break;
    }
    return value;
}

}  // namespace

void RedisConnection::FreeReader::operator()(redisReader* reader) const {
    redisReaderFree(reader);
}

RedisConnection::RedisConnection(const RedisAddress& address, SteadyTime deadline)
    : transport_(connect_to_redis(address, deadline)), reader_(redisReaderCreate()) {
    if (!reader_) throw Unavailable("redis: no memory for a reader");
    if (!address.password.empty()) {
        RedisCommand sign_in{"AUTH"};
        if (!address.user.empty()) sign_in.push_back(address.user);
        sign_in.push_back(address.password.reveal());
        expect_ok(sign_in, deadline);
    }
    if (address.database != 0) expect_ok({"SELECT", std::to_string(address.database)}, deadline);
    // Also finds out that a password is wanted and none was given.
    expect_ok({"PING"}, deadline);
}

RedisConnection::~RedisConnection() = default;

void RedisConnection::send(const std::vector<RedisCommand>& commands, SteadyTime deadline) {
    std::string bytes;
    for (const RedisCommand& command : commands) append_command(bytes, command);
    transport_->send(bytes, deadline);
}

RedisReply RedisConnection::receive(SteadyTime deadline) {
    std::array<char, receive_bytes> bytes{};
    for (;;) {
        void* raw = nullptr;
        if (redisReaderGetReply(reader_.get(), &raw) != REDIS_OK)
            throw Unavailable("redis sent something else than its protocol");
        if (raw != nullptr) {
            const std::unique_ptr<void, decltype(&freeReplyObject)> reply(raw, &freeReplyObject);
            return value_of(*static_cast<const redisReply*>(raw));
        }
        const std::size_t got = transport_->receive(bytes.data(), bytes.size(), deadline);
        if (redisReaderFeed(reader_.get(), bytes.data(), got) != REDIS_OK)
            throw Unavailable("redis: no memory for a reply");
    }
}

std::optional<RedisReply> RedisConnection::receive_until(SteadyTime time) {
    try {
        return receive(time);
    } catch (const RedisTooSlow&) {
        return std::nullopt;
    }
}

void RedisConnection::expect_ok(const RedisCommand& command, SteadyTime deadline) {
    send({command}, deadline);
    const RedisReply reply = receive(deadline);
    if (reply.kind == RedisReply::Kind::error) throw RedisRefusal(reply.text);
}

}  // namespace fitview::storage
