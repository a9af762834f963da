#include "engine/stored/stored_analysis.hpp"

#include <gtest/gtest.h>

#include "engine/composer.hpp"
#include "engine/drape/drawn_try_on.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/stored/packed_members.hpp"

namespace fitview::engine {
namespace {

const PersonModel& parsed_person() {
    static const PersonModel person = parse_person(raster_of(draw_person(DrawnPose::arms_down).picture));
    return person;
}
const GarmentModel& parsed_garment() {
    static const GarmentModel garment = parse_garment(testing::draw_garment(testing::DrawnKind::t_shirt).photo);
    return garment;
}

template <class T>
std::string packed(const T& value) {
    Packer packer;
    packer.put(value);
    return packer.take();
}

TEST(StoredAnalysis, ComesBackAsItWas) {
    const std::string person = store_analysis(parsed_person()), garment = store_analysis(parsed_garment());
    const auto read_person = restore_person(person);
    const auto read_garment = restore_garment(garment);
    ASSERT_TRUE(read_person && read_garment);
    EXPECT_EQ(packed(*read_person), packed(parsed_person()));
    EXPECT_EQ(packed(*read_garment), packed(parsed_garment()));
    EXPECT_EQ(store_analysis(*read_person), person);
    EXPECT_LT(person.size(), packed(parsed_person()).size() / 2);
}

// A member that somebody forgot to describe would be lost on the way and change the picture.
TEST(StoredAnalysis, GivesTheVerySamePicture) {
    const auto person = restore_person(store_analysis(parsed_person()));
    const auto garment = restore_garment(store_analysis(parsed_garment()));
    ASSERT_TRUE(person && garment);
    const TryOnPicture fresh =
        render_try_on(prepare_person(PersonModel(parsed_person())), prepare_garment(GarmentModel(parsed_garment())));
    const TryOnPicture stored =
        render_try_on(prepare_person(PersonModel(*person)), prepare_garment(GarmentModel(*garment)));
    EXPECT_TRUE(fresh.picture == stored.picture);
    EXPECT_TRUE(fresh.change_mask == stored.change_mask);
    EXPECT_EQ(fresh.quality.score, stored.quality.score);
    EXPECT_EQ(fresh.quality.warnings, stored.quality.warnings);
}

TEST(StoredAnalysis, OfAnotherKindOrDamagedIsNone) {
    const std::string person = store_analysis(parsed_person());
    EXPECT_FALSE(restore_garment(person));
    EXPECT_FALSE(restore_person(""));
    EXPECT_FALSE(restore_person("FVA1"));
    EXPECT_FALSE(restore_person(person.substr(0, person.size() / 2)));
    EXPECT_FALSE(restore_person(person + "x"));
    for (std::size_t at = 0; at < person.size(); at += person.size() / 97 + 1) {
        std::string damaged = person;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
        EXPECT_FALSE(restore_person(damaged)) << at;
    }
}

TEST(StoredAnalysis, ThatContradictsItselfIsNone) {
    PersonModel person = parsed_person();
    person.labels = cv::Mat(5, 5, CV_8U, cv::Scalar(0));
    EXPECT_FALSE(restore_person(store_analysis(person)));
    person = parsed_person();
    person.labels = cv::Mat(person.labels.size(), CV_8U, cv::Scalar(200));
    EXPECT_FALSE(restore_person(store_analysis(person)));
    person = parsed_person();
    person.landmarks.arm[0].line.clear();
    EXPECT_FALSE(restore_person(store_analysis(person)));
    person = parsed_person();
    person.landmarks.waist_y = std::nanf("");
    EXPECT_FALSE(restore_person(store_analysis(person)));
    GarmentModel garment = parsed_garment();
    garment.alpha = cv::Mat();
    EXPECT_FALSE(restore_garment(store_analysis(garment)));
}

TEST(PackedMembers, LengthsBeyondTheBytesAreRefusedWithoutTakingMemory) {
    std::vector<float> numbers;
    Unpacker mad(std::string_view("\xFF\xFF\xFF\xFF....", 8));
    mad.get(numbers);
    EXPECT_FALSE(mad.good());
    EXPECT_TRUE(numbers.empty());
    cv::Mat picture;
    Unpacker huge(std::string_view("\x00\x10\x00\x00\x00\x10\x00\x00\x10\x00\x00\x00", 12));
    huge.get(picture);
    EXPECT_FALSE(huge.good());
    EXPECT_TRUE(picture.empty());
}

TEST(PackedMembers, TheFingerprintTellsLayoutsApart) {
    EXPECT_NE(fingerprint_of<PersonModel>(), fingerprint_of<GarmentModel>());
    EXPECT_NE(fingerprint_of<std::vector<float>>(), fingerprint_of<std::optional<float>>());
    EXPECT_NE(fingerprint_of<PersonModel>().find("one_piece:i1;"), std::string::npos);
}

}  // namespace
}  // namespace fitview::engine
