#include "storage/disk_room.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

TEST(DiskRoom, IsThereOnADiskWithSpace) {
    const testkit::TemporaryFolder folder;
    EXPECT_EQ(fault_in_room(folder.path(), 1), std::nullopt);
}

TEST(DiskRoom, IsMissedWhenLessIsLeftThanMustBe) {
    const testkit::TemporaryFolder folder;
    const auto fault = fault_in_room(folder.path(), std::numeric_limits<std::uint64_t>::max());
    ASSERT_TRUE(fault);
    EXPECT_NE(fault->find("full"), std::string::npos);
}

TEST(DiskRoom, AFolderThatIsGoneIsAFaultThatDoesNotNameIt) {
    const auto fault = fault_in_room("/nowhere/at/all");
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace fitview::storage
