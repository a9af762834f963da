#include "products/products_service.hpp"

#include <boost/json/parse.hpp>

#include "products/products_fixture.hpp"

namespace fitview::products {
namespace {

class ProductsService : public ProductsFixture {
protected:
    static void nothing(std::int64_t) {}
    pictures::PictureView add_picture() {
        return service_.add_picture(owner_, id_, testkit::id<PictureId>(next_picture_++), photo(64));
    }

    const Editor owner_{.id = shop_};
    const ProductId id_ = testkit::id<ProductId>(1);
    std::uint32_t next_picture_ = 1;
};

TEST_F(ProductsService, ARequestMadeAgainChangesNothing) {
    service_.add(owner_, id_, new_product("First"));
    EXPECT_EQ(service_.add(owner_, id_, new_product("Second")).name.str(), "First");
    service_.add_picture(owner_, id_, testkit::id<PictureId>(1), photo(64));
    service_.add_picture(owner_, id_, testkit::id<PictureId>(1), photo(64));
    EXPECT_EQ(service_.find_on_sale(id_)->product.images.size(), 1U);
}

TEST_F(ProductsService, APictureSaysWhichModelWearsTheProduct) {
    service_.add(owner_, id_, new_product());
    add_picture();
    const auto model = testkit::id<ModelId>(9);
    service_.add_picture(owner_, id_, testkit::id<PictureId>(next_picture_++), photo(64), model);
    const auto images = service_.find_on_sale(id_)->product.images;
    EXPECT_EQ(images.front().worn_by, std::nullopt);
    EXPECT_EQ(images.back().worn_by, model);
    EXPECT_EQ(view_of(images.back(), addresses_).worn_by, model);
}

TEST_F(ProductsService, AnAnalysisOfAnEarlierPictureIsIgnored) {
    service_.add(owner_, id_, new_product());
    const auto first = add_picture();
    const auto second = add_picture();
    service_.set_try_on(id_, second.id, {.state = pictures::TryOnState::unusable, .score = {}, .reasons = {}});
    EXPECT_EQ(service_.find_on_sale(id_)->figures.try_on.state, pictures::TryOnState::pending);
    service_.set_try_on(id_, first.id, {.state = pictures::TryOnState::ready, .score = 0.5, .reasons = {}});
    EXPECT_EQ(service_.find_on_sale(id_)->figures.try_on.state, pictures::TryOnState::ready);
}

TEST_F(ProductsService, AnotherMainPictureOrClassOfGarmentIsJudgedAgain) {
    service_.add(owner_, id_, new_product());
    const auto first = add_picture();
    const auto second = add_picture();
    ASSERT_EQ(analyst_.asked.size(), 1U);
    service_.change(owner_, id_, {.category = *Category::check("Long Kurtas")}, nothing);
    EXPECT_EQ(analyst_.asked.size(), 1U) << "still a kurta";
    service_.change(owner_, id_, {.category = *Category::check("Anarkalis")}, nothing);
    ASSERT_EQ(analyst_.asked.size(), 2U);
    EXPECT_EQ(analyst_.asked[1].garment_type, engine::GarmentType::dress);
    service_.remove_picture(owner_, id_, first.id);
    ASSERT_EQ(analyst_.asked.size(), 3U);
    EXPECT_EQ(analyst_.asked[2].picture.id, second.id);
}

/// The smallest binary glTF file, around two characters of JSON.
std::string model_file(const std::string& description) {
    using namespace std::string_literals;
    return "glTF\x02\0\0\0\x16\0\0\0\x02\0\0\0JSON"s + description;
}

TEST_F(ProductsService, ShowsAGarmentInThreeDimensionsWithItsBody) {
    service_.add(owner_, id_, new_product());
    EXPECT_FALSE(boost::json::parse(service_.get(id_).json).as_object().contains("model_3d"));
    service_.set_model_3d(owner_, id_, model_file("{}"), model_file("[]"));
    const auto revision = service_.find_on_sale(id_)->product.revision;
    service_.set_model_3d(owner_, id_, model_file("{}"), model_file("[]"));
    EXPECT_EQ(service_.find_on_sale(id_)->product.revision, revision) << "the same files change nothing";
    const auto shown = boost::json::parse(service_.get(id_).json).at("model_3d");
    EXPECT_TRUE(shown.at("url").as_string().starts_with("http://shop.test/media/products/" + id_.str() + "/"));
    EXPECT_TRUE(shown.at("body_url").as_string().starts_with("http://shop.test/media/bodies/"));
    service_.set_model_3d(owner_, id_, model_file("{}"), model_file("\"\""));
    EXPECT_EQ(objects_->list("", std::nullopt, 10).size(), 2U) << "the earlier body is gone, the garment stays";
    EXPECT_THROW(service_.set_model_3d({.id = other_shop_}, id_, model_file("{}"), model_file("[]")), Failure);
    EXPECT_THROW(service_.set_model_3d(owner_, id_, "no model", model_file("[]")), Failure);
}

TEST_F(ProductsService, ErasingAShopWithdrawsItsProductsAndTheirPictures) {
    service_.add(owner_, id_, new_product());
    add_picture();
    service_.set_model_3d(owner_, id_, model_file("{}"), model_file("[]"));
    service_.add({.id = other_shop_}, testkit::id<ProductId>(2), new_product());
    EXPECT_EQ(service_.export_for(shop_).front().records.size(), 1U);
    service_.erase_for(shop_);
    service_.erase_for(shop_);
    EXPECT_THROW(service_.get(id_), Failure);
    EXPECT_EQ(index_.size(), 1U);
    EXPECT_TRUE(objects_->list("", std::nullopt, 10).empty());
    EXPECT_EQ(service_.find_all({id_}).front().product.name.str(), "Royal Blue Silk Kurta")
        << "histories keep the name";
}

TEST_F(ProductsService, TryOnsCountMoreThanViews) {
    service_.add(owner_, id_, new_product());
    service_.add(owner_, testkit::id<ProductId>(2), new_product());
    service_.count_view(id_, {.user_id = shopper_, .address = {}, .agent = {}});
    service_.count_try_on(testkit::id<ProductId>(2));
    popularity_.write_down();
    EXPECT_EQ(index_.find({.sort = Sort::popular}).ids.front(), testkit::id<ProductId>(2));
    EXPECT_EQ(store_->find(id_)->figures.popularity, 1U);
}

TEST_F(ProductsService, TheGarmentTypeFollowsTheSubcategoryAndElseTheCategory) {
    service_.add(owner_, id_, new_product());
    Product product = service_.find_on_sale(id_)->product;
    product.category = *Category::check("Women");
    EXPECT_EQ(garment_type_of(product), std::nullopt);
    product.subcategory = *Category::check("Silk sarees");
    EXPECT_EQ(garment_type_of(product), engine::GarmentType::saree);
    product.category = *Category::check("Sarees");
    product.subcategory = *Category::check("Blouses");
    EXPECT_EQ(garment_type_of(product), engine::GarmentType::top);
    product.subcategory = *Category::check("Festive");
    EXPECT_EQ(garment_type_of(product), engine::GarmentType::saree);
}

}  // namespace
}  // namespace fitview::products
