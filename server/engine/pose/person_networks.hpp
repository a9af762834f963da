#pragma once
// The two ports answered by networks that were trained on people.
#include <memory>
#include <string>

#include "engine/pose/pose_estimator.hpp"
#include "engine/pose/stored_network.hpp"

namespace fitview::engine {

class NetworkPoseEstimator : public PoseEstimator {
public:
    explicit NetworkPoseEstimator(const std::string& folder);
    std::optional<PoseEstimate> find_pose(const cv::Mat& picture) const override;

private:
    StoredNetwork detector_;
    StoredNetwork landmarks_;
};

class NetworkPersonParser : public PersonParser {
public:
    explicit NetworkPersonParser(const std::string& folder);
    cv::Mat find_person(const cv::Mat& picture) const override;

private:
    StoredNetwork segmentation_;
};

struct PersonNetworks {
    std::unique_ptr<PoseEstimator> pose;
    std::unique_ptr<PersonParser> parser;

    PersonSight sight() const { return {pose.get(), parser.get()}; }
};

/// Looks at the files in `folder`; the first picture unpacks them (0.1 s, 50 MB). Fails: std::runtime_error when one is
/// missing or is not the known file; the sentence says how to get them.
PersonNetworks load_person_networks(const std::string& folder);

/// The same for programs that go on without them: empty where it would fail, with the sentence in `fault`.
PersonNetworks find_person_networks(const std::string& folder, std::string& fault);

}  // namespace fitview::engine
