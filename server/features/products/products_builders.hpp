#pragma once
// Products for tests: defaults for everything, so that a test shows only what matters.
#include <string>

#include "products/products.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::products {

inline NewProduct new_product(const std::string& name = "Royal Blue Silk Kurta") {
    return {.name = *ProductName::check(name),
            .category = *Category::check("Kurtas"),
            .price = Price::from_paise(499900),
            .sizes = Sizes{{{*SizeName::check("M"), *Stock::check(15)}, {*SizeName::check("L"), *Stock::check(0)}}},
            .description = {},
            .subcategory = {},
            .tags = {},
            .colors = {},
            .material = {},
            .size_chart = {},
            .size_chart_of = {},
            .size_chart_unit = {},
            .hsn = {},
            .tax_class = {},
            .rough_preview = {}};
}

inline StockedProduct stocked_product(std::uint32_t number, const std::string& name = "Royal Blue Silk Kurta") {
    return {
        .product = {.id = testkit::id<ProductId>(number),
                    .retailer_id = testkit::id<UserId>(1),
                    .name = *ProductName::check(name),
                    .description = "<p>Soft</p>",
                    .category = *Category::check("Kurtas"),
                    .subcategory = *Category::check("Festive"),
                    .tags = {{*Label::check("silk"), *Label::check("zari")}},
                    .price = Price::from_paise(499950),
                    .colors = {{*Label::check("Royal Blue")}},
                    .material = *Material::check("100% Pure Silk"),
                    .images = {{.id = testkit::id<PictureId>(5),
                                .key = storage::ObjectKey::of("products/p/5.webp"),
                                .thumbnail_key = storage::ObjectKey::of("products/p/thumbnails/5_thumb.webp"),
                                .width = 768,
                                .height = 1024,
                                .blurhash = "L6",
                                .content_hash = "cafe"}},
                    .fit_points = engine::GarmentFitPoints{{{{engine::GarmentPoint::left_hem, 0.75, 0.875}}}},
                    .model_3d = pictures::Model3d{.key = storage::ObjectKey::of("products/p1/a1.glb"),
                                                  .body_key = storage::ObjectKey::of("bodies/b1.glb")},
                    .rough_preview = true,
                    .sizes = {*SizeName::check("M"), *SizeName::check("L")},
                    .size_chart = {{{*SizeName::check("M"), {{{*Label::check("bust"), Measure{92, 96}}}}}}},
                    .size_chart_of = SizeChartOf::garment,
                    .size_chart_unit = SizeChartUnit::in,
                    .hsn = *Hsn::check("6211"),
                    .tax_class = TaxClass::textile,
                    .is_deleted = false,
                    .revision = 1,
                    .created_at = Timestamp::from_milliseconds(1000),
                    .updated_at = Timestamp::from_milliseconds(2000)},
        .figures = {.stock = {{*SizeName::check("M"), *Stock::check(15)}, {*SizeName::check("L"), *Stock::check(3)}},
                    .try_on = {.state = pictures::TryOnState::unusable, .score = 0.25, .reasons = {"It is too dark"}},
                    .try_on_revision = 2,
                    .popularity = 7}};
}

}  // namespace fitview::products
