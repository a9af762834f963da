#include "identity/token.hpp"

#include <boost/json/object.hpp>

#include "base/digest.hpp"
#include "base/encoding.hpp"
#include "reflect/json.hpp"

namespace fitview::identity {
namespace {

constexpr std::size_t most_token_bytes = 4096;

struct Header {
    std::string alg;
    std::optional<std::string> typ;
    std::optional<std::string> kid;
};
BOOST_DESCRIBE_STRUCT(Header, (), (alg, typ, kid))

template <class T>
std::optional<T> decode_part(std::string_view part) {
    const auto text = from_base64url(part);
    if (!text) return std::nullopt;
    auto parsed = reflect::parse_json(*text);
    if (!std::holds_alternative<boost::json::value>(parsed)) return std::nullopt;
    std::vector<Problem> problems;
    return reflect::decode<T>(std::get<boost::json::value>(parsed), problems);
}

}  // namespace

TokenSigner::TokenSigner(const Secret& current, const std::vector<Secret>& previous, const Clock& clock)
    : clock_(clock) {
    const auto add = [&](const Secret& secret) {
        // The key's name tells which secret signed without telling anything about it.
        keys_.push_back({.id = hex(derive_key(secret, "token key id").reveal()).substr(0, 16), .secret = secret});
    };
    add(current);
    for (const Secret& secret : previous) add(secret);
}

std::string TokenSigner::sign(const Claims& claims) const {
    const Key& key = keys_.front();
    std::string token = base64url(reflect::encode_text(Header{.alg = "HS256", .typ = "JWT", .kid = key.id}));
    token += '.';
    token += base64url(reflect::encode_text(claims));
    const std::string signature = hmac_sha256(key.secret.reveal(), token);
    return token + '.' + base64url(signature);
}

std::variant<Claims, TokenFault> TokenSigner::verify(std::string_view token) const {
    if (token.size() > most_token_bytes) return TokenFault::malformed;
    const std::size_t last_dot = token.rfind('.');
    const std::size_t first_dot = token.find('.');
    if (first_dot == std::string_view::npos || first_dot == last_dot) return TokenFault::malformed;
    const auto signature = from_base64url(token.substr(last_dot + 1));
    const auto header = decode_part<Header>(token.substr(0, first_dot));
    if (!signature || !header || header->alg != "HS256") return TokenFault::malformed;
    for (const Key& key : keys_) {
        if (header->kid && key.id != *header->kid) continue;
        if (!equal_in_constant_time(hmac_sha256(key.secret.reveal(), token.substr(0, last_dot)), *signature)) continue;
        const auto claims = decode_part<Claims>(token.substr(first_dot + 1, last_dot - first_dot - 1));
        if (!claims) return TokenFault::malformed;
        if (clock_.now().seconds() >= claims->exp) return TokenFault::expired;
        return *claims;
    }
    return TokenFault::bad_signature;
}

}  // namespace fitview::identity
