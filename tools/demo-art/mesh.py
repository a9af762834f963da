"""Mesh operations in numpy: subdivision, normals, smoothing, cutting by a scalar, border loops."""
import numpy as np


def triangles_of(quads):
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def normals(vertices, faces):
    triangles = triangles_of(faces) if faces.shape[1] == 4 else faces
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    cross = np.cross(b - a, c - a)
    total = sum_at(triangles.ravel(), np.repeat(cross, 3, 0), len(vertices))
    return total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)


def sum_at(index, values, count):
    return np.stack([np.bincount(index, values[:, k], count) for k in range(values.shape[1])], -1)


def edges(faces):
    """Edges (low, high) without repeats, and how many faces share each."""
    pairs = np.concatenate([np.stack([faces[:, k], faces[:, (k + 1) % faces.shape[1]]], -1)
                            for k in range(faces.shape[1])])
    pairs = np.sort(pairs, 1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0, return_counts=True)


def smoothed(vertices, triangles, rounds, weight=.5, fixed=None, border='slide'):
    """Laplacian smoothing. border: 'slide' averages border vertices along the border only, 'keep' leaves them."""
    pairs, count = edges(triangles)
    border_pairs = pairs[count == 1]
    on_border = np.zeros(len(vertices), bool)
    on_border[border_pairs.ravel()] = True
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[~on_border[both[:, 0]]]
    if border == 'slide':
        both = np.concatenate([both, border_pairs, border_pairs[:, ::-1]])
    neighbours = np.bincount(both[:, 0], minlength=len(vertices))
    moving = neighbours > 0
    if fixed is not None:
        moving &= ~fixed
    vertices = np.array(vertices, float)
    for _ in range(rounds):
        total = sum_at(both[:, 0], vertices[both[:, 1]], len(vertices))
        vertices[moving] += weight * (total[moving] / neighbours[moving, None] - vertices[moving])
    return vertices


def with_even_borders(vertices, triangles, rounds):
    """Smooths border lines along themselves; the inside stays."""
    pairs, count = edges(triangles)
    inner = np.ones(len(vertices), bool)
    inner[pairs[count == 1].ravel()] = False
    return smoothed(vertices, triangles, rounds, fixed=inner)


def midpoint_subdivided(columns, triangles):
    """Every triangle into four; columns may hold more than the position, all are averaged."""
    pairs = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
    ab, bc, ca = inverse.reshape(3, -1) + len(columns)
    a, b, c = triangles.T
    columns = np.concatenate([columns, (columns[unique[:, 0]] + columns[unique[:, 1]]) / 2])
    return columns, np.concatenate([np.stack(t, -1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])


def clipped(columns, triangles, scalar):
    """The part where the vertex scalar is positive; triangles on the border are cut, all columns interpolated."""
    positive = scalar > 0
    inside = positive[triangles].sum(1)
    created, number = [], {}

    def cut(a, b):
        key = (min(a, b), max(a, b))
        if key not in number:
            t = scalar[a] / (scalar[a] - scalar[b])
            number[key] = len(columns) + len(created)
            created.append(columns[a] + (columns[b] - columns[a]) * t)
        return number[key]

    extra = []
    for corner in triangles[(inside == 1) | (inside == 2)]:
        single = positive[corner].sum() == 1
        i = int(np.argmax(positive[corner])) if single else int(np.argmin(positive[corner]))
        a, b, c = corner[i], corner[(i + 1) % 3], corner[(i + 2) % 3]
        ab, ac = cut(a, b), cut(a, c)
        extra += [(a, ab, ac)] if single else [(ab, b, c), (ab, c, ac)]
    kept = np.concatenate([triangles[inside == 3]] + ([np.array(extra)] if extra else []))
    columns = np.concatenate([columns] + ([np.array(created)] if created else []))
    used, inverse = np.unique(kept, return_inverse=True)
    return columns[used], inverse.reshape(-1, 3)


def largest_piece(columns, triangles):
    """Only the largest connected part: cuts near each other leave crumbs."""
    label = np.arange(len(columns))
    pairs, _ = edges(triangles)
    while True:
        low = np.minimum(label[pairs[:, 0]], label[pairs[:, 1]])
        before = label.copy()
        np.minimum.at(label, pairs[:, 0], low)
        np.minimum.at(label, pairs[:, 1], low)
        label = label[label]
        if np.array_equal(label, before):
            break
    keep = label == np.bincount(label).argmax()
    triangles = triangles[keep[triangles[:, 0]]]
    used, inverse = np.unique(triangles, return_inverse=True)
    return columns[used], inverse.reshape(-1, 3)


def border_loops(triangles):
    """Vertex numbers along each border line, longest first."""
    pairs, count = edges(triangles)
    follow = {}
    for a, b in pairs[count == 1]:
        follow.setdefault(a, []).append(b)
        follow.setdefault(b, []).append(a)
    loops, seen = [], set()
    for start in follow:
        if start in seen:
            continue
        loop, at = [], start
        while at is not None:
            loop.append(at)
            seen.add(at)
            at = next((n for n in follow[at] if n not in seen), None)
        loops.append(np.array(loop))
    return sorted(loops, key=len, reverse=True)


def catmull_clark(vertices, faces, uv_faces, uv):
    """One round on quads (a quad with two equal corners is a triangle); uv is split linearly, further columns join."""
    count = len(vertices)
    is_triangle = faces[:, 2] == faces[:, 3]
    face_point = vertices[faces].mean(1)
    face_point[is_triangle] = vertices[faces[is_triangle, :3]].mean(1)
    pairs = np.sort(np.stack([faces, np.roll(faces, -1, 1)], -1).reshape(-1, 2), 1)
    unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    owner = np.repeat(np.arange(len(faces)), 4)
    shared = np.bincount(inverse, minlength=len(unique))
    middle = (vertices[unique[:, 0]] + vertices[unique[:, 1]]) / 2
    around = sum_at(inverse, face_point[owner], len(unique))
    edge_point = np.where((shared == 2)[:, None], (middle * 2 + around) / 4, middle)
    moved = moved_vertices(vertices, faces, face_point, unique, middle, shared == 1)
    points = np.concatenate([moved, edge_point, face_point])
    edge_index = inverse.reshape(-1, 4) + count
    centre = np.arange(len(faces)) + count + len(unique)
    quads = np.stack([np.stack([faces[:, k], edge_index[:, k], centre, edge_index[:, k - 1]], -1)
                      for k in range(4)], 1)
    corner = uv[uv_faces]
    half, mean = (corner + np.roll(corner, -1, 1)) / 2, corner.mean(1)
    mean[is_triangle] = corner[is_triangle, :3].mean(1)
    split = np.stack([np.stack([corner[:, k], half[:, k], mean, half[:, k - 1]], 1) for k in range(4)], 1)
    split = split.reshape(-1, 2)
    return points, quads.reshape(-1, 4), np.arange(len(split)).reshape(-1, 4), split


def moved_vertices(vertices, faces, face_point, unique, middle, border):
    """The old vertices' new places in a Catmull-Clark round."""
    count, flat, ends = len(vertices), faces.ravel(), unique.ravel()
    valence = np.bincount(flat, minlength=count)
    mean_face = sum_at(flat, np.repeat(face_point, 4, 0), count) / np.maximum(valence, 1)[:, None]
    degree = np.bincount(ends, minlength=count)
    mean_edge = sum_at(ends, np.repeat(middle, 2, 0), count) / np.maximum(degree, 1)[:, None]
    weight = np.maximum(valence, 3)[:, None]
    moved = (mean_face + 2 * mean_edge + (weight - 3) * vertices) / weight
    if border.any():
        ends = unique[border].ravel()
        mean = sum_at(ends, np.repeat(middle[border], 2, 0), count)
        mean /= np.maximum(np.bincount(ends, minlength=count), 1)[:, None]
        on_border = np.zeros(count, bool)
        on_border[ends] = True
        moved[on_border] = (vertices[on_border] + mean[on_border]) / 2
    moved[valence == 0] = vertices[valence == 0]
    return moved
