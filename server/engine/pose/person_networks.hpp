#pragma once
// The two ports answered by networks that were trained on people.
#include <memory>
#include <string>

#include "engine/network/network.hpp"
#include "engine/pose/pose_estimator.hpp"

namespace fitview::engine {

class NetworkPoseEstimator : public PoseEstimator {
public:
    NetworkPoseEstimator(network::Network detector, network::Network landmarks);
    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override;

private:
    network::Network detector_;
    network::Network landmarks_;
};

class NetworkPersonParser : public PersonParser {
public:
    explicit NetworkPersonParser(network::Network segmentation);
    cv::Mat find_person(const cv::Mat& picture) const override;

private:
    network::Network segmentation_;
};

struct PersonNetworks {
    std::unique_ptr<PoseEstimator> pose;
    std::unique_ptr<PersonParser> parser;

    PersonSight sight() const { return {pose.get(), parser.get()}; }
};

/// Reads the files out of `folder` (0.1 s, 25 MB). Fails: std::runtime_error when one is missing, is not the known
/// file, or cannot be run; the sentence says how to get them.
PersonNetworks load_person_networks(const std::string& folder);

/// The same for programs that go on without them: empty where it would fail, with the sentence in `fault`.
PersonNetworks find_person_networks(const std::string& folder, std::string& fault);

}  // namespace fitview::engine
