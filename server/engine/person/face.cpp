#include "engine/person/face.hpp"

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace fitview::engine {
namespace {

constexpr double magnification = 1.5;

struct Cascades {
    cv::CascadeClassifier frontal;
    cv::CascadeClassifier frontal_lenient;
    cv::CascadeClassifier profile;
    bool loaded = false;

    Cascades() {
        constexpr std::array folders = {"/usr/share/opencv4/haarcascades/", "/usr/share/opencv/haarcascades/",
                                        "/usr/local/share/opencv4/haarcascades/"};
        for (const char* folder : folders) {
            const std::string start = std::string(folder) + "haarcascade_";
            loaded = frontal.load(start + "frontalface_alt2.xml") &&
                     frontal_lenient.load(start + "frontalface_default.xml") && profile.load(start + "profileface.xml");
            if (loaded) return;
        }
    }
};

/// A classifier keeps buffers while it works, so each thread has its own.
Cascades& cascades() {
    thread_local Cascades own;
    return own;
}

struct Candidate {
    cv::Rect box;
    double weight = 0;
};

std::vector<Candidate> detect(const cv::Mat& grey, cv::CascadeClassifier& cascade, int neighbours, int smallest,
                              int largest) {
    std::vector<cv::Rect> boxes;
    std::vector<int> levels;
    std::vector<double> weights;
    cascade.detectMultiScale(grey, boxes, levels, weights, 1.08, neighbours, 0, {smallest, smallest},
                             {largest, largest}, true);
    std::vector<Candidate> found;
    for (std::size_t at = 0; at < boxes.size(); ++at) found.push_back({boxes[at], weights[at]});
    return found;
}

/// The strongest near the middle and the top of the searched area.
const Candidate& best_of(const std::vector<Candidate>& found, cv::Size area) {
    const auto score = [&](const Candidate& candidate) {
        const double middle = candidate.box.x + candidate.box.width / 2.0;
        return candidate.weight - 3 * std::abs(middle - area.width / 2.0) / area.width -
               2.0 * candidate.box.y / area.height;
    };
    return *std::max_element(found.begin(), found.end(),
                             [&](const Candidate& one, const Candidate& other) { return score(one) < score(other); });
}

struct HeadPicture {
    cv::Mat grey;  ///< magnified and with its contrast evened out
    cv::Point origin;
    int smallest = 0;
    int largest = 0;

    Face face_at(cv::Point2f centre, float width, float height, FaceView view, float unit_share) const {
        const auto scale = static_cast<float>(magnification);
        const cv::Rect2f box((centre.x - width / 2) / scale + static_cast<float>(origin.x),
                             (centre.y - height / 2) / scale + static_cast<float>(origin.y), width / scale,
                             height / scale);
        return {box, box.width * unit_share, view};
    }
    Face face_of(const cv::Rect& box, FaceView view, float unit_share) const {
        return face_at({static_cast<float>(box.x) + static_cast<float>(box.width) / 2,
                        static_cast<float>(box.y) + static_cast<float>(box.height) / 2},
                       static_cast<float>(box.width), static_cast<float>(box.height), view, unit_share);
    }
};

std::optional<Face> find_frontal(const HeadPicture& head) {
    const auto strict = detect(head.grey, cascades().frontal, 3, head.smallest, head.largest);
    if (!strict.empty()) return head.face_of(best_of(strict, head.grey.size()).box, FaceView::frontal, 1);
    const auto lenient = detect(head.grey, cascades().frontal_lenient, 6, head.smallest, head.largest);
    // This cascade draws wider boxes than the first, on which all proportions are based.
    if (!lenient.empty()) return head.face_of(best_of(lenient, head.grey.size()).box, FaceView::frontal, 0.92F);
    return std::nullopt;
}

std::optional<Face> find_tilted(const HeadPicture& head) {
    const cv::Point2f middle(static_cast<float>(head.grey.cols) / 2, static_cast<float>(head.grey.rows) / 2);
    for (const double angle : {-20.0, 20.0}) {
        const cv::Mat turn = cv::getRotationMatrix2D(middle, angle, 1);
        cv::Mat upright;
        cv::warpAffine(head.grey, upright, turn, head.grey.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
        const auto found = detect(upright, cascades().frontal, 3, head.smallest, head.largest);
        if (found.empty()) continue;
        const cv::Rect box = best_of(found, upright.size()).box;
        cv::Mat back;
        cv::invertAffineTransform(turn, back);
        const cv::Mat centre = back * (cv::Mat_<double>(3, 1) << box.x + box.width / 2.0, box.y + box.height / 2.0, 1);
        return head.face_at({static_cast<float>(centre.at<double>(0)), static_cast<float>(centre.at<double>(1))},
                            static_cast<float>(box.width), static_cast<float>(box.height), FaceView::tilted, 1);
    }
    return std::nullopt;
}

std::optional<Face> find_profile(const HeadPicture& head) {
    for (const bool mirrored : {false, true}) {
        cv::Mat picture = head.grey;
        if (mirrored) cv::flip(head.grey, picture, 1);
        const auto found = detect(picture, cascades().profile, 4, head.smallest, head.largest);
        if (found.empty()) continue;
        cv::Rect box = best_of(found, picture.size()).box;
        if (mirrored) box.x = head.grey.cols - box.x - box.width;
        return head.face_of(box, FaceView::profile, 1);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Face> find_face(const cv::Mat& grey, const cv::Rect& area) {
    const cv::Rect inside = area & cv::Rect({}, grey.size());
    if (!cascades().loaded || inside.area() < 400 || inside.width < 16 || inside.height < 16) return std::nullopt;
    HeadPicture head;
    head.origin = inside.tl();
    head.smallest = std::max(22, static_cast<int>(0.04 * grey.rows * magnification));
    head.largest = static_cast<int>(0.4 * grey.rows * magnification);
    if (head.largest < head.smallest) return std::nullopt;
    cv::resize(grey(inside), head.grey, {}, magnification, magnification, cv::INTER_CUBIC);
    cv::createCLAHE(2.0, {4, 4})->apply(head.grey, head.grey);
    if (auto face = find_frontal(head)) return face;
    if (auto face = find_tilted(head)) return face;
    return find_profile(head);
}

bool face_cascades_installed() {
    return cascades().loaded;
}

double generic_skin_share(const cv::Mat& rgb) {
    if (rgb.empty()) return 0;
    cv::Mat luma_chroma;
    cv::cvtColor(rgb, luma_chroma, cv::COLOR_RGB2YCrCb);
    int count = 0;
    for (int row = 0; row < luma_chroma.rows; ++row)
        for (int column = 0; column < luma_chroma.cols; ++column) {
            const auto& pixel = luma_chroma.at<cv::Vec3b>(row, column);
            const int red = pixel[1];
            const int blue = pixel[2];
            count += red > 131 && red < 185 && blue > 80 && blue < 135 && red > blue + 4 ? 1 : 0;
        }
    return static_cast<double>(count) / static_cast<double>(luma_chroma.total());
}

}  // namespace fitview::engine
