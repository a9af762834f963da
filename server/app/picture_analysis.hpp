#pragma once
// Has pictures looked at by the engine after their upload, as jobs: the analysts that products and models ask, and the
// handler that does the work.
#include "jobs/job_queue.hpp"
#include "jobs/job_runner.hpp"
#include "models/models_service.hpp"
#include "photo_analysis/prepared_photos.hpp"
#include "pictures/fit_points.hpp"
#include "products/products_service.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::app {

/// Enqueues an analysis for each picture. Thread-safe. `queue` must outlive it.
class PictureAnalysts final : public products::PictureAnalyst, public models::PictureAnalyst {
public:
    explicit PictureAnalysts(jobs::JobQueue& queue) : queue_(queue) {}
    void analyse(const products::PictureToAnalyse& picture) override;
    void analyse(const ModelId& id, const pictures::Picture& picture,
                 const std::optional<engine::BodyFitPoints>& fit_points) override;

private:
    jobs::JobQueue& queue_;
};

/// Fit points out of the analyses of stored pictures. Thread-safe. The references must outlive it.
class FitPointFinders final : public pictures::FitPointFinder {
public:
    FitPointFinders(storage::Objects& objects, photo_analysis::PreparedPhotos& prepared)
        : objects_(objects), prepared_(prepared) {}
    std::vector<engine::FoundPoint<engine::BodyPoint>> on_person(const pictures::Picture& picture) override;
    std::vector<engine::FoundPoint<engine::GarmentPoint>> on_garment(
        const pictures::Picture& picture, const std::optional<engine::GarmentType>& type) override;

private:
    storage::Objects& objects_;
    photo_analysis::PreparedPhotos& prepared_;
};

/// The handler of those jobs. Everything must outlive it.
jobs::JobHandler picture_analysis_handler(storage::Objects& objects, photo_analysis::PreparedPhotos& prepared,
                                          products::Lookup& products, models::Lookup& models);

}  // namespace fitview::app
