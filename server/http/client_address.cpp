#include "http/client_address.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace fitview::http {
namespace {

constexpr std::string_view mapped_prefix("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

/// 4 or 16 bytes in network order; empty when the text is no address.
std::string address_bytes(std::string_view text) {
    const std::string terminated(text);
    std::array<char, 16> bytes{};
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) != 1) return {};
    const std::string_view all(bytes.data(), bytes.size());
    return std::string(all.starts_with(mapped_prefix) ? all.substr(mapped_prefix.size()) : all);
}

std::string address_text(const std::string& bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size()) ? text.data() : "";
}

/// Some proxies write ports: "1.2.3.4:5678", "[::1]:5678".
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
    const auto colon = text.find(':');
    return colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos
               ? text.substr(0, colon)
               : text;
}

}  // namespace

Checked<AddressRange> AddressRange::check(std::string_view text) {
    const auto slash = text.find('/');
    AddressRange range{.bytes = address_bytes(text.substr(0, slash)), .prefix = 0};
    const int bits = static_cast<int>(range.bytes.size()) * 8;
    range.prefix = bits;
    if (slash != std::string_view::npos) {
        const std::string_view length = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), range.prefix);
        if (error != std::errc() || end != length.data() + length.size()) range.prefix = -1;
    }
    if (bits == 0 || range.prefix < 0 || range.prefix > bits) {
        return Checked<AddressRange>::wrong("must be an address or a network like 10.0.0.0/8");
    }
    return range;
}

bool AddressRange::holds(std::string_view address) const {
    const std::string other = address_bytes(address);
    if (other.size() != bytes.size()) return false;
    for (int bit = 0; bit < prefix; ++bit) {
        const auto at = static_cast<std::size_t>(bit / 8);
        const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
        if (((static_cast<unsigned char>(other[at]) ^ static_cast<unsigned char>(bytes[at])) & mask) != 0) return false;
    }
    return true;
}

Checked<std::vector<AddressRange>> check_address_ranges(std::string_view text) {
    std::vector<AddressRange> ranges;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const std::string_view piece = trimmed(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        auto range = AddressRange::check(piece);
        if (!range) return Checked<std::vector<AddressRange>>::wrong(range.reasons());
        ranges.push_back(*std::move(range));
    }
    return ranges;
}

std::vector<AddressRange> loopback_ranges() {
    return {*AddressRange::check("127.0.0.0/8"), *AddressRange::check("::1/128")};
}

std::string plain_address(std::string_view text) {
    const std::string bytes = address_bytes(text);
    return bytes.empty() ? std::string() : address_text(bytes);
}

bool is_trusted(std::string_view address, const std::vector<AddressRange>& proxies) {
    for (const AddressRange& range : proxies) {
        if (range.holds(address)) return true;
    }
    return false;
}

std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<AddressRange>& proxies) {
    std::string address = plain_address(peer);
    while (is_trusted(address, proxies) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const std::string_view last = forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1);
        forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
        std::string named = plain_address(without_port(trimmed(last)));
        if (named.empty()) break;  // what is left of rubbish cannot be believed either
        address = std::move(named);
    }
    return address;
}

std::string rate_address(std::string_view address) {
    const std::string bytes = address_bytes(address);
    constexpr std::size_t network = 8;
    return bytes.size() == 16 ? hex(std::string_view(bytes).substr(0, network)) : std::string(address);
}

bool is_private(std::string_view address) {
    static const std::array ranges{*AddressRange::check("127.0.0.0/8"),    *AddressRange::check("10.0.0.0/8"),
                                   *AddressRange::check("172.16.0.0/12"),  *AddressRange::check("192.168.0.0/16"),
                                   *AddressRange::check("169.254.0.0/16"), *AddressRange::check("::1/128"),
                                   *AddressRange::check("fc00::/7"),       *AddressRange::check("fe80::/10")};
    for (const AddressRange& range : ranges) {
        if (range.holds(address)) return true;
    }
    return false;
}

}  // namespace fitview::http
