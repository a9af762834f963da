#include "app/seed.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
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

ModelId seeded_model(const std::string& name) {
    return seeded_id<ModelId>("model " + name);
}

struct PictureFile {
    std::string path;
    std::optional<ModelId> worn_by;
};

/// The pictures of an entry, the main one first: `picture`, or the list `pictures`, then `seen_on`, whose entries name
/// the model who wears the product.
std::vector<PictureFile> take_pictures(json::object& entry) {
    std::vector<PictureFile> files;
    if (const auto* path = entry.if_contains("picture"); path && path->is_string()) {
        files.push_back({std::string(path->as_string()), {}});
    }
    if (const auto* list = entry.if_contains("pictures"); list && list->is_array()) {
        for (const json::value& path : list->as_array()) files.push_back({std::string(path.as_string()), {}});
    }
    if (const auto* list = entry.if_contains("seen_on"); list && list->is_array()) {
        for (const json::value& seen : list->as_array()) {
            files.push_back(
                {std::string(seen.at("picture").as_string()), seeded_model(std::string(seen.at("model").as_string()))});
        }
    }
    for (const char* name : {"picture", "pictures", "seen_on"}) entry.erase(name);
    return files;
}

/// The paths of a garment in three dimensions and of its body, where an entry has them.
struct ModelFiles {
    std::string garment;
    std::string body;
};

std::optional<ModelFiles> take_model(json::object& entry) {
    const auto* model = entry.if_contains("model_3d");
    if (!model) return std::nullopt;
    ModelFiles files{.garment = std::string(model->at("garment").as_string()),
                     .body = std::string(model->at("body").as_string())};
    entry.erase("model_3d");
    return files;
}

template <class T>
struct Entry {
    T described;
    std::vector<PictureFile> pictures;
    std::optional<ModelFiles> model;
};

/// Takes the files out of an entry and decodes the rest.
template <class T>
Entry<T> entry_of(const json::value& value, const std::string& where) {
    json::object entry = value.as_object();
    std::vector<PictureFile> pictures = take_pictures(entry);
    std::optional<ModelFiles> model = take_model(entry);
    std::vector<Problem> problems;
    auto decoded = reflect::decode<T>(entry, problems);
    if (!decoded) {
        throw std::runtime_error(where + " of the demo shop: " + problems.front().pointer.value_or("") + " " +
                                 problems.front().detail);
    }
    return {std::move(*decoded), std::move(pictures), std::move(model)};
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
        const auto [model, pictures, none] = entry_of<models::NewModel>(value, "a model");
        const auto id = seeded_model(model.name.str());
        application.models().add({.id = retailer}, id, model);
        for (const PictureFile& picture : pictures) {
            application.models().set_picture({.id = retailer}, id, seeded_id<PictureId>(picture.path),
                                             read_file(root / picture.path));
        }
        out << "model " << model.name.str() << '\n' << std::flush;
    }
    for (const json::value& value : shop.at("products").as_array()) {
        const auto [product, pictures, model] = entry_of<products::NewProduct>(value, "a product");
        const auto is_missing = [&](const PictureFile& picture) {
            return !std::filesystem::exists(root / picture.path);
        };
        if (std::any_of(pictures.begin(), pictures.end(), is_missing)) {
            out << "product " << product.name.str() << " is left out: a picture is not there\n";
            continue;
        }
        const auto id = seeded_id<ProductId>("product " + product.name.str());
        application.products().add({.id = retailer}, id, product);
        for (const PictureFile& picture : pictures) {
            // A picture of two garments is put with both, each with an id of its own.
            const auto picture_id = seeded_id<PictureId>(
                picture.worn_by ? "product " + product.name.str() + " " + picture.path : picture.path);
            application.products().add_picture({.id = retailer}, id, picture_id, read_file(root / picture.path),
                                               picture.worn_by);
        }
        if (model) {
            application.products().set_model_3d({.id = retailer}, id, read_file(root / model->garment),
                                                read_file(root / model->body));
        }
        out << "product " << product.name.str() << '\n' << std::flush;
    }
    out << "looking at the pictures ...\n" << std::flush;
    out << application.analyse_pictures() << " pictures analysed\n";
}

}  // namespace fitview::app
