"""The base outfit: parts of the body surface as stretched membranes, cut by functions of rest-pose coordinates, so one
cut fits every body and pose."""
import numpy as np

import mesh
from scalp import smooth_step


def tank(rest, arm_weight, male):
    """Scoop neck, racer armholes, hip length. Positive on the cloth; rest-pose decimetres."""
    deep = .45 if male else 1.0
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    front = smooth_step(z, -.15, .45)
    depth, width = .55 + .85 * front * deep, 1.02 - .14 * (deep < 1)
    neck = (x / width) ** 1.25 + (np.maximum(5.75 - y, 0) / depth) ** 1.25 - 1
    neck = np.where(y < 4, 9, neck) * .5
    armhole = (np.sqrt(((x - 2.02) / .70) ** 2 + ((y - 4.95) / 1.02) ** 2) - 1) * .6
    strap, side = np.where(y > 4.95, 1.36 - x, 9), np.where(y > 3.9, 2.0 - x, 9)
    cloth = np.minimum.reduce([neck, armhole, side, strap, (y - .45) * 3, (.5 - arm_weight) * 4])
    return np.where(y > 6.1, -1, cloth)


def leggings(rest, arm_weight, male):
    return np.minimum((.80 - rest[:, 1]) * 2, (rest[:, 1] + 7.25) * 2)


class Piece:
    """cut(rest, arm_weight, male); offset from the skin; how often the membrane is smoothed and pushed out again."""

    def __init__(self, name, cut, colour, offset, softening, hangs):
        self.name, self.cut, self.colour = name, cut, colour
        self.offset, self.softening, self.hangs = offset, softening, hangs


BASE_OUTFIT = (Piece('tank', tank, '#7fa3b8', .005, 12, True), Piece('leggings', leggings, '#3d4250', .003, 8, False))
TURNS = 8


def membrane(body, piece, scalar):
    """Stretched cloth: smoothed again and again and pushed out of the body after each turn, so hollows are bridged."""
    triangles = mesh.triangles_of(body.faces)
    used = np.nonzero(scalar > -.5)[0]
    number = np.full(len(scalar), -1)
    number[used] = np.arange(len(used))
    triangles = number[triangles[np.all(scalar[triangles] > -.5, axis=1)]]
    skin, direction = body.points[used], mesh.normals(body.points, body.faces)[used]
    offset = piece.offset * (.35 + .65 * smooth_step(scalar[used], 0, .35))
    if piece.hangs:
        offset = offset + .005 * smooth_step(1.9 - body.rest[used, 1], 0, .9)
    # The cloth does not see small relief of the body.
    share = smooth_step(scalar[used], .15, .6)[:, None]
    calm = mesh.smoothed(skin, triangles, piece.softening, border='keep')
    calm = calm + direction * np.maximum(0, ((skin - calm) * direction).sum(1) - .0015)[:, None]
    skin = skin * (1 - share) + calm * share
    direction = mesh.smoothed(direction, triangles, 4)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True) + 1e-9
    cloth = skin + direction * offset[:, None]
    for _ in range(TURNS):
        cloth = mesh.smoothed(cloth, triangles, 5, border='keep')
        cloth += direction * np.maximum(0, offset * .85 - ((cloth - skin) * direction).sum(1))[:, None]
    if piece.hangs:
        # A last turn without contact (the skin below is not drawn), otherwise the cloth tents over the bust.
        free = (smooth_step(scalar[used], .2, .7) * smooth_step(body.rest[used, 1], 2.2, 3))[:, None]
        cloth = cloth * (1 - free) + mesh.smoothed(cloth, triangles, 22, border='keep') * free
    out = body.points.copy()
    out[used] = cloth
    return out


def shell(body, piece, male):
    """Points and triangles of one piece of the outfit."""
    scalar = piece.cut(body.rest, body.arm_weight, male)
    columns = np.c_[membrane(body, piece, scalar), body.rest, body.arm_weight]
    columns, faces, _, _ = mesh.catmull_clark(columns, body.faces, body.uv_faces, body.uv)
    scalar = piece.cut(columns[:, 3:6], columns[:, 6], male)
    columns, triangles = mesh.clipped(columns, mesh.triangles_of(faces), scalar)
    return mesh.with_even_borders(columns[:, :3], triangles, 14), triangles
