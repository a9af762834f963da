#pragma once
// The OpenAPI 3.1 document and the page that shows it, both made from the routes.
#include <string>

namespace fitview::http {

class Router;

/// The document as JSON with line breaks and two spaces of indentation, the same for the same routes.
std::string openapi_document(const Router& router, const std::string& version);

/// The same as one self-contained HTML page without script.
std::string documentation_page(const Router& router, const std::string& version);

}  // namespace fitview::http
