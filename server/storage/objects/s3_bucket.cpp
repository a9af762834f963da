#include "storage/objects/s3_bucket.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "base/failure.hpp"
#include "outbound/aws_credentials.hpp"
#include "outbound/aws_signature.hpp"
#include "outbound/http_client.hpp"
#include "storage/objects/objects.hpp"
#include "storage/objects/s3_xml.hpp"

namespace fitview::storage {
namespace {

using outbound::Headers;
using outbound::HttpAnswer;
using outbound::HttpFault;

constexpr int tries_max = 3;
constexpr Milliseconds whole_call{20'000};
constexpr Milliseconds connect_within{2'000};
constexpr Milliseconds wait_base{100};
constexpr Milliseconds slow_down_wait_base{500};
/// What an answer may have beyond the largest object: listings and errors are smaller.
constexpr std::size_t answer_max = Objects::size_limit + (std::size_t{1} << 20U);
/// Where the hash of an object is kept; user metadata is kept by every server, the checksum headers are not.
constexpr const char* checksum_header = "x-amz-meta-sha256";

/// One request, before it is signed.
struct Call {
    std::string method;
    std::string_view key;  ///< empty for the bucket itself
    Headers query;
    Headers headers;
    std::string_view body;
};

/// What an answer means for the next try.
enum class Next { done, again, again_slower, again_with_new_keys, again_with_new_clock, give_up };

Next next_after(const HttpAnswer& answer, const std::string& code) {
    if (answer.status == 400 && code == "RequestTimeout") return Next::again;
    if (answer.status == 400 && code == "ExpiredToken") return Next::again_with_new_keys;
    if (answer.status == 403 && code == "ExpiredToken") return Next::again_with_new_keys;
    if (answer.status == 403 && code == "RequestTimeTooSkewed") return Next::again_with_new_clock;
    if (answer.status == 400 && (code == "BadDigest" || code == "XAmzContentSHA256Mismatch")) return Next::again;
    if (answer.status == 503 && code == "SlowDown") return Next::again_slower;
    if (answer.status == 409) return Next::again;  // something else was being done there at the same moment
    if (answer.status >= 500) return Next::again;
    return answer.status == 200 || answer.status == 204 || answer.status == 206 || answer.status == 404 ||
                   answer.status == 416
               ? Next::done
               : Next::give_up;
}

/// `Wed, 15 Jan 2026 12:00:00 GMT`
std::optional<Timestamp> read_http_date(const std::string& text) {
    std::tm parts{};
    if (strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr) return std::nullopt;
    return Timestamp::from_milliseconds(static_cast<std::int64_t>(timegm(&parts)) * 1000);
}

struct Endpoint {
    std::string scheme;
    std::string host;    ///< with the bucket and the port, as signed
    std::string prefix;  ///< of every path: empty or `/bucket`
};

Endpoint endpoint_of(const S3Settings& settings) {
    std::string base = settings.endpoint;
    if (base.empty()) base = "https://s3." + settings.region + ".amazonaws.com";
    while (base.ends_with('/')) base.pop_back();
    const auto scheme_end = base.find("://");
    const std::string scheme = base.substr(0, std::min(scheme_end, base.size()));
    if ((scheme != "https" && scheme != "http") || scheme_end == std::string::npos) {
        throw std::invalid_argument("the S3 endpoint must begin with https:// or http://");
    }
    const std::string host = base.substr(scheme_end + 3);
    if (host.empty() || host.find_first_of("/?#@ ") != std::string::npos) {
        throw std::invalid_argument("the S3 endpoint is scheme, host and port only");
    }
    if (settings.bucket.empty() || outbound::percent_encoded(settings.bucket) != settings.bucket) {
        throw std::invalid_argument("the bucket's name has letters, digits, dots and hyphens only");
    }
    const bool in_path = settings.path_style || settings.bucket.find('.') != std::string::npos;
    return {.scheme = scheme,
            .host = in_path ? host : settings.bucket + "." + host,
            .prefix = in_path ? "/" + settings.bucket : ""};
}

Milliseconds random_wait(int attempt, Milliseconds base) {
    thread_local std::minstd_rand random(std::random_device{}());
    const auto most = base.count() << static_cast<unsigned>(attempt);
    return Milliseconds(std::uniform_int_distribution<long>(0, most)(random));
}

void check_sum(const HttpAnswer& answer) {
    const auto stored = answer.header(checksum_header);
    if (stored && *stored != hex(sha256(answer.body))) throw std::out_of_range("checksum");
}

class SignedBucket final : public S3Bucket {
public:
    SignedBucket(const S3Settings& settings, outbound::HttpClient& client, outbound::AwsCredentialSource& credentials,
                 const Clock& clock)
        : endpoint_(endpoint_of(settings)),
          scope_{.region = settings.region, .service = "s3"},
          client_(client),
          credentials_(credentials),
          clock_(clock) {}

    void put(std::string_view key, std::string_view bytes, std::string_view content_type,
             std::string_view cache_control) override {
        Call call{.method = "PUT", .key = key, .query = {}, .headers = {}, .body = bytes};
        call.headers = {{"content-type", std::string(content_type)}, {checksum_header, hex(sha256(bytes))}};
        if (!cache_control.empty()) call.headers.emplace_back("cache-control", cache_control);
        expect(perform(call), {200});
    }

    std::optional<std::string> get(std::string_view key) override {
        const Call call{.method = "GET", .key = key, .query = {}, .headers = {}, .body = {}};
        for (int attempt = 0;; ++attempt) {
            HttpAnswer answer = perform(call);
            if (is_missing(answer)) return std::nullopt;
            expect(answer, {200});
            try {
                check_sum(answer);
                return std::move(answer.body);
            } catch (const std::out_of_range&) {
                // Once more: the bytes may have changed on the way, not in the bucket.
                if (attempt > 0) throw Unavailable("S3 at " + endpoint_.host + ": an object differs from its checksum");
            }
        }
    }

    std::optional<std::string> get_range(std::string_view key, std::size_t first, std::size_t length) override {
        if (length == 0) throw std::invalid_argument("a range has at least one byte");
        Call call{.method = "GET", .key = key, .query = {}, .headers = {}, .body = {}};
        call.headers = {{"range", "bytes=" + std::to_string(first) + "-" + std::to_string(first + length - 1)}};
        HttpAnswer answer = perform(call);
        if (is_missing(answer) || answer.status == 416) return std::nullopt;
        expect(answer, {206});
        return std::move(answer.body);
    }

    bool exists(std::string_view key) override {
        const HttpAnswer answer = perform({.method = "HEAD", .key = key, .query = {}, .headers = {}, .body = {}});
        if (answer.status == 404) return false;
        expect(answer, {200});
        return true;
    }

    void remove(std::string_view key) override {
        const HttpAnswer answer = perform({.method = "DELETE", .key = key, .query = {}, .headers = {}, .body = {}});
        if (!is_missing(answer)) expect(answer, {204, 200});
    }

    void remove_many(const std::vector<std::string>& keys) override {
        if (keys.size() > remove_many_max) throw std::invalid_argument("too many objects to remove at once");
        if (keys.empty()) return;
        const std::string body = s3_delete_request(keys);
        Call call{.method = "POST", .key = {}, .query = {{"delete", ""}}, .headers = {}, .body = body};
        call.headers = {{"content-type", "application/xml"}, {"x-amz-checksum-sha256", base64(sha256(body))}};
        const HttpAnswer answer = perform(call);
        expect(answer, {200});
        const auto faults = s3_delete_faults(answer.body);
        if (!faults.empty()) {
            throw Unavailable("S3 at " + endpoint_.host + ": " + std::to_string(faults.size()) + " of " +
                              std::to_string(keys.size()) + " objects were not removed: " + faults.front());
        }
    }

    S3Page list(std::string_view prefix, std::string_view after, std::string_view next, int limit) override {
        Call call{.method = "GET", .key = {}, .query = {}, .headers = {}, .body = {}};
        call.query = {{"list-type", "2"}, {"max-keys", std::to_string(limit)}, {"prefix", std::string(prefix)}};
        if (!next.empty()) {
            call.query.emplace_back("continuation-token", next);
        } else if (!after.empty()) {
            call.query.emplace_back("start-after", after);
        }
        const HttpAnswer answer = perform(call);
        expect(answer, {200});
        return read_s3_listing(answer.body);
    }

    std::string presigned_get(std::string_view key, Milliseconds valid_for) override {
        const outbound::SignableRequest request{.method = "GET",
                                                .host = endpoint_.host,
                                                .path = path_of(key),
                                                .query = {},
                                                .headers = {},
                                                .payload_hash = outbound::unsigned_payload};
        return endpoint_.scheme + "://" + endpoint_.host + request.path + "?" +
               outbound::presigned_query(request, credentials_.current(), scope_, now(), valid_for);
    }

private:
    std::string path_of(std::string_view key) const {
        return endpoint_.prefix + "/" + outbound::percent_encoded(key, true);
    }

    Timestamp now() const { return clock_.now() + Milliseconds(clock_offset_.load()); }

    /// No such object; a bucket that is not there is a fault of the settings instead.
    static bool is_missing(const HttpAnswer& answer) {
        return answer.status == 404 && s3_error_code(answer.body) != "NoSuchBucket";
    }

    void expect(const HttpAnswer& answer, std::initializer_list<int> wanted) const {
        if (std::ranges::find(wanted, answer.status) != wanted.end()) return;
        const std::string code = s3_error_code(answer.body);
        throw Unavailable("S3 at " + endpoint_.host + " answered " + std::to_string(answer.status) +
                          (code.empty() ? "" : " " + code.substr(0, 60)));
    }

    std::variant<HttpAnswer, HttpFault> send_signed(const Call& call, const outbound::AwsCredentials& keys) {
        outbound::SignableRequest request{.method = call.method,
                                          .host = endpoint_.host,
                                          .path = call.key.empty() ? endpoint_.prefix + "/" : path_of(call.key),
                                          .query = call.query,
                                          .headers = call.headers,
                                          .payload_hash = hex(sha256(call.body))};
        request.headers.emplace_back("x-amz-content-sha256", request.payload_hash);
        outbound::HttpRequest http;
        http.method = call.method;
        http.url = endpoint_.scheme + "://" + endpoint_.host + request.path;
        if (!call.query.empty()) http.url += "?" + outbound::canonical_query(call.query);
        http.headers = request.headers;
        for (auto& header : outbound::signature_headers(request, keys, scope_, now())) {
            http.headers.push_back(std::move(header));
        }
        http.body = call.body;
        http.connect_within = connect_within;
        http.answer_within = whole_call;
        http.answer_max = answer_max;
        return client_.send(http);
    }

    /// Prepares the next try and says whether there may be one; the waits are random so that nodes do not return at
    /// once.
    bool may_retry(Next next, int attempt, const HttpAnswer& answer, const outbound::AwsCredentials& keys) {
        if (next == Next::done || next == Next::give_up || attempt + 1 >= tries_max) return false;
        if (next == Next::again_with_new_keys) {
            credentials_.refused(keys);
            return attempt == 0;
        }
        if (next == Next::again_with_new_clock) {
            const auto date = read_http_date(answer.header("date").value_or(""));
            if (date) clock_offset_ = (*date - clock_.now()).count();
            return date && attempt == 0;
        }
        std::this_thread::sleep_for(random_wait(attempt, next == Next::again_slower ? slow_down_wait_base : wait_base));
        return true;
    }

    HttpAnswer perform(const Call& call) {
        const auto started = std::chrono::steady_clock::now();
        for (int attempt = 0;; ++attempt) {
            const outbound::AwsCredentials keys = credentials_.current();
            auto result = send_signed(call, keys);
            const bool in_time = std::chrono::steady_clock::now() - started < whole_call / 2;
            if (const auto* fault = std::get_if<HttpFault>(&result)) {
                const bool again = *fault == HttpFault::unreachable || *fault == HttpFault::broken;
                if (again && in_time && may_retry(Next::again, attempt, {}, keys)) continue;
                throw Unavailable("S3 at " + endpoint_.host + ": " + std::string(name_of(*fault)));
            }
            auto& answer = std::get<HttpAnswer>(result);
            const std::string code = answer.status < 300 ? "" : s3_error_code(answer.body);
            if (!in_time || !may_retry(next_after(answer, code), attempt, answer, keys)) return std::move(answer);
        }
    }

    const Endpoint endpoint_;
    const outbound::AwsScope scope_;
    outbound::HttpClient& client_;
    outbound::AwsCredentialSource& credentials_;
    const Clock& clock_;
    std::atomic<std::int64_t> clock_offset_{0};  ///< how far the server's clock is ahead of ours, in milliseconds
};

}  // namespace

std::unique_ptr<S3Bucket> open_s3_bucket(const S3Settings& settings, outbound::HttpClient& client,
                                         outbound::AwsCredentialSource& credentials, const Clock& clock) {
    return std::make_unique<SignedBucket>(settings, client, credentials, clock);
}

}  // namespace fitview::storage
