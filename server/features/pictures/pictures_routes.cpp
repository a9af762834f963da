#include "pictures/pictures_routes.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

#include "base/failure.hpp"
#include "http/router.hpp"
#include "pictures/pictures_lookup.hpp"
#include "reflect/parameters.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::pictures {
namespace {

struct TwoParts {
    std::string folder;
    std::string file;
    std::string key() const { return folder + "/" + file; }
};
BOOST_DESCRIBE_STRUCT(TwoParts, (), (folder, file))

struct ThreeParts {
    std::string folder;
    std::string owner;
    std::string file;
    std::string key() const { return folder + "/" + owner + "/" + file; }
};
BOOST_DESCRIBE_STRUCT(ThreeParts, (), (folder, owner, file))

struct FourParts {
    std::string folder;
    std::string owner;
    std::string kind;
    std::string file;
    std::string key() const { return folder + "/" + owner + "/" + kind + "/" + file; }
};
BOOST_DESCRIBE_STRUCT(FourParts, (), (folder, owner, kind, file))

/// What a personal address carries; anything else in the query is refused.
struct SignatureQuery {
    std::optional<std::string> expires;
    std::optional<std::string> signature;
};
BOOST_DESCRIBE_STRUCT(SignatureQuery, (), (expires, signature))

http::Bytes open_picture(storage::Objects& objects, const Addresses& addresses, const std::string& name,
                         const SignatureQuery& query) {
    const auto key = storage::ObjectKey::check(name);
    if (!key) throw not_found("picture");
    const bool personal = is_personal(name);
    if (personal) {
        const auto expires = query.expires ? reflect::text_to_integer(*query.expires) : std::nullopt;
        if (!expires || !query.signature || !addresses.opens(name, *expires, *query.signature)) {
            throw Failure(FailureCode::forbidden,
                          "This address has expired or is not complete; ask for the try-on again.");
        }
    }
    auto bytes = objects.find(*key);
    if (!bytes) throw not_found("picture");
    return http::bytes(std::move(*bytes), std::string(key->content_type()),
                       personal ? http::cache::personal : http::cache::immutable);
}

template <class Parts>
void add_route(http::Router& router, const char* path, storage::Objects& objects, const Addresses& addresses) {
    router.get(path)
        .summary("A stored picture; personal ones open with the signature their address carries")
        .at_root()
        .fails({FailureCode::forbidden})
        .produces({"image/webp", "image/png", "model/gltf-binary"})
        .handle([&objects, &addresses](const http::Path<Parts>& parts, const http::Query<SignatureQuery>& query) {
            return open_picture(objects, addresses, parts->key(), *query);
        });
}

}  // namespace

void add_routes(http::Router& router, storage::Objects& objects, const Addresses& addresses) {
    add_route<TwoParts>(router, "/media/{folder}/{file}", objects, addresses);
    add_route<ThreeParts>(router, "/media/{folder}/{owner}/{file}", objects, addresses);
    add_route<FourParts>(router, "/media/{folder}/{owner}/{kind}/{file}", objects, addresses);
}

}  // namespace fitview::pictures
