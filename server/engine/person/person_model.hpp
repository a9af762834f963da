#pragma once
// What the engine knows of a person's photo. Made once per photo by `parse_person`, cached, read-only afterwards. Every
// member stands in its description, or it is lost when the analysis is stored.
#include <opencv2/core.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <vector>

#include "engine/geometry.hpp"

namespace fitview::engine {

enum Label : std::uint8_t { label_none = 0, label_skin = 1, label_hair = 2, label_upper = 3, label_lower = 4 };

/// A place on an arm, from the shoulder towards the fingertips along its centre line.
struct ArmSample {
    Point centre;
    float radius = 0;  ///< half the visible thickness across the line
    float along = 0;   ///< length of the line from the shoulder to here, px
};
BOOST_DESCRIBE_STRUCT(ArmSample, (), (centre, radius, along))

struct Arm {
    std::vector<ArmSample>
        line;         ///< at least two samples; `line.front()` is the shoulder, `line.back()` the last visible place
    float elbow = 0;  ///< `along` of the elbow
    float wrist = 0;  ///< `along` of the wrist; beyond it is the hand. Equal to the end when the frame cuts the arm
    float sleeve_end = 0;  ///< `along` where the worn sleeve ends: 0 for a bare arm, the end when all of it is cloth
    bool hand_visible = false;  ///< whether the hand lies inside the frame
    bool measured = false;      ///< from the picture rather than from proportions
    float confidence = 0;       ///< 0 to 1
};
BOOST_DESCRIBE_STRUCT(Arm, (), (line, elbow, wrist, sleeve_end, hand_visible, measured, confidence))

/// The trunk without arms and hands in one picture row.
struct TrunkRow {
    float left = 0;
    float right = 0;
};
BOOST_DESCRIBE_STRUCT(TrunkRow, (), (left, right))

/// Both legs in one picture row; left.right < left.left where a leg is not seen.
struct LegRow {
    float y = 0;
    Sided<TrunkRow> legs;
};
BOOST_DESCRIBE_STRUCT(LegRow, (), (y, legs))

struct PersonLandmarks {
    float unit = 0;                  ///< u: the width of the frontal face box, about 15 cm; every length scales by it
    std::optional<cv::Rect2f> face;  ///< nothing when cropped at the chin or not found
    float centre_x = 0;              ///< middle of the body at the shoulder line
    float neck_x = 0;                ///< middle of the neck
    float chin_y = 0;
    float shoulder_y = 0;                      ///< the shoulder line
    Sided<Point> shoulder;                     ///< shoulder tips
    Sided<bool> shoulder_measured{};           ///< false: mirrored or from proportions
    Sided<std::vector<Point>> shoulder_slope;  ///< contour from the neck down to the tip, at least two points
    Sided<Arm> arm;
    int trunk_top = 0;            ///< picture row of trunk.front()
    std::vector<TrunkRow> trunk;  ///< one per picture row from the shoulder line to the crotch (or the frame's end)
    std::vector<LegRow> legs;     ///< below the crotch, top to bottom; may be empty
    std::optional<float> crotch_y;
    std::optional<float> hem_y;  ///< hem of the top that is worn; nothing when not found
    float waist_y = 0;           ///< from the picture or from proportions
    bool tucked = false;         ///< the worn top is tucked into the lower garment
    bool one_piece = false;      ///< a dress or other one-piece is worn
    bool feet_visible = false;
};
BOOST_DESCRIBE_STRUCT(PersonLandmarks, (),
                      (unit, face, centre_x, neck_x, chin_y, shoulder_y, shoulder, shoulder_measured, shoulder_slope,
                       arm, trunk_top, trunk, legs, crotch_y, hem_y, waist_y, tucked, one_piece, feet_visible))

/// How joints and person were found.
enum class PersonSource { classical, landmarks };
BOOST_DESCRIBE_ENUM(PersonSource, classical, landmarks)

/// Immutable after parsing; may be shared between threads.
struct PersonModel {
    cv::Mat picture;      ///< 8UC3 RGB, the working picture
    cv::Mat silhouette;   ///< 8UC1, 0 to 255, soft edge, same size
    cv::Mat labels;       ///< 8UC1 of Label, same size, label_none outside the silhouette
    cv::Mat clean_plate;  ///< 8UC3 RGB, the background without the person
    bool plain_background = false;
    PersonSource source = PersonSource::classical;
    PersonLandmarks landmarks;
    std::vector<Finding> findings;  ///< what the photo itself costs in confidence
};
BOOST_DESCRIBE_STRUCT(PersonModel, (),
                      (picture, silhouette, labels, clean_plate, plain_background, source, landmarks, findings))

}  // namespace fitview::engine
