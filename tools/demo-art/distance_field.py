"""Signed distance grids: sampling, jump flooding from surface samples, smooth unions, round limbs, surface nets."""
import itertools

import numpy as np

FAR = 0.2


class Grid:
    """Values on a regular grid (metres, x sideways, y to the back, z up); negative inside."""

    def __init__(self, low, high, step, values=None):
        self.low, self.step = np.asarray(low, np.float32), step
        count = np.ceil((np.asarray(high, np.float32) - self.low) / step).astype(int) + 1
        self.values = np.full(tuple(count), FAR, np.float32) if values is None else values
        self.axes = [(self.low[i] + step * np.arange(count[i])).astype(np.float32) for i in range(3)]

    def coordinates(self):
        x, y, z = self.axes
        return x[:, None, None], y[None, :, None], z[None, None, :]

    def points(self):
        return np.stack(np.broadcast_arrays(*self.coordinates()), -1).reshape(-1, 3)

    def high(self):
        return self.low + (np.array(self.values.shape) - 1) * self.step

    def sample(self, points):
        """Trilinear value and unit gradient at points inside the grid."""
        return sample(self.values, self.low, self.step, points)

    def resampled_to(self, other):
        """These values on another grid's points; FAR outside."""
        points = other.points()
        inside = np.all((points > self.low) & (points < self.high()), axis=1)
        values = np.full(len(points), FAR, np.float32)
        values[inside] = self.sample(points[inside])[0]
        return values.reshape(other.values.shape)

    def add_limb(self, centres, radii, pieces=6):
        """Unites round cones along a smooth centre line."""
        centres, radii = np.asarray(centres, float), np.asarray(radii, float)
        length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(centres, axis=0), axis=1))]
        at = np.linspace(0, length[-1], pieces * (len(centres) - 1) + 1)
        line = np.stack([MonotoneCurve(length, centres[:, i])(at) for i in range(3)], -1)
        radius = MonotoneCurve(length, radii)(at)
        x, y, z = self.coordinates()
        for a, b, ra, rb in zip(line[:-1], line[1:], radius[:-1], radius[1:]):
            e = b - a
            h = np.clip(((x - a[0]) * e[0] + (y - a[1]) * e[1] + (z - a[2]) * e[2]) / (e @ e), 0, 1)
            gap = np.sqrt((x - a[0] - h * e[0]) ** 2 + (y - a[1] - h * e[1]) ** 2 + (z - a[2] - h * e[2]) ** 2)
            np.minimum(self.values, gap - (ra + (rb - ra) * h), out=self.values)


class MonotoneCurve:
    """Monotone cubic interpolation; constant outside its range."""

    def __init__(self, x, y):
        x, y = np.asarray(x, float), np.asarray(y, float)
        h, d = np.diff(x), np.diff(y) / np.diff(x)
        slope = np.zeros(len(x))
        if len(x) > 2:
            w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
            with np.errstate(all='ignore'):
                harmonic = (w1 + w2) / (w1 / d[:-1] + w2 / d[1:])
            slope[1:-1] = np.where(d[:-1] * d[1:] > 0, harmonic, 0)
        slope[0], slope[-1] = d[0], d[-1]
        self.x, self.y, self.slope = x, y, slope

    def __call__(self, t):
        t = np.clip(np.asarray(t, float), self.x[0], self.x[-1])
        i = np.clip(np.searchsorted(self.x, t) - 1, 0, len(self.x) - 2)
        h = self.x[i + 1] - self.x[i]
        s = (t - self.x[i]) / h
        return ((1 + 2 * s) * (1 - s) ** 2 * self.y[i] + s * (1 - s) ** 2 * h * self.slope[i]
                + s * s * (3 - 2 * s) * self.y[i + 1] + s * s * (s - 1) * h * self.slope[i + 1])


def smooth_minimum(a, b, blend):
    h = np.maximum(blend - np.abs(a - b), 0) / blend
    return np.minimum(a, b) - h * h * blend * np.float32(0.25)


def sample(values, low, step, points):
    q = (np.asarray(points) - low) / step
    i = np.clip(np.floor(q).astype(int), 0, np.array(values.shape) - 2)
    x, y, z = (q - i).T

    def corner(a, b, c):
        return values[i[:, 0] + a, i[:, 1] + b, i[:, 2] + c]

    c = {k: corner(*k) for k in itertools.product((0, 1), repeat=3)}
    c00, c01 = c[0, 0, 0] * (1 - x) + c[1, 0, 0] * x, c[0, 0, 1] * (1 - x) + c[1, 0, 1] * x
    c10, c11 = c[0, 1, 0] * (1 - x) + c[1, 1, 0] * x, c[0, 1, 1] * (1 - x) + c[1, 1, 1] * x
    c0, c1 = c00 * (1 - y) + c10 * y, c01 * (1 - y) + c11 * y
    dx = (((c[1, 0, 0] - c[0, 0, 0]) * (1 - y) + (c[1, 1, 0] - c[0, 1, 0]) * y) * (1 - z)
          + ((c[1, 0, 1] - c[0, 0, 1]) * (1 - y) + (c[1, 1, 1] - c[0, 1, 1]) * y) * z)
    gradient = np.stack([dx, (c10 - c00) * (1 - z) + (c11 - c01) * z, c1 - c0], -1) / step
    return c0 * (1 - z) + c1 * z, gradient / (np.linalg.norm(gradient, axis=1, keepdims=True) + 1e-9)


def distance_from_samples(vertices, normals, low, high, step):
    """Signed distance grid from dense surface samples: nearest sample by jump flooding, sign by its normal."""
    vertices, normals = vertices.astype(np.float32), normals.astype(np.float32)
    grid = Grid(low, high, step)
    shape = grid.values.shape
    points = np.stack(np.meshgrid(*grid.axes, indexing='ij'), -1)
    nearest, best = np.full(shape, -1, np.int32), np.full(shape, 1e9, np.float32)
    seed_corners(vertices, grid, points, nearest, best)
    for reach in (16, 8, 4, 2, 1, 1):
        for offset in itertools.product((-reach, 0, reach), repeat=3):
            if not 0 < sum(map(abs, offset)) <= 2 * reach:
                continue
            into = tuple(slice(max(0, s), n + min(0, s)) for s, n in zip(offset, shape))
            out_of = tuple(slice(max(0, -s), n + min(0, -s)) for s, n in zip(offset, shape))
            candidate = nearest[out_of]
            known = candidate >= 0
            gap = np.where(known, ((points[into] - vertices[np.maximum(candidate, 0)]) ** 2).sum(-1), 1e9)
            closer = gap < best[into]
            best[into][closer] = gap[closer]
            nearest[into][closer] = candidate[closer]
    found = np.maximum(nearest, 0)
    side = ((points - vertices[found]) * normals[found]).sum(-1)
    distance = np.sqrt(best)
    # Close to the surface the projection on the normal is smoother than the distance to a single sample.
    near = np.where(np.abs(side) > .5 * distance, side, np.sign(side) * distance)
    grid.values = np.where(distance < .02, near, np.sign(side) * distance).astype(np.float32)
    return grid


def seed_corners(vertices, grid, points, nearest, best):
    """Writes every sample into the eight grid points round it; where several meet, the closest wins."""
    base = np.floor((vertices - grid.low) / grid.step).astype(int)
    for corner in itertools.product((0, 1), repeat=3):
        cell = base + corner
        inside = np.all((cell >= 0) & (cell < nearest.shape), 1)
        index, cell = np.nonzero(inside)[0], cell[inside]
        gap = ((points[cell[:, 0], cell[:, 1], cell[:, 2]] - vertices[index]) ** 2).sum(1)
        order = np.argsort(-gap, kind='stable')
        flat = np.ravel_multi_index(cell[order].T, nearest.shape)
        gaps, owners = np.full(nearest.size, 1e9, np.float32), np.full(nearest.size, -1, np.int32)
        gaps[flat], owners[flat] = gap[order], index[order]
        closer = gaps < best.reshape(-1)
        best.reshape(-1)[closer], nearest.reshape(-1)[closer] = gaps[closer], owners[closer]


def surface_nets(values, step, low):
    """Iso surface at 0: vertices and quads, outward when values are negative inside."""
    inside = values < 0
    corners = list(itertools.product((0, 1), repeat=3))
    count = sum(inside[a:inside.shape[0] - 1 + a, b:inside.shape[1] - 1 + b, c:inside.shape[2] - 1 + c].astype(np.int8)
                for a, b, c in corners)
    cells = np.argwhere((count > 0) & (count < 8))
    number = np.full(count.shape, -1, np.int32)
    number[tuple(cells.T)] = np.arange(len(cells))
    value = {o: values[cells[:, 0] + o[0], cells[:, 1] + o[1], cells[:, 2] + o[2]].astype(float) for o in corners}
    total, crossings = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, axis in itertools.product(corners, range(3)):
        if a[axis]:
            continue
        b = tuple(1 if i == axis else a[i] for i in range(3))
        crossed = (value[a] < 0) != (value[b] < 0)
        t = np.where(crossed, value[a] / np.where(crossed, value[a] - value[b], 1), 0)
        point = np.array(a, float)[None].repeat(len(cells), 0)
        point[:, axis] += t
        total += point * crossed[:, None]
        crossings += crossed
    vertices = (cells + total / crossings[:, None]) * step + np.array(low)
    return vertices.astype(np.float32), np.concatenate([quads_across(inside, number, axis) for axis in range(3)])


def quads_across(inside, number, axis):
    """Quads for all grid edges along one axis whose ends lie on different sides."""
    first, second = [slice(1, -1)] * 3, [slice(1, -1)] * 3
    first[axis], second[axis] = slice(0, -1), slice(1, None)
    a, b = inside[tuple(first)], inside[tuple(second)]
    across, along = np.eye(3, dtype=int)[(axis + 1) % 3], np.eye(3, dtype=int)[(axis + 2) % 3]
    quads = []
    for flip, crossed in ((False, a & ~b), (True, ~a & b)):
        edge = np.argwhere(crossed) + (np.arange(3) != axis)
        corners = [edge - across - along, edge - along, edge, edge - across]
        quad = np.stack([number[tuple(c.T)] for c in corners], -1)
        quads.append(quad[:, ::-1] if flip else quad)
    return np.concatenate(quads)
