#pragma once
// What is kept under an idempotency key, as it is moved from one engine to another.
#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview::storage {

/// `status` and what follows are there once the request was answered.
struct IdempotencyRow {
    UserId user_id;
    std::string key;
    std::string fingerprint;  ///< base64
    std::string entity_id;    ///< hex
    std::int64_t fence = 0;
    Timestamp lease_until;
    Timestamp expires_at;
    std::optional<int> status;
    std::vector<std::string> headers;  ///< name and value of each in turn
    std::string body;                  ///< base64
};
BOOST_DESCRIBE_STRUCT(IdempotencyRow, (),
                      (user_id, key, fingerprint, entity_id, fence, lease_until, expires_at, status, headers, body))

/// Answers may be large: fewer of them at a time.
constexpr int page_of_answers = 20;

/// The key of its document: user and key.
inline std::string place_of(const IdempotencyRow& row) {
    return row.user_id.str() + row.key;
}

}  // namespace fitview::storage
