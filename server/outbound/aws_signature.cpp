#include "outbound/aws_signature.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace fitview::outbound {
namespace {

constexpr const char* algorithm = "AWS4-HMAC-SHA256";
constexpr Milliseconds presigned_max = std::chrono::hours(24 * 7);

/// Headers that proxies and clients add or change on the way.
constexpr std::array<std::string_view, 19> unsigned_headers = {"authorization",
                                                               "cache-control",
                                                               "connection",
                                                               "expect",
                                                               "from",
                                                               "keep-alive",
                                                               "max-forwards",
                                                               "pragma",
                                                               "proxy-authenticate",
                                                               "proxy-authorization",
                                                               "referer",
                                                               "te",
                                                               "trailer",
                                                               "transfer-encoding",
                                                               "upgrade",
                                                               "user-agent",
                                                               "x-amzn-trace-id",
                                                               "accept-encoding",
                                                               "priority"};

/// `20260115T120000Z`
std::string compact_time(const Timestamp& time) {
    std::string text = time.wire();  // 2026-01-15T12:00:00.000Z
    text.resize(19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + "Z";
}

std::string scope_text(const std::string& day, const AwsScope& scope) {
    return day + "/" + scope.region + "/" + scope.service + "/aws4_request";
}

/// Without spaces at the ends, and one between words.
std::string folded(std::string_view value) {
    std::string text;
    for (const char c : value) {
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space) {
            text += c;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    if (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

struct CanonicalHeaders {
    std::string lines;
    std::string names;  ///< joined with `;`
};

CanonicalHeaders canonical_headers(const Headers& headers, const std::string& host) {
    std::map<std::string, std::string> sorted{{"host", host}};
    for (const auto& [name, value] : headers) {
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (std::ranges::find(unsigned_headers, lower) == unsigned_headers.end()) sorted[lower] = folded(value);
    }
    CanonicalHeaders canonical;
    for (const auto& [name, value] : sorted) {
        canonical.lines.append(name).append(":").append(value).append("\n");
        canonical.names.append(canonical.names.empty() ? "" : ";").append(name);
    }
    return canonical;
}

/// Other services than S3: `.`, `..` and empty segments resolved, then everything encoded once more.
std::string canonical_path(const std::string& path, const std::string& service) {
    if (service == "s3") return path;
    std::vector<std::string> kept;
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t to = std::min(path.find('/', from), path.size());
        const std::string segment = path.substr(from, to - from);
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (!segment.empty() && segment != ".") {
            kept.push_back(segment);
        }
        from = to + 1;
    }
    std::string resolved;
    for (const std::string& segment : kept) resolved += "/" + segment;
    if (resolved.empty() || path.ends_with('/')) resolved += "/";
    return percent_encoded(resolved, true);
}

std::string signature_of(const std::string& canonical_request, const AwsCredentials& credentials, const AwsScope& scope,
                         const std::string& time) {
    const std::string day = time.substr(0, 8);
    const std::string to_sign =
        std::string(algorithm) + "\n" + time + "\n" + scope_text(day, scope) + "\n" + hex(sha256(canonical_request));
    std::string key = hmac_sha256("AWS4" + credentials.secret_access_key.reveal(), day);
    for (const std::string& part : {scope.region, scope.service, std::string("aws4_request")}) {
        key = hmac_sha256(key, part);
    }
    return hex(hmac_sha256(key, to_sign));
}

std::string canonical_request(const SignableRequest& request, const AwsScope& scope, const Headers& query,
                              const CanonicalHeaders& headers) {
    return request.method + "\n" + canonical_path(request.path, scope.service) + "\n" + canonical_query(query) + "\n" +
           headers.lines + "\n" + headers.names + "\n" + request.payload_hash;
}

}  // namespace

std::string canonical_query(const Headers& query) {
    std::vector<std::pair<std::string, std::string>> encoded;
    encoded.reserve(query.size());
    for (const auto& [name, value] : query) encoded.emplace_back(percent_encoded(name), percent_encoded(value));
    std::ranges::sort(encoded);
    std::string text;
    for (const auto& [name, value] : encoded) {
        text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
    }
    return text;
}

Headers signature_headers(const SignableRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                          const Timestamp& now) {
    const std::string time = compact_time(now);
    Headers added{{"x-amz-date", time}};
    if (!credentials.session_token.empty()) {
        added.emplace_back("x-amz-security-token", credentials.session_token.reveal());
    }
    Headers all = request.headers;
    all.insert(all.end(), added.begin(), added.end());
    const CanonicalHeaders headers = canonical_headers(all, request.host);
    const std::string signature =
        signature_of(canonical_request(request, scope, request.query, headers), credentials, scope, time);
    added.emplace_back("authorization", std::string(algorithm) + " Credential=" + credentials.access_key_id + "/" +
                                            scope_text(time.substr(0, 8), scope) + ", SignedHeaders=" + headers.names +
                                            ", Signature=" + signature);
    return added;
}

std::string presigned_query(const SignableRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                            const Timestamp& now, Milliseconds valid_for) {
    if (valid_for > presigned_max || valid_for < std::chrono::seconds(1)) {
        throw std::invalid_argument("a presigned address is valid for one second to seven days");
    }
    const std::string time = compact_time(now);
    const CanonicalHeaders headers = canonical_headers(request.headers, request.host);
    Headers query = request.query;
    query.emplace_back("X-Amz-Algorithm", algorithm);
    query.emplace_back("X-Amz-Credential", credentials.access_key_id + "/" + scope_text(time.substr(0, 8), scope));
    query.emplace_back("X-Amz-Date", time);
    query.emplace_back("X-Amz-Expires",
                       std::to_string(std::chrono::duration_cast<std::chrono::seconds>(valid_for).count()));
    query.emplace_back("X-Amz-SignedHeaders", headers.names);
    if (!credentials.session_token.empty()) {
        query.emplace_back("X-Amz-Security-Token", credentials.session_token.reveal());
    }
    query.emplace_back("X-Amz-Signature",
                       signature_of(canonical_request(request, scope, query, headers), credentials, scope, time));
    return canonical_query(query);
}

}  // namespace fitview::outbound
