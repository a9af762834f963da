#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/failure.hpp"
#include "storage/objects/objects_contract.hpp"
#include "storage/objects/s3_fixture.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::storage {
namespace {

struct InFiles {
    std::unique_ptr<Objects> open_empty() { return open_filesystem_objects(folder.path() + "/uploads"); }
    testkit::TemporaryFolder folder;
};
struct InS3 : S3OfTests {
    std::unique_ptr<Objects> open_empty() {
        return absent.empty() ? open_s3_objects(open_empty_bucket(), [](const ObjectKey&) { return std::string(); })
                              : nullptr;
    }
};
using Backends = testing::Types<InFiles, InS3>;
INSTANTIATE_TYPED_TEST_SUITE_P(Objects, ObjectsContract, Backends);

TEST(ObjectKey, TakesFoldersAndANameWithAKnownEnding) {
    for (const char* good :
         {"a.webp", "products/65f0c0ffee0123456789abcd/thumbnails/x_thumb.webp", "A-_9.json", "1/2/3/4/5/6/7/8.png"}) {
        EXPECT_TRUE(ObjectKey::check(good)) << good;
    }
}

TEST(ObjectKey, RefusesEverythingThatCouldLeaveItsFolderOrConfuse) {
    const std::string too_long = std::string(200, 'a') + ".webp";
    const std::string with_zero("a\0b.webp", 8);
    for (const std::string& bad : {std::string(),
                                   std::string("a"),
                                   std::string(".webp"),
                                   std::string("webp"),
                                   std::string("a."),
                                   std::string("../a.webp"),
                                   std::string("/a.webp"),
                                   std::string("a//b.webp"),
                                   std::string("a/./b.webp"),
                                   std::string("a/.webp"),
                                   std::string("a.b/c.webp"),
                                   std::string("a/b.webp/"),
                                   std::string("a.b.webp"),
                                   std::string("a b.webp"),
                                   std::string("a\\b.webp"),
                                   std::string("ä.webp"),
                                   std::string("a.exe"),
                                   std::string("a.WEBP"),
                                   std::string("%2e%2e/a.webp"),
                                   std::string("1/2/3/4/5/6/7/8/9.png"),
                                   std::string("."),
                                   std::string(".."),
                                   too_long,
                                   with_zero}) {
        EXPECT_FALSE(ObjectKey::check(bad)) << bad;
    }
    EXPECT_THROW(ObjectKey::of("../a.webp"), std::invalid_argument);
}

TEST(ObjectKey, KnowsItsContentType) {
    EXPECT_EQ(ObjectKey::of("a/b.webp").content_type(), "image/webp");
    EXPECT_EQ(ObjectKey::of("b.jpg").content_type(), "image/jpeg");
}

TEST(FilesystemObjects, AreThereAfterOpeningAgainAndLeaveNoFragments) {
    const testkit::TemporaryFolder folder;
    open_filesystem_objects(folder.path())->put(ObjectKey::of("a/b.webp"), "x");
    EXPECT_EQ(open_filesystem_objects(folder.path())->find(ObjectKey::of("a/b.webp")), "x");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() + "/.incoming"));
}

TEST(FilesystemObjects, AFolderGoesWithItsLastObject) {
    const testkit::TemporaryFolder folder;
    const auto objects = open_filesystem_objects(folder.path());
    objects->put(ObjectKey::of("user_uploads/65f0/a.webp"), "x");
    objects->remove(ObjectKey::of("user_uploads/65f0/a.webp"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/user_uploads"));
}

TEST(FilesystemObjects, HalfWrittenFilesOfADeadProgramAreRemovedAtStart) {
    const testkit::TemporaryFolder folder;
    open_filesystem_objects(folder.path());
    const std::string abandoned = folder.path() + "/.incoming/abandoned";
    const std::string fresh = folder.path() + "/.incoming/fresh";
    std::ofstream(abandoned) << "x";
    std::ofstream(fresh) << "x";
    std::filesystem::last_write_time(abandoned, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    open_filesystem_objects(folder.path());
    EXPECT_FALSE(std::filesystem::exists(abandoned));
    EXPECT_TRUE(std::filesystem::exists(fresh));
}

TEST(FilesystemObjects, ALinkInPlaceOfAnObjectIsNotFollowed) {
    const testkit::TemporaryFolder folder;
    const auto objects = open_filesystem_objects(folder.path());
    std::filesystem::create_symlink("/etc/passwd", folder.path() + "/a.webp");
    EXPECT_EQ(objects->find(ObjectKey::of("a.webp")), std::nullopt);
}

TEST(FilesystemObjects, APlaceThatCannotHoldFilesIsUnavailableAndNotNamed) {
    const testkit::TemporaryFolder folder;
    std::ofstream(folder.path() + "/file") << "x";
    try {
        open_filesystem_objects(folder.path() + "/file/uploads");
        FAIL() << "opened a folder below a file";
    } catch (const Unavailable& unavailable) {
        EXPECT_EQ(std::string(unavailable.what()).find(folder.path()), std::string::npos);
    }
}

}  // namespace
}  // namespace fitview::storage
