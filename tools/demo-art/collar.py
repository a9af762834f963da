"""Collars and buttons, built on the finished neckline of a garment."""
import numpy as np

import mesh

AROUND, SEWN, RISE = 160, .008, .033


def parts(garment, cut):
    """List of (kind, points, faces, uv); kind is 'collar' or 'button', uv is None where the cloth has one colour."""
    made = []
    spec = cut.spec
    if spec.get('collar'):
        made.append(('collar',) + collar(garment, spec['collar']))
    for height in spec.get('buttons', ()):
        made.append(('button',) + button(garment, height) + (None,))
    return made


def neck_lines(garment):
    """The neckline and a line on the cloth below it, each as AROUND points by angle from the centre front round the
    wearer's left; the neck's middle and the angles."""
    loops = mesh.border_loops(garment.triangles)
    # After the armhole seam the sleeves are separate pieces, so their seams are border loops too.
    loop = max((q for q in loops if len(q) > 40), key=lambda q: garment.points[q, 2].mean()
               - .5 * abs(garment.points[q, 0].mean()))
    line = garment.points[loop]
    middle, angle = (line.min(0) + line.max(0)) / 2, np.linspace(0, 2 * np.pi, AROUND)
    from_neck = garment.edges['neck']
    below = garment.points[(from_neck > SEWN - .002) & (from_neck < SEWN + .002) & ~garment.on_sleeve]
    return by_angle(line, middle, angle), by_angle(below, middle, angle), middle, angle


def by_angle(points, middle, wanted):
    angle = np.arctan2(points[:, 0] - middle[0], -(points[:, 1] - middle[1])) % (2 * np.pi)
    order = np.argsort(angle)
    wrapped = np.r_[angle[order] - 2 * np.pi, angle[order], angle[order] + 2 * np.pi]
    at = np.stack([np.interp(wanted, wrapped, np.tile(points[order, k], 3)) for k in range(3)], -1)
    kernel = np.hanning(11) / np.hanning(11).sum()
    padded = np.concatenate([at[-6:-1], at, at[1:6]])
    return np.stack([np.convolve(padded[:, k], kernel, 'valid') for k in range(3)], -1)


def evened(heights, angle):
    """Heights rising evenly from the front to the nape: one that followed the neckline would have horns at its sides."""
    waves = np.stack([np.ones(len(angle)), np.cos(angle), np.cos(2 * angle)], -1)
    return waves @ (np.linalg.lstsq(waves, heights, rcond=None)[0] * [1, 1, .3])


def collar(garment, kind):
    line, below, middle, angle = neck_lines(garment)
    out = (line - middle) * [1, 1, 0]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    from_front = np.minimum(angle, 2 * np.pi - angle)
    # Sewn onto the cloth, a little off it: the edge of the neckline is hidden underneath.
    seam = [below + out * .0015 + [0, 0, .001], line + out * .001]
    if kind == 'band':
        rows = seam + band(line, out, angle, from_front)
    else:
        rows = seam + leaves(line, below, out, angle, from_front)
    points, faces = strip(rows)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    risen = np.cumsum([0] + [np.linalg.norm(b - a, axis=1).max() for a, b in zip(rows, rows[1:])])
    return points, faces, np.stack(np.meshgrid(along, risen), -1).reshape(-1, 2)


def band(line, out, angle, from_front):
    """A band collar of two thicknesses whose ends meet at the centre front and curve apart."""
    opening = np.clip(from_front / .15, 0, 1) ** .5
    top = np.c_[line[:, :2], evened(line[:, 2], angle) + RISE]
    top = line + (top - line) * opening[:, None]
    return [line + (top - line) * share - out * .003 * share * opening[:, None] for share in (.35, .7, 1)] + [
        line + (top - line) * share - out * (.0025 + .003 * share) * opening[:, None] for share in (.97, .5, .05)]


def leaves(line, below, out, angle, from_front):
    """A shirt's collar: a stand, and leaves that fold over it, lie on the cloth and part at the front in points."""
    down = (below - line) / np.linalg.norm(below - line, axis=1, keepdims=True)
    top = np.c_[line[:, :2], evened(line[:, 2], angle) + RISE]
    point = np.clip(1 - from_front / 1.25, 0, 1)[:, None] ** 1.3
    edge = line + down * (.012 + .042 * point) + out * (.003 + .012 * point) + [0, 0, .004]
    edge = edge + np.where(angle < np.pi, 1, -1)[:, None] * point ** 2 * [.020, 0, 0]
    fold = top + out * .004
    return [line + (top - line) * .5 - out * .002, top - out * .002, top + out * .001 + [0, 0, .002], fold] + [
        fold + (edge - fold) * share + out * .004 * np.sin(np.pi * share) for share in (.25, .5, .75, 1)]


def strip(rows):
    points, wide = np.concatenate(rows), len(rows[0])
    i = np.arange(wide - 1)
    faces = [np.stack([i + k * wide, i + 1 + k * wide, i + 1 + (k + 1) * wide, i + (k + 1) * wide], -1)
             for k in range(len(rows) - 1)]
    return points, np.concatenate(faces)


def button(garment, height, radius=.0055):
    """A flat disc lying on the centre front at a height of the pattern."""
    away = np.abs(garment.edges['front']) + np.abs(garment.pattern[:, 2] - height)
    at = garment.points[np.argmin(away)]
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    rows = [at + np.stack([np.cos(angle) * r, np.full(24, y), np.sin(angle) * r], -1)
            for r, y in ((radius, -.001), (radius, -.0035), (radius * .8, -.0042), (radius * .1, -.0036))]
    closed = [np.concatenate([row, row[:1]]) for row in rows]
    return strip(closed)
