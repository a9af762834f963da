#pragma once
// Moving documents from one engine to another, and finding out whether they arrived.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "storage/collection.hpp"

namespace fitview::app {

/// What stands in the way of a move, in words for the operator.
struct MoveFault {
    std::string text;
};

/// Hears how far a part is: `done` of `total`, which is a guess where others may still come and go.
using MoveProgress = std::function<void(std::string_view part, std::int64_t done, std::int64_t total)>;

/// One part on both sides.
struct PartComparison {
    std::string name;
    std::int64_t here = 0;   ///< how many the source has
    std::int64_t there = 0;  ///< and the target
    std::string sum_here;    ///< SHA-256 over keys and contents in the order of keys, in hex
    std::string sum_there;
    std::vector<std::string> differences;  ///< the first of them: "product 65f0… is missing in the target"
    bool same() const { return here == there && sum_here == sum_there && differences.empty(); }
};

/// How many differences of a part are told.
constexpr std::size_t differences_told = 5;

/// Makes the target's collection hold what the source's holds, whatever part of it is there already: so it may be
/// called again after it was interrupted, also when the source changed meanwhile. What has ended is left behind: the
/// target would remove it by itself. Memory is bounded by two pages. Fails: Unavailable.
void move_documents(storage::Collection& source, storage::Collection& target, const Timestamp& now,
                    const MoveProgress& progress);

/// Reads every document of both. Those that end before `ends_after` are passed over, since either engine may remove
/// them meanwhile. Fails: Unavailable.
PartComparison compare_documents(storage::Collection& source, storage::Collection& target, const Timestamp& ends_after,
                                 const MoveProgress& progress);

}  // namespace fitview::app
