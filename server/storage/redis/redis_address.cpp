#include "storage/redis/redis_address.hpp"

#include <charconv>
#include <optional>
#include <string_view>

namespace fitview::storage {
namespace {

constexpr int database_limit = 16384;  ///< more than any server is configured for
constexpr unsigned hex_base = 16;

/// The number `text` spells, when it is one from `least` to `most`.
std::optional<int> number_in(std::string_view text, int least, int most) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
        return std::nullopt;
    return number;
}

/// `text` with its %XX resolved; nothing when a percent sign begins no such thing.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        unsigned byte = 0;
        const std::string_view digits = text.substr(at + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, hex_base);
        if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2) return std::nullopt;
        plain += static_cast<char>(byte);
        at += 2;
    }
    return plain;
}

/// The part of `rest` before `mark`, which is cut off with it; nothing when there is no mark.
std::optional<std::string_view> cut_before(std::string_view& rest, std::size_t mark) {
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string_view before = rest.substr(0, mark);
    rest.remove_prefix(mark + 1);
    return before;
}

/// Each reads its part into `address` and says what is wrong with it; empty when nothing is.
std::string read_credentials(std::string_view text, RedisAddress& address) {
    const std::size_t colon = text.find(':');
    const auto user = percent_decoded(text.substr(0, colon));
    const auto password =
        percent_decoded(colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1));
    if (!user || !password) return "must write special characters of user and password as %XX";
    address.user = *user;
    address.password = Secret(*password);
    return {};
}

std::string read_host(std::string_view text, RedisAddress& address) {
    std::size_t colon = text.rfind(':');
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return "must close the bracket of an IPv6 address";
        address.host = std::string(text.substr(1, end - 1));
        colon = text.find(':', end);
    } else {
        address.host = std::string(text.substr(0, colon));
    }
    if (address.host.empty()) return "must name a host";
    if (colon == std::string_view::npos) return {};
    const auto port = number_in(text.substr(colon + 1), 1, 65535);
    if (!port) return "must have a port from 1 to 65535";
    address.port = static_cast<std::uint16_t>(*port);
    return {};
}

std::string read_parameters(std::string_view text, RedisAddress& address) {
    constexpr std::string_view ca_parameter = "ssl_ca_certs=";
    if (!text.starts_with(ca_parameter) || text.find('&') != std::string_view::npos)
        return "may have the parameter ssl_ca_certs only";
    const auto file = percent_decoded(text.substr(ca_parameter.size()));
    if (!file || file->empty()) return "must name a file in ssl_ca_certs";
    if (!address.tls) return "must begin with rediss:// when certificates are given";
    address.ca_file = *file;
    return {};
}

std::string read_database(std::string_view text, RedisAddress& address) {
    if (text.empty()) return {};
    const auto database = number_in(text, 0, database_limit);
    if (!database) return "must end with a database number, like /0";
    address.database = *database;
    return {};
}

}  // namespace

std::string RedisAddress::text() const {
    const bool ipv6 = host.find(':') != std::string::npos;
    return (tls ? "rediss://" : "redis://") + (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port) + "/" +
           std::to_string(database);
}

Checked<RedisAddress> check_redis_address(const std::string& url) {
    RedisAddress address;
    std::string_view rest = url;
    address.tls = rest.starts_with("rediss://");
    if (!address.tls && !rest.starts_with("redis://"))
        return Checked<RedisAddress>::wrong("must begin with redis:// or rediss://");
    rest.remove_prefix(std::string_view(address.tls ? "rediss://" : "redis://").size());

    std::string fault;
    const auto keep = [&fault](std::string found) {
        if (fault.empty()) fault = std::move(found);
    };
    std::string_view parameters;
    if (const auto before = cut_before(rest, rest.find('?'))) {
        parameters = rest;
        rest = *before;
        keep(read_parameters(parameters, address));
    }
    if (const auto before = cut_before(rest, rest.rfind('@'))) keep(read_credentials(*before, address));
    const auto host = cut_before(rest, rest.find('/'));
    keep(read_host(host ? *host : rest, address));
    if (host) keep(read_database(rest, address));
    if (!fault.empty()) return Checked<RedisAddress>::wrong(fault);
    return address;
}

}  // namespace fitview::storage
