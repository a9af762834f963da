#pragma once
// What one may ask about one's data: everything that is kept, and how long.
#include <boost/describe/class.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/nullable.hpp"
#include "base/time.hpp"
#include "reflect/json_write.hpp"

namespace fitview::privacy {

/// Somebody photos were sent to.
struct Processor {
    std::string name;
    std::string purpose;
    Nullable<Timestamp> last_sent_at;
    std::int64_t count = 0;

    static constexpr std::string_view schema_name = "Processor";
};
BOOST_DESCRIBE_STRUCT(Processor, (), (name, purpose, last_sent_at, count))

/// Answer of GET /auth/me/export. Records are JSON as they are kept.
struct Export {
    Timestamp exported_at;
    reflect::RawJson user;
    std::map<std::string, std::vector<reflect::RawJson>> collections;
    std::vector<Processor> processors;

    static constexpr std::string_view schema_name = "PersonalDataExport";
};
BOOST_DESCRIBE_STRUCT(Export, (), (exported_at, user, collections, processors))

/// How long one class of data is kept. `kept` is an ISO 8601 duration; null: until the account is erased.
struct Retention {
    std::string data;
    std::string purpose;
    std::string basis;
    Nullable<std::string> kept;
    std::string deleted_how;

    static constexpr std::string_view schema_name = "Retention";
};
BOOST_DESCRIBE_STRUCT(Retention, (), (data, purpose, basis, kept, deleted_how))

}  // namespace fitview::privacy
