#pragma once
// What every object store must do; see cache_contract.hpp for how a back end joins.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storage/objects/objects.hpp"
#include "testkit/back_ends.hpp"

namespace fitview::storage {

template <class Backend>
class ObjectsContract : public testing::Test {
protected:
    void SetUp() override { FITVIEW_SKIP_WHEN_ABSENT(testkit::absence_of(backend_)); }
    static ObjectKey key(std::string_view text) { return ObjectKey::of(text); }
    Backend backend_;
    std::unique_ptr<Objects> objects_ = backend_.open_empty();
};
TYPED_TEST_SUITE_P(ObjectsContract);

TYPED_TEST_P(ObjectsContract, GivesBackEveryByteOfWhatWasPut) {
    std::string bytes;
    for (int number = 0; number < 70'000; ++number) bytes += static_cast<char>(number * 31);
    this->objects_->put(this->key("products/p1/a.webp"), bytes);
    EXPECT_EQ(this->objects_->find(this->key("products/p1/a.webp")), bytes);
    EXPECT_TRUE(this->objects_->exists(this->key("products/p1/a.webp")));
}

TYPED_TEST_P(ObjectsContract, AnAbsentObjectIsNothing) {
    this->objects_->put(this->key("products/p1/a.webp"), "x");
    for (const char* absent : {"products/p1/b.webp", "products/p2/a.webp", "a.webp", "products.webp"}) {
        EXPECT_EQ(this->objects_->find(this->key(absent)), std::nullopt) << absent;
        EXPECT_FALSE(this->objects_->exists(this->key(absent))) << absent;
        EXPECT_FALSE(this->objects_->remove(this->key(absent))) << absent;
    }
}

TYPED_TEST_P(ObjectsContract, AnEmptyObjectIsAnObject) {
    this->objects_->put(this->key("a/empty.bin"), "");
    EXPECT_EQ(this->objects_->find(this->key("a/empty.bin")), "");
}

TYPED_TEST_P(ObjectsContract, APutReplacesTheObject) {
    this->objects_->put(this->key("a.webp"), "a long old object");
    this->objects_->put(this->key("a.webp"), "new");
    EXPECT_EQ(this->objects_->find(this->key("a.webp")), "new");
}

TYPED_TEST_P(ObjectsContract, ARemovedObjectIsGoneAndItsNeighbourStays) {
    this->objects_->put(this->key("u/1/a.webp"), "a");
    this->objects_->put(this->key("u/1/b.webp"), "b");
    EXPECT_TRUE(this->objects_->remove(this->key("u/1/a.webp")));
    EXPECT_FALSE(this->objects_->remove(this->key("u/1/a.webp")));
    EXPECT_EQ(this->objects_->find(this->key("u/1/b.webp")), "b");
}

TYPED_TEST_P(ObjectsContract, ListsByPrefixInOrderPageByPage) {
    for (const char* name : {"b/2.webp", "b/1.webp", "b/thumbs/1.webp", "bb/1.webp", "a/1.webp", "c.webp"}) {
        this->objects_->put(this->key(name), "x");
    }
    const auto listed = [this](std::string_view prefix, std::optional<ObjectKey> after, int limit) {
        std::string names;
        for (const ObjectKey& key : this->objects_->list(prefix, after, limit)) names += key.str() + " ";
        return names;
    };
    EXPECT_EQ(listed("", {}, 10), "a/1.webp b/1.webp b/2.webp b/thumbs/1.webp bb/1.webp c.webp ");
    EXPECT_EQ(listed("b/", {}, 10), "b/1.webp b/2.webp b/thumbs/1.webp ");
    EXPECT_EQ(listed("b", {}, 2), "b/1.webp b/2.webp ");
    EXPECT_EQ(listed("b", this->key("b/2.webp"), 10), "b/thumbs/1.webp bb/1.webp ");
    EXPECT_EQ(listed("b/th", {}, 10), "b/thumbs/1.webp ");
    EXPECT_EQ(listed("../", {}, 10), "");
    EXPECT_EQ(listed("zz", {}, 10), "");
    EXPECT_THROW(this->objects_->list("", {}, 0), std::invalid_argument);
    EXPECT_THROW(this->objects_->list("", {}, Objects::list_limit + 1), std::invalid_argument);
}

TYPED_TEST_P(ObjectsContract, AReaderFindsTheOldOrTheNewObjectWhole) {
    const std::string old_bytes(100'000, 'o');
    const std::string new_bytes(150'000, 'n');
    const ObjectKey key = this->key("a/picture.webp");
    this->objects_->put(key, old_bytes);
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0;
    std::thread reader([&] {
        while (!stop) {
            const auto found = this->objects_->find(key);
            torn += found == old_bytes || found == new_bytes ? 0 : 1;
        }
    });
    for (int round = 0; round < 20; ++round) this->objects_->put(key, round % 2 == 0 ? new_bytes : old_bytes);
    stop = true;
    reader.join();
    EXPECT_EQ(torn, 0);
}

TYPED_TEST_P(ObjectsContract, PutAndRemoveInOneFolderDoNotDisturbEachOther) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 3; ++thread) {
        threads.emplace_back([this, thread] {
            const ObjectKey key = this->key("u/7/" + std::to_string(thread) + ".webp");
            for (int round = 0; round < 20; ++round) {
                this->objects_->put(key, "x");
                EXPECT_TRUE(this->objects_->remove(key));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(this->objects_->list("", {}, 10).empty());
}

TYPED_TEST_P(ObjectsContract, AnObjectTooLargeIsRefused) {
    const std::string large(Objects::size_limit + 1, 'x');
    EXPECT_THROW(this->objects_->put(this->key("a.webp"), large), std::invalid_argument);
    EXPECT_FALSE(this->objects_->exists(this->key("a.webp")));
}

REGISTER_TYPED_TEST_SUITE_P(ObjectsContract, GivesBackEveryByteOfWhatWasPut, AnAbsentObjectIsNothing,
                            AnEmptyObjectIsAnObject, APutReplacesTheObject, ARemovedObjectIsGoneAndItsNeighbourStays,
                            ListsByPrefixInOrderPageByPage, AReaderFindsTheOldOrTheNewObjectWhole,
                            PutAndRemoveInOneFolderDoNotDisturbEachOther, AnObjectTooLargeIsRefused);

}  // namespace fitview::storage
