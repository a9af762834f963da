// One described type through every walk: JSON both ways, schema, parameters, columns, environment.
#include <gtest/gtest.h>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <boost/json/serialize.hpp>

#include "base/id.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "reflect/columns.hpp"
#include "reflect/environment.hpp"
#include "reflect/json.hpp"
#include "reflect/parameters.hpp"
#include "reflect/schema.hpp"

namespace fitview::reflect {
namespace {

enum class Colour { red, deep_blue };
BOOST_DESCRIBE_ENUM(Colour, red, deep_blue)

struct Stock {
    Text<1, 10> size;
    Integer<0, 100> count;
    bool operator==(const Stock&) const = default;
};
BOOST_DESCRIBE_STRUCT(Stock, (), (size, count))

struct Garment {
    ProductId id;
    Text<1, 20> name;
    Price price;
    Colour colour = Colour::red;
    List<Stock, 1, 3> sizes;
    std::optional<Text<0, 5>> note;
    Nullable<Text<1, 5>> seal;
    std::map<std::string, double> measures;
    bool sold = false;
    Timestamp made_at;
    bool operator==(const Garment&) const = default;
};
BOOST_DESCRIBE_STRUCT(Garment, (), (id, name, price, colour, sizes, note, seal, measures, sold, made_at))

const char* const text =
    R"({"id":"65f0c0ffee0123456789abcd","name":"Kurta","price":1299.5,"colour":"deep_blue","sizes":[{"size":"M","count":3}],)"
    R"("seal":null,"measures":{"bust":92.5},"sold":true,"made_at":"2026-03-01T15:16:09.000Z"})";

std::vector<std::string> faults_of(const std::string& json) {
    std::vector<Problem> problems;
    auto parsed = parse_json(json);
    EXPECT_TRUE(std::holds_alternative<boost::json::value>(parsed)) << json;
    EXPECT_FALSE(decode<Garment>(std::get<boost::json::value>(parsed), problems));
    std::vector<std::string> texts;
    for (const Problem& problem : problems) texts.push_back(*problem.pointer + " " + problem.detail);
    return texts;
}

TEST(Json, WhatIsWrittenIsReadBackAndWrittenTheSame) {
    const auto garment = decode_own<Garment>(text);
    EXPECT_EQ(garment.price.paise(), 129950);
    EXPECT_EQ(garment.colour, Colour::deep_blue);
    EXPECT_FALSE(garment.seal);
    EXPECT_EQ(encode_text(garment), text);
}

TEST(Json, NumbersKeepTheirLastDigit) {
    for (const double number : {92.777777777777775, 0.1, 123456789.12345679, 2.2250738585072014e-308, 1e22, -7.3e-5}) {
        const std::string written = encode_text(std::map<std::string, double>{{"bust", number}});
        const auto read = decode_own<std::map<std::string, double>>(written);
        EXPECT_EQ(number, read.at("bust")) << written;
    }
}

TEST(Json, EveryFaultIsNamedWithItsPointer) {
    EXPECT_EQ(
        faults_of(
            R"({"id":"x","name":" ","price":1.234,"colour":"pink","sizes":[{"size":"M","count":101},{"count":"2","extra/~":1}],)"
            R"("seal":7,"measures":[],"made_at":"yesterday"})"),
        (std::vector<std::string>{"/id must be an id of 24 lower-case hex digits", "/name must not be empty",
                                  "/price must have at most two decimals", "/colour must be one of: red, deep_blue",
                                  "/sizes/0/count must be at most 100", "/sizes/1/size is required",
                                  "/sizes/1/count must be a whole number", "/sizes/1/extra~1~0 is not a known field",
                                  "/seal must be a string", "/measures must be an object", "/sold is required",
                                  "/made_at must be a UTC time such as 2026-03-01T15:16:09.000Z"}));
}

struct Change {
    std::optional<Price> price;
    std::optional<Nullable<Text<1, 5>>> note;
};
BOOST_DESCRIBE_STRUCT(Change, (), (price, note))

TEST(Json, NullClearsWhatCanBeClearedAndIsRefusedForTheRest) {
    const auto cleared = decode_own<Change>(R"({"note":null})");
    ASSERT_TRUE(cleared.note);
    EXPECT_FALSE(*cleared.note);
    EXPECT_FALSE(decode_own<Change>("{}").note);

    std::vector<Problem> problems;
    EXPECT_FALSE(decode<Change>(parse_own(R"({"price":null,"note":null})"), problems));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().pointer, "/price");
    EXPECT_EQ(problems.front().detail, "must not be null; leave it out");
}

TEST(Json, ListsOutsideTheirLimitsAreRefusedOnce) {
    std::string few = text;
    few.replace(few.find(R"([{"size":"M","count":3}])"), 24, "[]");
    EXPECT_EQ(faults_of(few), std::vector<std::string>{"/sizes must have at least 1 item"});
}

TEST(Json, UnreadableDocumentsSayWhy) {
    for (const char* bad : {"", "{", "nul", R"({"a":1,"a":2})", R"({"a":{"b":1,"\u0062":2}})", R"("\ud800")",
                            "\"\xff\"", "{} {}", "[1,]", "{\"a\":01}", "\xEF\xBB\xBF{}"}) {
        EXPECT_TRUE(std::holds_alternative<std::string>(parse_json(bad))) << bad;
    }
    EXPECT_TRUE(std::holds_alternative<std::string>(parse_json(std::string(40, '[') + std::string(40, ']'))));
    EXPECT_TRUE(std::holds_alternative<boost::json::value>(parse_json(R"({"a":1,"b":{"a":1}} )")));
}

TEST(Json, CanonicalTextIgnoresOrderAndSpaces) {
    const auto canonical_of = [](const char* json) {
        return canonical(std::get<boost::json::value>(parse_json(json)));
    };
    EXPECT_EQ(canonical_of(R"({"a":1,"b":[true,null]})"), canonical_of(R"({ "b":[true, null], "a":1 })"));
    EXPECT_NE(canonical_of(R"({"a":1})"), canonical_of(R"({"a":2})"));
}

TEST(Json, StringsAreEscaped) {
    EXPECT_EQ(encode_text(std::string("a\"\\\n\x01é")), "\"a\\\"\\\\\\n\\u0001é\"");
}

TEST(Schema, FollowsTheDescribedRules) {
    SchemaRegistry registry;
    EXPECT_EQ(schema_of<Garment>(registry), R"({"$ref":"#/components/schemas/ReflectAnonymousNamespaceGarment"})");
    ASSERT_EQ(registry.components.size(), 2U);
    const std::string& schema = registry.components["ReflectAnonymousNamespaceGarment"];
    EXPECT_NE(schema.find(R"("name":{"type":"string","minLength":1,"maxLength":20})"), std::string::npos) << schema;
    EXPECT_NE(schema.find(R"("colour":{"type":"string","enum":["red","deep_blue"]})"), std::string::npos) << schema;
    EXPECT_NE(schema.find(R"("seal":{"anyOf":[{"type":"string","minLength":1,"maxLength":5},{"type":"null"}]})"),
              std::string::npos);
    EXPECT_NE(schema.find(R"("required":["id","name","price","colour","sizes","seal","measures","sold","made_at"])"),
              std::string::npos);
    EXPECT_TRUE(std::holds_alternative<boost::json::value>(parse_json(schema)));
}

struct Filter {
    std::vector<Text<1, 60>> category;
    std::optional<Integer<1, 100>> page_size;
    std::optional<bool> in_stock;
    Colour colour = Colour::red;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (category, page_size, in_stock, colour))

TEST(Parameters, RepeatedOptionalAndRequiredMembersAreRead) {
    std::vector<Problem> problems;
    const auto filter = decode_parameters<Filter>(
        {{"category", "Kurtas"}, {"colour", "red"}, {"category", "Sarees"}, {"in_stock", "true"}}, problems);
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->category.size(), 2U);
    EXPECT_TRUE(*filter->in_stock);
    EXPECT_FALSE(filter->page_size);
}

TEST(Parameters, EveryFaultNamesItsParameter) {
    std::vector<Problem> problems;
    EXPECT_FALSE(decode_parameters<Filter>({{"page_size", "0"}, {"in_stock", "yes"}, {"in_stock", "no"}, {"sise", "M"}},
                                           problems));
    std::vector<std::string> texts;
    for (const Problem& problem : problems) texts.push_back(*problem.parameter + " " + problem.detail);
    EXPECT_EQ(texts, (std::vector<std::string>{"page_size must be at least 1", "in_stock must be given once",
                                               "in_stock must be true or false", "colour is required",
                                               "sise is not a known parameter"}));
}

TEST(Parameters, NumbersAreReadStrictly) {
    EXPECT_EQ(text_to_integer("12"), 12);
    for (const char* bad : {"", " 1", "1 ", "+1", "1.0", "0x1", "1e3"}) EXPECT_FALSE(text_to_integer(bad)) << bad;
    EXPECT_EQ(text_to_number("1.5"), 1.5);
    for (const char* bad : {"", "nan", "inf", "1e999", "1,5"}) EXPECT_FALSE(text_to_number(bad)) << bad;
}

TEST(Columns, KeepEveryMember) {
    const auto garment = decode_own<Garment>(text);
    const auto names = column_names<Garment>();
    const auto columns = to_columns(garment);
    EXPECT_EQ(columns[2], Column(std::int64_t(129950)));
    EXPECT_EQ(columns[5], Column(std::monostate()));
    EXPECT_EQ(columns[9], Column(std::int64_t(1772378169000)));
    const auto again = from_columns<Garment>([&](std::string_view name) {
        return columns[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
    });
    EXPECT_EQ(again, garment);
}

struct Inner {
    Integer<1, 65535> port = *Integer<1, 65535>::check(8000);
    Secret jwt_secret_key;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (port, jwt_secret_key))
struct Settings {
    bool debug = false;
    Colour colour = Colour::red;
    std::optional<std::string> bucket;
    Inner inner;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (debug, colour, bucket, inner))

TEST(EnvironmentSettings, AreFilledAndEveryFaultIsNamedWithoutItsValue) {
    Settings settings;
    std::vector<std::string> faults;
    std::map<std::string, std::string> variables{
        {"PORT", "70000"}, {"DEBUG", "maybe"}, {"JWT_SECRET_KEY", "s3cret"}, {"BUCKET", ""}};
    const Environment environment = [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    fill_from_environment(settings, environment, faults);
    EXPECT_EQ(faults, (std::vector<std::string>{"DEBUG must be true or false", "PORT must be at most 65535"}));
    EXPECT_EQ(settings.inner.jwt_secret_key.reveal(), "s3cret");
    EXPECT_FALSE(settings.bucket);
    EXPECT_EQ(settings.inner.port.get(), 8000);
    std::vector<SettingDoc> docs;
    document_settings(Settings(), docs);
    ASSERT_EQ(docs.size(), 5U);
    EXPECT_EQ(docs[3].variable, "PORT");
    EXPECT_EQ(docs[3].default_text, "8000");
}

}  // namespace
}  // namespace fitview::reflect
