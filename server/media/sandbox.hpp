#pragma once
// How a worker gives up what it does not need. Private to media/.
#include <cstddef>

namespace fitview::media {

/// Limits this process for good: `memory_max` bytes of address space, a minute of processor time, no files beyond those
/// handed to it, no core dumps. Under AddressSanitizer or ThreadSanitizer, which reserve terabytes, memory stays
/// unlimited.
void limit_resources(std::size_t memory_max);

/// Allows this process only the system calls that decoding needs: memory, threads of its own, reading and writing what
/// is open. Opening files is refused with an error, because libraries look for optional ones; anything else kills the
/// process. False when the kernel offers no filters.
bool filter_system_calls();

}  // namespace fitview::media
