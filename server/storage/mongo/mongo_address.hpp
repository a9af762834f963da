#pragma once
// Whether settings can name a MongoDB database; asks nobody.
#include <string>

#include "base/secret.hpp"

namespace fitview::storage {

/// Why MONGODB_URL cannot be read, without any part of it; empty when it can.
std::string mongo_url_fault(const Secret& url);

/// The database that stands in the path of the string, and its hosts ("a:27017, b:27017"); empty when there is none or
/// it cannot be read.
std::string mongo_database_in(const Secret& url);
std::string mongo_hosts_in(const Secret& url);

/// Why MONGODB_DB_NAME cannot be the name of a database; empty when it can.
std::string mongo_name_fault(const std::string& name);

}  // namespace fitview::storage
