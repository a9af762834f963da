#include "products/search_words.hpp"

#include <gtest/gtest.h>

namespace fitview::products {
namespace {

using Words = std::vector<std::string>;

TEST(Folded, DropsCaseAndAccentsOfLatinLetters) {
    EXPECT_EQ(folded("BANĀRASĪ Śāntipurī"), "banarasi santipuri");
    EXPECT_EQ(folded("Crème brûlée, Ærø, Straße, Łódź, İstanbul, ệ"), "creme brulee, aero, strasse, lodz, istanbul, e");
}

TEST(Folded, TreatsAnAccentWrittenApartLikeOneWrittenTogether) {
    EXPECT_EQ(folded("cre\u0300me"), folded("cr\u00E8me"));
}

TEST(Folded, KeepsOtherScriptsWhole) {
    EXPECT_EQ(folded("साड़ी"), "साड़ी");
    EXPECT_EQ(folded("\u0921\u093C"), folded("\u095C"));
    EXPECT_EQ(folded("ШЁЛК ΜΕΤΑΞΙ"), "шёлк μεταξι");
}

TEST(Folded, MakesSpacesOfBytesThatAreNoText) {
    EXPECT_EQ(folded("a\xFF"
                     "b\xC3"),
              "a b ");
}

TEST(SearchWords, AreRunsOfLettersDigitsAndMarks) {
    EXPECT_EQ(search_words("Royal-Blue  T‑shirt (XL), 501® ₹4,999"),
              (Words{"royal", "blue", "t", "shirt", "xl", "501", "4", "999"}));
    EXPECT_EQ(search_words("रेशमी साड़ी।नई"), (Words{"रेशमी", "साड़ी", "नई"}));
    EXPECT_EQ(search_words(" \t!?"), Words{});
    EXPECT_EQ(search_words("red🌹rose"), (Words{"red", "rose"}));
}

TEST(SearchWords, JoinAtAnApostrophe) {
    EXPECT_EQ(search_words("Women's"), Words{"womens"});
    EXPECT_EQ(search_words("women’s 'quoted'"), (Words{"womens", "quoted"}));
}

TEST(SearchWords, AreCutWhenTheyAreTooLong) {
    EXPECT_EQ(search_words(std::string(1000, 'a')), Words{std::string(word_code_points_max, 'a')});
}

TEST(FilterKey, IgnoresCaseAndSpacingOnly) {
    EXPECT_EQ(filter_key("  Royal \u00A0 BLUE "), "royal blue");
    EXPECT_EQ(filter_key("CRÈME"), filter_key("crème"));
    EXPECT_NE(filter_key("creme"), filter_key("crème"));
    EXPECT_NE(filter_key("Kurta"), filter_key("Kurtas"));
    EXPECT_EQ(filter_key("ĀŚŃŸŽ"), filter_key("āśńÿž"));
}

struct Slip {
    const char* typed;
    const char* word;
    bool forgiven;
};

class SlipTable : public testing::TestWithParam<Slip> {};

TEST_P(SlipTable, IsDecidedAsStated) {
    EXPECT_EQ(is_one_slip(GetParam().typed, GetParam().word), GetParam().forgiven);
}

INSTANTIATE_TEST_SUITE_P(Words, SlipTable,
                         testing::Values(Slip{"kurtta", "kurta", true},            // one more
                                         Slip{"kurtaa", "kurta", true},            // at the end
                                         Slip{"akurta", "kurta", true},            // at the start
                                         Slip{"krta", "kurta", true},              // one less
                                         Slip{"urta", "kurta", true},              //
                                         Slip{"kurt", "kurta", true},              //
                                         Slip{"kuxta", "kurta", true},             // another
                                         Slip{"xurta", "kurta", true},             //
                                         Slip{"kurat", "kurta", true},             // swapped at the end
                                         Slip{"ukrta", "kurta", true},             // swapped at the start
                                         Slip{"kutra", "kurta", true},             // swapped in the middle
                                         Slip{"kurta", "kurta", false},            // no slip at all
                                         Slip{"kxrtx", "kurta", false},            // two
                                         Slip{"atruk", "kurta", false},            //
                                         Slip{"kruat", "kurta", false},            //
                                         Slip{"tkura", "kurta", false},            // moved, not swapped
                                         Slip{"kurtaaa", "kurta", false},          //
                                         Slip{"slik", "silk", false},              // four letters forgive nothing
                                         Slip{"silkk", "silk", false},             //
                                         Slip{"embroidred", "embroidered", true},  //
                                         Slip{"बनारस", "बनारसी", false},           // four letters and marks
                                         Slip{"दुपटटाशाल", "दुपट्टाशाल", true},       //
                                         Slip{"", "kurta", false}, Slip{"kurta", "", false}));

}  // namespace
}  // namespace fitview::products
