#include "engine/export/glb.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

namespace fitview::engine {
namespace {

static_assert(std::endian::native == std::endian::little, "glTF buffers are little endian");

namespace json = boost::json;

enum ComponentType { unsigned_short = 5123, unsigned_int = 5125, floating = 5126 };
enum BufferTarget { array_buffer = 34962, element_array_buffer = 34963 };
constexpr int clamp_to_edge = 33071;
constexpr int linear = 9729;
constexpr int linear_mipmap_linear = 9987;

void append(std::string& bytes, std::uint32_t word) {
    char raw[sizeof word];
    std::memcpy(raw, &word, sizeof word);
    bytes.append(raw, sizeof word);
}

void pad(std::string& bytes, char with) {
    while (bytes.size() % 4 != 0) bytes += with;
}

std::vector<Vector3> smooth_normals(const GlbMesh& mesh) {
    std::vector<Vector3> normals(mesh.positions.size());
    for (const auto& [a, b, c] : mesh.triangles) {
        const Vector3 normal = cross(mesh.positions[b] - mesh.positions[a], mesh.positions[c] - mesh.positions[a]);
        for (const std::uint32_t corner : {a, b, c}) normals[corner] += normal;
    }
    // Positions are tiny numbers: their products must not count as no direction.
    constexpr float enlarge = 1e6F;
    for (Vector3& normal : normals) normal = unit_vector(normal * enlarge);
    return normals;
}

class Writer {
public:
    void add(const GlbMesh& mesh) {
        json::object primitive{
            {"attributes", attributes_of(mesh)}, {"indices", add_indices(mesh)}, {"material", add_material(mesh)}};
        nodes_.push_back(json::object{{"name", mesh.name}, {"mesh", meshes_.size()}});
        meshes_.push_back(json::object{{"name", mesh.name}, {"primitives", json::array{std::move(primitive)}}});
    }

    std::string take() {
        json::array roots;
        for (std::size_t node = 0; node < nodes_.size(); ++node) roots.emplace_back(node);
        json::object document{{"asset", json::object{{"version", "2.0"}, {"generator", "FitView"}}}, {"scene", 0}};
        json::object scene{{"name", "try-on"}};
        if (!roots.empty()) scene["nodes"] = std::move(roots);
        document["scenes"] = json::array{std::move(scene)};
        for (auto& [name, list] :
             {std::pair{"nodes", &nodes_}, std::pair{"meshes", &meshes_}, std::pair{"materials", &materials_},
              std::pair{"textures", &textures_}, std::pair{"images", &images_}, std::pair{"samplers", &samplers_},
              std::pair{"accessors", &accessors_}, std::pair{"bufferViews", &views_}})
            if (!list->empty()) document[name] = std::move(*list);
        if (!buffer_.empty()) document["buffers"] = json::array{json::object{{"byteLength", buffer_.size()}}};
        std::string text = json::serialize(document);
        pad(text, ' ');
        pad(buffer_, '\0');

        constexpr std::uint32_t magic = 0x46546C67, version = 2, json_chunk = 0x4E4F534A, binary_chunk = 0x004E4942;
        constexpr std::size_t header = 12, chunk_header = 8;
        std::size_t length = header + chunk_header + text.size();
        if (!buffer_.empty()) length += chunk_header + buffer_.size();
        std::string file;
        file.reserve(length);
        append(file, magic);
        append(file, version);
        append(file, static_cast<std::uint32_t>(length));
        append(file, static_cast<std::uint32_t>(text.size()));
        append(file, json_chunk);
        file += text;
        if (buffer_.empty()) return file;
        append(file, static_cast<std::uint32_t>(buffer_.size()));
        append(file, binary_chunk);
        file += buffer_;
        return file;
    }

private:
    json::object attributes_of(const GlbMesh& mesh) {
        json::object attributes{{"POSITION", add_vectors(mesh.positions, true)},
                                {"NORMAL", add_vectors(smooth_normals(mesh), false)}};
        if (mesh.jpeg.empty()) return attributes;
        std::vector<float> values;
        for (const Point& place : mesh.texture_places) values.insert(values.end(), {place.x, place.y});
        json::object accessor{{"bufferView", add_view(values.data(), values.size() * sizeof(float), array_buffer)},
                              {"componentType", int{floating}},
                              {"count", mesh.texture_places.size()},
                              {"type", "VEC2"}};
        attributes["TEXCOORD_0"] = accessors_.size();
        accessors_.push_back(std::move(accessor));
        return attributes;
    }

    std::size_t add_vectors(const std::vector<Vector3>& vectors, bool with_bounds) {
        std::vector<float> values;
        values.reserve(3 * vectors.size());
        Vector3 least = vectors.front(), most = vectors.front();
        for (const Vector3& v : vectors) {
            values.insert(values.end(), {v.x, v.y, v.z});
            least = {std::min(least.x, v.x), std::min(least.y, v.y), std::min(least.z, v.z)};
            most = {std::max(most.x, v.x), std::max(most.y, v.y), std::max(most.z, v.z)};
        }
        json::object accessor{{"bufferView", add_view(values.data(), values.size() * sizeof(float), array_buffer)},
                              {"componentType", int{floating}},
                              {"count", vectors.size()},
                              {"type", "VEC3"}};
        if (with_bounds) {
            accessor["min"] = json::array{least.x, least.y, least.z};
            accessor["max"] = json::array{most.x, most.y, most.z};
        }
        accessors_.push_back(std::move(accessor));
        return accessors_.size() - 1;
    }

    std::size_t add_indices(const GlbMesh& mesh) {
        constexpr std::size_t most_short = 65'535;  // the largest short number is kept for restarts
        const std::size_t bytes = mesh.triangles.size() * sizeof(mesh.triangles.front());
        std::vector<std::uint16_t> half;
        if (mesh.positions.size() < most_short)
            for (const auto& corners : mesh.triangles) half.insert(half.end(), corners.begin(), corners.end());
        const std::size_t view = half.empty()
                                     ? add_view(mesh.triangles.data(), bytes, element_array_buffer)
                                     : add_view(half.data(), half.size() * sizeof(half.front()), element_array_buffer);
        accessors_.push_back(json::object{{"bufferView", view},
                                          {"componentType", int{half.empty() ? unsigned_int : unsigned_short}},
                                          {"count", 3 * mesh.triangles.size()},
                                          {"type", "SCALAR"}});
        return accessors_.size() - 1;
    }

    std::size_t add_material(const GlbMesh& mesh) {
        json::object look{{"baseColorFactor", json::array{mesh.colour[0], mesh.colour[1], mesh.colour[2], 1}},
                          {"metallicFactor", 0},
                          {"roughnessFactor", 1}};
        if (!mesh.jpeg.empty()) {
            if (samplers_.empty())
                samplers_.push_back(json::object{{"magFilter", linear},
                                                 {"minFilter", linear_mipmap_linear},
                                                 {"wrapS", clamp_to_edge},
                                                 {"wrapT", clamp_to_edge}});
            look["baseColorTexture"] = json::object{{"index", textures_.size()}};
            textures_.push_back(json::object{{"source", images_.size()}, {"sampler", 0}});
            images_.push_back(json::object{{"bufferView", add_view(mesh.jpeg.data(), mesh.jpeg.size(), {})},
                                           {"mimeType", "image/jpeg"}});
        }
        materials_.push_back(
            json::object{{"name", mesh.name}, {"pbrMetallicRoughness", std::move(look)}, {"doubleSided", true}});
        return materials_.size() - 1;
    }

    std::size_t add_view(const void* data, std::size_t size, std::optional<BufferTarget> target) {
        pad(buffer_, '\0');
        json::object view{{"buffer", 0}, {"byteOffset", buffer_.size()}, {"byteLength", size}};
        if (target) view["target"] = int{*target};
        buffer_.append(static_cast<const char*>(data), size);
        views_.push_back(std::move(view));
        return views_.size() - 1;
    }

    std::string buffer_;
    json::array nodes_, meshes_, materials_, textures_, images_, samplers_, accessors_, views_;
};

}  // namespace

std::string write_glb(const std::vector<GlbMesh>& meshes) {
    Writer writer;
    for (const GlbMesh& mesh : meshes)
        if (!mesh.triangles.empty()) writer.add(mesh);
    return writer.take();
}

}  // namespace fitview::engine
