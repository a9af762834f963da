#include "app/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "storage/objects/object_ledger.hpp"
#include "storage/sqlite/sqlite_database.hpp"
#include "testkit/temporary_folder.hpp"

namespace fitview::app {
namespace {

namespace fs = std::filesystem;
using storage::ObjectKey;

class Backup : public testing::Test {
protected:
    struct Place {
        explicit Place(const std::string& folder)
            : data(folder + "/data"), objects(storage::open_filesystem_objects(folder + "/uploads")) {
            fs::create_directories(data);
        }
        std::string data;
        std::unique_ptr<storage::Objects> objects;
    };
    Backup() {
        std::ofstream(shop_.data + "/jwt_secret") << "the shop's own secret";
        for (const char* name : {"products/a/1.webp", "user_uploads/u/2.webp"}) add(name);
    }
    void add(const std::string& name) {
        ledger_->add({.key = ObjectKey::of(name),
                      .owner = std::nullopt,
                      .purpose = "product_picture",
                      .content_hash = "cafe",
                      .reference_count = 1,
                      .expires_at = std::nullopt});
        shop_.objects->put(ObjectKey::of(name), "bytes of " + name);
    }
    BackupCount back_up_to(const std::string& folder) { return back_up(shop_.data, *shop_.objects, folder, said_); }
    std::string fault_of(const std::function<void()>& call) {
        try {
            call();
        } catch (const BackupFault& fault) {
            return fault.text;
        }
        return "(none)";
    }
    testkit::TemporaryFolder folder_;
    std::ostringstream said_;
    Place shop_{folder_.path() + "/shop"};
    Place other_{folder_.path() + "/other"};
    storage::SqliteDatabase database_ = storage::SqliteDatabase::open(shop_.data + "/fitview.sqlite");
    std::unique_ptr<storage::ObjectLedger> ledger_ = storage::open_sqlite_object_ledger(database_);
    std::string copy_ = folder_.path() + "/copy";
};

TEST_F(Backup, OfARunningShopBecomesTheSameShopElsewhere) {
    EXPECT_EQ(back_up_to(copy_).pictures, 2);
    EXPECT_EQ(restore(copy_, other_.data, *other_.objects, said_).pictures, 2);
    EXPECT_EQ(other_.objects->find(ObjectKey::of("user_uploads/u/2.webp")), "bytes of user_uploads/u/2.webp");
    auto database = storage::SqliteDatabase::open(other_.data + "/fitview.sqlite");
    EXPECT_TRUE(storage::open_sqlite_object_ledger(database)->find(ObjectKey::of("products/a/1.webp")));
    std::ifstream secret(other_.data + "/jwt_secret");
    std::string text;
    std::getline(secret, text);
    EXPECT_EQ(text, "the shop's own secret");
}

TEST_F(Backup, MayBeReadByItsOwnerOnly) {
    back_up_to(copy_);
    struct stat status {};
    ASSERT_EQ(stat(copy_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    ASSERT_EQ(stat((copy_ + "/jwt_secret").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(Backup, HoldsNoPictureTheShopDoesNotKnowAndCountsThoseThatAreMissing) {
    shop_.objects->put(ObjectKey::of("products/a/unknown.webp"), "x");
    shop_.objects->remove(ObjectKey::of("products/a/1.webp"));
    const BackupCount count = back_up_to(copy_);
    EXPECT_EQ(count.pictures, 1);
    EXPECT_EQ(count.missing, 1);
    EXPECT_FALSE(fs::exists(copy_ + "/uploads/products/a/unknown.webp"));
}

TEST_F(Backup, IsRefusedWhereSomethingStandsOrThereIsNoShop) {
    fs::create_directories(copy_);
    EXPECT_NE(fault_of([&] { back_up_to(copy_); }).find("exists already"), std::string::npos);
    EXPECT_NE(fault_of([&] { back_up(other_.data, *other_.objects, copy_ + "2", said_); }).find("no shop"),
              std::string::npos);
    EXPECT_FALSE(fs::exists(copy_ + "2"));
}

TEST_F(Backup, OneThatWasInterruptedIsBegunAnew) {
    fs::create_directories(copy_ + ".partial/uploads/products/a");
    std::ofstream(copy_ + ".partial/uploads/products/a/left.webp") << "x";
    back_up_to(copy_);
    EXPECT_FALSE(fs::exists(copy_ + "/uploads/products/a/left.webp"));
    EXPECT_FALSE(fs::exists(copy_ + ".partial"));
}

TEST_F(Backup, ADamagedOneRestoresNothing) {
    back_up_to(copy_);
    std::ofstream(copy_ + "/uploads/products/a/1.webp") << "changed";
    EXPECT_NE(fault_of([&] { restore(copy_, other_.data, *other_.objects, said_); }).find("not what it was"),
              std::string::npos);
    EXPECT_TRUE(other_.objects->list("", std::nullopt, 10).empty());
    EXPECT_FALSE(fs::exists(other_.data + "/fitview.sqlite"));
}

TEST_F(Backup, AListThatPointsOutOfTheBackupIsRefused) {
    back_up_to(copy_);
    std::ofstream(copy_ + "/SHA256SUMS", std::ios::app)
        << std::string(64, '0') << "  uploads/../../shop/data/jwt_secret\n";
    EXPECT_NE(fault_of([&] { restore(copy_, other_.data, *other_.objects, said_); }).find("belongs to no backup"),
              std::string::npos);
    EXPECT_NE(fault_of([&] { restore(folder_.path(), other_.data, *other_.objects, said_); }).find("no whole backup"),
              std::string::npos);
}

TEST_F(Backup, IsNotRestoredOverAnotherShopButTheSameMayBeRepeated) {
    back_up_to(copy_);
    other_.objects->put(ObjectKey::of("products/a/1.webp"), "half restored");
    restore(copy_, other_.data, *other_.objects, said_);
    EXPECT_EQ(other_.objects->find(ObjectKey::of("products/a/1.webp")), "bytes of products/a/1.webp");
    EXPECT_NE(fault_of([&] { restore(copy_, other_.data, *other_.objects, said_); }).find("holds a shop already"),
              std::string::npos);
    fs::remove(other_.data + "/fitview.sqlite");
    other_.objects->put(ObjectKey::of("products/b/9.webp"), "of another shop");
    EXPECT_NE(fault_of([&] { restore(copy_, other_.data, *other_.objects, said_); }).find("another shop"),
              std::string::npos);
}

}  // namespace
}  // namespace fitview::app
