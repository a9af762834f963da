#include "outline_generator.hpp"

#include <cstring>

namespace fitview::examples {
namespace {

constexpr double outline_score = 0.5;  ///< a drawing, not a try-on: above the floor, below anything rendered

media::Raster copy_of(const cv::Mat& picture) {
    media::Raster raster{.width = picture.cols, .height = picture.rows, .channels = picture.channels(), .bytes = {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (int row = 0; row < picture.rows; ++row) {
        std::memcpy(raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(row), picture.ptr(row),
                    raster.row_bytes());
    }
    return raster;
}

void mark(media::Raster& picture, media::Raster& mask, float column, int row) {
    const int x = static_cast<int>(column);
    if (x < 0 || x >= picture.width) return;
    const std::size_t at =
        static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
    for (std::size_t channel = 0; channel < 3; ++channel) picture.bytes[3 * at + channel] = channel == 0 ? 255 : 0;
    mask.bytes[at] = 255;  // the mask must name every pixel that was changed, and no other
}

class OutlineGenerator final : public ai::PictureGenerator {
public:
    std::string_view name() const override { return "fallback"; }

    std::variant<ai::GeneratedPicture, ai::ProviderFault> generate(const ai::TryOnInputs& inputs,
                                                                   std::chrono::steady_clock::time_point,
                                                                   const ai::ProgressReport& report) override {
        report(10, "person");
        const auto person = inputs.prepared_person();
        const engine::PersonLandmarks& landmarks = person->model.landmarks;
        if (landmarks.trunk.empty()) {
            return ai::ProviderFault{.kind = ai::ProviderFault::Kind::unusable_answer, .detail = "no trunk was found"};
        }
        report(50, "outline");
        ai::GeneratedPicture made{.picture = copy_of(person->model.picture), .change_mask = {}, .quality = {}};
        media::Raster mask{.width = made.picture.width, .height = made.picture.height, .channels = 1, .bytes = {}};
        mask.bytes.assign(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height), 0);
        for (std::size_t at = 0; at < landmarks.trunk.size(); ++at) {
            const int row = landmarks.trunk_top + static_cast<int>(at);
            if (row < 0 || row >= made.picture.height) continue;
            mark(made.picture, mask, landmarks.trunk[at].left, row);
            mark(made.picture, mask, landmarks.trunk[at].right, row);
        }
        made.change_mask = std::move(mask);
        made.quality.score = outline_score;
        made.quality.warnings = {"This is a drawing of where the garment goes"};
        return made;
    }
};

}  // namespace

std::unique_ptr<ai::PictureGenerator> make_outline_generator() {
    return std::make_unique<OutlineGenerator>();
}

}  // namespace fitview::examples
