#include "app/move_documents.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <stdexcept>

#include "testkit/deterministic.hpp"

namespace fitview::app {
namespace {

using storage::StoredDocument;

/// A collection in memory with small pages. May break after a number of inserts.
class InMemory final : public storage::Collection {
public:
    const std::string& name() const override { return name_; }
    std::int64_t count() override { return static_cast<std::int64_t>(held.size()) + unreadable; }
    int page_limit() const override { return 3; }
    std::vector<StoredDocument> read(const std::string& after) override {
        std::vector<StoredDocument> page;
        for (auto at = held.upper_bound(after); at != held.end() && page.size() < 3; ++at) page.push_back(at->second);
        return page;
    }
    void insert(const std::vector<StoredDocument>& documents) override {
        for (const StoredDocument& document : documents) {
            if (inserts_left-- == 0) throw std::runtime_error("killed");
            for (const auto& [key, other] : held) {
                if (other.text == document.text) throw std::runtime_error("a unique index refuses " + document.key);
            }
            if (!held.emplace(document.key, document).second) throw std::runtime_error("is there: " + document.key);
        }
    }
    void remove(const std::vector<std::string>& keys) override {
        for (const std::string& key : keys) held.erase(key);
    }

    void put(const std::string& key, const std::string& text, std::optional<Timestamp> ends_at = {}) {
        held[key] = {.key = key, .text = text, .ends_at = ends_at};
    }
    std::string texts() const {
        std::string all;
        for (const auto& [key, document] : held) all += key + "=" + document.text + " ";
        return all;
    }

    std::map<std::string, StoredDocument> held;
    int inserts_left = -1;
    std::int64_t unreadable = 0;

private:
    std::string name_ = "things";
};

const Timestamp now = Timestamp::from_milliseconds(1'000'000);
const MoveProgress nobody = [](std::string_view, std::int64_t, std::int64_t) {};

TEST(MoveDocuments, EveryDocumentArrivesAlsoOverPageBoundaries) {
    for (int count = 0; count < 11; ++count) {
        InMemory source;
        InMemory target;
        for (int number = 0; number < count; ++number) source.put(std::to_string(number), "t" + std::to_string(number));
        move_documents(source, target, now, nobody);
        EXPECT_EQ(target.texts(), source.texts());
        const PartComparison same = compare_documents(source, target, now, nobody);
        EXPECT_TRUE(same.same());
        EXPECT_EQ(same.here, count);
    }
}

TEST(MoveDocuments, WhateverAnInterruptedRunLeftIsMadeTheSame) {
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same cases in every run
    const auto some = [&](InMemory& place) {
        for (char key = 'a'; key < 'p'; ++key) {
            if (random() % 2 == 0) place.put(std::string(1, key), std::string(1, key) + std::to_string(random() % 2));
        }
    };
    for (int round = 0; round < 200; ++round) {
        InMemory source;
        InMemory target;
        some(source);
        some(target);
        target.inserts_left = static_cast<int>(random() % 4);
        try {
            move_documents(source, target, now, nobody);
        } catch (const std::runtime_error&) {
            target.inserts_left = -1;
            move_documents(source, target, now, nobody);
        }
        EXPECT_EQ(target.texts(), source.texts());
    }
}

TEST(MoveDocuments, AUniqueValueMayHaveGoneToAnotherDocumentMeanwhile) {
    InMemory source;
    InMemory target;
    source.put("a", "priya@example.com");
    target.put("b", "priya@example.com");
    move_documents(source, target, now, nobody);
    EXPECT_EQ(target.texts(), source.texts());
}

TEST(MoveDocuments, WhatHasEndedIsLeftBehindAndWhatEndsSoonIsNotCompared) {
    InMemory source;
    InMemory target;
    source.put("a", "over", now);
    source.put("b", "soon", now + Milliseconds(1));
    source.put("c", "later", now + Milliseconds(1000));
    move_documents(source, target, now, nobody);
    EXPECT_EQ(target.texts(), "b=soon c=later ");
    target.held.erase("b");  // as a server does that removes what ended
    EXPECT_TRUE(compare_documents(source, target, now + Milliseconds(500), nobody).same());
}

TEST(MoveDocuments, EachKindOfDifferenceIsNamedButNoContent) {
    InMemory source;
    InMemory target;
    for (const char* key : {"a", "b", "c", "d"}) source.put(key, std::string("secret of ") + key);
    move_documents(source, target, now, nobody);
    target.held.erase("a");
    target.put("b", "changed");
    target.put("e", "added");
    const PartComparison found = compare_documents(source, target, now, nobody);
    EXPECT_FALSE(found.same());
    EXPECT_EQ(found.differences, (std::vector<std::string>{"things a is missing in the target", "things b differs",
                                                           "things e is in the target only"}));
}

TEST(MoveDocuments, RowsThatNobodyCanReadAreADifference) {
    InMemory source;
    InMemory target;
    source.put("a", "x");
    move_documents(source, target, now, nobody);
    source.unreadable = 2;
    const PartComparison found = compare_documents(source, target, now, nobody);
    ASSERT_EQ(found.differences.size(), 1U);
    EXPECT_EQ(found.differences[0], "2 of the source's documents are incomplete and cannot be read");
}

}  // namespace
}  // namespace fitview::app
