#pragma once
// How text becomes what the catalogue is searched by. The same functions read products and queries, so both always
// agree.
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fitview::products {

/// Without letter case and accents: Latin letters become plain lower-case ones ("Banārasī" → "banarasi", "Straße" →
/// "strasse"), Greek and Cyrillic lower case; Devanagari and every other script stay whole, with their combining marks.
/// Bytes that are no UTF-8 become spaces.
std::string folded(std::string_view text);

/// The folded words of `text` in their order: runs of letters, digits and combining marks. An apostrophe inside a word
/// is dropped ("women's" → "womens"). A word is cut after `word_code_points_max` code points.
std::vector<std::string> search_words(std::string_view text);
/// The same words one after the other, without a list of them.
void visit_search_words(std::string_view text, const std::function<void(const std::string& word)>& visit);

constexpr std::size_t word_code_points_max = 40;

/// What filters compare by: exact but for letter case and the white space around and between words.
std::string filter_key(std::string_view text);

/// Whether `typed` is `word` with exactly one slip: one code point inserted, left out, replaced, or swapped with its
/// neighbour. Both are folded. Words of fewer than `slip_letters_min` letters (combining marks are none) forgive
/// nothing.
bool is_one_slip(std::string_view typed, std::string_view word);

constexpr std::size_t slip_letters_min = 5;

}  // namespace fitview::products
