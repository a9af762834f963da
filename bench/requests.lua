-- Sends the ready-made requests of a file, one after the other and round again; prints one line of JSON at the end.
-- wrk ... --script requests.lua ADDRESS -- FILE; the requests are divided by a NUL byte.
local requests = {}
local at = 0

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    for request in file:read("*a"):gmatch("[^%z]+") do requests[#requests + 1] = request end
    file:close()
end

function request()
    at = at % #requests + 1
    return requests[at]
end

-- wrk counts in microseconds.
function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        '{"requests": %d, "seconds": %.3f, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f, '
            .. '"refused": %d, "broken": %d}',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
        latency:percentile(99) / 1e3, latency.max / 1e3, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
