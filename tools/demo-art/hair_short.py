"""Short hair as strands: cropped and side-parted cuts, curls, beards, a moustache."""
import numpy as np

from scalp import clumped, smooth_step, unit


def crop(head, random, count=34000, top=.026, parting=.35):
    """Short men's cut: side parting, longer on top and combed over, faded at the sides."""
    points, normals, _, rest = head.roots(count, random)
    up = smooth_step(rest[:, 1] + .25 * np.abs(rest[:, 0] - .1), 7.55, 8.15)
    length = .008 + top * up
    length *= (.75 + .4 * random.random(count)) * (.30 + .70 * smooth_step(rest[:, 1], 6.55, 7.6))
    to, zero = np.where(rest[:, 0] > parting, 1.0, -1.0), np.zeros(count)
    over = np.stack([to * .9, np.where(rest[:, 2] > .6, -.20, .30), .10 + zero], -1)
    down = np.stack([zero, .45 + zero, -.9 + zero], -1)
    comb = unit(over * up[:, None] + down * (1 - up)[:, None])
    front = smooth_step(rest[:, 2], .75, 1.25)[:, None] * up[:, None]
    direction = unit(normals * (.35 + .55 * up[:, None] + .5 * front) + comb * .9
                     + random.normal(size=(count, 3)) * .10)
    highest = .0015 + (top * .54) * up * (.6 + .4 * random.random(count)) + .46 * top * front[:, 0]
    strands, at, steps = [points], points.copy(), 10
    for _ in range(1, steps):
        direction = unit(direction + comb * .42 + random.normal(size=(count, 3)) * .04)
        at = at + direction * (length / (steps - 1))[:, None]
        value, gradient = head.field(at)
        at = at + gradient * (np.maximum(0, .0012 - value) - np.maximum(0, value - highest) * .7)[:, None]
        strands.append(at.copy())
    return [clumped(np.stack(strands, 1), points, random, 1300, .5)], .000075


def side_parting(head, random):
    """Longer on top, combed up and over from a parting on the other side."""
    return crop(head, random, 36000, .033, .45)


def close_crop(head, random):
    return crop(head, random, 30000, .010, 9)


def curls(head, random, count=30000):
    """Short sides, a top of springy curls: locks around guide strands, each with its own helix."""
    points, normals, _, rest = head.roots(count, random)
    up = smooth_step(rest[:, 1] + .15 * np.abs(rest[:, 0]), 7.45, 8.0)
    locks, steps = 900, 22
    guides = random.choice(count, locks, replace=False)
    lock = np.concatenate([((points[a:a + 2000, None] - points[None, guides]) ** 2).sum(-1).argmin(1)
                           for a in range(0, count, 2000)])
    along = np.linspace(0, 1, steps)
    length = (.006 + .034 * up[guides]) * (.75 + .5 * random.random(locks))
    way = unit(normals[guides] + random.normal(size=(locks, 3)) * .35 + np.array([0, -.15, .1]))
    a = unit(np.cross(way, random.normal(size=(locks, 3))))
    b = np.cross(way, a)
    angle = along * 2 * np.pi * 2.2 + random.random(locks)[:, None] * 6.3
    wide = (.0055 * up[guides, None]) * smooth_step(along, 0, .35)[None]
    path = way[:, None] * (length[:, None] * np.sin(along * 1.6)[None])[..., None]
    path = path + (np.cos(angle) * wide)[..., None] * a[:, None] + (np.sin(angle) * wide)[..., None] * b[:, None]
    closer = (smooth_step(along, 0, .5)[None, :, None] * .62)
    away = (points - points[guides][lock])[:, None] * (1 - closer)
    strands = points[guides][lock][:, None] + away + path[lock] + random.normal(size=(count, steps, 3)) * .0003
    return [strands], .000075


def beard(head, random, count=15000, longest=.0050, high=6.60, full=False):
    """Beard and moustache; borders are drawn in rest-pose decimetres. `full` lets it cover the throat and hang."""
    x, y, z = np.abs(head.rest[:, 0]), head.rest[:, 1], head.rest[:, 2]
    cheek = high + np.maximum(0, 1.42 - z) * .72
    low = 6.05 if full else 6.16
    jaw = smooth_step(cheek - y, -.04, .10) * smooth_step(y, low, low + .14) * smooth_step(z, .52, .70) * (y < 7.25)
    under_lip, corner = (6.545, .24) if full else (6.47, .30)
    chin = smooth_step(under_lip - y, -.02, .05) * smooth_step(z, .7, .9) * smooth_step(y, low, low + .08)
    lip = moustache_share(head, .50 if full else .40)
    density = np.clip(np.maximum.reduce([jaw * ((x > corner) | (y < under_lip)), chin, lip]), 0, 1)
    density = density * (1 - np.clip(head.lips * 3, 0, 1))
    points, normals, share, rest = head.roots(count, random, density)
    length = longest * (.5 + .7 * random.random(count)) * (.35 + .65 * share)
    if full:
        length *= .35 + .65 * smooth_step(6.75 - rest[:, 1], 0, .3)
    down = np.array([0, -.25, -1.0]) if not full else np.array([0, -.30, -1.0])
    direction = unit(normals * .5 + down * .9 + random.normal(size=(count, 3)) * (.25 if not full else .16))
    strands, at, steps = [points], points.copy(), 10 if full else 6
    for _ in range(1, steps):
        direction = unit(direction + down * .18 + random.normal(size=(count, 3)) * .06)
        at = at + direction * (length / (steps - 1))[:, None]
        strands.append(at.copy())
    return [np.stack(strands, 1)], .000055


def moustache_share(head, wide=.40):
    x, y, z = np.abs(head.rest[:, 0]), head.rest[:, 1], head.rest[:, 2]
    return smooth_step(y, 6.71, 6.75) * smooth_step(6.86 - y, 0, .05) * smooth_step(wide - x, 0, .10) * (z > 1.25)


def stubble(head, random):
    return beard(head, random, 9000, .0022)


def full_beard(head, random):
    return beard(head, random, 26000, .026, 6.68, True)


def moustache(head, random, count=2600):
    density = moustache_share(head) * (1 - np.clip(head.lips * 3, 0, 1))
    points, normals, _, rest = head.roots(count, random, density)
    out = np.sign(rest[:, :1]) * np.array([[.75, 0, 0]])
    direction = unit(normals * .45 + out + np.array([0, -.1, -.55]) + random.normal(size=(count, 3)) * .15)
    length = .0085 * (.6 + .6 * random.random(count))
    steps = np.linspace(0, 1, 7)[None, :, None]
    return [points[:, None] + direction[:, None] * length[:, None, None] * steps], .000060


SHORT_STYLES = dict(crop=crop, side_parting=side_parting, close_crop=close_crop, curls=curls, beard=beard,
                    full_beard=full_beard, stubble=stubble, moustache=moustache)
