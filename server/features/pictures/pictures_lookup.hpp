#pragma once
// Addresses of stored pictures. Documents hold object keys; addresses are made on the way out, here and nowhere else.
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace fitview::pictures {

/// Whether pictures under this key belong to a person and open only with a signature (`user_uploads/…`).
bool is_personal(std::string_view key);

/// Makes and checks addresses. Immutable and thread-safe.
class Addresses {
public:
    /// `base_url` is the server's own address; `cdn_url` (may be empty) stands in front of public pictures instead.
    /// `key` signs personal addresses, which hold for `lifetime`. `clock` must outlive the object.
    Addresses(std::string base_url, std::string cdn_url, Secret key, Milliseconds lifetime, const Clock& clock);

    /// Where the picture opens: `{base}/media/{key}`, with `expires` and `signature` in the query when it is personal.
    std::string of(std::string_view key) const;

    /// `text` with every personal address in it signed anew: for answers that were stored and are given again.
    std::string renewed(std::string_view text) const;

    /// Whether `signature` opens `key` until `expires` (Unix seconds) and that time has not come.
    bool opens(std::string_view key, std::int64_t expires, std::string_view signature) const;

private:
    std::string signature_of(std::string_view key, std::int64_t expires) const;

    std::string base_url_;
    std::string cdn_url_;
    Secret key_;
    Milliseconds lifetime_;
    const Clock& clock_;
};

}  // namespace fitview::pictures
