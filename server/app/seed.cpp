#include "app/seed.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "base/digest.hpp"
#include "base/id_source.hpp"
#include "identity/identity_service.hpp"
#include "models/models_service.hpp"
#include "products/products_service.hpp"
#include "reflect/json.hpp"

namespace fitview::app {
namespace {

namespace json = boost::json;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path.filename().string() + " of the demo shop");
    return text.str();
}

/// An id that is the same whenever the same thing is seeded.
template <class IdType>
IdType seeded_id(const std::string& what) {
    const std::string digest = sha256("demo shop " + what);
    IdBytes bytes;
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return IdType(bytes);
}

/// The paths of an entry's pictures, the main one first: `picture`, or the list `pictures`.
std::vector<std::string> take_pictures(json::object& entry) {
    std::vector<std::string> paths;
    if (const auto* path = entry.if_contains("picture"); path && path->is_string()) {
        paths.emplace_back(path->as_string());
    }
    if (const auto* list = entry.if_contains("pictures"); list && list->is_array()) {
        for (const json::value& path : list->as_array()) paths.emplace_back(path.as_string());
    }
    entry.erase("picture");
    entry.erase("pictures");
    return paths;
}

/// Takes the pictures out of an entry and decodes the rest.
template <class T>
std::pair<T, std::vector<std::string>> entry_of(const json::value& value, const std::string& where) {
    json::object entry = value.as_object();
    std::vector<std::string> pictures = take_pictures(entry);
    std::vector<Problem> problems;
    auto decoded = reflect::decode<T>(entry, problems);
    if (!decoded) {
        throw std::runtime_error(where + " of the demo shop: " + problems.front().pointer.value_or("") + " " +
                                 problems.front().detail);
    }
    return {std::move(*decoded), std::move(pictures)};
}

UserId retailer_of(Application& application, const json::object& retailer, std::ostream& out) {
    const std::string password = "Aa1-" + random_token(12);
    const auto text = [&](const char* name) { return std::string(retailer.at(name).as_string()); };
    const auto request = reflect::decode_own<identity::RegisterRequest>(json::serialize(
        json::object{{"email", text("email")}, {"password", password}, {"name", text("name")}, {"role", "retailer"}}));
    const auto state = retailer.contains("state") ? Text<1, 60>::check(text("state")) : Checked<Text<1, 60>>::wrong("");
    bool made = false;
    const auto user =
        application.identity().ensure_account(request, {}, state ? std::optional(*state) : std::nullopt, made);
    if (made) {
        out << "The demo shop's retailer signs in as " << text("email") << " with the password " << password
            << "\n(shown this once; change it with PATCH /auth/me)\n";
    }
    return user.id;
}

}  // namespace

void seed_demo_shop(Application& application, const std::string& folder, std::ostream& out) {
    const std::filesystem::path root(folder);
    const json::value shop = reflect::parse_own(read_file(root / "shop.json"));
    const UserId retailer = retailer_of(application, shop.at("retailer").as_object(), out);

    for (const json::value& value : shop.at("models").as_array()) {
        const auto [model, pictures] = entry_of<models::NewModel>(value, "a model");
        const auto id = seeded_id<ModelId>("model " + model.name.str());
        application.models().add({.id = retailer}, id, model);
        for (const std::string& picture : pictures) {
            application.models().set_picture({.id = retailer}, id, seeded_id<PictureId>(picture),
                                             read_file(root / picture));
        }
        out << "model " << model.name.str() << '\n' << std::flush;
    }
    for (const json::value& value : shop.at("products").as_array()) {
        const auto [product, pictures] = entry_of<products::NewProduct>(value, "a product");
        const auto is_missing = [&](const std::string& picture) { return !std::filesystem::exists(root / picture); };
        if (std::any_of(pictures.begin(), pictures.end(), is_missing)) {
            out << "product " << product.name.str() << " is left out: a picture is not there\n";
            continue;
        }
        const auto id = seeded_id<ProductId>("product " + product.name.str());
        application.products().add({.id = retailer}, id, product);
        for (const std::string& picture : pictures) {
            application.products().add_picture({.id = retailer}, id, seeded_id<PictureId>(picture),
                                               read_file(root / picture));
        }
        out << "product " << product.name.str() << '\n' << std::flush;
    }
    out << "looking at the pictures ...\n" << std::flush;
    out << application.analyse_pictures() << " pictures analysed\n";
}

}  // namespace fitview::app
