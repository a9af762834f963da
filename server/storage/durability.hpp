#pragma once
// What an acknowledged write survives.
namespace fitview::storage {

enum class Durability {
    durable,  ///< survives the loss of power: users, tokens, sessions, orders, stock, jobs
    relaxed,  ///< survives the end of the process at once, the loss of power within a second: views, counters
};

}  // namespace fitview::storage
