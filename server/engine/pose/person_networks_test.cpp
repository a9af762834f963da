#include "engine/pose/person_networks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include <fstream>
#include <iterator>
#include <thread>

#include "engine/person/drawn_person.hpp"
#include "engine/pose/model_files_fixture.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

const PersonNetworks& networks() {
    static const PersonNetworks loaded = load_person_networks(model_folder());
    return loaded;
}

cv::Mat demo_picture(const std::string& name) {
    std::ifstream stream(std::filesystem::path(FITVIEW_SOURCE_DIR) / "demo/pictures" / name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const media::Raster raster = media::value_or_throw(media::decode_picture(bytes, working_size), "");
    return cv::Mat(raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.bytes.data())).clone();
}

/// The points as fractions of the longer side, to compare pictures of different sizes.
float distance(const PoseLandmarks& one, const PoseLandmarks& other, float longer) {
    float sum = 0;
    int count = 0;
    for (const BodyPoint point : {left_shoulder, right_shoulder, left_elbow, right_elbow, left_wrist, right_wrist,
                                  left_hip, right_hip, left_knee, right_knee}) {
        const Point off = one[point].place - other[point].place;
        sum += std::hypot(off.x, off.y);
        ++count;
    }
    return sum / static_cast<float>(count) / longer;
}

constexpr std::array people{"people/asha.webp",  "people/dev.webp",  "people/kabir.webp",
                            "people/meera.webp", "people/nila.webp", "people/ria.webp"};

TEST(PersonNetworks, FindEveryDrawnPerson) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const char* name : people) {
        SCOPED_TRACE(name);
        const cv::Mat picture = demo_picture(name);
        const auto found = networks().pose->find_pose(picture);
        ASSERT_TRUE(found.has_value());
        EXPECT_GT(found->certainty, 0.9F);
        const PoseLandmarks& body = found->landmarks;
        for (const Side side : {picture_left, picture_right}) {
            EXPECT_LT(body[nose].place.y, body.on(side, left_shoulder).place.y);
            EXPECT_LT(body.on(side, left_shoulder).place.y, body.on(side, left_elbow).place.y);
            EXPECT_LT(body.on(side, left_elbow).place.y, body.on(side, left_wrist).place.y);
            EXPECT_LT(body.on(side, left_hip).place.y, body.on(side, left_knee).place.y);
        }
        EXPECT_LT(body[right_shoulder].place.x, body[left_shoulder].place.x);
    }
}

TEST(PersonNetworks, AgreeOnWhoIsThePerson) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const char* name : people) {
        SCOPED_TRACE(name);
        const cv::Mat picture = demo_picture(name);
        const auto found = networks().pose->find_pose(picture);
        ASSERT_TRUE(found.has_value());
        cv::Mat whole = networks().parser->find_person(picture);
        cv::resize(whole, whole, found->mask.size());
        const cv::Mat one = whole > 0.5, other = found->mask > 0.5;
        const double both = cv::countNonZero(one & other), either = cv::countNonZero(one | other);
        EXPECT_GT(both / either, 0.85);
        EXPECT_GT(either / static_cast<double>(one.total()), 0.04);
    }
}

// Measured once and kept: a change of arithmetic, sampling or decoding moves them.
TEST(PersonNetworks, PlaceTheJointsWhereTheyAlwaysWere) {
    FITVIEW_NEEDS_MODEL_FILES();
    const auto found = networks().pose->find_pose(draw_person(DrawnPose::hand_on_hip).picture);
    ASSERT_TRUE(found.has_value());
    const auto expect_at = [&](BodyPoint point, float x, float y) {
        EXPECT_NEAR(found->landmarks[point].place.x, x, 0.5) << point;
        EXPECT_NEAR(found->landmarks[point].place.y, y, 0.5) << point;
    };
    expect_at(left_shoulder, 486.89F, 271.62F);
    expect_at(right_elbow, 231.11F, 444.34F);
    expect_at(left_wrist, 498.50F, 549.61F);
    expect_at(right_hip, 319.69F, 564.28F);
}

TEST(PersonNetworks, PlaceTheJointsOnTheDrawnBody) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const DrawnPose pose : {DrawnPose::arms_down, DrawnPose::hand_on_hip}) {
        const DrawnPerson drawn = draw_person(pose);
        const auto found = networks().pose->find_pose(drawn.picture);
        ASSERT_TRUE(found.has_value());
        for (const Side side : {picture_left, picture_right}) {
            const Point elbow = found->landmarks.on(side, left_elbow).place - drawn.elbow[side];
            const Point wrist = found->landmarks.on(side, left_wrist).place - drawn.wrist[side];
            const Point shoulder = found->landmarks.on(side, left_shoulder).place - drawn.shoulder[side];
            EXPECT_LT(cv::norm(elbow), 0.25 * drawn.unit);
            EXPECT_LT(cv::norm(wrist), 0.5 * drawn.unit);
            EXPECT_LT(cv::norm(shoulder), 0.4 * drawn.unit);
        }
    }
}

TEST(PersonNetworks, FindTheSamePointsInAMirroredPicture) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const char* name : people) {
        SCOPED_TRACE(name);
        const cv::Mat picture = demo_picture(name);
        cv::Mat mirrored;
        cv::flip(picture, mirrored, 1);
        const auto found = networks().pose->find_pose(picture);
        auto other = networks().pose->find_pose(mirrored);
        ASSERT_TRUE(found && other);
        PoseLandmarks back = other->landmarks;
        for (int point = 0; point < body_point_count; ++point) {
            // From the ears on every point is followed by its other side.
            const int twin = point < left_ear ? point : point % 2 == 1 ? point + 1 : point - 1;
            PosePoint& target = back.points[static_cast<std::size_t>(point)];
            target = other->landmarks.points[static_cast<std::size_t>(twin)];
            target.place.x = static_cast<float>(picture.cols) - target.place.x;
        }
        EXPECT_LT(distance(found->landmarks, back, static_cast<float>(picture.rows)), 0.02F);
    }
}

TEST(PersonNetworks, FindTheSamePointsInTurnedAndResizedPictures) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const char* name : people) {
        SCOPED_TRACE(name);
        const cv::Mat picture = demo_picture(name);
        const auto found = networks().pose->find_pose(picture);
        ASSERT_TRUE(found.has_value());
        cv::Mat turned;
        cv::rotate(picture, turned, cv::ROTATE_180);
        auto other = networks().pose->find_pose(turned);
        ASSERT_TRUE(other.has_value());
        for (PosePoint& point : other->landmarks.points)
            point.place = Point(static_cast<float>(picture.cols), static_cast<float>(picture.rows)) - point.place;
        EXPECT_LT(distance(found->landmarks, other->landmarks, static_cast<float>(picture.rows)), 0.02F);

        cv::Mat small;
        cv::resize(picture, small, {}, 0.5, 0.5, cv::INTER_AREA);
        other = networks().pose->find_pose(small);
        ASSERT_TRUE(other.has_value());
        EXPECT_LT(distance(found->landmarks, scaled(other->landmarks, 2), static_cast<float>(picture.rows)), 0.02F);
    }
}

TEST(PersonNetworks, FindNobodyWhereNobodyIs) {
    FITVIEW_NEEDS_MODEL_FILES();
    EXPECT_FALSE(networks().pose->find_pose(cv::Mat(512, 384, CV_8UC3, cv::Scalar::all(200))).has_value());
    EXPECT_FALSE(networks().pose->find_pose(cv::Mat(64, 64, CV_8UC3, cv::Scalar::all(0))).has_value());
    cv::Mat noise(512, 384, CV_8UC3);
    cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 256);
    EXPECT_FALSE(networks().pose->find_pose(noise).has_value());
    const std::filesystem::path folder = std::filesystem::path(FITVIEW_SOURCE_DIR) / "demo/pictures/garments";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".webp") continue;
        const std::string name = "garments/" + file.path().filename().string();
        EXPECT_FALSE(networks().pose->find_pose(demo_picture(name)).has_value()) << name;
    }
}

TEST(PersonNetworks, AcceptExtremeShapes) {
    FITVIEW_NEEDS_MODEL_FILES();
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(1, 1024), cv::Size(1024, 1), cv::Size(64, 64)}) {
        const cv::Mat picture(size, CV_8UC3, cv::Scalar(180, 140, 120));
        networks().pose->find_pose(picture);
        EXPECT_FALSE(networks().parser->find_person(picture).empty());
    }
}

TEST(PersonNetworks, AnswerSeveralThreadsAtOnceWithTheSameBits) {
    FITVIEW_NEEDS_MODEL_FILES();
    const cv::Mat picture = demo_picture(people[1]);
    const auto expected = networks().pose->find_pose(picture);
    ASSERT_TRUE(expected.has_value());
    std::vector<std::thread> threads;
    std::vector<int> same(3, 0);
    for (int& result : same)
        threads.emplace_back([&] {
            const auto found = networks().pose->find_pose(picture);
            if (!found) return;
            const bool equal =
                std::equal(found->landmarks.points.begin(), found->landmarks.points.end(),
                           expected->landmarks.points.begin(), [](const PosePoint& one, const PosePoint& other) {
                               return one.place == other.place && one.visibility == other.visibility;
                           });
            result = equal && cv::norm(found->mask, expected->mask, cv::NORM_INF) == 0 ? 1 : 0;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(same, std::vector<int>(3, 1));
}

}  // namespace
}  // namespace fitview::engine
