"""Garments of the 3D viewer: cut on the viewer's bodies, their cloth baked into one picture per part, moving with the
body's morphs."""
import importlib

import cv2
import numpy as np

import mannequins
import mesh
import pieces
import recolour
from gltf_file import Part
from viewer_bodies import ARM
from wardrobe import GARMENTS, fabric_in

PIXELS_PER_METRE, LARGEST = 900, 1024
QUALITY = 82
NEIGHBOURS = 6
CLEAR, SPARE = .011, .004  # metres that cloth keeps from the body, and more of it where the body grows
CLOSEST, INSIDE = .005, .06  # from the suit; a point deeper inside lies across the body, not under its skin


def parts_of(name, body, kind):
    """The garment `name` in its first colour as glTF parts on a ShapedBody of kind 'woman' or 'man'."""
    described = dict(GARMENTS[name], on=kind, arm=ARM)
    maker = importlib.import_module(described['maker'])
    made = maker.pieces_of(described, mannequins.form(kind, ARM), name)
    fabric = fabric_in(name)
    return [part_of(number, piece, fabric, described['finish'], body) for number, piece in enumerate(made)]


def part_of(number, piece, fabric, finish, body):
    piece = piece._replace(points=piece.points + pushed_out(piece.points, piece.triangles, body))
    normals = mesh.normals(piece.points, piece.triangles)
    moves = carried(piece.points, piece.triangles, body)
    name = '%s_%d' % (piece.part, number)
    rough = float(finish.get('roughness', .75))
    cloth = fabric[piece.part]
    if isinstance(cloth, str):
        colour = tuple(recolour.linear(recolour.painted(cloth, np.zeros(1), None)[0])[0][::-1])
        return Part(name, piece.points, normals, piece.triangles, morphs=moves, colour=colour, roughness=rough,
                    two_sided=True)
    corner = pieces.corner_uv(piece)
    flat = piece.triangles.ravel()
    # A point on the end of the turn has two places on the cloth, so it is there twice.
    keys = np.c_[flat, np.rint(corner * 1e5).astype(int)]
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    source, places, triangles = flat[first], corner[first], inverse.reshape(-1, 3)
    picture, shine, uv = baked(places, triangles, {k: v[source] for k, v in piece.edges.items()}, piece.part, fabric,
                               rough)
    return Part(name, piece.points[source], normals[source], triangles, uv=uv,
                morphs={key: move[source] for key, move in moves.items()}, roughness=rough, picture=picture,
                shine=shine, two_sided=True)


class Nearest:
    """The nearest of a body's points, exact."""

    def __init__(self, points):
        # 4: a single kd-tree; the leaves hold few points, the answer is not an approximation.
        self.index = cv2.flann_Index(np.ascontiguousarray(points, np.float32), dict(algorithm=4, leaf_max_size=10))

    def of(self, points, count=1):
        """Numbers of the nearest points and squared distances, (n, count) each."""
        return self.index.knnSearch(np.ascontiguousarray(points, np.float32), count, params=dict(checks=-1))


def pushed_out(points, triangles, body):
    """What keeps cloth, draped on the bare form, off the suit that the viewer's form wears."""
    moved = np.zeros_like(points)
    for _ in range(3):
        gap, out = gaps(points + moved, body.points, body.triangles)
        push = np.where(gap > -INSIDE, np.maximum(CLOSEST - gap, 0), 0)
        moved = moved + mesh.smoothed(out * push[:, None], triangles, 2)
    return moved


def carried(points, triangles, body):
    """Movement of cloth with each morph: the mean of its nearest body points, weighted by nearness, evened over the
    cloth, and pushed out where the body would come through."""
    near, apart = Nearest(body.points).of(points, NEIGHBOURS)
    weight = 1 / (apart + 1e-4)
    weight = (weight / weight.sum(1, keepdims=True))[..., None]
    own = gaps(points, body.points, body.triangles)[0]
    least = np.minimum(own, CLEAR)
    moves = {}
    for name, (move, _, _) in body.morphs.items():
        moved = mesh.smoothed((move[near] * weight).sum(1), triangles, 6)
        shaped = body.points + move
        for _ in range(3):
            gap, out = gaps(points + moved, shaped, body.triangles)
            push = np.maximum(least + SPARE - gap, 0)
            push[np.abs(gap) > INSIDE] = 0
            moved = moved + mesh.smoothed(out * push[:, None], triangles, 2)
        moves[name] = moved
    return moves


def gaps(points, body_points, body_triangles):
    """How far each point lies outside the body, and the way out."""
    number, _ = Nearest(body_points).of(points)
    number = number[:, 0]
    out = mesh.normals(body_points, body_triangles)[number]
    return ((points - body_points[number]) * out).sum(1), out


def baked(places, triangles, edges, part, fabric, rough):
    """Cloth with its borders as a picture over the part's own stretch of cloth, and the new uv. Where there is metal
    thread a second picture says so."""
    low, high = places.min(0), places.max(0)
    wide, tall = np.maximum(high - low, 1e-3)
    scale = min(PIXELS_PER_METRE, LARGEST / max(wide, tall))
    columns, rows = int(np.ceil(wide * scale)) + 1, int(np.ceil(tall * scale)) + 1
    at = (places - low) * scale
    names = list(edges)
    values = np.stack([edges[name] for name in names], -1) if names else np.zeros((len(places), 0))
    drawn, filled = rasterised(at, triangles, values, (rows, columns))
    y, x = np.mgrid[0:rows, 0:columns]
    x, z = (low[0] + x / scale).ravel(), (low[1] + y / scale).ravel()
    colour, metal = recolour.painted(fabric[part], x, z)
    named = {name: drawn[..., k].ravel() for k, name in enumerate(names)}
    for strip in fabric['borders']:
        if part not in strip.get('parts', ('trunk', 'sleeve')) or strip['edge'] not in named:
            continue
        distance = np.abs(named[strip['edge']])
        on = (distance < strip['reach']) & (named['height'] > strip['above']) & filled.ravel()
        colour[on], metal[on] = recolour.painted(strip['cloth'], x[on], distance[on])
    picture = (colour.reshape(rows, columns, 3)[::-1] * 255 + .5).astype(np.uint8)
    metal = metal.reshape(rows, columns)[::-1]
    shine = None
    if (metal > .3).mean() > .002:
        levels = np.zeros((rows, columns, 3))
        levels[..., 0], levels[..., 1] = metal, rough + (.45 - rough) * metal
        shine = jpeg((levels * 255).astype(np.uint8))
    uv = np.stack([(at[:, 0] + .5) / columns, 1 - (at[:, 1] + .5) / rows], -1)
    return jpeg(picture), shine, uv


def rasterised(at, triangles, values, size):
    """Values at the corners spread over the triangles' pixels, and from there to the nearest empty ones."""
    rows, columns = size
    out, filled = np.zeros((rows, columns, values.shape[1]), np.float32), np.zeros((rows, columns), bool)
    for corner in triangles:
        a, b, c = at[corner]
        left, bottom = np.floor(np.minimum(np.minimum(a, b), c)).astype(int)
        right, top = np.ceil(np.maximum(np.maximum(a, b), c)).astype(int) + 1
        y, x = np.mgrid[max(bottom, 0):min(top, rows), max(left, 0):min(right, columns)]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        if abs(area) < 1e-9 or not x.size:
            continue
        v = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / area
        w = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / area
        inside = (v >= -.02) & (w >= -.02) & (v + w <= 1.02)
        mix = values[corner[0]] + v[inside, None] * (values[corner[1]] - values[corner[0]])
        out[y[inside], x[inside]] = mix + w[inside, None] * (values[corner[2]] - values[corner[0]])
        filled[y[inside], x[inside]] = True
    _, label = cv2.distanceTransformWithLabels((~filled).astype(np.uint8), cv2.DIST_L2, 5,
                                               labelType=cv2.DIST_LABEL_PIXEL)
    known = np.zeros((label.max() + 1, values.shape[1]), np.float32)
    known[label[filled]] = out[filled]
    return known[label], filled | (cv2.dilate(filled.astype(np.uint8), np.ones((9, 9))) > 0)


def jpeg(picture):
    return cv2.imencode('.jpg', picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
