"""Garments for hips and legs as lofted surfaces: rings measured on the body from waist to hem, then folds on top.

Everything happens in tailor's space (tailor.py), like the tops. All lengths are metres. Rings are even grids, so the
cloth's threads, seams and borders run true without cutting."""
import numpy as np

import folds
import mesh
from distance_field import MonotoneCurve
from fabrics_lower import CLOTH_WAIST
from garment_cut import hanging, smooth_line, smooth_step
from pieces import FAR, Piece, plain_piece

PLAIN_LOWER = dict(waist=1.03, hem=.09, ease=.012, drop=.015, leg=((1, .09),), thigh=.0, deep=1.0, gap=.014, skirt=None,
                   folds=(), loops=False, button=False, cord=False)
ROW, COLUMNS = .0033, 201
INSEAM, BACK = -.1, .8
MARGIN, FOOT = .005, .13


class BodySections:
    """Sections of one hip and leg by height, read from the field without arms; side 1 is the body's left."""

    def __init__(self, body, side):
        x, y, z = body.trunk.axes
        inside = body.trunk.values < 0
        self.z = z
        wide, middle = inside & (x[:, None, None] * side > 0), np.argmin(np.abs(x))
        open_middle = ~inside[middle].any(0)
        self.crotch = float(z[np.nonzero(open_middle & (z < .9) & (z > .5))[0].max()])
        rows = []
        for k in range(len(z)):
            i, j = np.nonzero(wide[:, :, k])
            across = np.abs(x[i]) if len(i) else x
            rows.append((across.min(), across.max(), y[j].min(), y[j].max()) if len(i) > 3 else (np.nan,) * 4)
        self.inner, self.outer, self.front, self.back = (self.filled(line) for line in np.array(rows).T)

    def filled(self, line):
        known = ~np.isnan(line)
        return smooth_line(np.interp(self.z, self.z[known], line[known]), 4)

    def at(self, heights):
        return [np.interp(heights, self.z, line) for line in (self.inner, self.outer, self.front, self.back)]


class LowerGarment:
    """points, triangles: the cloth in tailor's space. Per vertex: across (metres of cloth from the centre front), down
    (from the waist) and edges, where `neck` is the waist. parts: further meshes (belt loops, button, cord)."""

    def __init__(self, body, spec):
        self.spec = spec = dict(PLAIN_LOWER, **spec)
        self.body, self.sections = body, {side: BodySections(body, side) for side in (1, -1)}
        self.crotch = max(sections.crotch for sections in self.sections.values())
        self.heights = np.arange(spec['waist'], spec['hem'] - ROW / 2, -ROW)
        grids = [self.skirt()] if spec['skirt'] else [self.leg(1), self.leg(-1)]
        made = [self.finished(*grid) for grid in grids]
        start = np.cumsum([0] + [len(columns) for columns, _ in made])
        columns = np.concatenate([columns for columns, _ in made])
        triangles = np.concatenate([faces + first for (_, faces), first in zip(made, start)])
        if len(made) == 2:
            triangles = self.seamed_at_front(columns, triangles)
        self.points, self.triangles = self.folded(columns, triangles), triangles
        self.across, self.down = columns[:, 3], columns[:, 4]
        self.edges = dict(hem=columns[:, 5], neck=self.down, height=CLOTH_WAIST - self.down, front=self.across,
                          cuff=np.full(len(columns), FAR))
        self.parts = self.details()

    def trunk_rings(self, heights, side=None):
        """Half width of one side or the wider one, front and back depth; cloth hangs straight from the widest place."""
        _, outer, front, back = zip(*(self.sections[one].at(heights[::-1]) for one in (1, -1)))
        outer = np.max(outer, axis=0) if side is None else outer[0 if side == 1 else 1]
        front, back = np.min(front, axis=0), np.max(back, axis=0)
        ease = self.spec['ease'] + .003
        slack = self.spec.get('slack', .0016) * ROW / .009
        rings = [hanging(line, slack)[::-1] + ease for line in (outer, -front, back)]
        return [smooth_line(line, 9) for line in rings]

    def leg(self, side):
        """Grid of one leg: rows by height, columns from the inseam round the front, outside and back to it."""
        spec, z = self.spec, self.heights
        crotch = self.crotch - spec['drop']
        t = np.round(np.linspace(INSEAM, 1 + INSEAM, COLUMNS), 6)
        width, front, back = self.trunk_rings(z, side)
        self.hip_width = width[np.argmin(np.abs(z - crotch))]
        turn = np.clip(t / BACK, 0, 1) * np.pi
        closing = np.clip(np.where(t < 0, -t, t - BACK) / .1, 0, 1)
        depth = np.where(turn < np.pi / 2, front[:, None], back[:, None])
        trunk_x, trunk_y = superellipse(turn, 2.25)
        trunk_x, trunk_y = width[:, None] * trunk_x, -depth * trunk_y
        middle = (back - front)[:, None] / 2
        trunk_y = trunk_y * (1 - closing) + middle * closing
        leg_x, leg_y = self.leg_rings(t, z, crotch, side)
        share = smooth_step(crotch - z, 0, spec.get('parting', .17))[:, None]
        x, y = trunk_x * (1 - share) + leg_x * share, trunk_y * (1 - share) + leg_y * share
        shown = (z[:, None] < crotch) | ((t >= 0) & (t <= BACK + .0001))
        return np.stack([side * x, y, np.broadcast_to(z[:, None], x.shape)], -1), t, shown, side

    def leg_rings(self, t, z, crotch, side):
        """Straight lines from the hip to the hem outside and inside, wherever the leg leaves room for them."""
        spec = self.spec
        inner, outer, front, back = self.sections[side].at(np.clip(z, FOOT, crotch - .05))
        down = np.clip((crotch - z) / (crotch - spec['hem']), 0, 1)
        hip = self.hip_width / 2
        at, wide = np.array([(0, hip + spec['thigh']), *spec['leg']]).T
        wide = MonotoneCurve(at, wide)(down)
        middle = hip + (max(inner[-1] / 2 + outer[-1] / 2, wide[-1] + spec['gap']) - hip) * down
        outside = smooth_line(np.maximum(middle + wide, outer + .006), 24)
        inside = smooth_line(np.minimum(np.maximum(middle - wide, spec['gap'] * down), inner - .006), 24)
        rx, cx = (outside - inside) / 2, (outside + inside) / 2
        ry = smooth_line(np.maximum(wide * spec['deep'], (back - front) / 2 + .006), 24)
        cy = smooth_line((front + back) / 2, 40)
        angle = (t + .1)[None] * 2 * np.pi
        x, y = np.cos(angle), np.sin(angle)
        return cx[:, None] - rx[:, None] * x, cy[:, None] - ry[:, None] * y

    def skirt(self):
        spec, z = self.spec, self.heights
        t = np.round(np.linspace(-.5, .5, 2 * COLUMNS - 1), 6)
        width, front, back = self.trunk_rings(z)
        down = np.clip((spec['waist'] - z) / (spec['waist'] - spec['hem']), 0, 1)
        at, wide = np.array(spec['skirt']).T
        wide = MonotoneCurve(at, wide)(down)
        width = smooth_line(np.maximum(width, wide), 12)
        front = smooth_line(np.maximum(front, wide * spec['deep']), 12)
        back = smooth_line(np.maximum(back, wide * spec['deep']), 12)
        turn = t * 2 * np.pi
        x, y = superellipse(turn, 2.1)
        x, y = width[:, None] * x, np.where(y > 0, front[:, None], back[:, None]) * -y
        points = np.stack([x, y, np.broadcast_to(z[:, None], x.shape)], -1)
        return points, t, np.ones(x.shape, bool), 1

    def finished(self, grid, t, shown, side):
        """Columns x, y, z, across (metres from the centre front), down (from the waist), up (from the hem), t."""
        step = np.linalg.norm(np.diff(grid, axis=1), axis=2)
        along = np.c_[np.zeros(len(grid)), np.cumsum(step, 1)]
        origin = np.argmin(np.abs(t))
        across = smoothed_rows((along - along[:, origin:origin + 1]) * side)
        down = np.r_[0, np.cumsum(np.linalg.norm(np.diff(grid, axis=0), axis=2).mean(1))]
        down = np.broadcast_to(down[:, None], across.shape)
        columns = np.dstack([grid, across, down, down[-1, 0] - down, np.broadcast_to(t, across.shape),
                             np.full(across.shape, side)]).reshape(-1, 8)
        rows, wide = across.shape
        number = np.arange(rows * wide).reshape(rows, wide)
        a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]
        whole = (shown[:-1, :-1] & shown[:-1, 1:] & shown[1:, 1:] & shown[1:, :-1]).ravel()
        corners = (a, b, c, d) if side < 0 else (a, d, c, b)
        quads = np.stack([corner.ravel() for corner in corners], -1)[whole]
        used, inverse = np.unique(quads, return_inverse=True)
        return columns[used], mesh.triangles_of(inverse.reshape(-1, 4))

    def seamed_at_front(self, columns, triangles):
        """Both halves share the vertices of the centre front, so the light runs on across it."""
        middle = np.nonzero((np.abs(columns[:, 6]) < 1e-9) & (np.abs(columns[:, 0]) < 1e-6))[0]
        first = {}
        number = np.arange(len(columns))
        for i in middle:
            number[i] = first.setdefault(round(columns[i, 2] * 1e5), i)
        return number[triangles]

    def folded(self, columns, triangles):
        out = mesh.normals(columns[:, :3], triangles)
        t, side, z = columns[:, 6], columns[:, 7], columns[:, 2]
        place = folds.Place(columns[:, 3], t, side, columns[:, 4], columns[:, 5], z, self.crotch)
        height = sum((fold(place) for fold in self.spec['folds']), np.zeros(len(z)))
        # The two seams at the middle may not open: there the folds die away.
        if not self.spec['skirt']:
            near = np.minimum(np.abs(t), np.abs(t - BACK)) + np.maximum(0, self.crotch - .05 - z) * .8
            height = height * smooth_step(near, 0, .05)
        points = columns[:, :3] + out * height[:, None]
        inside = np.all((points > self.body.trunk.low + .02) & (points < self.body.trunk.high() - .02), 1)
        distance, gradient = self.body.trunk.sample(points[inside])
        push = np.zeros_like(points)
        push[inside] = gradient * np.maximum(0, MARGIN - distance)[:, None]
        # The field is coarser than the cloth: its small steps may not show.
        return points + mesh.smoothed(push, triangles, 25)

    def details(self):
        made, spec = [], self.spec
        if spec['loops']:
            for x in (-.125, -.062, .062, .125):
                made.append(('loop',) + self.patch(x, .020, .009, .043, .0028))
        if spec['button']:
            made.append(('button',) + self.disc(0, .019, .0085))
        if spec['cord']:
            made += [('cord',) + self.cord(x, length) for x, length in ((-.008, .135), (.010, .165))]
        return made

    def surface_at(self, x, down):
        """Point of the front nearest to a place of the cloth, and the direction off it."""
        front = self.points[:, 1] < 0
        away = np.abs(self.across - x) + np.abs(self.down - down) + np.where(front, 0, 9)
        at = np.argmin(away)
        out = self.points[at] * [1, 1, 0]
        return self.points[at], out / np.linalg.norm(out)

    def patch(self, x, down, wide, tall, high):
        """A small strip of cloth standing off the surface, as a closed box."""
        centre, out = self.surface_at(x, down)
        across = np.cross(out, [0, 0, 1.])
        points = [centre + across * wide / 2 * i + np.array([0, 0, tall / 2 * j]) + out * k
                  for k in (-.001, high) for j in (-1, 1) for i in (-1, 1)]
        faces = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])
        return np.array(points), faces

    def disc(self, x, down, radius):
        centre, out = self.surface_at(x, down)
        across = np.cross(out, [0, 0, 1.])
        angle = np.linspace(0, 2 * np.pi, 33)
        rows = [centre + np.outer(np.cos(angle) * r, across) + np.outer(np.sin(angle) * r, [0, 0, 1]) + out * k
                for r, k in ((radius, .001), (radius, .0045), (radius * .75, .0058), (radius * .05, .005))]
        return strip(rows)

    def cord(self, x, length):
        """A hanging cord with a tassel."""
        steps = np.linspace(0, 1, 60)
        centre, _ = self.surface_at(x, .02)
        line = [self.surface_at(x + np.sign(x) * .02 * s, .02 + length * s)[0] + [0, -.006, 0] for s in steps]
        line = np.array([smooth_line(column, 6) for column in np.array(line).T]).T
        line[:, 2] = centre[2] - length * steps
        radius = np.where(steps < .78, .0024, .0042 + .007 * np.clip((steps - .78) / .22, 0, 1) ** .6)
        radius = np.where((steps > .78) & (steps < .82), .0052, radius)
        angle = np.linspace(0, 2 * np.pi, 17)
        rows = [p + np.c_[np.cos(angle) * r, np.sin(angle) * r, 0 * angle] for p, r in zip(line, radius)]
        return strip(rows + [np.repeat(line[-1:], 17, 0)])


def superellipse(turn, exponent):
    """x and y of a rounded ring; turn 0 is the centre front (y = 1), a quarter is the left side (x = 1)."""
    s, c = np.sin(turn), np.cos(turn)
    reach = (np.abs(s) ** exponent + np.abs(c) ** exponent) ** (-1 / exponent)
    return s * reach, c * reach


def smoothed_rows(values, reach=12):
    return np.stack([smooth_line(column, reach) for column in values.T], -1)


def strip(rows):
    wide, i = len(rows[0]), np.arange(len(rows[0]) - 1)
    faces = [np.stack([i + k * wide, i + 1 + k * wide, i + 1 + (k + 1) * wide, i + (k + 1) * wide], -1)
             for k in range(len(rows) - 1)]
    return np.concatenate(rows), np.concatenate(faces)


def pieces_of(described, body, name):
    """The pieces of a lower garment of the wardrobe, cut for a TailoredBody; `name` does not matter."""
    made = LowerGarment(body, described['cut'])

    def placed(points):
        return (points - body.shift) / body.scale
    whole = Piece('trunk', placed(made.points), made.triangles, np.c_[made.across, CLOTH_WAIST - made.down],
                  np.zeros(len(made.points)), made.edges)
    return [whole] + [plain_piece(part, placed(points), mesh.triangles_of(faces)) for part, points, faces in made.parts]
