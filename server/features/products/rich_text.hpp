#pragma once
// Rich text from retailers: a short list of tags is kept, everything else is taken out.
#include <compare>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace fitview::products {

/// `html` with p, br, b, strong, i, em, u, ul, ol, li, h3, h4, blockquote, and a with an http, https or mailto address
/// (which gets rel="nofollow noopener"); no other attribute. Other tags are taken out and what they hold is kept,
/// except for scripts, styles, frames, embedded objects and foreign markup (svg, math), which go with what they hold.
/// The result is well-formed, and sanitising it again changes nothing. Never fails: broken markup is read like a
/// browser reads it.
std::string sanitised_html(std::string_view html);

/// The words of sanitised HTML: tags become spaces where they part words, entities become characters.
std::string plain_text(std::string_view sanitised);

/// Sanitised HTML of at most `Max` code points before it was sanitised.
template <std::size_t Max>
class RichText {
public:
    using Wire = std::string;
    static constexpr Rule rule{.max_length = long(Max)};

    RichText() = default;
    static Checked<RichText> check(const std::string& wire) {
        const auto text = Text<0, Max>::check(wire);
        if (!text) return Checked<RichText>::wrong(text.reasons());
        return RichText(sanitised_html(text->str()));
    }
    const std::string& wire() const { return html_; }
    const std::string& str() const { return html_; }
    auto operator<=>(const RichText&) const = default;

private:
    explicit RichText(std::string html) : html_(std::move(html)) {}
    std::string html_;
};

}  // namespace fitview::products
