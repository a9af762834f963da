#include "pictures/pictures_lookup.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/encoding.hpp"

namespace fitview::pictures {

bool is_personal(std::string_view key) {
    return key.starts_with("user_uploads/");
}

Addresses::Addresses(std::string base_url, std::string cdn_url, Secret key, Milliseconds lifetime, const Clock& clock)
    : base_url_(std::move(base_url)),
      cdn_url_(std::move(cdn_url)),
      key_(std::move(key)),
      lifetime_(lifetime),
      clock_(clock) {}

std::string Addresses::of(std::string_view key) const {
    if (!is_personal(key))
        return cdn_url_.empty() ? base_url_ + "/media/" + std::string(key) : cdn_url_ + "/" + std::string(key);
    const std::int64_t expires = (clock_.now() + lifetime_).seconds();
    return base_url_ + "/media/" + std::string(key) + "?expires=" + std::to_string(expires) +
           "&signature=" + signature_of(key, expires);
}

std::string Addresses::renewed(std::string_view text) const {
    const std::string start = base_url_ + "/media/";
    std::string out;
    for (;;) {
        const std::size_t at = text.find(start);
        const std::size_t key_at = at + start.size();
        const std::size_t end = at == std::string_view::npos ? at : text.find('"', key_at);
        if (end == std::string_view::npos) return out.append(text);
        const std::string_view key = text.substr(key_at, std::min(text.find('?', key_at), end) - key_at);
        if (is_personal(key))
            out.append(text.substr(0, at)).append(of(key));
        else
            out.append(text.substr(0, end));
        text.remove_prefix(end);
    }
}

bool Addresses::opens(std::string_view key, std::int64_t expires, std::string_view signature) const {
    return equal_in_constant_time(signature, signature_of(key, expires)) && clock_.now().seconds() < expires;
}

std::string Addresses::signature_of(std::string_view key, std::int64_t expires) const {
    return base64url(hmac_sha256(key_.reveal(), std::to_string(expires) + "\n" + std::string(key)));
}

}  // namespace fitview::pictures
