#include "http/pipeline/steps.hpp"

namespace fitview::http {

void add_security_headers(const Exchange& exchange, Response& response) {
    Headers& headers = response.headers;
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("X-Frame-Options", "DENY");
    headers.add("X-XSS-Protection", "0");
    headers.add("Referrer-Policy", "no-referrer");
    // Pages of ours are self-contained: what they need beyond inline styles and own pictures they say themselves.
    if (headers.get("Content-Type").starts_with("text/html")) {
        headers.set_if_absent("Content-Security-Policy",
                              "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
                              "form-action 'none'; frame-ancestors 'none'");
    }
    if (exchange.secure) headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace fitview::http
