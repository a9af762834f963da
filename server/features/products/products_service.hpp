#pragma once
// What shoppers, retailers and other features can do with products. Knows nothing of HTTP or databases.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "identity/identity.hpp"
#include "pictures/fit_points.hpp"
#include "privacy/personal_data.hpp"
#include "products/popularity.hpp"
#include "products/product_documents.hpp"
#include "products/products_lookup.hpp"
#include "storage/unit_of_work.hpp"

namespace fitview::products {

using identity::Editor;

/// A picture whose fitness for try-on is to be found out.
struct PictureToAnalyse {
    ProductId product_id;
    pictures::Picture picture;
    std::optional<engine::GarmentType> garment_type;
    std::optional<engine::GarmentFitPoints> fit_points;
};

/// The port through which products have their main picture looked at. The answer comes, soon or late, through
/// Lookup::set_try_on; until then the picture is `pending`. Asking twice is harmless. Thread-safe; must not take long.
class PictureAnalyst {
public:
    virtual ~PictureAnalyst() = default;
    virtual void analyse(const PictureToAnalyse& picture) = 0;
};

/// Throws when the product is not in the revision that the caller expects (If-Match).
using Precondition = std::function<void(std::int64_t revision)>;

/// Thread-safe; calls block. A product that is withdrawn is not_found everywhere but in `find_all`. Everything may fail
/// with Unavailable. Whoever edits must own the product or be an admin, else: forbidden.
class Service final : public Lookup, public privacy::PersonalDataHolder {
public:
    /// What the service works with; all must outlive it.
    struct Parts {
        Store& store;
        storage::UnitOfWork& unit_of_work;
        ProductSearch& search;
        ProductDocuments& documents;
        Popularity& popularity;
        pictures::Shelf& shelf;
        const pictures::Addresses& addresses;
        PictureAnalyst& analyst;
        pictures::FitPointFinder& finder;
        const Clock& clock;
        /// Whether a model is there who can be named as the wearer in a picture.
        std::function<bool(const ModelId&)> is_model = [](const ModelId&) { return true; };
    };
    explicit Service(const Parts& parts) : parts_(parts) {}

    /// Puts a product on sale under `id`; when it is there already (a request made again), nothing changes.
    ProductView add(const Editor& editor, const ProductId& id, const NewProduct& product);
    /// Fails: not_found.
    ProductDocument get(const ProductId& id);
    /// Fails: not_found, forbidden, what `precondition` throws.
    ProductDocument change(const Editor& editor, const ProductId& id, const ProductChange& change,
                           const Precondition& precondition);
    /// Takes the product off the shop for good. Fails: as change.
    void withdraw(const Editor& editor, const ProductId& id, const Precondition& precondition);

    /// A page of the list.
    struct ListDocument {
        std::string etag;
        std::string json;  ///< a ProductPage
    };
    /// Fails: nothing of its own.
    ListDocument list(const ProductQuery& query);

    /// Only what needs no store and little time: nothing when a worker is needed.
    std::optional<ProductDocument> find_quickly(const ProductId& id);
    std::optional<ListDocument> list_quickly(const ProductQuery& query);

    void count_view(const ProductId& id, const Viewer& viewer) noexcept { parts_.popularity.viewed(id, viewer); }

    /// Adds a picture after the others. When `picture_id` is there already, nothing changes. `worn_by`: the model who
    /// wears the product in it.
    /// Fails: not_found (of the model too), forbidden, conflict at the eleventh, and as Shelf::place.
    pictures::PictureView add_picture(const Editor& editor, const ProductId& id, const PictureId& picture_id,
                                      std::string_view bytes, const std::optional<ModelId>& worn_by = {});
    /// Shows the product in three dimensions: a garment and the body it was cut on, which products may share.
    /// Takes the place of an earlier model; the same files again change nothing.
    /// Fails: not_found, forbidden, and as Shelf::place_model.
    void set_model_3d(const Editor& editor, const ProductId& id, std::string_view garment, std::string_view body);
    /// Fails: not_found (of the picture too), forbidden.
    void remove_picture(const Editor& editor, const ProductId& id, const PictureId& picture_id);
    /// Fails: not_found, forbidden, invalid_input when `order` does not name each picture once.
    std::vector<pictures::PictureView> order_pictures(const Editor& editor, const ProductId& id,
                                                      const PictureOrder& order, const Precondition& precondition);

    /// The fit points of the main picture with the product's entity tag; none without a picture.
    struct FitPoints {
        pictures::GarmentFitPointsView view;
        std::string etag;
    };
    /// Fails: not_found, forbidden.
    FitPoints fit_points(const Editor& editor, const ProductId& id);
    /// Replaces every correction: what `corrections` leave out is as it was found. Fails: as change, and
    /// not_try_on_ready without a picture.
    FitPoints correct_fit_points(const Editor& editor, const ProductId& id, const engine::GarmentFitPoints& corrections,
                                 const Precondition& precondition);

    /// The retailer's products, as the wire shows them.
    std::vector<privacy::ExportedCollection> export_for(const UserId& user) override;
    /// Withdraws every product of the retailer and removes their pictures.
    void erase_for(const UserId& user) override;

    /// Asks again for analyses that never came; called at the start of the program.
    void analyse_pending(const StockedProduct& stocked);

    std::optional<StockedProduct> find_on_sale(const ProductId& id) override;
    std::vector<StockedProduct> find_all(const std::vector<ProductId>& ids) override;
    std::optional<std::string> find_document(const ProductId& id) override;
    std::vector<ShortLine> take_stock(const OrderId& order, const std::vector<StockLine>& lines) override;
    bool give_back_stock(const OrderId& order) override;
    void count_try_on(const ProductId& id) noexcept override { parts_.popularity.tried_on(id); }
    void set_try_on(const ProductId& id, const PictureId& picture, const pictures::TryOnReadiness& try_on) override;

private:
    using Stocks = std::map<SizeName, Stock>;
    /// Edits the document in place; gives the stock back when that is to change too.
    using Edit = std::function<std::optional<Stocks>(StockedProduct& stocked)>;

    StockedProduct get_for(const Editor& editor, const ProductId& id);
    StockedProduct edit(const Editor& editor, const ProductId& id, const Precondition& precondition, const Edit& edit);
    FitPoints fit_points_of(const StockedProduct& stocked);
    bool judge_picture_again(const Product& before, const Product& after);
    void after_change(const StockedProduct& stocked, bool analyse);
    ListDocument encode_page(const ProductQuery& query, const SearchPage& page,
                             std::vector<ProductDocument> documents) const;

    const Parts parts_;
};

}  // namespace fitview::products
