// A program of the engine alone, for work on the quality of pictures; the product calls the same as `fitview tryon`.
#include <opencv2/core.hpp>

#include <iostream>
#include <string>
#include <vector>

#include "engine/cli/tryon_command.hpp"

int main(int count, char** words) {
    cv::setNumThreads(1);
    const std::vector<std::string> args(words + 1, words + count);
    return fitview::engine::tryon_command(args, std::cout, std::cerr);
}
