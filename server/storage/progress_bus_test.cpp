#include "storage/progress_bus_contract.hpp"

#include <gtest/gtest.h>

namespace fitview::storage {
namespace {

struct InProcess {
    static std::size_t limit() { return 40; }
    std::unique_ptr<ProgressBus> open_empty() { return open_in_process_progress_bus(limit()); }
};
using Backends = testing::Types<InProcess>;
INSTANTIATE_TYPED_TEST_SUITE_P(ProgressBus, ProgressBusContract, Backends);

}  // namespace
}  // namespace fitview::storage
