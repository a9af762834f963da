#include "storage/objects/s3_xml.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

#include "base/failure.hpp"

namespace fitview::storage {
namespace {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

/// No network, no entities of its own, libxml2's own limits of depth and size.
Document parse(std::string_view xml) {
    return Document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "answer.xml", "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
}

std::string_view name_of(const xmlNode* node) {
    return reinterpret_cast<const char*>(node->name);
}

std::string text_of(const xmlNode* node) {
    struct Free {
        void operator()(xmlChar* text) const { xmlFree(text); }
    };
    const std::unique_ptr<xmlChar, Free> text(xmlNodeGetContent(node));
    return text ? reinterpret_cast<const char*>(text.get()) : std::string();
}

/// The root element when it has that name.
const xmlNode* root_of(const Document& document, std::string_view name) {
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    return root != nullptr && name_of(root) == name ? root : nullptr;
}

std::string child_text(const xmlNode* parent, std::string_view name) {
    for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && name_of(child) == name) return text_of(child);
    }
    return {};
}

}  // namespace

std::string s3_error_code(std::string_view xml) {
    const Document document = parse(xml);
    const xmlNode* root = root_of(document, "Error");
    return root == nullptr ? std::string() : child_text(root, "Code");
}

S3Page read_s3_listing(std::string_view xml) {
    const Document document = parse(xml);
    const xmlNode* root = root_of(document, "ListBucketResult");
    if (root == nullptr) throw Unavailable("S3: the listing is not what the protocol says");
    S3Page page;
    for (const xmlNode* child = root->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && name_of(child) == "Contents")
            page.keys.push_back(child_text(child, "Key"));
    }
    if (child_text(root, "IsTruncated") == "true") {
        page.next = child_text(root, "NextContinuationToken");
        if (page.next.empty()) throw Unavailable("S3: the listing goes on but does not say where");
    }
    return page;
}

std::vector<std::string> s3_delete_faults(std::string_view xml) {
    const Document document = parse(xml);
    const xmlNode* root = root_of(document, "DeleteResult");
    if (root == nullptr) throw Unavailable("S3: the answer to a removal is not what the protocol says");
    std::vector<std::string> codes;
    for (const xmlNode* child = root->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && name_of(child) == "Error") codes.push_back(child_text(child, "Code"));
    }
    return codes;
}

std::string s3_delete_request(const std::vector<std::string>& keys) {
    const Document document(xmlNewDoc(BAD_CAST "1.0"));
    xmlNode* root = xmlNewNode(nullptr, BAD_CAST "Delete");
    xmlDocSetRootElement(document.get(), root);
    xmlNewProp(root, BAD_CAST "xmlns", BAD_CAST "http://s3.amazonaws.com/doc/2006-03-01/");
    for (const std::string& key : keys) {
        xmlNode* object = xmlNewChild(root, nullptr, BAD_CAST "Object", nullptr);
        xmlNewTextChild(object, nullptr, BAD_CAST "Key", BAD_CAST key.c_str());
    }
    xmlNewTextChild(root, nullptr, BAD_CAST "Quiet", BAD_CAST "true");
    xmlChar* text = nullptr;
    int size = 0;
    xmlDocDumpMemory(document.get(), &text, &size);
    std::string xml(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    xmlFree(text);
    return xml;
}

}  // namespace fitview::storage
