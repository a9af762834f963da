#include "storage/sqlite/rows.hpp"

#include <gtest/gtest.h>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "base/id.hpp"
#include "base/text.hpp"
#include "testkit/deterministic.hpp"

namespace fitview::storage {
namespace {

enum class Fit { slim, loose };
BOOST_DESCRIBE_ENUM(Fit, slim, loose)

struct Size {
    std::string size;
    int stock;
    bool operator==(const Size&) const = default;
};
BOOST_DESCRIBE_STRUCT(Size, (), (size, stock))

struct Shirt {
    ProductId id;
    Text<1, 40> name;
    Price price;
    Fit fit;
    std::optional<double> rating;
    std::vector<Size> sizes;
    bool is_deleted;
    Timestamp created_at;
    bool operator==(const Shirt&) const = default;
};
BOOST_DESCRIBE_STRUCT(Shirt, (), (id, name, price, fit, rating, sizes, is_deleted, created_at))

class Rows : public testing::Test {
protected:
    Rows() {
        connection_.run_script(
            "CREATE TABLE shirts (created_at INTEGER, is_deleted INTEGER, sizes TEXT, rating REAL, fit TEXT,"
            " price INTEGER, name TEXT, id TEXT PRIMARY KEY)");
    }
    void insert(const Shirt& shirt) {
        Statement statement = connection_.prepare("INSERT INTO shirts " + insert_list<Shirt>());
        bind_row(statement, shirt).run();
    }
    std::vector<Shirt> all() {
        Statement select =
            connection_.prepare("SELECT " + column_list<Shirt>("s") + " FROM shirts s ORDER BY id LIMIT 10");
        return read_rows<Shirt>(select);
    }
    SqliteConnection connection_{":memory:", SqliteConnection::Mode::write};
    const Shirt shirt_{.id = testkit::id<ProductId>(1),
                       .name = *Text<1, 40>::check("Kurta"),
                       .price = Price::from_paise(129950),
                       .fit = Fit::loose,
                       .rating = 4.5,
                       .sizes = {{"M", 3}, {"L", 0}},
                       .is_deleted = true,
                       .created_at = Timestamp::from_milliseconds(1772323200123)};
};

TEST_F(Rows, ARowComesBackAsItWasWhateverTheOrderOfTheTablesColumns) {
    Shirt without = shirt_;
    without.id = testkit::id<ProductId>(2);
    without.rating = std::nullopt;
    without.sizes = {};
    insert(shirt_);
    insert(without);
    EXPECT_EQ(all(), (std::vector{shirt_, without}));
}

TEST_F(Rows, AnUpdateLeavesTheExceptedColumns) {
    insert(shirt_);
    Shirt changed = shirt_;
    changed.name = *Text<1, 40>::check("Saree");
    changed.created_at = Timestamp::from_milliseconds(5);
    Statement update =
        connection_.prepare("UPDATE shirts SET " + assignment_list<Shirt>({"id", "created_at"}) + " WHERE id = :id");
    EXPECT_EQ(bind_row(update, changed).run(), 1);
    changed.created_at = shirt_.created_at;
    EXPECT_EQ(all(), std::vector{changed});
}

TEST_F(Rows, MembersAreBoundInOrderToo) {
    insert_row(connection_, "shirts", shirt_);
    Shirt changed = shirt_;
    changed.name = *Text<1, 40>::check("Saree");
    Statement update = connection_.prepare(update_sql<Shirt>("shirts") + " WHERE id = ?");
    update.bind(bind_members(update, changed), shirt_.id);
    EXPECT_EQ(update.run(), 1);
    EXPECT_EQ(all(), std::vector{changed});
}

TEST_F(Rows, ARowItsTypeRefusesIsUnavailable) {
    insert(shirt_);
    connection_.run("UPDATE shirts SET name = ''");
    EXPECT_THROW(all(), Unavailable);
    connection_.run("UPDATE shirts SET name = 'Kurta', fit = 'tight'");
    EXPECT_THROW(all(), Unavailable);
}

}  // namespace
}  // namespace fitview::storage
