#include "outbound/aws_credentials.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include "base/failure.hpp"
#include "reflect/json.hpp"

namespace fitview::outbound {
namespace {

constexpr Milliseconds refresh_before = std::chrono::minutes(5);
constexpr Milliseconds answer_within = std::chrono::seconds(2);
constexpr std::size_t answer_max = std::size_t{64} << 10U;
constexpr int tries = 3;

class FixedKeys final : public AwsCredentialSource {
public:
    explicit FixedKeys(AwsCredentials credentials) : credentials_(std::move(credentials)) {}
    AwsCredentials current() override { return credentials_; }
    void refused(const AwsCredentials&) override {}

private:
    const AwsCredentials credentials_;
};

/// Keys that end, and how they are asked for.
class FetchedKeys : public AwsCredentialSource {
public:
    FetchedKeys(HttpClient& client, const Clock& clock) : client_(client), clock_(clock) {}

    AwsCredentials current() override {
        const std::lock_guard lock(mutex_);
        const Timestamp now = clock_.now();
        if (kept_ && (!kept_->expires_at || now + refresh_before < *kept_->expires_at)) return *kept_;
        try {
            kept_ = fetch();
        } catch (const Unavailable&) {
            // The old keys still open doors until they really end.
            if (!kept_ || !kept_->expires_at || *kept_->expires_at <= now) throw;
        }
        return *kept_;
    }

    void refused(const AwsCredentials& credentials) override {
        const std::lock_guard lock(mutex_);
        if (kept_ && kept_->access_key_id == credentials.access_key_id) kept_.reset();
    }

protected:
    virtual AwsCredentials fetch() = 0;

    /// The body of a 200. Fails: Unavailable, naming `place`.
    std::string ask(const std::string& place, const HttpRequest& request) {
        std::string reason;
        for (int attempt = 0; attempt < tries; ++attempt) {
            const auto answered = client_.send(request);
            if (const auto* fault = std::get_if<HttpFault>(&answered)) {
                reason = name_of(*fault);
                continue;
            }
            const auto& answer = std::get<HttpAnswer>(answered);
            if (answer.status == 200) return answer.body;
            reason = "answered " + std::to_string(answer.status);
            if (answer.status < 500) break;
        }
        throw Unavailable("AWS keys: the " + place + " " + reason);
    }

    static HttpRequest request_to(std::string url) {
        HttpRequest request;
        request.url = std::move(url);
        request.answer_within = answer_within;
        request.connect_within = std::chrono::seconds(1);
        request.answer_max = answer_max;
        return request;
    }

    static AwsCredentials read_keys(const std::string& place, const std::string& body) {
        const auto parsed = reflect::parse_json(body);
        const auto* json = std::get_if<boost::json::value>(&parsed);
        const boost::json::object* object = json == nullptr ? nullptr : json->if_object();
        const auto text = [object](const char* name) -> std::string {
            if (object == nullptr) return {};
            const boost::json::value* member = object->if_contains(name);
            const boost::json::string* found = member == nullptr ? nullptr : member->if_string();
            return found == nullptr ? std::string() : std::string(found->data(), found->size());
        };
        AwsCredentials keys{.access_key_id = text("AccessKeyId"),
                            .secret_access_key = Secret(text("SecretAccessKey")),
                            .session_token = Secret(text("Token")),
                            .expires_at = std::nullopt};
        if (const auto ends = Timestamp::check(text("Expiration"))) keys.expires_at = *ends;
        if (keys.access_key_id.empty() || keys.secret_access_key.empty() || keys.session_token.empty() ||
            !keys.expires_at) {
            throw Unavailable("AWS keys: the " + place + " answered without the four fields of keys");
        }
        return keys;
    }

private:
    HttpClient& client_;
    const Clock& clock_;
    std::mutex mutex_;
    std::optional<AwsCredentials> kept_;
};

class ContainerKeys final : public FetchedKeys {
public:
    ContainerKeys(std::string url, const AwsCredentialSettings& settings, HttpClient& client, const Clock& clock)
        : FetchedKeys(client, clock),
          url_(std::move(url)),
          token_(settings.container_token),
          token_file_(settings.container_token_file) {}

private:
    AwsCredentials fetch() override {
        HttpRequest request = request_to(url_);
        if (const Secret token = authorization(); !token.empty()) {
            request.headers.emplace_back("Authorization", token.reveal());
        }
        return read_keys("container's credential service", ask("container's credential service", request));
    }

    Secret authorization() const {
        if (!token_file_) return token_.value_or(Secret());
        std::ifstream file(*token_file_);
        std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        if (!file || text.empty()) throw Unavailable("AWS keys: the container's token file cannot be read");
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
        if (text.find_first_of("\r\n") != std::string::npos) {
            throw Unavailable("AWS keys: the container's token file has more than one line");
        }
        return Secret(text);
    }

    const std::string url_;
    const std::optional<Secret> token_;
    const std::optional<std::string> token_file_;
};

/// The second version of the instance metadata service: a session token first, then the role's name, then its keys.
class InstanceKeys final : public FetchedKeys {
public:
    InstanceKeys(std::string address, HttpClient& client, const Clock& clock)
        : FetchedKeys(client, clock), address_(std::move(address)) {}

private:
    static constexpr const char* place = "instance metadata service";

    AwsCredentials fetch() override {
        HttpRequest for_token = request_to(address_ + "/latest/api/token");
        for_token.method = "PUT";
        for_token.headers = {{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}};
        const std::string token = first_line(ask(place, for_token));
        const std::string roles = "/latest/meta-data/iam/security-credentials/";
        const auto get = [&](const std::string& path) {
            HttpRequest request = request_to(address_ + path);
            request.headers = {{"x-aws-ec2-metadata-token", token}};
            return ask(place, request);
        };
        const std::string role = first_line(get(roles));
        if (role.empty()) throw Unavailable("AWS keys: the instance has no role");
        return read_keys(place, get(roles + percent_encoded(role)));
    }

    static std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

    const std::string address_;
};

/// Whether keys may be asked for over plain http there.
bool is_safe_without_tls(const std::string& url) {
    constexpr std::array<std::string_view, 6> hosts = {"169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
                                                       "localhost",     "127.0.0.1",      "[::1]"};
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return false;
    const std::string authority = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
    for (const std::string_view host : hosts) {
        if (authority == host || authority.starts_with(std::string(host) + ":")) return true;
    }
    return false;
}

}  // namespace

std::unique_ptr<AwsCredentialSource> open_aws_credentials(const AwsCredentialSettings& settings, HttpClient& client,
                                                          const Clock& clock) {
    if (settings.access_key_id.has_value() != settings.secret_access_key.has_value()) {
        throw std::invalid_argument("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are given together or not at all");
    }
    if (settings.access_key_id) {
        return std::make_unique<FixedKeys>(AwsCredentials{.access_key_id = settings.access_key_id->reveal(),
                                                          .secret_access_key = *settings.secret_access_key,
                                                          .session_token = settings.session_token.value_or(Secret()),
                                                          .expires_at = std::nullopt});
    }
    if (settings.container_relative_uri) {
        return std::make_unique<ContainerKeys>("http://169.254.170.2" + *settings.container_relative_uri, settings,
                                               client, clock);
    }
    if (settings.container_full_uri) {
        const std::string& url = *settings.container_full_uri;
        if (!url.starts_with("https://") && !is_safe_without_tls(url)) {
            throw std::invalid_argument(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http to a loopback or container address");
        }
        return std::make_unique<ContainerKeys>(url, settings, client, clock);
    }
    if (settings.metadata_address) return std::make_unique<InstanceKeys>(*settings.metadata_address, client, clock);
    throw std::invalid_argument("no AWS keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
}

}  // namespace fitview::outbound
