// The score agrees with the eye: pictures one person looked at and judged, as a picky shopper would. The photos are not
// in the repository, so of their try-ons the list holds what the score is made of; the demo shop's are drawn here.
#include <gtest/gtest.h>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/composer.hpp"
#include "engine/evaluate/evaluation_case.hpp"
#include "engine/evaluate/evaluation_input.hpp"
#include "engine/person/person_findings.hpp"
#include "reflect/json.hpp"

namespace fitview::engine {

enum class Verdict { good, usable, bad };
BOOST_DESCRIBE_ENUM(Verdict, good, usable, bad)

struct JudgedPhotos {
    std::string person, garment;
    Verdict verdict = Verdict::bad;
    double pose = 1;  ///< without what the shoulders cost
    int shoulders_seen = 2;
    double cutout = 1;
    FitFigures fit;
};
BOOST_DESCRIBE_STRUCT(JudgedPhotos, (), (person, garment, verdict, pose, shoulders_seen, cutout, fit))

struct JudgedDemo {
    std::string person, garment;
    Verdict verdict = Verdict::bad;
};
BOOST_DESCRIBE_STRUCT(JudgedDemo, (), (person, garment, verdict))

struct JudgedPictures {
    std::vector<JudgedPhotos> photos;
    std::vector<JudgedDemo> demo;
};
BOOST_DESCRIBE_STRUCT(JudgedPictures, (), (photos, demo))

namespace {

const std::filesystem::path source(FITVIEW_SOURCE_DIR);

struct Judged {
    std::string name;
    Verdict verdict;
    double score;
};

double score_of(const JudgedPhotos& one) {
    FitReport report;
    report.uncovered_share = one.fit.uncovered_share;
    report.outside_share = one.fit.outside_share;
    report.median_strain = one.fit.median_strain;
    report.pushed_share = one.fit.pushed_share;
    report.seam_slip = one.fit.seam_slip;
    double score = one.pose * shoulders_factor(one.shoulders_seen) * one.cutout;
    for (const Finding& finding : judge_fit(report)) score *= finding.factor;
    return score;
}

const std::vector<Judged>& judged() {
    static const std::vector<Judged> all = [] {
        const auto list = reflect::decode_own<JudgedPictures>(
            read_bytes(source / "tests/data/judged_pictures.json", std::size_t{1} << 20U));
        std::vector<Judged> pictures;
        for (const JudgedPhotos& one : list.photos)
            pictures.push_back({one.person + "+" + one.garment, one.verdict, score_of(one)});
        for (const JudgedDemo& one : list.demo) {
            const auto person = read_photo(source / ("demo/pictures/people/" + one.person + ".webp"));
            const auto garment = read_photo(source / ("demo/pictures/garments/" + one.garment + ".webp"));
            const TryOnPicture result =
                render_try_on(prepare_person(person), prepare_garment(garment, garment_type_of(one.garment)));
            pictures.push_back({one.person + "+" + one.garment, one.verdict, result.quality.score});
        }
        return pictures;
    }();
    return all;
}

TEST(JudgedPictures, AreManyOfEveryVerdict) {
    int counts[3] = {};
    for (const Judged& one : judged()) ++counts[static_cast<std::size_t>(one.verdict)];
    EXPECT_GE(counts[0], 30);
    EXPECT_GE(counts[1], 20);
    EXPECT_GE(counts[2], 20);
}

TEST(JudgedPictures, TheScoreTellsBadOnesFromTheOthers) {
    double pairs = 0, right = 0;
    for (const Judged& bad : judged()) {
        if (bad.verdict != Verdict::bad) continue;
        for (const Judged& other : judged()) {
            if (other.verdict == Verdict::bad) continue;
            ++pairs;
            right += other.score > bad.score ? 1 : other.score == bad.score ? 0.5 : 0;
        }
    }
    const double area = right / pairs;
    RecordProperty("area_under_curve", std::to_string(area));
    EXPECT_GE(area, 0.85);
}

TEST(JudgedPictures, NoBadOneScoresAboveSixTenths) {
    for (const Judged& one : judged()) {
        if (one.verdict == Verdict::bad) {
            EXPECT_LE(one.score, 0.6) << one.name;
        }
    }
}

TEST(JudgedPictures, HardlyAGoodOneIsRefused) {
    int good = 0, refused = 0;
    for (const Judged& one : judged()) {
        if (one.verdict != Verdict::good) continue;
        ++good;
        refused += one.score < quality_floor ? 1 : 0;
    }
    EXPECT_LE(refused, good / 20);
}

}  // namespace
}  // namespace fitview::engine
