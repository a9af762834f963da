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
    neck = neck * .5 + np.maximum(4.4 - y, 0) * 1.2
    armhole = (np.sqrt(((x - 2.02) / .70) ** 2 + ((y - 4.95) / 1.02) ** 2) - 1) * .6
    strap, side = np.where(y > 4.95, 1.36 - x, 9), np.where(y > 3.9, 2.0 - x, 9)
    cloth = np.minimum.reduce([neck, armhole, side, strap, (y - .45) * 3, (.5 - arm_weight) * 4])
    return np.where(y > 6.1, -1, cloth)


def trousers(rest, arm_weight, male):
    return np.minimum((.80 - rest[:, 1]) * 2, (rest[:, 1] + 7.32) * 2)


class Piece:
    """cut(rest, arm_weight, male); offset from the skin; how often the membrane is smoothed and pushed out again."""

    def __init__(self, name, cut, colour, offset, softening, hangs):
        self.name, self.cut, self.colour = name, cut, colour
        self.offset, self.softening, self.hangs = offset, softening, hangs


BASE_OUTFIT = (Piece('tank', tank, '#7fa3b8', .005, 12, True), Piece('trousers', trousers, '#4a4d57', .004, 10, False))
CROTCH, HEM = -.55, -7.32
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
        offset = offset + .008 * smooth_step(1.9 - body.rest[used, 1], 0, .9)
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
        x, y, _ = body.rest[used].T
        free = smooth_step(y, 1.9, 2.7) * smooth_step(1.8 - np.abs(x), 0, .5) * smooth_step(scalar[used], .18, .48)
        free = free[:, None]
        cloth = cloth * (1 - free) + mesh.smoothed(cloth, triangles, 60, border='keep') * free
        cloth = with_calm_front(cloth, body.rest[used])
    else:
        # Trousers hang in front of the crotch instead of following it.
        x, y, _ = body.rest[used].T
        free = (smooth_step(y, -1.5, -.7) * smooth_step(.95 - np.abs(x), 0, .5))[:, None]
        cloth = cloth * (1 - free) + mesh.smoothed(cloth, triangles, 40, border='keep') * free
    out = body.points.copy()
    out[used] = cloth
    return out


def with_calm_front(cloth, rest, tip_height=3.45, reach=.020, around=.040):
    """Depth of the chest averaged over neighbours about its two foremost places: the body mesh is so fine there that
    smoothing along edges does nothing."""
    out = cloth.copy()
    for side in (1, -1):
        near = np.nonzero((rest[:, 2] > .3) & (rest[:, 0] * side > .3) & (np.abs(rest[:, 1] - tip_height) < .9))[0]
        tip = cloth[near[np.argmin(cloth[near, 1])]]
        apart = np.linalg.norm(cloth[:, ::2] - tip[::2], axis=1)
        disc = np.nonzero((apart < 2.2 * around) & (rest[:, 2] > 0))[0]
        between = ((cloth[disc, None, ::2] - cloth[None, disc, ::2]) ** 2).sum(-1) / reach ** 2
        weight = np.exp(-between) / np.exp(-between * 9).sum(1)
        calm = (weight * cloth[disc, 1]).sum(1) / weight.sum(1)
        out[disc, 1] += (calm - cloth[disc, 1]) * np.exp(-(apart[disc] / around) ** 2) * .95
    return out


def straight_legs(body, points, wide):
    """Trousers fall straight from the thigh: every point below the crotch is moved out from its leg's axis."""
    out, y = points.copy(), body.rest[:, 1]
    levels = np.linspace(HEM - .2, CROTCH, 40)
    middles = {}
    for side in (1, -1):
        leg = (y < CROTCH + .1) & (y > HEM - .4) & (body.rest[:, 0] * side > 0) & (body.arm_weight < .1)
        ring = [leg & (np.abs(y - level) < .22) for level in levels]
        middle = np.array([points[r, :2].mean(0) for r in ring])
        radius = np.array([np.linalg.norm(points[r, :2] - m, axis=1).mean() for r, m in zip(ring, middle)])
        for _ in range(6):
            middle[1:-1] = (middle[:-2] + 2 * middle[1:-1] + middle[2:]) / 4
        # The crease hangs straighter than the leg.
        plumb = np.linspace(middle[0], middle[-1], len(levels))
        middles[side] = (leg, middle * .5 + plumb * .5, radius)
    for side, (leg, middle, radius) in middles.items():
        thigh = np.interp(CROTCH - .8, levels, radius) + .005
        fall = np.interp(levels, [HEM, CROTCH - .8, CROTCH], [wide, thigh, thigh])
        wanted = np.maximum(radius + .005, fall)
        for _ in range(24):
            wanted[1:-1] = (wanted[:-2] + 2 * wanted[1:-1] + wanted[2:]) / 4
        own = y[leg]
        centre = np.stack([np.interp(own, levels, middle[:, k]) for k in (0, 1)], -1)
        away = points[leg, :2] - centre
        far = np.linalg.norm(away, axis=1)
        target, mean = np.interp(own, levels, wanted), np.interp(own, levels, radius)
        share = smooth_step(CROTCH - own, 0, 1.2)
        calm = .7 * smooth_step(CROTCH - own, .8, 3)
        new = (far + (target - mean) * share) * (1 - calm) + target * calm
        new = np.maximum(new, far + .003 * share)
        ahead = np.arctan2(away[:, 0], -away[:, 1])
        new = new + (.0035 * np.exp(-(ahead / .10) ** 2) + .0010 * np.sin(own * 5 + ahead * 2) * calm) * share
        moved = centre + away / (far[:, None] + 1e-9) * new[:, None]
        other = np.interp(own, levels, middles[-side][1][:, 0])
        border = (centre[:, 0] + other) / 2 + side * .0015
        moved[:, 0] = np.where((moved[:, 0] - border) * side < 0, border, moved[:, 0])
        out[leg, :2] = moved
    return out


def shell(body, piece, male):
    """Points and triangles of one piece of the outfit."""
    scalar = piece.cut(body.rest, body.arm_weight, male)
    cloth = membrane(body, piece, scalar)
    if piece.cut is trousers:
        cloth = straight_legs(body, cloth, .066 if male else .058)
    columns = np.c_[cloth, body.rest, body.arm_weight]
    columns, faces, _, _ = mesh.catmull_clark(columns, body.faces, body.uv_faces, body.uv)
    scalar = piece.cut(columns[:, 3:6], columns[:, 6], male)
    columns, triangles = mesh.clipped(columns, mesh.triangles_of(faces), scalar)
    return mesh.with_even_borders(columns[:, :3], triangles, 14), triangles


def bindings(points, triangles, shortest=40):
    """The borders as smooth closed lines: where the sewn binding lies."""
    lines = []
    for loop in mesh.border_loops(triangles):
        if len(loop) >= shortest:
            line = points[loop]
            for _ in range(6):
                line = (np.roll(line, 1, 0) + 2 * line + np.roll(line, -1, 0)) / 4
            lines.append(line)
    return lines
