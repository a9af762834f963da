#include "engine/evaluate/run_evaluation.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/evaluate/drawn_case.hpp"
#include "engine/evaluate/raster_view.hpp"
#include "engine/evaluate/worn_top.hpp"
#include "engine/garment/parse_garment.hpp"
#include "engine/person/parse_person.hpp"
#include "engine/read_fit_points.hpp"
#include "media/pictures.hpp"

namespace fitview::engine {
namespace {

constexpr std::size_t garments_at_once = 32;
constexpr std::size_t fit_points_bytes_max = 1024 * 1024;

/// Runs `work(0 … count - 1)` on `threads` threads; the first exception ends it and is thrown here.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_guard;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) try {
                work(i);
            } catch (...) {
                const std::lock_guard lock(failure_guard);
                if (!failure) failure = std::current_exception();
                next = count;
            }
    };
    {
        std::vector<std::jthread> workers;
        for (unsigned i = 1; i < std::min<std::size_t>(threads, count); ++i) workers.emplace_back(run);
        run();
    }
    if (failure) std::rethrow_exception(failure);
}

/// What is known of both.
TryOnOptions known_of(const InputPhoto& person, const InputPhoto& garment) {
    TryOnOptions known = garment.known;
    known.measures.body = person.known.measures.body;
    return known;
}

/// A name that stays in its folder whatever a manifest says.
std::string safe(std::string name) {
    for (char& c : name)
        if (!(std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-')) c = '_';
    return name;
}

std::string sheet_file(const char* what, const std::string& name) {
    return std::string("pictures/") + what + "_" + safe(name) + ".webp";
}

/// Everything the threads share while a run lasts.
class Run {
public:
    Run(const EvaluationInput& input, const EvaluationSettings& settings, const EvaluationProgress& progress)
        : input_(input), settings_(settings), progress_(progress) {
        std::error_code failed;
        std::filesystem::create_directories(settings.folder / "pictures", failed);
        if (!std::filesystem::is_directory(settings.folder / "pictures", failed))
            throw UnusableInput("The folder \"" + settings.folder.string() + "\" cannot be made");
        evaluation_.engine_version = engine_version;
        evaluation_.unusable = input.left_out;
    }

    Evaluation run();

private:
    using Numbered = std::pair<std::size_t, EvaluationCase>;

    std::vector<std::size_t> garments_for(std::size_t person, std::size_t from, std::size_t to) const;
    std::shared_ptr<const PreparedGarment> prepare(const InputPhoto& garment);
    void draw_unpaired();
    void draw_block(std::size_t from, std::size_t to);
    void draw_worn(std::size_t person);
    void draw_worn_pair(const InputPhoto& person, const PersonModel& model, std::size_t order);
    void draw_leak_free(CaseKind kind, const InputPhoto& person, PersonModel model, const std::string& garment,
                        const PreparedGarment& prepared, std::size_t order);
    void draw_true_pair(const TruePair& pair, std::size_t order);
    void keep(EvaluationCase record, const media::Raster& picture, std::size_t order);
    void keep_thumbnail(const std::string& file, const media::Raster& picture);
    void complain(const std::string& sentence);
    void advance(std::size_t cases);

    /// Runs `work`; what a photo does wrong becomes a sentence and counts as done.
    template <class Work>
    void guarded(std::size_t cases, const Work& work) {
        try {
            work();
        } catch (const UnusableInput& unusable) {
            complain(unusable.what());
        }
        advance(cases);
    }

    const EvaluationInput& input_;
    const EvaluationSettings& settings_;
    const EvaluationProgress& progress_;
    std::mutex guard_;
    Evaluation evaluation_;
    std::vector<Numbered> records_;
    std::size_t done_ = 0, all_ = 0;
};

void Run::complain(const std::string& sentence) {
    const std::lock_guard lock(guard_);
    auto& said = evaluation_.unusable;
    if (std::find(said.begin(), said.end(), sentence) == said.end()) said.push_back(sentence);
}

void Run::advance(std::size_t cases) {
    const std::lock_guard lock(guard_);
    done_ += cases;
    if (progress_) progress_(done_, all_);
}

void Run::keep_thumbnail(const std::string& file, const media::Raster& picture) {
    constexpr double side = 320;
    const cv::Mat whole = matrix_from(picture);
    const double scale = std::min(1.0, side / std::max(whole.rows, whole.cols));
    cv::Mat small;
    cv::resize(whole, small, {}, scale, scale, cv::INTER_AREA);
    write_bytes(settings_.folder / file, media::encode_webp(raster_from(small)));
}

void Run::keep(EvaluationCase record, const media::Raster& picture, std::size_t order) {
    const std::string name = record.garment.empty() ? record.person : record.person + "_" + record.garment;
    static constexpr const char* prefixes[] = {"try_on", "worn", "points", "pair", "loop"};
    record.picture = sheet_file(prefixes[static_cast<std::size_t>(record.kind)], name);
    write_bytes(settings_.folder / record.picture, media::encode_webp(picture));
    const std::lock_guard lock(guard_);
    records_.emplace_back(order, std::move(record));
}

/// The garments of [from, to) that this person is drawn in: all, or evenly spread ones with another start each time.
std::vector<std::size_t> Run::garments_for(std::size_t person, std::size_t from, std::size_t to) const {
    const std::size_t garments = input_.garments.size(), all = garments * input_.people.size();
    const std::size_t wanted = settings_.pictures_max == 0 ? all : std::min(all, settings_.pictures_max);
    std::vector<std::size_t> chosen;
    for (std::size_t g = from; g < to; ++g) {
        constexpr std::size_t stride = 5;
        const std::size_t place = person * garments + (g + person * stride) % garments;
        if ((place + 1) * wanted / all > place * wanted / all) chosen.push_back(g);
    }
    return chosen;
}

std::shared_ptr<const PreparedGarment> Run::prepare(const InputPhoto& garment) {
    const media::Raster photo = read_photo(garment.file);
    keep_thumbnail(thumbnail_of_garment(garment.name), photo);
    return std::make_shared<const PreparedGarment>(prepare_garment(photo, garment.type));
}

void Run::draw_block(std::size_t from, std::size_t to) {
    std::vector<std::shared_ptr<const PreparedGarment>> prepared(to - from);
    in_parallel(to - from, settings_.threads,
                [&](std::size_t i) { guarded(0, [&] { prepared[i] = prepare(input_.garments[from + i]); }); });
    in_parallel(input_.people.size(), settings_.threads, [&](std::size_t p) {
        const std::vector<std::size_t> garments = garments_for(p, from, to);
        if (garments.empty()) return;
        const InputPhoto& photo = input_.people[p];
        std::optional<PreparedPerson> person;
        guarded(0, [&] {
            const media::Raster raster = read_photo(photo.file);
            keep_thumbnail(thumbnail_of_person(photo.name), raster);
            person = prepare_person(raster, settings_.sight);
        });
        for (const std::size_t g : garments)
            guarded(1, [&] {
                if (!person || !prepared[g - from]) return;
                DrawnCase drawn = draw_case(*person, *prepared[g - from], nullptr, known_of(photo, input_.garments[g]));
                drawn.record.kind = CaseKind::unpaired;
                drawn.record.person = photo.name;
                drawn.record.garment = input_.garments[g].name;
                keep(std::move(drawn.record), drawn.picture, p * input_.garments.size() + g);
            });
    });
}

void Run::draw_unpaired() {
    for (std::size_t from = 0; from < input_.garments.size(); from += garments_at_once)
        draw_block(from, std::min(input_.garments.size(), from + garments_at_once));
}

void Run::draw_leak_free(CaseKind kind, const InputPhoto& person, PersonModel model, const std::string& garment,
                         const PreparedGarment& prepared, std::size_t order) {
    const cv::Mat worn = worn_top_mask(model);
    const Truth truth{model.picture, worn, worn};
    hide_worn_top(model);
    DrawnCase drawn = draw_case(prepare_person(std::move(model)), prepared, &truth);
    drawn.record.kind = kind;
    drawn.record.person = person.name;
    drawn.record.garment = garment;
    keep(std::move(drawn.record), drawn.picture, order);
}

void Run::draw_worn_pair(const InputPhoto& person, const PersonModel& model, std::size_t order) {
    for (const InputPhoto& garment : input_.garments) {
        if (garment.pair != person.pair || person.pair.empty()) continue;
        const auto prepared = prepare(garment);
        draw_leak_free(CaseKind::worn_pair, person, model, garment.name, *prepared, order);
        const auto points = settings_.fit_points / (person.name + ".json");
        if (settings_.fit_points.empty() || !std::filesystem::exists(points)) continue;
        const auto read = read_fit_points(read_bytes(points, fit_points_bytes_max));
        if (!std::holds_alternative<FitPoints>(read))
            throw UnusableInput("The fit points \"" + points.string() + "\" cannot be used");
        PersonModel corrected = model;
        corrected.labels = model.labels.clone();
        apply_fit_points(std::get<FitPoints>(read), corrected);
        draw_leak_free(CaseKind::worn_pair_points, person, std::move(corrected), garment.name, *prepared, order);
    }
}

void Run::draw_worn(std::size_t p) {
    const InputPhoto& photo = input_.people[p];
    if (!settings_.closed_loop && photo.pair.empty()) return;
    const media::Raster raster = read_photo(photo.file);
    keep_thumbnail(thumbnail_of_person(photo.name), raster);
    const PersonModel model = parse_person(raster, settings_.sight);
    draw_worn_pair(photo, model, p);
    if (!settings_.closed_loop) return;
    const auto top = cut_out_worn_top(model);
    if (!top)
        throw UnusableInput(photo.name + ": hardly anything of the worn top was found, so it is not put on again");
    const GarmentType type = model.landmarks.one_piece ? GarmentType::dress : GarmentType::top;
    draw_leak_free(CaseKind::closed_loop, photo, model, "", prepare_garment(*top, type), p);
}

void Run::draw_true_pair(const TruePair& pair, std::size_t order) {
    const media::Raster photo = read_photo(pair.person), worn = read_photo(pair.worn);
    keep_thumbnail(thumbnail_of_person(pair.name), photo);
    keep_thumbnail(thumbnail_of_truth(pair.name), worn);
    const PreparedPerson person = prepare_person(photo, settings_.sight);
    Truth truth{matrix_from(worn), {}, {}};
    if (truth.picture.size() != person.model.picture.size())
        throw UnusableInput("The pictures of the pair \"" + pair.name + "\" differ in size");
    truth.region = worn_top_mask(person.model);
    if (!pair.mask.empty()) {
        cv::extractChannel(matrix_from(read_photo(pair.mask)), truth.garment, 0);
        if (truth.garment.size() != truth.picture.size())
            throw UnusableInput("The mask of the pair \"" + pair.name + "\" has another size than its pictures");
        truth.region |= truth.garment;
    }
    const auto garment = prepare({pair.name, pair.garment, pair.type, "", {}});
    DrawnCase drawn = draw_case(person, *garment, &truth, pair.known);
    drawn.record.kind = CaseKind::true_pair;
    drawn.record.person = pair.name;
    drawn.record.garment = pair.name;
    keep(std::move(drawn.record), drawn.picture, order);
}

Evaluation Run::run() {
    const bool worn = settings_.closed_loop || std::any_of(input_.people.begin(), input_.people.end(),
                                                           [](const InputPhoto& photo) { return !photo.pair.empty(); });
    if (settings_.unpaired)
        for (std::size_t p = 0; p < input_.people.size(); ++p)
            all_ += garments_for(p, 0, input_.garments.size()).size();
    all_ += (worn ? input_.people.size() : 0) + input_.pairs.size();
    in_parallel(input_.pairs.size(), settings_.threads,
                [&](std::size_t i) { guarded(1, [&] { draw_true_pair(input_.pairs[i], i); }); });
    if (worn)
        in_parallel(input_.people.size(), settings_.threads, [&](std::size_t i) { guarded(1, [&] { draw_worn(i); }); });
    if (settings_.unpaired) draw_unpaired();
    std::stable_sort(records_.begin(), records_.end(), [](const Numbered& a, const Numbered& b) {
        return std::pair(a.second.kind, a.first) < std::pair(b.second.kind, b.first);
    });
    for (Numbered& record : records_) evaluation_.cases.push_back(std::move(record.second));
    std::sort(evaluation_.unusable.begin(), evaluation_.unusable.end());
    return std::move(evaluation_);
}

}  // namespace

std::string thumbnail_of_person(const std::string& name) {
    return sheet_file("person", name);
}
std::string thumbnail_of_garment(const std::string& name) {
    return sheet_file("garment", name);
}
std::string thumbnail_of_truth(const std::string& name) {
    return sheet_file("truth", name);
}

Evaluation run_evaluation(const EvaluationInput& input, const EvaluationSettings& settings,
                          const EvaluationProgress& progress) {
    return Run(input, settings, progress).run();
}

}  // namespace fitview::engine
