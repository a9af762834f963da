#include "engine/ops/delaunay.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace fitview::engine {

float turn(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

std::vector<std::array<int, 3>> delaunay(const std::vector<Point>& points) {
    std::vector<std::array<int, 3>> triangles;
    if (points.size() < 3) return triangles;
    Point low = points.front();
    Point high = points.front();
    for (const Point place : points) {
        low = {std::min(low.x, place.x), std::min(low.y, place.y)};
        high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    }
    cv::Subdiv2D division(cv::Rect(static_cast<int>(std::floor(low.x)) - 2, static_cast<int>(std::floor(low.y)) - 2,
                                   static_cast<int>(high.x - low.x) + 6, static_cast<int>(high.y - low.y) + 6));
    // OpenCV numbers its own vertices; the first four are its frame.
    std::vector<int> own;
    for (std::size_t at = 0; at < points.size(); ++at) {
        const auto vertex = static_cast<std::size_t>(division.insert(points[at]));
        if (vertex >= own.size()) own.resize(vertex + 1, -1);
        if (own[vertex] < 0) own[vertex] = static_cast<int>(at);
    }
    std::vector<int> leading;
    division.getLeadingEdgeList(leading);
    for (const int edge : leading) {
        std::array<int, 3> corners{};
        int along = edge;
        bool inside = true;
        for (int& corner : corners) {
            const auto vertex = static_cast<std::size_t>(division.edgeOrg(along));
            corner = vertex < own.size() ? own[vertex] : -1;
            inside = inside && corner >= 0;
            along = division.getEdge(along, cv::Subdiv2D::NEXT_AROUND_LEFT);
        }
        if (!inside || along != edge) continue;
        const auto place = [&](std::size_t corner) { return points[static_cast<std::size_t>(corners[corner])]; };
        const float area = turn(place(0), place(1), place(2));
        if (area == 0) continue;
        if (area < 0) std::swap(corners[1], corners[2]);
        triangles.push_back(corners);
    }
    return triangles;
}

}  // namespace fitview::engine
