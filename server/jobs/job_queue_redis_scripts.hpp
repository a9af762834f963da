#pragma once
// The steps of the queue on Redis, each one script and so atomic among all nodes.
//
// A waiting job is an entry of a stream, its lane: one for each kind and priority. The consumer group `workers` gives
// each entry to one worker; it stays pending there until it is acknowledged and deleted. Around the lanes:
//   {jobs}:job:ID          hash, the job itself
//   {jobs}:kinds           set of all kinds
//   {jobs}:lanes:KIND      sorted set of the kind's priorities
//   {jobs}:lane:KIND:P     stream, entries {id}
//   {jobs}:later           sorted set of ids by the time they may be claimed
//   {jobs}:leases:KIND     sorted set of claimed ids by the end of their lease
//   {jobs}:waiting         sorted set of ids nobody has, by the time they were accepted
//   {jobs}:buried          sorted set of ids by the time they were buried
//   {jobs}:fence, {jobs}:turn, {jobs}:born
// The braces keep all of them together in a Redis Cluster.
//
// Texts only: job_queue_redis.cpp puts them together and runs them.

namespace fitview::jobs::redis_scripts {

/// Before every script, after storage::redis_now_of.
inline constexpr const char* common = R"(
    local function job_key(id) return '{jobs}:job:' .. id end
    local function lane_key(kind, priority) return '{jobs}:lane:' .. kind .. ':' .. priority end
    local function leases_key(kind) return '{jobs}:leases:' .. kind end

    -- Lets the job be claimed from the time `at` on: now at the end of its lane, or later.
    local function let_wait(id, kind, priority, at, now)
        if at > now then
            redis.call('ZADD', '{jobs}:later', at, id)
            redis.call('HSET', job_key(id), 'entry', '')
            return
        end
        local lane = lane_key(kind, priority)
        redis.call('SADD', '{jobs}:kinds', kind)
        redis.call('ZADD', '{jobs}:lanes:' .. kind, priority, priority)
        redis.pcall('XGROUP', 'CREATE', lane, 'workers', '0', 'MKSTREAM')
        -- One count for all lanes, so that entries of several kinds have an order.
        local turn = redis.call('INCR', '{jobs}:turn') .. '-1'
        redis.call('HSET', job_key(id), 'entry', redis.call('XADD', lane, turn, 'id', id))
    end

    -- Takes the job out of wherever it stands; its hash stays.
    local function take_out(id, kind, priority, entry)
        if entry ~= '' then
            local lane = lane_key(kind, priority)
            redis.call('XACK', lane, 'workers', entry)
            redis.call('XDEL', lane, entry)
        end
        redis.call('ZREM', leases_key(kind), id)
        redis.call('ZREM', '{jobs}:later', id)
        redis.call('ZREM', '{jobs}:waiting', id)
    end

    local function bury(id, kind, priority, entry, now, keep)
        take_out(id, kind, priority, entry)
        redis.call('HSET', job_key(id), 'claimed', '0', 'entry', '', 'buried_at', now)
        redis.call('ZADD', '{jobs}:buried', now, id)
        for _, old in ipairs(redis.call('ZRANGE', '{jobs}:buried', 0, -keep - 1)) do
            redis.call('ZREM', '{jobs}:buried', old)
            redis.call('DEL', job_key(old))
        end
    end
)";

/// id, kind, payload, priority, not before, now
inline constexpr const char* enqueue = R"(
    local id, kind, now = ARGV[1], ARGV[2], now_of(ARGV[6])
    if redis.call('EXISTS', job_key(id)) == 1 then return 0 end
    redis.call('HSET', job_key(id), 'kind', kind, 'payload', ARGV[3], 'priority', ARGV[4], 'accepted', now,
        'attempt', '0', 'lost', '0', 'fence', '0', 'claimed', '0', 'given_up', '0', 'reason', '', 'entry', '')
    redis.call('ZADD', '{jobs}:waiting', now, id)
    let_wait(id, kind, ARGV[4], tonumber(ARGV[5]), now)
    return 1
)";

/// now, lease, least priority, name of the worker, losses, claims before it is buried, buried jobs kept, kinds…
inline constexpr const char* claim = R"(
    local now, lease, least, worker = now_of(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
    local loss_limit, claim_limit, keep = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
    local at_once = 100 -- how much one claim tidies up, so that none takes long

    for _, id in ipairs(redis.call('ZRANGEBYSCORE', '{jobs}:later', '-inf', now, 'LIMIT', 0, at_once)) do
        local job = redis.call('HMGET', job_key(id), 'kind', 'priority')
        redis.call('ZREM', '{jobs}:later', id)
        if job[1] then let_wait(id, job[1], job[2], now, now) end
    end

    local function turn_of(entry) return tonumber(entry:match('%d+')) end

    -- The first entry of the lane that no worker was given yet.
    local function first_of(lane)
        local groups = redis.pcall('XINFO', 'GROUPS', lane)
        if groups.err then return nil end -- somebody deleted the lane; others go on
        for _, group in ipairs(groups) do
            for at = 1, #group, 2 do
                if group[at] == 'last-delivered-id' then
                    return redis.call('XRANGE', lane, '(' .. group[at + 1], '+', 'COUNT', 1)[1]
                end
            end
        end
    end

    -- What a dead worker held goes before what waits with the same priority: it has waited longer.
    local function best_lost(kind, best)
        for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases_key(kind), '-inf', now, 'LIMIT', 0, at_once)) do
            local priority = tonumber(redis.call('HGET', job_key(id), 'priority') or '0')
            if priority >= least and (not best or priority > best.priority) then
                best = {priority = priority, id = id, kind = kind, lost = true}
            end
        end
        return best
    end
    local function best_waiting(kind, best)
        local lanes = redis.call('ZREVRANGEBYSCORE', '{jobs}:lanes:' .. kind, '+inf', ARGV[3])
        for _, name in ipairs(lanes) do
            local first, priority = first_of(lane_key(kind, name)), tonumber(name)
            if first then
                local better = not best or priority > best.priority
                if not better and priority == best.priority and not best.lost then
                    better = turn_of(first[1]) < turn_of(best.entry)
                end
                if better then
                    best = {priority = priority, id = first[2][2], kind = kind, entry = first[1],
                            lane = lane_key(kind, name)}
                end
                return best
            end
        end
        return best
    end

    local function give(best)
        local id = best.id
        local job = redis.call('HMGET', job_key(id), 'payload', 'priority', 'attempt', 'given_up', 'reason', 'entry',
            'lost')
        if best.lost and job[6] and job[6] ~= '' then
            redis.call('XCLAIM', lane_key(best.kind, job[2]), 'workers', worker, 0, job[6], 'JUSTID')
        elseif not best.lost then
            redis.call('XREADGROUP', 'GROUP', 'workers', worker, 'COUNT', 1, 'STREAMS', best.lane, '>')
        end
        if not job[1] then -- the job itself is gone (somebody emptied a part of the database)
            if best.lane then redis.call('XACK', best.lane, 'workers', best.entry) redis.call('XDEL', best.lane, best.entry) end
            redis.call('ZREM', leases_key(best.kind), id)
            return nil
        end
        local attempt, given_up, reason = tonumber(job[3]), job[4], job[5]
        if given_up == '1' and attempt >= claim_limit then
            bury(id, best.kind, job[2], job[6], now, keep)
            return nil
        end
        local losses = tonumber(job[7]) + (best.lost and 1 or 0)
        if given_up == '0' and losses >= loss_limit then
            given_up, reason = '1', 'its workers were lost'
        end
        -- From the time, so that fences keep rising when the server comes back empty.
        local fence = math.max(redis.call('INCR', '{jobs}:fence'), now * 1000)
        redis.call('SET', '{jobs}:fence', string.format('%.0f', fence))
        redis.call('HSET', job_key(id), 'claimed', '1', 'attempt', attempt + 1, 'lost', losses,
            'fence', string.format('%.0f', fence), 'given_up', given_up, 'reason', reason)
        redis.call('ZADD', leases_key(best.kind), now + lease, id)
        redis.call('ZREM', '{jobs}:waiting', id)
        return {id, best.kind, job[1], attempt + 1, fence, given_up, reason, now + lease}
    end

    for _ = 1, at_once do
        local best
        for at = 8, #ARGV do best = best_lost(ARGV[at], best) end
        for at = 8, #ARGV do best = best_waiting(ARGV[at], best) end
        if not best then return false end
        local given = give(best)
        if given then return given end
    end
    return false
)";

/// Before what acts for one claim: id, fence, now. `job` are kind, priority, entry, attempt, given up, accepted,
/// reason, lost.
inline constexpr const char* for_claim = R"(
    local id, now = ARGV[1], now_of(ARGV[3])
    local claim = redis.call('HMGET', job_key(id), 'claimed', 'fence')
    if claim[1] ~= '1' or claim[2] ~= ARGV[2] then return 0 end
    local job = redis.call('HMGET', job_key(id), 'kind', 'priority', 'entry', 'attempt', 'given_up', 'accepted', 'reason',
        'lost')
    local function let_go(attempt, given_up, reason, at)
        take_out(id, job[1], job[2], job[3])
        redis.call('HSET', job_key(id), 'claimed', '0', 'attempt', attempt, 'given_up', given_up, 'reason', reason)
        redis.call('ZADD', '{jobs}:waiting', job[6], id)
        let_wait(id, job[1], job[2], at, now)
        return 1
    end
)";

/// After `for_claim`: lease
inline constexpr const char* extend = R"(
    redis.call('ZADD', leases_key(job[1]), now + tonumber(ARGV[4]), id)
    return 1
)";

/// After `for_claim`.
inline constexpr const char* finish = R"(
    take_out(id, job[1], job[2], job[3])
    redis.call('DEL', job_key(id))
    return 1
)";

/// After `for_claim`: pause, reason, attempts
inline constexpr const char* fail = R"(
    if job[5] == '1' then return let_go(job[4], '1', job[7], now + tonumber(ARGV[4])) end
    if tonumber(job[4]) - tonumber(job[8]) >= tonumber(ARGV[6]) then return let_go(job[4], '1', ARGV[5], now) end
    return let_go(job[4], '0', ARGV[5], now + tonumber(ARGV[4]))
)";

/// After `for_claim` and before `fail`, whose arguments are followed by: how long it may be postponed
inline constexpr const char* postpone = R"(
    redis.call('HSETNX', job_key(id), 'away_since', now)
    local away_since = tonumber(redis.call('HGET', job_key(id), 'away_since'))
    if job[5] == '0' and now - away_since < tonumber(ARGV[7]) then
        return let_go(tonumber(job[4]) - 1, '0', ARGV[5], now + tonumber(ARGV[4]))
    end
)";

/// After `for_claim`.
inline constexpr const char* give_back = R"(
    return let_go(tonumber(job[4]) - 1, job[5], job[7], now)
)";

/// After `for_claim`: buried jobs kept
inline constexpr const char* bury = R"(
    bury(id, job[1], job[2], job[3], now, tonumber(ARGV[4]))
    return 1
)";

/// id
inline constexpr const char* cancel = R"(
    local job = redis.call('HMGET', job_key(ARGV[1]), 'kind', 'priority', 'entry')
    if not job[1] then return 0 end
    take_out(ARGV[1], job[1], job[2], job[3])
    redis.call('ZREM', '{jobs}:buried', ARGV[1])
    redis.call('DEL', job_key(ARGV[1]))
    return 1
)";

/// now. Gives waiting, running, buried, and when the job that waits longest was accepted (or -1).
inline constexpr const char* depth = R"(
    local now, lost, running = now_of(ARGV[1]), 0, 0
    for _, kind in ipairs(redis.call('SMEMBERS', '{jobs}:kinds')) do
        lost = lost + redis.call('ZCOUNT', leases_key(kind), '-inf', now)
        running = running + redis.call('ZCOUNT', leases_key(kind), '(' .. string.format('%.0f', now), '+inf')
    end
    local oldest = redis.call('ZRANGE', '{jobs}:waiting', 0, 0, 'WITHSCORES')
    return {redis.call('ZCARD', '{jobs}:waiting') + lost, running, redis.call('ZCARD', '{jobs}:buried'),
            oldest[2] and tonumber(oldest[2]) or -1}
)";

/// limit
inline constexpr const char* buried = R"(
    local found = {}
    for _, id in ipairs(redis.call('ZREVRANGE', '{jobs}:buried', 0, tonumber(ARGV[1]) - 1)) do
        local job = redis.call('HMGET', job_key(id), 'kind', 'payload', 'reason', 'buried_at')
        if job[1] then found[#found + 1] = {id, job[1], job[2], job[3], job[4]} end
    end
    return found
)";

/// a random token. Gives the one that is there, else keeps and gives this one.
inline constexpr const char* born = R"(
    redis.call('SET', '{jobs}:born', ARGV[1], 'NX')
    return redis.call('GET', '{jobs}:born')
)";

/// milliseconds. Forgets workers that hold nothing and were not heard of for so long.
inline constexpr const char* forget_workers = R"(
    for _, kind in ipairs(redis.call('SMEMBERS', '{jobs}:kinds')) do
        for _, priority in ipairs(redis.call('ZRANGE', '{jobs}:lanes:' .. kind, 0, -1)) do
            local lane = lane_key(kind, priority)
            for _, worker in ipairs(redis.call('XINFO', 'CONSUMERS', lane, 'workers')) do
                local known = {}
                for at = 1, #worker, 2 do known[worker[at]] = worker[at + 1] end
                if known.pending == 0 and known.idle > tonumber(ARGV[1]) then
                    redis.call('XGROUP', 'DELCONSUMER', lane, 'workers', known.name)
                end
            end
        end
    end
    return 1
)";

}  // namespace fitview::jobs::redis_scripts
