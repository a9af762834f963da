"""A head for hair: where roots grow, a distance field to comb over, and walking strands along it."""
import cv2
import numpy as np

import mesh
from art_data import texture_folder
from distance_field import distance_from_samples

STEP = .0055


def unit(a):
    return a / (np.linalg.norm(a, axis=-1, keepdims=True) + 1e-9)


def smooth_step(x, low, high):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def lookup(picture, uv):
    rows, columns = picture.shape[:2]
    return picture[np.clip(((1 - uv[:, 1]) * rows).astype(int), 0, rows - 1),
                   np.clip((uv[:, 0] * columns).astype(int), 0, columns - 1)]


def vertex_uv(body):
    uv = np.zeros((len(body.points), 2))
    uv[body.faces.ravel()] = body.uv[body.uv_faces.ravel()]
    return uv


def hairline(male):
    """1 where the dark skin picture paints the scalp: its stubble draws a natural hairline."""
    name = 'young_darkskinned_%s_diffuse.png' % ('male' if male else 'female')
    dark = (cv2.imread(texture_folder() + name).astype(np.float32).max(2) < 42).astype(np.uint8)
    dark[:80], dark[450:], dark[:, :325] = 0, 0, 0
    dark = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((9, 9)))
    _, label, figures, _ = cv2.connectedComponentsWithStats(dark)
    # Small dark islands are lashes and nostrils.
    scalp = np.isin(label, 1 + np.nonzero(figures[1:, 4] > 2000)[0]).astype(np.uint8)
    reach = 2 * (4 if male else 8) + 1
    scalp = cv2.dilate(scalp, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    return cv2.GaussianBlur(scalp.astype(np.float32), (0, 0), 3.2)


class Head:
    def __init__(self, body, male):
        v, rest, uv = body.points, body.rest, vertex_uv(body)
        self.points, self.rest, self.normals = v, rest, mesh.normals(v, body.faces)
        self.triangles = mesh.triangles_of(body.faces)
        ear = lookup(cv2.imread(texture_folder() + 'mpfb_ears.jpg', 0).astype(np.float32) / 255, uv) > .3
        self.scalp = lookup(hairline(male), uv) * (rest[:, 1] > 6.2)
        lips = cv2.imread(texture_folder() + 'mpfb_lips.jpg', 0).astype(np.float32) / 255
        self.lips = lookup(cv2.GaussianBlur(lips, (0, 0), 4), uv)
        head = rest[:, 1] > 4.9
        low, high = v[head].min(0) - [.03, .05, .03], v[head].max(0) + [.05, .11, .05]
        low[0], high[0] = max(low[0], -.26), min(high[0], .26)
        wanted = head & ~ear & (np.abs(v[:, 0]) < .27)
        whole = body.faces[np.all(wanted[body.faces], 1)]
        samples = np.concatenate([v[wanted], v[whole].mean(1)])
        directions = np.concatenate([self.normals[wanted], unit(self.normals[whole].mean(1))])
        self.grid = distance_from_samples(samples, directions, low, high, STEP)
        for axis in range(3):
            # Leaving the ears out makes dents; even them out.
            values = self.grid.values
            self.grid.values = (np.roll(values, 1, axis) + 2 * values + np.roll(values, -1, axis)) / 4
        self.ears = [v[ear & (rest[:, 0] * side > 0)].mean(0) for side in (1, -1)]
        self.nape, self.back = self.at(6.5, -.75), self.at(7.4, -1.0)

    def at(self, y, z):
        """The body point nearest to a rest-pose place in the middle plane (decimetres)."""
        away = ((self.rest - [0, y, z]) ** 2).sum(1) + 9 * (np.abs(self.rest[:, 0]) > .05)
        return self.points[np.argmin(away)]

    def field(self, points):
        low, high = self.grid.low + STEP, self.grid.high() - 2 * STEP
        return self.grid.sample(np.clip(points, low, high))

    def roots(self, count, random, density=None):
        """Random places on the skin: points, normals, density there, rest coordinates."""
        density, floor = (self.scalp, .05) if density is None else (density, .02)
        t = self.triangles[np.all(density[self.triangles] > floor, 1)]
        a, b, c = (self.points[t[:, k]] for k in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        weight = area * np.clip(density[t].mean(1), 0, 1) ** 1.2
        chosen = t[random.choice(len(t), count, p=weight / weight.sum())]
        u, w = random.random((2, count))
        fold = u + w > 1
        u[fold], w[fold] = 1 - u[fold], 1 - w[fold]
        share = np.stack([1 - u - w, u, w], -1)

        def mean(values):
            return (values[chosen] * share[..., None]).sum(1)
        return (mean(self.points), unit(mean(self.normals)), (density[chosen] * share).sum(1), mean(self.rest))


def walk(head, points, normals, wish, height, steps, length, stop):
    """Advances all strands at once; wish(points, normals, way) is the wanted direction, height(way) above the skin."""
    out, way, alive, direction = [points.copy()], 0.0, np.ones(len(points), bool), None
    for _ in range(steps):
        wanted = wish(points, normals, way)
        wanted = unit(wanted - normals * (wanted * normals).sum(1, keepdims=True))
        direction = wanted if direction is None else unit(.55 * direction + .45 * wanted)
        moved = points + direction * length
        way += length
        for _ in range(2):
            value, gradient = head.field(moved)
            moved = moved + gradient * (height(way) - value)[:, None] * .8
        normals = gradient
        moved[~alive] = points[~alive]
        points = moved
        alive &= ~stop(points)
        out.append(points.copy())
    return np.stack(out, 1)


def clumped(strands, roots, random, count, pull):
    """Draws strands towards the nearest of `count` guide strands, more in the middle and at the end."""
    guides = random.choice(len(strands), count, replace=False)
    nearest = np.concatenate([((roots[a:a + 2000, None] - roots[None, guides]) ** 2).sum(-1).argmin(1)
                              for a in range(0, len(strands), 2000)])
    share = pull * smooth_step(np.linspace(0, 1, strands.shape[1])[None, :, None], .05, .5)
    return strands * (1 - share) + strands[guides[nearest]] * share


def combed_down(head, points, normals, wish, lift, steps, length, stop):
    """Like walk, but hair hangs free: it is kept off the skin by `lift`, and held to it only near the root."""
    out, way, alive = [points.copy()], 0.0, np.ones(len(points), bool)
    direction = unit(wish(points, normals, 0.0))
    for _ in range(steps):
        wanted = unit(wish(points, normals, way))
        wanted = unit(wanted - normals * np.minimum(0, (wanted * normals).sum(1, keepdims=True)))
        direction = unit(.55 * direction + .45 * wanted)
        moved = points + direction * length
        way += length
        off, held = .0008 + lift * smooth_step(way, 0, .05), float(1 - smooth_step(way, .08, .19))
        for _ in range(2):
            value, gradient = head.field(moved)
            for ear in head.ears:
                near = np.exp(-((moved - ear) ** 2).sum(1) / .036 ** 2)
                value = value - .012 * near
            push = np.maximum(off - value, 0) - np.maximum(value - off, 0) * held
            moved = moved + gradient * push[:, None] * .8
        normals = gradient
        moved[~alive] = points[~alive]
        points = moved
        alive &= ~stop(points)
        out.append(points.copy())
    return np.stack(out, 1)
