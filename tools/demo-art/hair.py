"""Hair styles of some length, as strands: knots, a plait, a bob, loose hair behind the shoulders, tied curls."""
import numpy as np

from hair_short import SHORT_STYLES
from scalp import Head, clumped, combed_down, smooth_step, unit, walk

COUNT = 20000


def parted_roots(head, random, parting, count=COUNT):
    """Roots without the nape's fringe, and the side of the parting each one is combed to. Parting in decimetres."""
    points, normals, _, rest = head.roots(count, random)
    keep = ~((rest[:, 1] < 7.45) & (rest[:, 2] > -.35))
    points, normals, rest = points[keep], normals[keep], rest[keep]
    side = np.sign(rest[:, :1] - parting + random.normal(size=(len(points), 1)) * .012)
    return points, normals, rest, side


def drawn_back(head, random, goal, parting=0., straight=0., lift=.012, count=COUNT):
    """Strands combed over the temples to a knot's place; straight: 0 with a parting, 1 straight back from the brow."""
    points, normals, rest, side = parted_roots(head, random, parting, count)
    front = smooth_step(rest[:, 2], -.6, .5)[:, None] * smooth_step(rest[:, 1], 7.0, 7.9)[:, None]
    stray = random.normal(size=(len(points), 3)) * .05
    sideways = unit(np.concatenate([side * .8, np.full((len(points), 1), .85), np.full((len(points), 1), -.5)], 1))
    sideways = sideways * (1 - straight) + np.array([0, .8, .35]) * straight

    def wish(p, _, way):
        share = front * np.exp(-way / .055)
        wanted = unit(goal - p) * (1 - share) + sideways * share * 1.3 + stray
        for ear in head.ears:
            off = p - ear
            wanted = wanted + unit(off) * (1.6 * np.exp(-((off ** 2).sum(1) / .030 ** 2)))[:, None]
        return wanted

    rise = .002 + lift * random.random(len(points)) ** .8
    strands = walk(head, points, normals, wish, lambda way: .0008 + rise * smooth_step(way, 0, .045), 56, .0052,
                   lambda p: np.linalg.norm(p - goal, axis=1) < .017)
    return clumped(strands, points, random, 420, .30)


def coil(centre, random, count, steps, size=.030):
    """The knot itself: strands wound round a flattened ball."""
    start, tilt = random.random(count) * 2 * np.pi, random.random(count) * np.pi
    radius = (size * (.75 + .25 * random.random(count)))[:, None]
    turn = np.linspace(0, 1, steps)[None] * 4.0 + start[:, None]
    return centre + np.stack([np.cos(turn) * radius, np.sin(turn) * np.sin(tilt)[:, None] * radius * .8,
                              np.sin(turn) * np.cos(tilt)[:, None] * radius], -1)


def knot(head, random, parting=0., size=.030):
    """Parted, combed over the temples and back into a low knot."""
    goal = head.back + (head.nape - head.back) * .45 + np.array([0, .022, 0])
    strands = drawn_back(head, random, goal, parting)
    middle = goal + np.array([0, size * .66, 0])
    return [strands, coil(middle, random, COUNT // 6, strands.shape[1], size)], .000085


def side_knot(head, random):
    return knot(head, random, parting=.28, size=.040)


def bun(head, random):
    """Drawn straight up into a bun on the crown."""
    top = head.at(8.62, -.25)
    goal = top + np.array([0, .006, .012])
    strands = drawn_back(head, random, goal, straight=1, lift=.007)
    middle = goal + np.array([0, .004, .026])
    ball = coil(middle, random, COUNT // 4, strands.shape[1], .040)
    return [strands, middle + (ball - middle) @ np.diag([1.12, 1, .86])], .000085


def plait(head, random):
    """Parted at the side, a plait of three down the back, a little to one side so that it shows beside the neck."""
    goal = head.back + (head.nape - head.back) * .75 + np.array([.030, .016, 0])
    strands = drawn_back(head, random, goal, parting=-.25)
    steps, count = 60, COUNT // 3
    along = np.linspace(0, 1, steps)[None]
    lock, phase = random.integers(0, 3, count)[:, None], along * 2 * np.pi * 5.5
    angle = phase + lock * 2 * np.pi / 3
    thick = .0105 * (1.1 - .35 * along)
    inside = random.normal(size=(count, 2)) * .42
    x = goal[0] + .012 + .022 * along + thick * (1.15 * np.sin(angle) + inside[:, :1])
    y = goal[1] + .026 + .038 * along + thick * (.7 * np.sin(2 * angle) + inside[:, 1:])
    rope = np.stack([x, y, np.broadcast_to(goal[2] + .006 - .36 * along, x.shape)], -1)
    return [strands, rope], .000085


def bob(head, random):
    """Parted at the side, falling straight to the jaw, ends turned in."""
    points, normals, rest, side = parted_roots(head, random, .30, 26000)
    count = len(points)
    chin = head.at(6.35, 1.3)[2]
    end = chin + .006 + .010 * random.random(count) + .012 * smooth_step(-rest[:, 2], -.6, .6)
    ear_front = np.mean([ear[1] for ear in head.ears]) - .030
    stray = random.normal(size=(count, 3)) * .04

    def wish(p, _, way):
        top = np.exp(-way / .07)
        back = .15 + 1.8 * smooth_step(ear_front - p[:, 1], -.004, .03) * (1 - top)
        over = np.stack([side[:, 0] * 1.1 * top, back, np.full(count, -.25 - 1.2 * (1 - top))], -1)
        turned_in = smooth_step(end + .045 - p[:, 2], 0, .035)[:, None] * np.array([-.75, 0, 0]) * np.sign(p[:, :1])
        return over + turned_in + stray

    lift = .003 + .009 * random.random(count)
    strands = combed_down(head, points, normals, wish, lift, 62, .0052, lambda p: p[:, 2] < end)
    return [clumped(strands, points, random, 460, .35)], .000085


def loose(head, random):
    """Long hair, parted in the middle, behind the ears and behind the shoulders."""
    points, normals, rest, side = parted_roots(head, random, .05, 26000)
    count = len(points)
    neck = head.at(6.1, -.6)
    lane = side[:, 0] * np.abs(.018 + .042 * random.random(count))
    stray = random.normal(size=(count, 3)) * .05
    end = neck[2] - .06 - .05 * random.random(count)

    def wish(p, _, way):
        top = np.exp(-way / .06)[..., None] if np.ndim(way) else np.exp(-way / .06)
        behind = np.stack([lane - p[:, 0], np.maximum(neck[1] + .012 - p[:, 1], 0), 0 * lane], -1) / .05
        over = np.stack([side[:, 0] * .8, np.full(count, .85), np.full(count, -.5)], -1)
        wanted = over * top * 1.3 + (behind + [0, 0, -1.0]) * (1 - top) + stray
        for ear in head.ears:
            off = p - ear
            near = 1.2 * np.exp(-((off ** 2).sum(1) / .030 ** 2))
            wanted = wanted + np.stack([0 * near, near, near * .4], -1)
        return wanted

    lift = .004 + .016 * random.random(count)
    strands = combed_down(head, points, normals, wish, lift, 76, .0054, lambda p: p[:, 2] < end)
    return [clumped(strands, points, random, 420, .35)], .000085


def tied_curls(head, random):
    """Drawn up to the back of the crown and tied; the rest springs out as a ball of curls."""
    goal = head.at(8.55, -.55) + np.array([0, .006, .008])
    strands = drawn_back(head, random, goal, straight=1, lift=.008)
    locks, per_lock, steps = 420, 34, 46
    way = unit(random.normal(size=(locks, 3)) * [1.15, .9, .8] + [0, .15, .55])
    reach = .085 * (.65 + .5 * random.random(locks))
    along = np.linspace(0, 1, steps)
    a = unit(np.cross(way, random.normal(size=(locks, 3))))
    b = np.cross(way, a)
    angle = along * 2 * np.pi * 4.5 + random.random(locks)[:, None] * 6.3
    wide = (.0062 * smooth_step(along, 0, .2))[None]
    path = goal + way[:, None] * (reach[:, None] * np.sin(along * 1.75)[None])[..., None]
    path = path + (np.cos(angle) * wide)[..., None] * a[:, None] + (np.sin(angle) * wide)[..., None] * b[:, None]
    path[..., 2] -= .018 * along ** 2 * (1 - way[:, 2:])
    spread = random.normal(size=(locks, per_lock, 1, 3)) * .0016
    ball = (path[:, None] + spread * (1 + .8 * along[None, None, :, None])).reshape(-1, steps, 3)
    return [strands, ball], .000085


STYLES = dict(SHORT_STYLES, knot=knot, side_knot=side_knot, bun=bun, plait=plait, bob=bob, loose=loose,
              tied_curls=tied_curls)


def made(styles, body, male):
    """For each style in 'crop+beard': its name, arrays of strands, radius in metres."""
    random, head = np.random.default_rng(1), Head(body, male)
    return [(style,) + STYLES[style](head, random) for style in styles.split('+') if style in STYLES]
