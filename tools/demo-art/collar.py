"""Collars and buttons, built on the finished neckline of a garment."""
import numpy as np

import mesh

AROUND = 160


def parts(garment, cut):
    """List of (kind, points, faces); kind is 'collar' or 'button'."""
    made = []
    spec = cut.spec
    if spec.get('collar'):
        made.append(('collar',) + collar(garment, cut, spec['collar']))
    for height in spec.get('buttons', ()):
        made.append(('button',) + button(garment, height))
    return made


def neck_line(garment):
    """The neckline as AROUND points by angle, starting at the centre front, and the neck's middle."""
    loops = mesh.border_loops(garment.triangles)
    # After the armhole seam the sleeves are separate pieces, so their seams are border loops too.
    loop = max((q for q in loops if len(q) > 40), key=lambda q: garment.points[q, 2].mean()
               - .5 * abs(garment.points[q, 0].mean()))
    line = garment.points[loop]
    middle = (line.min(0) + line.max(0)) / 2
    angle = np.arctan2(line[:, 0] - middle[0], -(line[:, 1] - middle[1]))
    order = np.argsort(angle)
    angle, line = angle[order], line[order]
    wanted = np.linspace(-np.pi, np.pi, AROUND)
    wrapped = np.r_[angle - 2 * np.pi, angle, angle + 2 * np.pi]
    at = np.stack([np.interp(wanted, wrapped, np.tile(line[:, k], 3)) for k in range(3)], -1)
    kernel = np.hanning(11) / np.hanning(11).sum()
    padded = np.concatenate([at[-6:-1], at, at[1:6]])
    return np.stack([np.convolve(padded[:, k], kernel, 'valid') for k in range(3)], -1), middle, wanted


def collar(garment, cut, kind):
    line, middle, angle = neck_line(garment)
    out = line - middle
    out[:, 2] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    rise = .030 if kind == 'band' else .034
    opening = np.clip((np.abs(angle) - .03) / .16, 0, 1) ** .5 if kind == 'band' else np.ones(len(angle))
    rows = [line - [0, 0, .006], line, line + stand(rise * .5 * opening, out, -.002), line
            + stand(rise * opening, out, -.005)]
    if kind == 'shirt':
        point = np.exp(-(angle / .42) ** 2)
        rows += [line + stand(rise + .004, out, -.001), line + stand(rise * .55, out, .007),
                 line + stand(rise * .10 - .018 * point, out, .014 + .004 * point),
                 line + stand(-.006 - .046 * point, out, .020 + .012 * point)]
        # The leaves part at the front: their tips swing to the sides.
        rows[-1] = rows[-1] + np.outer(np.sign(angle) * point, [.022, 0, 0])
        rows[-2] = rows[-2] + np.outer(np.sign(angle) * point, [.009, 0, 0])
    keep = np.abs(angle) > .035 if kind != 'band' else np.abs(angle) > .03
    strips = []
    for side in (angle < 0, angle > 0):
        strips.append(strip([row[keep & side] for row in rows]))
    back = strip([np.stack([row[-1], row[0]]) for row in rows])
    return joined(strips + [back])


def stand(height, out, outward):
    height = np.broadcast_to(np.asarray(height, float), (len(out),))
    return out * (np.ones(len(out)) * outward)[:, None] + np.outer(height, [0, 0, 1])


def strip(rows):
    points, wide = np.concatenate(rows), len(rows[0])
    i = np.arange(wide - 1)
    faces = [np.stack([i + k * wide, i + 1 + k * wide, i + 1 + (k + 1) * wide, i + (k + 1) * wide], -1)
             for k in range(len(rows) - 1)]
    return points, np.concatenate(faces)


def joined(pieces):
    start = np.cumsum([0] + [len(p) for p, _ in pieces])
    return (np.concatenate([p for p, _ in pieces]), np.concatenate([f + s for (_, f), s in zip(pieces, start)]))


def button(garment, height, radius=.0055):
    """A flat disc lying on the centre front at a height of the pattern."""
    away = np.abs(garment.edges['front']) + np.abs(garment.pattern[:, 2] - height)
    at = garment.points[np.argmin(away)]
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    rows = [at + np.stack([np.cos(angle) * r, np.full(24, y), np.sin(angle) * r], -1)
            for r, y in ((radius, -.001), (radius, -.0035), (radius * .8, -.0042), (radius * .1, -.0036))]
    closed = [np.concatenate([row, row[:1]]) for row in rows]
    return strip(closed)
