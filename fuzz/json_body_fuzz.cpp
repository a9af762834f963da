// fuzz: reflect
// JSON bodies: parsing, and decoding into a type with every shape a body can have. What is decoded is written and read
// again.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/id.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "reflect/json.hpp"

namespace fitview {

enum class Shade { fair, medium, dark };
BOOST_DESCRIBE_ENUM(Shade, fair, medium, dark)

struct SizeStock {
    Text<1, 40> size;
    Integer<0, 1'000'000> stock;
};
BOOST_DESCRIBE_STRUCT(SizeStock, (), (size, stock))

struct Body {
    ProductId id;
    Text<1, 200> name;
    Price price;
    List<SizeStock, 1, 30> sizes;
    std::optional<Map<Text<1, 40>, Number<20, 300>, 30>> measurements;
    std::optional<Nullable<Shade>> shade;
    std::optional<Timestamp> made_at;
    std::optional<bool> active;
};
BOOST_DESCRIBE_STRUCT(Body, (), (id, name, price, sizes, measurements, shade, made_at, active))

}  // namespace fitview

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fitview;
    const auto parsed = reflect::parse_json({reinterpret_cast<const char*>(data), size});
    const auto* json = std::get_if<boost::json::value>(&parsed);
    if (!json) return 0;
    std::vector<Problem> problems;
    const auto decoded = reflect::decode<Body>(*json, problems);
    if (decoded.has_value() != problems.empty()) std::abort();
    for (const Problem& problem : problems) {
        if (!problem.pointer || problem.detail.empty()) std::abort();
    }
    if (!decoded) return 0;
    const std::string text = reflect::encode_text(*decoded);
    if (reflect::encode_text(reflect::decode_own<Body>(text)) != text) std::abort();
    return 0;
}
