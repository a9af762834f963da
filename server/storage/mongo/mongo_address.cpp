#include "storage/mongo/mongo_address.hpp"

#include "storage/mongo/mongo_handles.hpp"

namespace fitview::storage {

// The driver's own text may repeat a part of the string, and with it a password.
std::string mongo_url_fault(const Secret& url) {
    set_up_mongo_driver();
    bson_error_t error{};
    const MongoUri uri(mongoc_uri_new_with_error(url.reveal().c_str(), &error));
    if (uri) return {};
    return "MONGODB_URL is no connection string of the form mongodb://user:password@host:port/?option=value or "
           "mongodb+srv://user:password@service/; in user and password everything but letters and digits is written "
           "as %XX";
}

std::string mongo_database_in(const Secret& url) {
    bson_error_t error{};
    const MongoUri uri(mongoc_uri_new_with_error(url.reveal().c_str(), &error));
    const char* const name = uri ? mongoc_uri_get_database(uri.get()) : nullptr;
    return name == nullptr ? std::string() : name;
}

std::string mongo_hosts_in(const Secret& url) {
    bson_error_t error{};
    const MongoUri uri(mongoc_uri_new_with_error(url.reveal().c_str(), &error));
    return uri ? hosts_of(uri.get()) : std::string();
}

std::string mongo_name_fault(const std::string& name) {
    constexpr std::size_t length_max = 63;
    const bool fine =
        !name.empty() && name.size() <= length_max && name.find_first_of("/\\. \"$*<>:|?") == std::string::npos;
    return fine ? std::string()
                : "MONGODB_DB_NAME must have 1 to 63 characters and none of / \\ . \" $ * < > : | ? or spaces";
}

}  // namespace fitview::storage
