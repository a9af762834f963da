#pragma once
// Runs the stages of one call in order, tells the observer and notes the times. Internal to the engine.
#include <opencv2/core.hpp>

#include <chrono>
#include <cstring>
#include <string_view>
#include <vector>

#include "engine/composer.hpp"

namespace fitview::engine {

inline media::Raster to_raster(const cv::Mat& picture) {
    media::Raster raster{picture.cols, picture.rows, picture.channels(), {}};
    raster.bytes.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (int y = 0; y < picture.rows; ++y)
        std::memcpy(raster.bytes.data() + raster.row_bytes() * static_cast<std::size_t>(y), picture.ptr(y),
                    raster.row_bytes());
    return raster;
}

class Stages {
public:
    Stages(StageObserver* observer, std::vector<StageTiming>& timings) : observer_(observer), timings_(timings) {}

    /// From here on progress runs from `from` to `to` instead of from 0 to 100.
    void stretch(int from, int to) {
        from_ = from;
        to_ = to;
    }

    template <class Work>
    auto run(std::string_view name, int progress, const Work& work) {
        if (observer_) observer_->starts(name, from_ + progress * (to_ - from_) / 100);
        const auto start = std::chrono::steady_clock::now();
        auto result = work();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        timings_.push_back({name, taken.count()});
        return result;
    }

    /// `picture` makes the stage's picture; it is only called when somebody looks.
    template <class Picture>
    void show(std::string_view name, const Picture& picture) {
        if (observer_ && observer_->wants_pictures()) observer_->shows(name, to_raster(picture()));
    }

    void drapes(const Cloth& cloth, const PreparedGarment& garment) {
        if (observer_) observer_->drapes(cloth, garment);
    }

    template <class Pictures>
    void show_all(const Pictures& pictures) {
        if (!observer_ || !observer_->wants_pictures()) return;
        for (const auto& [name, picture] : pictures()) observer_->shows(name, to_raster(picture));
    }

private:
    StageObserver* observer_;
    std::vector<StageTiming>& timings_;
    int from_ = 0, to_ = 100;
};

}  // namespace fitview::engine
