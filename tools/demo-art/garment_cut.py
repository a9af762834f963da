"""Garments as open shells round a body: an offset field becomes a surface, scalars of the pattern cut its openings.

Everything happens in tailor's space (tailor.py), where every body has its shoulder joint at the same height, so the
numbers of a cut fit every body type. All lengths are metres."""
import numpy as np

import mesh
from distance_field import Grid, smooth_minimum, surface_nets

PLAIN_CUT = dict(ease=.02, hem=.60, flare=.10, flare_from=1.05, waist=0.0, folds=7, fold_depth=.02, sleeve=None,
                 sleeve_ease=.018, cuff_ease=.02, neck='round', neck_width=.085, neck_depth=.11, back_depth=.035,
                 notch=None, slit=None, hem_curve=0.0, armhole=.128, armhole_inset=.022, armhole_half=.080, armhole_from=1.385,
                 armhole_above=9.0, crease=.0022)
HIGH, LOW = (.72, .55, 1.60), (-.72, -.55, -.03)
LOFT_TOP, ARMPIT, HIP = 1.335, 1.27, .88


class Cut:
    """A cut fitted to one body: gives the scalar fields of its openings for any pattern points."""

    def __init__(self, body, spec):
        self.body, self.spec = body, dict(PLAIN_CUT, **spec)
        self.sections = trunk_sections(body, self.spec)
        self.grid = Grid(LOW, HIGH, body.grid.step)
        self.trunk, self.sleeves = self.trunk_field(), None
        field = self.trunk
        if self.spec['sleeve']:
            self.sleeves = self.sleeve_field()
            z = self.grid.coordinates()[2]
            blend = np.clip((z - 1.15) / .12, 0, 1).astype(np.float32) * np.float32(.014) + np.float32(.0005)
            field = smooth_minimum(field, self.sleeves, blend)
        vertices, quads = surface_nets(field.astype(np.float32), self.grid.step, self.grid.low)
        self.vertices, self.triangles = vertices.astype(float), mesh.triangles_of(quads)
        # An opening narrower than the neck would climb it like a roll collar.
        self.neck_width = max(self.spec['neck_width'], body.neck_half_width() + .028)
        self.neck_top = self.height_beside_neck()

    def trunk_field(self):
        spec, body = self.spec, self.body
        x, y, z = self.grid.coordinates()
        heights, width, front, back = self.sections
        at = np.clip(z, heights[0], heights[-1])
        width, front, back = (np.interp(at, heights, a).astype(np.float32) for a in (width, front, back))
        if spec['folds']:
            around = fold_wave(np.arctan2(x, -y), z, spec)
            width, front, back = width * around, front * around, back * around
        depth = np.where(y < 0, front, back)
        exponent = 2.3
        ring = ((np.abs(x) / width) ** exponent + (np.abs(y) / depth) ** exponent) ** (1 / exponent)
        loft = np.maximum((ring - 1) * np.minimum(width, depth) * .92, z - heights[-1])
        trunk = body.trunk.resampled_to(self.grid)
        # Near the top the loft may not stand off the body: that was what looked like shoulder pads.
        allowed = .010 + .25 * np.clip((LOFT_TOP - z) / .16, 0, 1) ** 1.5 + np.clip((1.05 - z) / .1, 0, 1) * 3
        loft = np.maximum(loft, trunk - allowed)
        field = smooth_minimum(loft, np.maximum(trunk - .006, 1.10 - z), np.float32(.014))
        if spec['sleeve']:
            close = body.grid.resampled_to(self.grid) - .007
            field = smooth_minimum(field, np.maximum(close, 1.27 - z), np.float32(.008))
        return field

    def sleeve_field(self):
        spec, body = self.spec, self.body
        shoulder, elbow, wrist = body.arm
        r, e0, e1 = body.arm_radius, spec['sleeve_ease'], spec['cuff_ease']
        sleeves = Grid(LOW, HIGH, self.grid.step)
        beyond = wrist + (wrist - elbow) * .25
        centres = np.array([shoulder * .9 + elbow * .1, shoulder * .5 + elbow * .5, elbow, (elbow + wrist) / 2, beyond])
        radii = r * np.array([1.0, 1.0, .87, .82, .64]) + [.002, e0, (e0 + e1) / 2, (e0 + 2 * e1) / 3, e1]
        for side in (-1, 1):
            sleeves.add_limb(centres * [side, 1, 1], radii)
        return sleeves.values

    def height_beside_neck(self):
        """Where the shoulder seam meets the neckline: the opening starts there, so it has no corners."""
        beside = np.abs(np.abs(self.vertices[:, 0]) - self.neck_width) < .007
        high = self.vertices[beside & (self.vertices[:, 2] < 1.56), 2]
        return float(np.percentile(high, 99)) - .004

    def neck(self, p):
        """Signed distance from the neckline in front view, positive on the cloth."""
        spec = self.spec
        w, x, drop = self.neck_width, np.abs(p[:, 0]), np.maximum(self.neck_top - p[:, 2], 0)
        front = neckline(spec['neck'], x, drop, w, spec['neck_depth'])
        if spec['notch']:
            front = np.minimum(front, neckline('v', x, drop, .034, spec['notch']))
        back = neckline('round', x, drop, w, spec['back_depth'])
        t = np.clip((self.body.neck_axis - p[:, 1]) / .05, 0, 1)
        t = t * t * (3 - 2 * t)
        return back + (front - back) * t

    def along_sleeve(self, p):
        """Length from the shoulder joint along the arm, and the angle round it."""
        return along_arm(p, self.body.arm)

    def on_sleeve(self, p):
        """Positive on sleeves, zero on the armhole seam."""
        if self.sleeves is None:
            return np.full(len(p), -1.0)
        trunk, sleeve = (Grid(LOW, HIGH, self.grid.step, f).sample(p)[0] for f in (self.trunk, self.sleeves))
        return np.minimum(trunk - sleeve - .001, np.abs(p[:, 0]) - self.body.arm[0][0] + .012)

    def hem(self, p):
        spec = self.spec
        return p[:, 2] - spec['hem'] - spec['hem_curve'] * np.minimum(1, np.abs(p[:, 0]) / .2) ** 2

    def cuff(self, p):
        """Distance from the cuff along the sleeve, or from the armhole of a sleeveless cut."""
        if self.spec['sleeve']:
            t, _ = self.along_sleeve(p)
            sleeve = self.on_sleeve(p)
            return np.where(sleeve > -.004, self.spec['sleeve'] - t, .3)
        x, z = np.abs(p[:, 0]), p[:, 2]
        edge = self.body.arm[0][0] - self.spec['armhole_inset']
        half, middle = self.spec['armhole_half'], self.spec['armhole_from']
        height = np.where(z > middle, self.spec['armhole_above'], self.spec['armhole'])
        a, b = (x - edge - half) / half, (z - middle) / height
        ring = np.sqrt(a * a + b * b) + 1e-9
        return np.minimum((ring - 1) * ring / np.sqrt((a / half) ** 2 + (b / height) ** 2 + 1e-9), .3)

    def slit(self, p):
        spec = self.spec
        if not spec['slit']:
            return np.full(len(p), 1.0)
        return np.where((p[:, 2] < spec['slit']) & (np.abs(p[:, 0]) > .1), np.abs(p[:, 1]) - .0015, 1.0)

    def angle(self, p):
        """Angle round the trunk, zero at the centre front."""
        heights, width, front, back = self.sections
        w, f, b = (np.interp(p[:, 2], heights, a) for a in (width, front, back))
        around = np.arctan2(p[:, 0] / w, -p[:, 1] / np.where(p[:, 1] < 0, f, b))
        # Over the shoulders the angle would pull all threads together; there the print runs straight up.
        level = p[:, 0] / w
        level = np.where(p[:, 1] < self.body.neck_axis, level, np.sign(level) * np.pi - level)
        share = smooth_step(p[:, 2], 1.20, 1.34)
        return around * (1 - share) + level * share

    def along_girth(self, p):
        """Metres of cloth from the centre front, and the whole girth, at the height of each point. Measured along the
        cloth, so a print keeps its size on a wide skirt."""
        heights, table = self.girths()
        turns = (np.clip(self.angle(p), -np.pi, np.pi) / np.pi + 1) / 2 * (table.shape[1] - 1)
        level = np.interp(p[:, 2], heights, np.arange(len(heights)))
        column = np.minimum(turns.astype(int), table.shape[1] - 2)
        row = np.minimum(level.astype(int), len(heights) - 2)
        a, b = turns - column, level - row
        along = ((table[row, column] * (1 - a) + table[row, column + 1] * a) * (1 - b)
                 + (table[row + 1, column] * (1 - a) + table[row + 1, column + 1] * a) * b)
        return along, np.interp(p[:, 2], heights, table[:, -1] - table[:, 0])

    def girths(self):
        heights, width, front, back = self.sections
        angle = np.linspace(-np.pi, np.pi, 181)
        size = (np.abs(np.sin(angle)) ** 2.3 + np.abs(np.cos(angle)) ** 2.3) ** (-1 / 2.3)
        depth = np.where(np.cos(angle) > 0, front[:, None], back[:, None])
        x, y = width[:, None] * np.sin(angle) * size, depth * np.cos(angle) * size
        along = np.cumsum(np.hypot(np.diff(x, axis=1), np.diff(y, axis=1)), 1)
        along = np.c_[np.zeros(len(along)), along]
        return heights, along - along[:, [90]]


def trunk_sections(body, spec):
    """Half width, front and back depth by height: measured, hollows bridged, ease and flare added."""
    z, width, front, back = body.extents()
    keep = (z > .80) & (z < LOFT_TOP)
    z, width, front, back = z[keep], width[keep], front[keep], back[keep]
    # Above the armpits the trunk field ends in stumps of the arms; their width is not the body's.
    width = np.minimum(width, np.where(z > ARMPIT, width[np.searchsorted(z, ARMPIT)], 9))
    ease = spec['ease'] - (spec['ease'] - .008) * smooth_step(z, 1.20, LOFT_TOP)
    width = smooth_line(hanging(width, .0028 + spec['waist'])) + ease
    front, back = smooth_line(hanging(front, .0009)) + ease, smooth_line(hanging(back, .0012)) + ease
    below = np.arange(max(-.02, spec['hem'] - .1), z[0], body.grid.step)
    heights = np.r_[below, z]
    hip = np.searchsorted(heights, HIP)
    flare = np.clip((spec['flare_from'] - heights) / (spec['flare_from'] - spec['hem']), 0, 1) ** 1.3 * spec['flare']
    result = [heights]
    for line, share in ((width, 1), (front, .75), (back, .75)):
        line = np.r_[np.full(len(below), line[0]), line]
        line[:hip] = np.maximum(line[:hip], line[hip])
        result.append(line + flare * share)
    return result


def hanging(line, amount):
    """Cloth hangs from what is above it: going down, a section shrinks at most by `amount` per step."""
    line = line.copy()
    for i in range(len(line) - 2, -1, -1):
        line[i] = max(line[i], line[i + 1] - amount)
    return line


def smooth_line(line, reach=6):
    kernel = np.hanning(2 * reach + 1)[1:-1]
    return np.convolve(np.pad(line, reach - 1, 'edge'), kernel / kernel.sum(), 'valid')


def smooth_step(x, low, high):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def fold_wave(angle, z, spec):
    """Soft vertical folds, growing from the waist to the hem; uneven on purpose."""
    n = spec['folds']
    grow = np.clip((spec['flare_from'] - z) / max(spec['flare_from'] - spec['hem'], .05), 0, 1) ** .8
    wave = np.sin(angle * n + .7 * np.sin(angle * 3 + .4) + .6) + .35 * np.sin(angle * int(n * 1.7) + 1.3 + 2 * z)
    return 1 + grow * spec['fold_depth'] * wave


def neckline(shape, x, drop, width, depth):
    """Signed distance outside an opening of half width `width` that reaches `depth` below the shoulder point."""
    if shape == 'v':
        slanted = (x / width + drop / depth - 1) / np.hypot(1 / width, 1 / depth)
        return np.where(drop > 0, slanted, x - width)
    if shape == 'square':
        return np.maximum(x - width, drop - depth)
    a, b = x / width, drop / depth
    ring = np.sqrt(a * a + b * b) + 1e-9
    return (ring - 1) * ring / np.sqrt((a / width) ** 2 + (b / depth) ** 2 + 1e-9)


def along_arm(points, arm):
    shoulder, elbow, wrist = arm
    q = np.stack([np.abs(points[:, 0]), points[:, 1], points[:, 2]], -1)
    upper = np.linalg.norm(elbow - shoulder)
    found = []
    for a, b, start, low, high in ((shoulder, elbow, 0.0, -.2, upper), (elbow, wrist, upper, 0.0, 1.0)):
        e = (b - a) / np.linalg.norm(b - a)
        t = np.clip((q - a) @ e, low, high)
        c = q - a - t[:, None] * e
        found.append((t + start, np.linalg.norm(c, axis=1),
                      np.arctan2(c @ np.array([0, -1., 0]), c @ np.cross(e, [0, -1., 0]))))
    first = found[0][1] <= found[1][1]
    return np.where(first, found[0][0], found[1][0]), np.where(first, found[0][2], found[1][2])
