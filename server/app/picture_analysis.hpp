#pragma once
// Has pictures looked at by the engine after their upload, as jobs: the analysts that products and models ask, and the
// handler that does the work.
#include "jobs/job_queue.hpp"
#include "jobs/job_runner.hpp"
#include "models/models_service.hpp"
#include "photo_analysis/prepared_photos.hpp"
#include "products/products_service.hpp"
#include "storage/objects/objects.hpp"

namespace fitview::app {

/// Enqueues an analysis for each picture. Thread-safe. `queue` must outlive it.
class PictureAnalysts final : public products::PictureAnalyst, public models::PictureAnalyst {
public:
    explicit PictureAnalysts(jobs::JobQueue& queue) : queue_(queue) {}
    void analyse(const products::PictureToAnalyse& picture) override;
    void analyse(const ModelId& id, const pictures::Picture& picture) override;

private:
    jobs::JobQueue& queue_;
};

/// The handler of those jobs. Everything must outlive it.
jobs::JobHandler picture_analysis_handler(storage::Objects& objects, photo_analysis::PreparedPhotos& prepared,
                                          products::Lookup& products, models::Lookup& models);

}  // namespace fitview::app
