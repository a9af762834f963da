#include "products/rich_text.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <memory>

namespace fitview::products {
namespace {

constexpr std::array kept_tags = {"a", "b",  "blockquote", "br", "em",     "h3", "h4",
                                  "i", "li", "ol",         "p",  "strong", "u",  "ul"};

/// Tags whose content is no text for people, or is parsed by other rules than HTML's own.
constexpr std::array dropped_with_content = {
    "applet",  "audio", "canvas", "embed",    "frame",    "frameset", "head",   "iframe",    "link",
    "listing", "math",  "meta",   "noembed",  "noframes", "noscript", "object", "plaintext", "script",
    "select",  "style", "svg",    "template", "textarea", "title",    "video",  "xmp"};

/// Deeper nesting is no formatting any more; its text is kept.
constexpr int nesting_max = 32;

template <std::size_t Count>
bool is_one_of(const std::array<const char*, Count>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char letter : text) {
        switch (letter) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += letter;
        }
    }
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// The address when it is one a link may have. Browsers ignore white space and control characters in a scheme, so an
/// address with any of them is none.
std::string allowed_address(xmlNode* link) {
    const std::unique_ptr<xmlChar, void (*)(void*)> value(xmlGetProp(link, BAD_CAST "href"),
                                                          [](void* text) { xmlFree(text); });
    std::string address(trimmed(view(value.get())));
    const bool has_odd_characters = std::any_of(address.begin(), address.end(), [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code <= 0x20 || code == 0x7F || letter == '\\';
    });
    if (has_odd_characters) return {};
    const std::string lower = ascii_lower(address);
    for (const std::string_view scheme : {"http://", "https://", "mailto:"}) {
        if (lower.starts_with(scheme) && lower.size() > scheme.size()) return address;
    }
    return {};
}

/// Writes what is kept of a parsed document. Walks without recursion, for nesting is the sender's choice.
class Writer {
public:
    std::string write(xmlNode* root) {
        xmlNode* node = root;
        while (node != nullptr) {
            const bool goes_in = enter(*node);
            if (goes_in && node->children != nullptr) {
                node = node->children;
                continue;
            }
            if (goes_in) leave(*node);
            while (node != root && node->next == nullptr) {
                node = node->parent;
                leave(*node);
            }
            node = node == root ? nullptr : node->next;
        }
        return std::move(out_);
    }

private:
    /// Writes the start of a node. Returns whether its children count.
    bool enter(xmlNode& node) {
        if (node.type == XML_TEXT_NODE) append_escaped(out_, view(node.content));
        if (node.type != XML_ELEMENT_NODE) return false;
        const std::string_view name = view(node.name);
        if (is_one_of(dropped_with_content, name)) return false;
        node._private = nullptr;
        if (!is_one_of(kept_tags, name) || depth_ >= nesting_max) return true;
        if (name == "br") {
            out_ += "<br>";
            return true;
        }
        out_.append("<").append(name);
        if (name == "a") {
            const std::string address = allowed_address(&node);
            if (address.empty()) {
                out_.resize(out_.size() - 2);
                return true;
            }
            out_ += " href=\"";
            append_escaped(out_, address);
            out_ += "\" rel=\"nofollow noopener\"";
        }
        out_ += '>';
        ++depth_;
        node._private = &node;  // its end tag is due
        return true;
    }

    void leave(const xmlNode& node) {
        if (node.type != XML_ELEMENT_NODE || node._private == nullptr) return;
        out_.append("</").append(view(node.name)).append(">");
        --depth_;
    }

    std::string out_;
    int depth_ = 0;
};

}  // namespace

std::string sanitised_html(std::string_view html) {
    static const bool parser_is_ready = (xmlInitParser(), true);
    (void)parser_is_ready;
    // Inside an element of its own, text is not wrapped into paragraphs nobody wrote.
    const std::string page = "<html><body><div>" + std::string(html);
    const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
        htmlReadMemory(
            page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
            HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC),
        xmlFreeDoc);
    if (!document) return {};
    return Writer().write(xmlDocGetRootElement(document.get()));
}

std::string plain_text(std::string_view sanitised) {
    constexpr std::pair<std::string_view, char> entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    constexpr std::string_view inside_words[] = {"a", "b", "em", "i", "strong", "u"};
    std::string text;
    for (std::size_t at = 0; at < sanitised.size();) {
        const std::string_view rest = sanitised.substr(at);
        if (rest.front() == '<') {
            const std::size_t end = std::min(rest.find('>'), rest.size() - 1);
            const std::size_t start = rest.starts_with("</") ? 2 : 1;
            const std::string_view name = rest.substr(start, rest.find_first_of(" >", start) - start);
            if (std::find(std::begin(inside_words), std::end(inside_words), name) == std::end(inside_words))
                text += ' ';
            at += end + 1;
            continue;
        }
        const auto entity = std::find_if(std::begin(entities), std::end(entities),
                                         [&](const auto& one) { return rest.starts_with(one.first); });
        if (entity != std::end(entities)) {
            text += entity->second;
            at += entity->first.size();
        } else {
            text += rest.front();
            ++at;
        }
    }
    return text;
}

}  // namespace fitview::products
