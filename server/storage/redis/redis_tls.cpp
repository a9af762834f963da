#include "storage/redis/redis_tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <string>

namespace fitview::storage {
namespace {

constexpr std::size_t record_bytes = std::size_t{16} << 10U;

struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* session) const { SSL_free(session); }
};

std::string openssl_reason(const std::string& what) {
    std::array<char, 256> text{};
    const unsigned long error = ERR_get_error();
    ERR_clear_error();
    if (error == 0) return what;
    ERR_error_string_n(error, text.data(), text.size());
    return what + ": " + text.data();
}

bool is_ip_address(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    return inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

/// OpenSSL reads from and writes to memory; the bytes travel over `plain_`, which keeps the deadlines.
class Encrypted final : public RedisTransport {
public:
    Encrypted(std::unique_ptr<RedisTransport> plain, const RedisAddress& address, SteadyTime deadline)
        : plain_(std::move(plain)), context_(SSL_CTX_new(TLS_client_method())) {
        if (!context_) throw Unavailable(openssl_reason("no TLS context"));
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_default_verify_paths(context_.get());
        if (!address.ca_file.empty() &&
            SSL_CTX_load_verify_locations(context_.get(), address.ca_file.c_str(), nullptr) != 1) {
            throw Unavailable(openssl_reason("the certificates of ssl_ca_certs cannot be read"));
        }
        session_.reset(SSL_new(context_.get()));
        if (!session_) throw Unavailable(openssl_reason("no TLS session"));
        expect_host(address.host);
        incoming_ = BIO_new(BIO_s_mem());
        outgoing_ = BIO_new(BIO_s_mem());
        SSL_set_bio(session_.get(), incoming_, outgoing_);
        SSL_set_connect_state(session_.get());
        drive([this] { return SSL_do_handshake(session_.get()); }, deadline);
    }

    void send(std::string_view bytes, SteadyTime deadline) override {
        if (bytes.empty()) return;
        std::size_t written = 0;
        drive([&] { return SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &written); }, deadline);
    }

    std::size_t receive(char* into, std::size_t size, SteadyTime deadline) override {
        std::size_t got = 0;
        drive([&] { return SSL_read_ex(session_.get(), into, size, &got); }, deadline);
        return got;
    }

    void interrupt() override { plain_->interrupt(); }

private:
    void expect_host(const std::string& host) {
        if (is_ip_address(host)) {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session_.get()), host.c_str());
        } else {
            SSL_set_tlsext_host_name(session_.get(), host.c_str());
            SSL_set1_host(session_.get(), host.c_str());
        }
    }

    /// Repeats `step` until it succeeds, carrying bytes between OpenSSL's memory and the socket.
    template <class Step>
    void drive(const Step& step, SteadyTime deadline) {
        for (;;) {
            ERR_clear_error();
            const int result = step();
            flush(deadline);
            if (result == 1) return;
            if (SSL_get_error(session_.get(), result) != SSL_ERROR_WANT_READ) {
                const long verified = SSL_get_verify_result(session_.get());
                if (verified != X509_V_OK) {
                    ERR_clear_error();
                    throw Unavailable(std::string("the certificate is refused: ") +
                                      X509_verify_cert_error_string(verified));
                }
                throw Unavailable(openssl_reason("TLS failed"));
            }
            std::array<char, record_bytes> bytes{};
            const std::size_t got = plain_->receive(bytes.data(), bytes.size(), deadline);
            BIO_write(incoming_, bytes.data(), static_cast<int>(got));
        }
    }

    void flush(SteadyTime deadline) {
        std::array<char, record_bytes> bytes{};
        for (int got = 0; (got = BIO_read(outgoing_, bytes.data(), static_cast<int>(bytes.size()))) > 0;) {
            plain_->send(std::string_view(bytes.data(), static_cast<std::size_t>(got)), deadline);
        }
    }

    std::unique_ptr<RedisTransport> plain_;
    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> session_;
    BIO* incoming_ = nullptr;  ///< both belong to the session
    BIO* outgoing_ = nullptr;
};

}  // namespace

std::unique_ptr<RedisTransport> encrypt_for_redis(std::unique_ptr<RedisTransport> plain, const RedisAddress& address,
                                                  SteadyTime deadline) {
    return std::make_unique<Encrypted>(std::move(plain), address, deadline);
}

}  // namespace fitview::storage
