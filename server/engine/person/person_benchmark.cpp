// Every stage of person parsing on the drawn person at 768 x 1024.
#include <benchmark/benchmark.h>

#include <opencv2/core.hpp>

#include "engine/person/arms.hpp"
#include "engine/person/body_frame.hpp"
#include "engine/person/drawn_person.hpp"
#include "engine/person/hem.hpp"
#include "engine/person/labels.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/person/silhouette.hpp"
#include "engine/person/skin.hpp"
#include "engine/person/soft_edge.hpp"
#include "engine/person/trunk.hpp"

namespace fitview::engine {
namespace {

/// The result of every stage, so that each can be measured alone.
struct Stages {
    Stages() {
        cv::setNumThreads(1);
        photo = raster_of(draw_person(DrawnPose::hand_on_hip).picture);
        picture = make_working_picture(photo);
        wall = find_wall(picture.lab);
        foreground = rough_foreground(wall);
        face = find_face(picture.grey, head_area(foreground));
        silhouette = cut_silhouette(picture, wall, foreground, face);
        skin = skin_likelihood(picture, silhouette, face);
        frame = measure_frame(silhouette, face);
        arms = follow_arms(picture, silhouette, skin, frame);
        hidden = arms_and_hands(arms, skin, frame.unit);
        parting = find_parting(silhouette, frame);
        hem = find_hem(picture.lab, hidden, frame, parting);
        plate = make_clean_plate(picture, silhouette, wall);
    }

    media::Raster photo;
    WorkingPicture picture;
    Wall wall;
    cv::Mat foreground;
    std::optional<Face> face;
    cv::Mat silhouette;
    cv::Mat skin;
    BodyFrame frame;
    Sided<Arm> arms;
    cv::Mat hidden;
    std::optional<float> parting;
    std::optional<float> hem;
    cv::Mat plate;
};

const Stages& stages() {
    static const Stages once;
    return once;
}

template <class Work>
void measure(benchmark::State& state, Work work) {
    const Stages& given = stages();
    for (auto step : state) benchmark::DoNotOptimize(work(given));
    state.SetItemsProcessed(state.iterations());
}

void whole(benchmark::State& state) {
    measure(state, [](const Stages& given) { return parse_person(given.photo); });
}
void working_picture(benchmark::State& state) {
    measure(state, [](const Stages& given) { return make_working_picture(given.photo); });
}
void wall(benchmark::State& state) {
    measure(state, [](const Stages& given) { return find_wall(given.picture.lab); });
}
void face(benchmark::State& state) {
    measure(state, [](const Stages& given) { return find_face(given.picture.grey, head_area(given.foreground)); });
}
void silhouette(benchmark::State& state) {
    measure(state, [](const Stages& given) {
        return cut_silhouette(given.picture, given.wall, given.foreground, given.face);
    });
}
void skin(benchmark::State& state) {
    measure(state, [](const Stages& given) { return skin_likelihood(given.picture, given.silhouette, given.face); });
}
void body_frame(benchmark::State& state) {
    measure(state, [](const Stages& given) { return measure_frame(given.silhouette, given.face); });
}
void arms(benchmark::State& state) {
    measure(state,
            [](const Stages& given) { return follow_arms(given.picture, given.silhouette, given.skin, given.frame); });
}
void hem(benchmark::State& state) {
    measure(state,
            [](const Stages& given) { return find_hem(given.picture.lab, given.hidden, given.frame, given.parting); });
}
void torso(benchmark::State& state) {
    measure(state, [](const Stages& given) {
        return measure_torso(given.silhouette, given.hidden, given.frame, {given.parting, given.hem});
    });
}
void labels(benchmark::State& state) {
    measure(state, [](const Stages& given) {
        return label_person(given.picture, given.frame, {given.silhouette, given.skin, given.hidden, given.hem});
    });
}
void clean_plate(benchmark::State& state) {
    measure(state, [](const Stages& given) { return make_clean_plate(given.picture, given.silhouette, given.wall); });
}
void soft_edge(benchmark::State& state) {
    measure(state, [](const Stages& given) {
        return soften_silhouette(given.picture, given.silhouette, given.plate, given.wall);
    });
}

BENCHMARK(whole)->Name("person/whole")->Unit(benchmark::kMillisecond);
BENCHMARK(working_picture)->Name("person/working_picture")->Unit(benchmark::kMillisecond);
BENCHMARK(wall)->Name("person/wall")->Unit(benchmark::kMillisecond);
BENCHMARK(face)->Name("person/face")->Unit(benchmark::kMillisecond);
BENCHMARK(silhouette)->Name("person/silhouette")->Unit(benchmark::kMillisecond);
BENCHMARK(skin)->Name("person/skin")->Unit(benchmark::kMillisecond);
BENCHMARK(body_frame)->Name("person/body_frame")->Unit(benchmark::kMillisecond);
BENCHMARK(arms)->Name("person/arms")->Unit(benchmark::kMillisecond);
BENCHMARK(hem)->Name("person/hem")->Unit(benchmark::kMillisecond);
BENCHMARK(torso)->Name("person/torso")->Unit(benchmark::kMillisecond);
BENCHMARK(labels)->Name("person/labels")->Unit(benchmark::kMillisecond);
BENCHMARK(clean_plate)->Name("person/clean_plate")->Unit(benchmark::kMillisecond);
BENCHMARK(soft_edge)->Name("person/soft_edge")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fitview::engine
