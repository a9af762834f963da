#pragma once
// Several stores, one transaction.
#include <functional>

#include "storage/durability.hpp"

namespace fitview::storage {

/// Bundles calls to stores of one back end: what they change is kept together or not at all. Thread-safe; blocks.
class UnitOfWork {
public:
    virtual ~UnitOfWork() = default;

    /// Runs `work`, perhaps on another thread and, on back ends that retry, perhaps more than once; it must call only
    /// stores of this back end and be short. When it throws, nothing of it is kept and the exception comes out of this
    /// call. Calls nest; the outermost decides. Fails: Unavailable when the back end is away.
    virtual void run(Durability durability, const std::function<void()>& work) = 0;
};

}  // namespace fitview::storage
