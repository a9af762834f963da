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
    /// call. Calls nest; the outermost decides. A failed call to a store must not be caught inside of `work`: back ends
    /// without savepoints refuse the whole then. Fails: Unavailable when the back end is away.
    virtual void run(Durability durability, const std::function<void()>& work) = 0;

    /// Runs `action` once the unit the calling thread is in is committed, before `run` returns; at once outside of one;
    /// never when the unit fails. For messages to others: it must not throw.
    virtual void after_commit(std::function<void()> action) = 0;
};

}  // namespace fitview::storage
