#pragma once
// Whether the shop can serve: what each back end says of itself.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fitview::health {

enum class Overall { healthy, degraded, unhealthy };
BOOST_DESCRIBE_ENUM(Overall, healthy, degraded, unhealthy)

enum class Connection { connected, disconnected, not_configured };
BOOST_DESCRIBE_ENUM(Connection, connected, disconnected, not_configured)

/// One back end in the answer.
struct BackEnd {
    std::string engine;  ///< sqlite, mongodb, memory, redis, files, s3
    Connection status = Connection::connected;
    std::optional<std::string> detail;  ///< what it cannot do, although it answers

    static constexpr std::string_view schema_name = "HealthBackEnd";
};
BOOST_DESCRIBE_STRUCT(BackEnd, (), (engine, status, detail))

struct QueueState {
    std::string engine;
    Connection status = Connection::connected;
    std::int64_t depth = 0;

    static constexpr std::string_view schema_name = "HealthQueue";
};
BOOST_DESCRIBE_STRUCT(QueueState, (), (engine, status, depth))

/// How the engine finds people in photos: `landmarks` by networks, `classical` without their files. Both serve.
struct PeopleFound {
    std::string engine;

    static constexpr std::string_view schema_name = "HealthPeople";
};
BOOST_DESCRIBE_STRUCT(PeopleFound, (), (engine))

/// Answer of GET /health.
struct Report {
    Overall status = Overall::healthy;
    Connection mongodb = Connection::not_configured;
    Connection redis = Connection::not_configured;
    BackEnd database;
    BackEnd cache;
    BackEnd objects;
    QueueState queue;
    PeopleFound people;
    std::string version;

    static constexpr std::string_view schema_name = "Health";
};
BOOST_DESCRIBE_STRUCT(Report, (), (status, mongodb, redis, database, cache, objects, queue, people, version))

/// Asks one back end. `check` throws when it cannot serve; it may block, for a second at most. `fault_in_writing`,
/// where there is one, says in words for everybody why it can only be read.
struct Probe {
    std::string engine;
    std::function<void()> check;
    std::function<std::optional<std::string>()> fault_in_writing = {};
};

/// The back ends as composition joined them.
struct Probes {
    Probe database;
    Probe cache;
    Probe objects;
    std::string people;
    std::string queue_engine;
    std::function<std::int64_t()> queue_depth;
    bool serving = true;  ///< false while the catalogue is still being read: not ready yet
};

/// The report of this moment: without database or objects nothing works (unhealthy); without cache or queue, or when
/// nothing can be kept, less does (degraded).
Report report_of(const Probes& probes, const std::string& version);

}  // namespace fitview::health
