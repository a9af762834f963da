#pragma once
// Where AWS keys come from: the settings, the container's credential service, or the machine's metadata service.
#include <memory>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "outbound/aws_signature.hpp"
#include "outbound/http_client.hpp"

namespace fitview::outbound {

/// The settings of the chain, in the order they are tried. The first place that is configured is the only one asked.
struct AwsCredentialSettings {
    std::optional<Secret> access_key_id;                ///< `AWS_ACCESS_KEY_ID` with the next: fixed keys
    std::optional<Secret> secret_access_key;            ///< `AWS_SECRET_ACCESS_KEY`
    std::optional<Secret> session_token;                ///< `AWS_SESSION_TOKEN`, for temporary keys made elsewhere
    std::optional<std::string> container_relative_uri;  ///< `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` (ECS)
    std::optional<std::string> container_full_uri;      ///< `AWS_CONTAINER_CREDENTIALS_FULL_URI` (EKS and others)
    std::optional<Secret> container_token;              ///< `AWS_CONTAINER_AUTHORIZATION_TOKEN`
    std::optional<std::string> container_token_file;    ///< `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`, read each time
    std::optional<std::string> metadata_address;        ///< of the instance metadata service; nothing: it is not asked
};

/// Gives the keys of now; temporary ones are fetched anew five minutes before they end. Thread-safe; blocks while
/// fetching, for one caller at a time.
class AwsCredentialSource {
public:
    virtual ~AwsCredentialSource() = default;

    /// Fails: Unavailable, saying which place gave none.
    virtual AwsCredentials current() = 0;

    /// Forgets keys a service called expired, unless others took their place already.
    virtual void refused(const AwsCredentials& credentials) = 0;
};

/// Fails: std::invalid_argument when nothing is configured, or the container's address is plain http to a host that is
/// neither loopback nor one of the addresses AWS uses for this.
std::unique_ptr<AwsCredentialSource> open_aws_credentials(const AwsCredentialSettings& settings, HttpClient& client,
                                                          const Clock& clock);

}  // namespace fitview::outbound
