#include "engine/threads.hpp"

#include <opencv2/core/utility.hpp>

namespace fitview::engine {

void use_one_thread_per_call() {
    cv::setNumThreads(1);
}

}  // namespace fitview::engine
