#include "products/search_words.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace fitview::products {
namespace {

constexpr char32_t not_utf8 = 0xFFFD;

/// The code point at `at`, which moves past it. Input from our own values is well-formed; other bytes give not_utf8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto first = static_cast<std::uint8_t>(text[at++]);
    if (first < 0x80) return first;
    const int tail = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4) return not_utf8;
    char32_t code = first & (0x3FU >> static_cast<unsigned>(tail));
    for (int count = 0; count < tail; ++count, ++at) {
        if (at >= text.size() || (static_cast<std::uint8_t>(text[at]) & 0xC0U) != 0x80U) return not_utf8;
        code = (code << 6U) | (static_cast<std::uint8_t>(text[at]) & 0x3FU);
    }
    return code;
}

void append(std::string& text, char32_t code) {
    const auto byte = [&](char32_t bits) { text += static_cast<char>(static_cast<std::uint8_t>(bits)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

// The plain letter of each code point from U+00C0 and from U+1E00 (Unicode's decompositions, and the crossed letters);
// a dot where there is none.
constexpr std::string_view latin_from_00c0 =
    "aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggg"
    "hhhhiiiiiiiiii..jjkk.llllll..llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzsb......."
    "..................l.....oo.............uu....zz......................aaiioouuuuuuuuuu.aaaa..ggggkkoo"
    "oo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............................";
constexpr std::string_view latin_from_1e00 =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
    "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
    "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

char plain_latin(char32_t code) {
    if (code >= 0x00C0 && code < 0x00C0 + latin_from_00c0.size()) return latin_from_00c0[code - 0x00C0];
    if (code >= 0x1E00 && code < 0x1E00 + latin_from_1e00.size()) return latin_from_1e00[code - 0x1E00];
    return '.';
}

/// Letters that are written as two plain ones.
std::string_view two_letters(char32_t code) {
    switch (code) {
        case 0x00C6:
        case 0x00E6:
            return "ae";
        case 0x0152:
        case 0x0153:
            return "oe";
        case 0x00DF:
        case 0x1E9E:
            return "ss";
        case 0x00DE:
        case 0x00FE:
            return "th";
        case 0x00D0:
        case 0x00F0:
            return "d";
        case 0x0132:
        case 0x0133:
            return "ij";
        case 0x014A:
        case 0x014B:
            return "ng";
        default:
            return {};
    }
}

/// Lower case without touching accents: ASCII, Latin, Greek and Cyrillic.
char32_t lower(char32_t code) {
    if (code >= 'A' && code <= 'Z') return code + 32;
    if (code < 0xC0) return code;
    if (code <= 0xDE) return code == 0xD7 ? code : code + 32;
    if (code == 0x0130) return 'i';
    if (code == 0x0178) return 0x00FF;
    const bool odd_is_upper = (code >= 0x0139 && code <= 0x0148) || (code >= 0x0179 && code <= 0x017E);
    if (odd_is_upper) return (code & 1U) != 0 ? code + 1 : code;
    const bool even_is_upper = (code >= 0x0100 && code <= 0x0177) || (code >= 0x01DE && code <= 0x01EF) ||
                               (code >= 0x01F8 && code <= 0x0233) || (code >= 0x0460 && code <= 0x052F) ||
                               (code >= 0x1E00 && code <= 0x1E95) || (code >= 0x1EA0 && code <= 0x1EFF);
    if (even_is_upper) return code | 1U;
    if (code >= 0x0391 && code <= 0x03A9) return code + 32;
    if (code >= 0x0410 && code <= 0x042F) return code + 32;
    if (code >= 0x0400 && code <= 0x040F) return code + 80;
    return code;
}

/// Marks that change nothing a shopper would type: accents written apart, joiners, soft hyphens, variation selectors.
bool is_dropped(char32_t code) {
    return (code >= 0x0300 && code <= 0x036F) || code == 0x00AD || code == 0x200C || code == 0x200D ||
           (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF;
}

bool is_apostrophe(char32_t code) {
    return code == '\'' || code == 0x2019 || code == 0x02BC;
}

bool is_space(char32_t code) {
    return code <= 0x20 || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x3000;
}

/// Everything from U+0080 on is part of a word, except the blocks of punctuation, signs and pictures.
bool is_word(char32_t code) {
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
    constexpr std::pair<char32_t, char32_t> between_words[] = {
        {0x0080, 0x00A9}, {0x00AB, 0x00B4}, {0x00B6, 0x00B9}, {0x00BB, 0x00BF},  {0x00D7, 0x00D7}, {0x00F7, 0x00F7},
        {0x0964, 0x0965}, {0x0970, 0x0970}, {0x2000, 0x206F}, {0x20A0, 0x20CF},  {0x2100, 0x2BFF}, {0x3000, 0x303F},
        {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}};
    return std::none_of(std::begin(between_words), std::end(between_words),
                        [&](const auto& range) { return code >= range.first && code <= range.second; });
}

/// Marks that belong to the letter before them (Devanagari and its neighbours in the Brahmic blocks).
bool is_combining(char32_t code) {
    if (code < 0x0900 || code > 0x0DFF) return false;
    const char32_t place = (code - 0x0900) % 0x80;
    return place <= 0x03 || place == 0x3C || (place >= 0x3E && place <= 0x4D) || (place >= 0x51 && place <= 0x57) ||
           place == 0x62 || place == 0x63;
}

void append_folded(std::string& text, char32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(lower(code));
    } else if (is_dropped(code)) {
        return;
    } else if (const char plain = plain_latin(code); plain != '.') {
        text += plain;
    } else if (const std::string_view letters = two_letters(code); !letters.empty()) {
        text += letters;
    } else if (code >= 0x0958 && code <= 0x095F) {
        // Precomposed Devanagari letters with a nukta are the same text as letter and nukta apart.
        constexpr char32_t bases[] = {0x0915, 0x0916, 0x0917, 0x091C, 0x0921, 0x0922, 0x092B, 0x092F};
        append(text, bases[code - 0x0958]);
        append(text, 0x093C);
    } else {
        append(text, code == not_utf8 ? U' ' : lower(code));
    }
}

std::u32string decoded(std::string_view text) {
    std::u32string codes;
    codes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) codes += next_code_point(text, at);
    return codes;
}

}  // namespace

std::string folded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append_folded(result, next_code_point(text, at));
    return result;
}

std::vector<std::string> search_words(std::string_view text) {
    std::vector<std::string> words;
    visit_search_words(text, [&](const std::string& word) { words.push_back(word); });
    return words;
}

void visit_search_words(std::string_view text, const std::function<void(const std::string& word)>& visit) {
    std::string word;
    std::size_t length = 0;
    const auto finish = [&] {
        if (!word.empty()) visit(word);
        word.clear();
        length = 0;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next_code_point(text, at);
        if (is_dropped(code) || (is_apostrophe(code) && !word.empty())) continue;
        if (!is_word(code)) {
            finish();
        } else if (length < word_code_points_max) {
            append_folded(word, code);
            ++length;
        }
    }
    finish();
}

std::string filter_key(std::string_view text) {
    std::string key;
    bool space = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next_code_point(text, at);
        if (is_space(code)) {
            space = true;
            continue;
        }
        if (space && !key.empty()) key += ' ';
        space = false;
        append(key, lower(code));
    }
    return key;
}

bool is_one_slip(std::string_view typed, std::string_view word) {
    // Most candidates differ too much in bytes already; a code point has at most four.
    if (typed.size() > word.size() + 4 || word.size() > typed.size() + 4) return false;
    const std::u32string left = decoded(typed);
    const std::u32string right = decoded(word);
    const auto letters = std::count_if(right.begin(), right.end(), [](char32_t code) { return !is_combining(code); });
    if (static_cast<std::size_t>(letters) < slip_letters_min) return false;

    const std::size_t shorter = std::min(left.size(), right.size());
    std::size_t start = 0;
    while (start < shorter && left[start] == right[start]) ++start;
    const auto same_after = [&](std::size_t left_from, std::size_t right_from) {
        return std::u32string_view(left).substr(left_from) == std::u32string_view(right).substr(right_from);
    };
    if (left.size() == right.size() + 1) return same_after(start + 1, start);
    if (right.size() == left.size() + 1) return same_after(start, start + 1);
    if (left.size() != right.size() || start == left.size()) return false;
    if (same_after(start + 1, start + 1)) return true;
    return start + 1 < left.size() && left[start] == right[start + 1] && left[start + 1] == right[start] &&
           same_after(start + 2, start + 2);
}

}  // namespace fitview::products
