"""Hair styles as strands: a knot at the nape, a short crop, a short beard."""
import numpy as np

from scalp import Head, clumped, smooth_step, unit, walk


def knot(head, random, count=20000):
    """Centre parting, combed over the temples and back into a low knot."""
    points, normals, _, rest = head.roots(count, random)
    keep = ~((rest[:, 1] < 7.45) & (rest[:, 2] > -.35))
    points, normals, rest = points[keep], normals[keep], rest[keep]
    count = len(points)
    goal = head.back + (head.nape - head.back) * .45 + np.array([0, .022, 0])
    side = np.sign(points[:, :1] + random.normal(size=(count, 1)) * .0012)
    front = smooth_step(rest[:, 2], -.6, .5)[:, None] * smooth_step(rest[:, 1], 7.0, 7.9)[:, None]
    stray = random.normal(size=(count, 3)) * .05
    sideways = unit(np.concatenate([side * .8, np.full((count, 1), .85), np.full((count, 1), -.5)], 1))

    def wish(p, _, way):
        share = front * np.exp(-way / .055)
        wanted = unit(goal - p) * (1 - share) + sideways * share * 1.3 + stray
        for ear in head.ears:
            off = p - ear
            wanted = wanted + unit(off) * (1.6 * np.exp(-((off ** 2).sum(1) / .030 ** 2)))[:, None]
        return wanted

    lift = .002 + .012 * random.random(count) ** .8
    strands = walk(head, points, normals, wish, lambda way: .0008 + lift * smooth_step(way, 0, .045), 56, .0052,
                   lambda p: np.linalg.norm(p - goal, axis=1) < .017)
    strands = clumped(strands, points, random, 420, .30)
    return [strands, coil(goal + np.array([0, .020, 0]), random, count // 6, strands.shape[1])], .000085


def coil(centre, random, count, steps):
    """The knot itself: strands wound round a flattened ball."""
    start, tilt = random.random(count) * 2 * np.pi, random.normal(size=count) * .5
    radius = (.030 * (.75 + .25 * random.random(count)))[:, None]
    turn = np.linspace(0, 1, steps)[None] * 4.0 + start[:, None]
    return centre + np.stack([np.cos(turn) * radius, np.sin(turn) * np.sin(tilt)[:, None] * radius * .8,
                              np.sin(turn) * np.cos(tilt)[:, None] * radius], -1)


def crop(head, random, count=34000):
    """Short men's cut: side parting, longer on top and combed over, faded at the sides."""
    points, normals, _, rest = head.roots(count, random)
    up = smooth_step(rest[:, 1] + .25 * np.abs(rest[:, 0] - .1), 7.55, 8.15)
    length = .008 + .026 * up
    length *= (.75 + .4 * random.random(count)) * (.30 + .70 * smooth_step(rest[:, 1], 6.55, 7.6))
    to, zero = np.where(rest[:, 0] > .35, 1.0, -1.0), np.zeros(count)
    over = np.stack([to * .9, np.where(rest[:, 2] > .6, -.20, .30), .10 + zero], -1)
    down = np.stack([zero, .45 + zero, -.9 + zero], -1)
    comb = unit(over * up[:, None] + down * (1 - up)[:, None])
    front = smooth_step(rest[:, 2], .75, 1.25)[:, None] * up[:, None]
    direction = unit(normals * (.35 + .55 * up[:, None] + .5 * front) + comb * .9
                     + random.normal(size=(count, 3)) * .10)
    highest = .0015 + .014 * up * (.6 + .4 * random.random(count)) + .012 * front[:, 0]
    strands, at, steps = [points], points.copy(), 10
    for _ in range(1, steps):
        direction = unit(direction + comb * .42 + random.normal(size=(count, 3)) * .04)
        at = at + direction * (length / (steps - 1))[:, None]
        value, gradient = head.field(at)
        at = at + gradient * (np.maximum(0, .0012 - value) - np.maximum(0, value - highest) * .7)[:, None]
        strands.append(at.copy())
    return [clumped(np.stack(strands, 1), points, random, 1300, .5)], .000075


def beard(head, random, count=15000):
    """Short boxed beard and moustache; its borders are drawn in rest-pose decimetres."""
    x, y, z = np.abs(head.rest[:, 0]), head.rest[:, 1], head.rest[:, 2]
    cheek = 6.60 + np.maximum(0, 1.42 - z) * .72
    jaw = smooth_step(cheek - y, -.04, .10) * smooth_step(y, 6.16, 6.30) * smooth_step(z, .52, .70) * (y < 7.25)
    chin = smooth_step(6.47 - y, -.02, .05) * smooth_step(z, .7, .9) * smooth_step(y, 6.16, 6.24)
    moustache = smooth_step(y, 6.71, 6.75) * smooth_step(6.86 - y, 0, .05) * smooth_step(.40 - x, 0, .10) * (z > 1.3)
    wanted = np.maximum.reduce([jaw * ((x > .30) | (y < 6.47)), chin, moustache])
    density = np.clip(wanted, 0, 1) * (1 - np.clip(head.lips * 3, 0, 1))
    points, normals, share, _ = head.roots(count, random, density)
    length = .0050 * (.5 + .7 * random.random(count)) * (.35 + .65 * share)
    down = np.array([0, -.25, -1.0])
    direction = unit(normals * .5 + down * .9 + random.normal(size=(count, 3)) * .25)
    strands, at, steps = [points], points.copy(), 6
    for _ in range(1, steps):
        direction = unit(direction + down * .18 + random.normal(size=(count, 3)) * .06)
        at = at + direction * (length / (steps - 1))[:, None]
        strands.append(at.copy())
    return [np.stack(strands, 1)], .000055


STYLES = dict(knot=knot, crop=crop, beard=beard)


def made(styles, body, male):
    """For each style in 'crop+beard': its name, arrays of strands, radius in metres."""
    random, head = np.random.default_rng(1), Head(body, male)
    return [(style,) + STYLES[style](head, random) for style in styles.split('+')]
