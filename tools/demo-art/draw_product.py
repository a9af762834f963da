"""Light and maps of a product photo without Blender: triangles drawn by OpenCV, lit per vertex through shadow maps from
a hundred directions. The same lamps, camera and output as shoot_product.py, in a few seconds of one core."""
import os

import cv2
import numpy as np

import mesh
from pieces import EDGES, FAR, corner_uv

FOCAL = 90 / 24  # lens over sensor, as scene.py has it
AIM = np.array([0, 0, 1.0])
# Place, irradiance at the garment over pi, colour as blue, green, red; the lamps of scene.py.
LAMPS = (((-2.2, -2.5, 2.6), .58, (.93, .97, 1)), ((2.8, -2.0, 1.7), .14, (1, .97, .94)),
         ((1.3, 1.5, 2.5), .72, (1, 1, 1)), ((-1.5, 1.5, 2.2), .36, (1, 1, 1)))
SKY, SKY_RAYS, LAMP_RAYS, LAMP_SPREAD = .32, 84, 7, .16
CELL, BIAS, BOUNCED = .011, .016, .20
FINER, SEWN_ON = 2, .007


def sphere(count):
    """Directions spread evenly over the sphere."""
    k = np.arange(count) + .5
    height, turn = 1 - 2 * k / count, np.pi * (1 + 5 ** .5) * k
    ring = np.sqrt(1 - height * height)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), height], -1)


def reached(points, direction):
    """Which points light from a direction reaches."""
    aside = np.cross(direction, [0, 0, 1.0] if abs(direction[2]) < .9 else [1.0, 0, 0])
    aside /= np.linalg.norm(aside)
    flat = np.floor(points @ np.stack([aside, np.cross(direction, aside)], -1) / CELL).astype(int)
    flat -= flat.min(0)
    cell, near = flat[:, 0] * (flat[:, 1].max() + 1) + flat[:, 1], points @ direction
    nearest = np.full(cell.max() + 1, -9.0)
    np.maximum.at(nearest, cell, near)
    return near > nearest[cell] - BIAS


def lit(points, normals, roughness):
    """Direct light (3), bounced light (1) and gloss (3) of both sides of every vertex: shape (2, n, 7)."""
    found = np.zeros((2, len(points), 7))
    open_share = np.zeros((2, len(points)))
    for direction in sphere(SKY_RAYS):
        seen = reached(points, direction)
        slope = normals @ direction
        for side, sign in enumerate((1, -1)):
            open_share[side] += np.maximum(slope * sign, 0) * seen * 4 / SKY_RAYS
    found[..., :3] += SKY * open_share[..., None] * [.97, .985, 1]
    found[..., 3] = BOUNCED * np.clip(1 - open_share, 0, 1) + .02
    found[..., 4:] = .26 * open_share[..., None]
    power = 2 / roughness ** 4 - 2
    for place, strength, colour in LAMPS:
        middle = (np.array(place) - AIM) / np.linalg.norm(np.array(place) - AIM)
        rays = middle + sphere(LAMP_RAYS) * LAMP_SPREAD
        half = middle + [0, -1, 0]
        half = half / np.linalg.norm(half)
        for ray in rays / np.linalg.norm(rays, axis=1, keepdims=True):
            seen = reached(points, ray)
            for side, sign in enumerate((1, -1)):
                slope = np.maximum(normals @ ray * sign, 0) * seen / LAMP_RAYS
                shine = np.maximum(normals @ half * sign, 0) ** power * (slope > 0) / LAMP_RAYS
                found[side, :, :3] += (strength * slope)[:, None] * colour
                found[side, :, 4:] += ((power + 2) / 8 * strength * shine)[:, None] * colour
    return found


class Model:
    """All triangles of a garment with what must be known at each corner: uv, edges, then light of the side seen."""

    def __init__(self, made, finish):
        points, corner, shade, part = [], [], [], []
        every = np.concatenate([piece.points for piece in made])
        normals = np.concatenate([mesh.normals(piece.points, piece.triangles) for piece in made])
        light = lit(every, normals, finish.get('roughness', .75))
        start = 0
        for number, piece in enumerate(made):
            faces, count = piece.triangles, len(piece.points)
            own = light[:, start:start + count]
            calm = mesh.smoothed(own.transpose(1, 0, 2).reshape(count, -1), faces, 4, border='keep')
            own = calm.reshape(count, 2, -1).transpose(1, 0, 2)
            points.append(piece.points[faces])
            edges = np.stack([piece.edges.get(name, np.full(count, FAR)) for name in EDGES], -1)
            corner.append(np.concatenate([corner_uv(piece).reshape(-1, 3, 2), edges[faces]], -1))
            shade.append(np.concatenate([own[0][faces], own[1][faces],
                                         normals[start:start + count][faces][..., 1:2]], -1))
            part.append(np.full(len(faces), 2 * number + 2 + (0 if piece.edges else 1000)))
            start += count
        self.points, self.corner = np.concatenate(points), np.concatenate(corner).astype(np.float32)
        self.shade, self.part = np.concatenate(shade).astype(np.float32), np.concatenate(part)

    def seen_from(self, view):
        """Places of all corners in the picture (pixels) and, per triangle, whether its inside is seen."""
        wide, high = (n * FINER for n in view['size'])
        away = view['tall'] * FOCAL
        scale = away / (away + self.points[..., 1]) * high / view['tall']
        flat = np.stack([(self.points[..., 0] - view['aside']) * scale + wide / 2,
                         high / 2 - (self.points[..., 2] - view['height']) * scale], -1)
        a, b = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
        return flat, a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0] > 0


def drawn(flat, depth, size):
    """Number of the triangle seen in each pixel, 0 for none: drawn from far to near."""
    picture = np.zeros((size[1] * FINER, size[0] * FINER), np.int32)
    corners = np.round((flat - .5) * 16).astype(np.int32)
    for number in np.argsort(-depth):
        cv2.fillConvexPoly(picture, corners[number], int(number) + 1, cv2.LINE_8, 4)
    return picture


def weights(flat, rows, columns):
    """Barycentric weights of pixels in their triangles."""
    p = np.stack([columns + .5, rows + .5], -1)
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    area = np.where(np.abs(area) < 1e-6, 1e-6, area)
    v = ((p[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (p[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])) / area
    w = ((b[:, 0] - a[:, 0]) * (p[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (p[:, 0] - a[:, 0])) / area
    share = np.clip(np.stack([1 - v - w, v, w], -1), 0, 1)
    return (share / share.sum(1, keepdims=True)).astype(np.float32)


def shot(model, view, specular):
    """Writes light.npz and maps.npz of a view."""
    os.makedirs(view['folder'], exist_ok=True)
    flat, inside = model.seen_from(view)
    # Collars and buttons are sewn on: where they touch the cloth they lie before it.
    picture = drawn(flat, model.points[..., 1].mean(1) - SEWN_ON * (model.part > 1000), view['size'])
    rows, columns = picture.nonzero()
    number = picture[rows, columns] - 1
    share = weights(flat[number], rows, columns)[..., None]
    place = (model.corner[number] * share).sum(1)
    shade = (model.shade[number] * share).sum(1)
    has_reverse = model.part[number] < 1000
    turned = inside[number]
    maps = np.zeros(picture.shape + (8,), np.float32)
    maps[rows, columns, :7] = place
    maps[rows, columns, 7] = model.part[number] % 1000 + (turned & has_reverse)
    np.savez(os.path.join(view['folder'], 'maps.npz'), maps=maps)
    facing = np.abs(shade[:, 14])
    light = np.where(turned[:, None], shade[:, 7:14], shade[:, :7])
    grazing = .08 * specular
    gloss_share = grazing + .35 * (1 - facing) ** 5
    full = np.zeros(picture.shape + (10,), np.float32)
    full[rows, columns] = np.c_[light, gloss_share, facing, np.ones(len(rows))]
    half = tuple(view['size'])
    small = np.dstack([cv2.resize(full[..., k:k + 2], half, interpolation=cv2.INTER_AREA) for k in range(0, 10, 2)])
    cover = small[..., 9]
    wide = cv2.blur(small, (3, 3))
    small = np.where(cover[..., None] > .3, small / np.maximum(cover, 1e-3)[..., None],
                     wide / np.maximum(wide[..., 9:], 1e-3))
    alpha = np.clip(cv2.GaussianBlur(cover, (0, 0), .55), 0, 1)
    bounced = np.repeat(small[..., 3:4], 3, 2)
    stack = np.concatenate([small[..., :3], bounced, small[..., 4:7], np.zeros_like(bounced)], -1)
    np.savez(os.path.join(view['folder'], 'light.npz'), light=stack.astype(np.float16), alpha=alpha.astype(np.float16),
             share=small[..., 7].astype(np.float16), facing=small[..., 8].astype(np.float16))
