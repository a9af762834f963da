#include "storage/mongo/bson.hpp"

#include <gtest/gtest.h>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "base/list.hpp"
#include "base/text.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
    ProductId id;
    double weight = 0;
    bool operator==(const Part&) const = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (id, weight))

struct Whole {
    ProductId id;
    std::string name;
    std::optional<std::string> nickname;
    Nullable<double> score;
    bool ready = false;
    std::int64_t count = 0;
    Price price;
    Timestamp made_at;
    Colour colour = Colour::red;
    std::vector<Part> parts;
    std::map<std::string, int> sizes;
    List<Text<1, 5>, 0, 3> tags;
    bool operator==(const Whole&) const = default;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (id, name, nickname, score, ready, count, price, made_at, colour, parts, sizes, tags))

Whole whole() {
    return {.id = testkit::id<ProductId>(7),
            .name = "Kurta ₹",
            .nickname = {},
            .score = {},
            .ready = true,
            .count = std::int64_t{1} << 40,
            .price = Price::from_paise(499950),
            .made_at = Timestamp::from_milliseconds(1234),
            .colour = Colour::green,
            .parts = {{testkit::id<ProductId>(8), 1.5}, {testkit::id<ProductId>(9), 2}},
            .sizes = {{"M", 3}, {"L.1", 0}},
            .tags = {{*Text<1, 5>::check("silk")}}};
}

TEST(Bson, WhatWasWrittenIsReadAgain) {
    const Whole written = whole();
    EXPECT_EQ(from_document<Whole>(to_document(written)), written);
    Whole full = written;
    full.nickname = "K";
    full.score = 0.5;
    EXPECT_EQ(from_document<Whole>(to_document(full)), full);
}

TEST(Bson, EachKindHasItsOwnType) {
    const Document document = to_document(whole());
    EXPECT_EQ(
        document.json(),
        R"({ "_id" : { "$oid" : "000000000000000000000007" }, "name" : "Kurta ₹", "score" : null, "ready" : true, )"
        R"("count" : 1099511627776, "price" : 499950, "made_at" : { "$date" : "1970-01-01T00:00:01.234Z" }, )"
        R"("colour" : "green", "parts" : [ { "id" : { "$oid" : "000000000000000000000008" }, "weight" : 1.5 }, )"
        R"({ "id" : { "$oid" : "000000000000000000000009" }, "weight" : 2.0 } ], "sizes" : { "L.1" : 0, "M" : 3 }, )"
        R"("tags" : [ "silk" ] })");
}

TEST(Bson, NumbersOfOtherProgramsAreTakenWhenTheyAreWhole) {
    Document document = to_document(whole()).without("count");
    bson_append_int32(document.get(), "count", -1, 5);
    EXPECT_EQ(from_document<Whole>(document).count, 5);
    document = document.without("count");
    put(*document.get(), "count", 6.0);
    EXPECT_EQ(from_document<Whole>(document).count, 6);
    document = document.without("count");
    put(*document.get(), "count", 6.5);
    EXPECT_THROW(from_document<Whole>(document), Unavailable);
}

TEST(Bson, MembersOfOtherVersionsArePassedOverAndMissingOnesAreNot) {
    Document document = to_document(whole());
    put(*document.get(), "of_tomorrow", 1);
    EXPECT_EQ(from_document<Whole>(document), whole());
    EXPECT_THROW(from_document<Whole>(document.without("name")), Unavailable);
    EXPECT_THROW(from_document<Whole>(bson("_id", "no ObjectId")), Unavailable);
}

TEST(Bson, WhatBreaksItsRuleIsNotRead) {
    Document document = to_document(whole()).without("tags");
    put(*document.get(), "tags", bson_array("much too long"));
    EXPECT_THROW(from_document<Whole>(document), Unavailable);
    document = to_document(whole()).without("colour");
    put(*document.get(), "colour", "blue");
    EXPECT_THROW(from_document<Whole>(document), Unavailable);
}

TEST(Bson, AReplacementSetsWhatIsThereAndClearsWhatIsNot) {
    EXPECT_EQ(replacement(whole(), {"parts", "sizes", "tags", "made_at", "price", "count", "score", "ready"}).json(),
              R"({ "$set" : { "name" : "Kurta ₹", "colour" : "green" }, "$unset" : { "nickname" : 1 } })");
}

TEST(Bson, BytesAreKeptWhateverTheyAre) {
    const std::string bytes("a\0b\xff", 4);
    const Document document = bson("data", Bytes{bytes}, "text", std::string("a\0b", 3));
    EXPECT_EQ(read_bson<Bytes>(*find_member(document, "data")).bytes, bytes);
    EXPECT_EQ(find_member(document, "text")->text(), std::string("a\0b", 3));
}

}  // namespace
}  // namespace fitview::storage
