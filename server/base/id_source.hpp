#pragma once
// Where new ids and secret randomness come from; a parameter, so that tests can count instead.
#include <cstddef>
#include <memory>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fitview {

/// Makes ids that no other source makes. Thread-safe.
class IdSource {
public:
    virtual ~IdSource() = default;
    template <class IdType>
    IdType make() {
        return IdType(next());
    }

protected:
    virtual IdBytes next() = 0;
};

/// Ids in ObjectId layout: the clock's seconds, five random bytes drawn once, a counter with a random start.
/// Ids of one source sort by time of making to the second, and within a second by order (until the counter wraps).
/// `clock` must outlive the source.
std::unique_ptr<IdSource> object_ids(const Clock& clock);

/// `count` bytes from the operating system's generator, fit for keys and tokens. Aborts when there is none.
std::string random_bytes(std::size_t count);

/// Random text fit for addresses and tokens: base64url of `count` random bytes, without padding.
std::string random_token(std::size_t count);

}  // namespace fitview
