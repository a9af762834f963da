// A catalogue of any size for load tests: words as frequent as in a language, the same for the same number.
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "app/application.hpp"
#include "app/seed.hpp"
#include "products/products_store.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::app {
namespace {

constexpr std::size_t batch = 500;
constexpr std::size_t vocabulary = 20'000;

/// A small generator of our own (splitmix64): the standard's distributions differ between libraries.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t value = (state_ += 0x9E3779B97F4A7C15ULL);
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
        return value ^ (value >> 31U);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
    double share() { return double(next() >> 11U) / 9007199254740992.0; }

private:
    std::uint64_t state_;
};

/// The word of a rank: syllables, so that prefixes and slips have something to work on.
std::string word_of(std::size_t rank) {
    constexpr std::array<std::string_view, 16> syllables = {"ka", "ri", "mo", "la",  "she", "ta", "nu", "vi",
                                                            "do", "pa", "zi", "bha", "go",  "ra", "le", "su"};
    std::string word;
    for (std::size_t rest = rank + 17; rest > 0; rest /= syllables.size()) word += syllables[rest % syllables.size()];
    return word;
}

/// Rank r about as often as 1 / r.
std::string zipf_word(Numbers& numbers) {
    const double rank = std::pow(double(vocabulary), numbers.share()) - 1;
    return word_of(static_cast<std::size_t>(rank));
}

template <std::size_t Count>
std::string_view pick(const std::array<std::string_view, Count>& choices, Numbers& numbers) {
    return choices[numbers.below(Count)];
}

IdBytes id_of(std::size_t number, std::uint8_t kind) {
    IdBytes bytes{};
    bytes[0] = 0x5E;
    bytes[1] = kind;
    for (unsigned at = 0; at < 8; ++at)
        bytes[4 + at] = static_cast<std::uint8_t>(std::uint64_t(number) >> (56U - 8U * at));
    return bytes;
}

products::StockedProduct product_of(std::size_t number) {
    constexpr std::array<std::string_view, 12> categories = {"Kurtas",   "Kurtis",  "Sarees",   "Dresses",
                                                             "Tops",     "Shirts",  "T-Shirts", "Trousers",
                                                             "Palazzos", "Jackets", "Dupattas", "Lehengas"};
    constexpr std::array<std::string_view, 14> colours = {"Red",   "Royal Blue", "Green",  "Mustard", "Ivory",
                                                          "Black", "Maroon",     "Pink",   "Teal",    "Indigo",
                                                          "Beige", "Grey",       "Orange", "White"};
    constexpr std::array<std::string_view, 8> materials = {"Cotton",    "Silk",  "Linen", "Chiffon",
                                                           "Georgette", "Khadi", "Rayon", "Wool"};
    constexpr std::array<std::string_view, 6> sizes = {"XS", "S", "M", "L", "XL", "XXL"};
    Numbers numbers(number + 1);
    const std::string category(pick(categories, numbers));
    const std::string colour(pick(colours, numbers));
    const std::string name = colour + " " + zipf_word(numbers) + " " + zipf_word(numbers) + " " + category;
    std::string description;
    for (int count = 0; count < 20; ++count) description += zipf_word(numbers) + " ";
    products::Tags tags;
    for (int count = 0; count < 3; ++count) {
        auto tag = *products::Label::check(word_of(numbers.below(200)));
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.items.push_back(tag);
    }
    products::StockedProduct stocked{
        .product = {.id = ProductId(id_of(number, 1)),
                    .retailer_id = UserId(id_of(number % 50, 2)),
                    .name = *products::ProductName::check(name),
                    .description = description,
                    .category = *products::Category::check(category),
                    .subcategory = {},
                    .tags = std::move(tags),
                    .price = Price::from_paise(static_cast<std::int64_t>(19900 + numbers.below(900'000))),
                    .colors = {{*products::Label::check(colour)}},
                    .material = *products::Material::check(std::string(pick(materials, numbers))),
                    .images = {},
                    .sizes = {},
                    .size_chart = {},
                    .hsn = {},
                    .created_at =
                        Timestamp::from_milliseconds(1'735'689'600'000 + static_cast<std::int64_t>(number) * 1000),
                    .updated_at = {}},
        .figures = {}};
    products::Product& product = stocked.product;
    product.updated_at = product.created_at;
    const std::size_t first = numbers.below(3);
    for (std::size_t at = first; at < std::min(first + 4, sizes.size()); ++at) {
        const auto size = *products::SizeName::check(std::string(sizes[at]));
        product.sizes.push_back(size);
        stocked.figures.stock[size] = *products::Stock::check(static_cast<std::int64_t>(numbers.below(30)));
    }
    return stocked;
}

}  // namespace

void seed_synthetic_catalogue(Application& application, std::size_t count, std::ostream& out) {
    for (std::size_t from = 0; from < count; from += batch) {
        const std::size_t until = std::min(from + batch, count);
        application.unit_of_work().run(storage::Durability::durable, [&] {
            for (std::size_t number = from; number < until; ++number) {
                products::StockedProduct stocked = product_of(number);
                if (!application.product_store().find(stocked.product.id)) application.product_store().add(stocked);
            }
        });
        if (until % 10'000 < batch || until == count) out << until << " of " << count << " products\n" << std::flush;
    }
}

}  // namespace fitview::app
