// A program of the engine alone, for work on the quality of pictures; the product calls the same as `fitview tryon` and
// `fitview evaluate`.
#include <opencv2/core.hpp>

#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "engine/cli/evaluate_command.hpp"
#include "engine/cli/tryon_command.hpp"

int main(int count, char** words) {
    cv::setNumThreads(1);
    const std::vector<std::string> args(words + 1, words + count);
    if (!args.empty() && args.front() == "evaluate")
        return fitview::engine::evaluate_command(std::span(args).subspan(1), std::cout, std::cerr);
    return fitview::engine::tryon_command(args, std::cout, std::cerr);
}
