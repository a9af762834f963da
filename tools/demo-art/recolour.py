"""Lays a fabric on the light and the maps of a product photo: a colourway costs seconds and no render."""
import os

import cv2
import numpy as np

from fabric import colour_of
from finish import EXPOSURE, GRAIN, PAPER, encoded, read_pass
from pieces import BORDERED, EDGES

GREY = .5
REVERSE_PALE, REVERSE_DARK = .45, .80
METAL, THREAD = 1.5, .45


def linear(colour):
    colour = np.clip(colour, 0, 1)
    return np.where(colour <= .04045, colour / 12.92, ((colour + .055) / 1.055) ** 2.4).astype(np.float32)


def light_of(folder):
    """Denoised light of a view: diffuse direct and indirect, gloss, its share, alpha and how level each place lies."""
    kept = os.path.join(folder, 'light.npz')
    if not os.path.exists(kept):
        def read(name):
            found = read_pass(folder, name)
            return found if found.ndim == 3 else found[..., None]
        normal, depth = read('Normal')[..., :3], np.minimum(read('Depth')[..., 0], 30)
        alpha = np.clip(read('Alpha')[..., 0], 0, 1)
        light = np.concatenate([np.clip(read(name)[..., :3], 0, limit) for name, limit in (
            ('DiffDir', 8), ('DiffInd', 4), ('GlossDir', 4), ('GlossInd', 4))], -1)
        light = denoised(light, normal, depth, alpha)
        np.savez(kept, light=light.astype(np.float16), alpha=alpha.astype(np.float16),
                 share=read('GlossCol')[..., :3].mean(2).astype(np.float16),
                 facing=np.abs(normal[..., 1]).astype(np.float16))
    stored = np.load(kept)
    return {name: stored[name].astype(np.float32) for name in stored.files}


def denoised(light, normal, depth, alpha):
    """Smooths light where normal, depth and light agree, with growing holes between the samples (a-trous)."""
    normal = cv2.GaussianBlur(normal, (0, 0), .7)
    rows, columns = alpha.shape
    for step in (1, 2, 4):
        guide = cv2.GaussianBlur(light[..., :3], (0, 0), 1.2).sum(2)
        packed = np.dstack([light, normal, depth, guide, alpha]).astype(np.float32)
        padded = np.pad(packed, ((2 * step, 2 * step), (2 * step, 2 * step), (0, 0)), 'edge')
        total, weights = np.zeros_like(light), np.full(alpha.shape, 1e-6, np.float32)
        for dy in range(5):
            for dx in range(5):
                there = padded[dy * step:dy * step + rows, dx * step:dx * step + columns]
                apart = ((there[..., 12:15] - normal) ** 2).sum(2) / .03
                apart += (there[..., 15] - depth) ** 2 / (.0006 * step * step)
                apart += (there[..., 16] - guide) ** 2 / (.02 + .02 * guide)
                weight = np.exp(-apart - ((dx - 2) ** 2 + (dy - 2) ** 2) / 4) * there[..., 17]
                total += there[..., :12] * weight[..., None]
                weights += weight
        light = total / weights[..., None]
    return light


def painted(cloth, x, z):
    """Colour (0..1) and metal of a cloth at places in metres; it repeats sideways, and up and down where asked."""
    if isinstance(cloth, str) or not len(x):
        cloth = cloth if isinstance(cloth, str) else '#000000'
        return np.tile(colour_of(cloth) / 255, (len(x), 1)).astype(np.float32), np.zeros(len(x), np.float32)
    picture = cloth.picture()
    rows, columns = picture.shape[:2]
    across = ((x / cloth.width + .5) * columns - .5) % columns
    down = (cloth.high - z) / (cloth.high - cloth.low) * rows - .5
    down = down % rows if cloth.tiled else np.clip(down, 0, rows - 1)
    picture = np.concatenate([picture, picture[:, :1]], 1)
    picture = np.concatenate([picture, picture[:1]], 0)
    wide = 16384
    count = -(-len(x) // wide) * wide
    places = [np.pad(a.astype(np.float32), (0, count - len(x))).reshape(-1, wide) for a in (across, down)]
    found = cv2.remap(picture, *places, cv2.INTER_LINEAR).reshape(-1, 4)[:len(x)].astype(np.float32) / 255
    return found[:, :3], 1 - found[:, 3]


def maps_of(folder):
    """Place on the cloth, distances from the EDGES, and the number of the piece (odd: its inside) for every pixel."""
    drawn = os.path.join(folder, 'maps.npz')
    if os.path.exists(drawn):
        maps = np.load(drawn)['maps']
        return maps[..., :2], maps[..., 2:7], np.rint(maps[..., 7]).astype(int)
    place, edges, more = (read_pass(folder, name)[..., 2::-1] for name in ('Place', 'Edges', 'More'))
    return place[..., :2], np.dstack([edges, more[..., :2]]), np.rint(place[..., 2]).astype(int)


def coloured(folder, parts, fabric):
    """Linear surface colour and metal of a view at its own size, from maps of twice that size."""
    place, edges, number = maps_of(folder)
    seen = number >= 2
    colour, metal = np.zeros(seen.shape + (3,), np.float32), np.zeros(seen.shape, np.float32)
    for k, part in enumerate(parts):
        at = number // 2 - 1 == k
        if not at.any():
            continue
        x, z = place[at, 0], place[at, 1]
        own_colour, own_metal = painted(fabric[part], x, z)
        named = dict(zip(EDGES, edges[at].T))
        for strip in fabric['borders']:
            if part not in strip.get('parts', BORDERED):
                continue
            distance = np.abs(named[strip['edge']])
            on = (distance < strip['reach']) & (named['height'] > strip['above'])
            own_colour[on], own_metal[on] = painted(strip['cloth'], x[on], distance[on])
        reverse = number[at] % 2 == 1
        if reverse.any():
            mean = own_colour[~reverse].mean(0) if (~reverse).any() else own_colour.mean(0)
            pale = own_colour[reverse] * (1 - REVERSE_PALE) + mean * REVERSE_PALE
            own_colour[reverse] = fabric_reverse(fabric, pale) * REVERSE_DARK
            own_metal[reverse] *= .2
        colour[at], metal[at] = linear(own_colour), own_metal
    half = (seen.shape[1] // 2, seen.shape[0] // 2)
    share = cv2.resize(seen.astype(np.float32), half, interpolation=cv2.INTER_AREA)
    colour, metal = (cv2.resize(a, half, interpolation=cv2.INTER_AREA) for a in (colour, metal))
    # Beside the outline a pixel may have alpha and yet no sample in the maps: it takes its neighbours' colour.
    wide = cv2.blur(share, (5, 5))
    near = cv2.blur(colour, (5, 5)) / np.maximum(wide, 1e-4)[..., None]
    full = np.maximum(share, 1e-4)
    return np.where(share[..., None] > .2, colour / full[..., None], near), np.where(share > .2, metal / full, 0)


def fabric_reverse(fabric, pale):
    lining = fabric.get('lining')
    return pale if lining is None else np.tile(colour_of(lining) / 255, (len(pale), 1))


def picture(folder, parts, fabric, finish):
    """8-bit BGR product photo of a view in a fabric, on plain paper."""
    light = light_of(folder)
    direct, indirect, gloss = (light['light'][..., k:k + 3] for k in (0, 3, 6))
    gloss = gloss + light['light'][..., 9:12]
    albedo, metal = coloured(folder, parts, fabric)
    metal = metal[..., None]
    diffuse = direct + indirect * np.clip(albedo / GREY, 0, 1.6)
    rim = finish.get('sheen', .4) * .09 * (1 - light['facing'][..., None]) ** 3
    # Zari is gold foil wound round silk: half of it shines, half of it looks like dyed yarn.
    image = (albedo + rim) * diffuse * (1 - THREAD * metal) + gloss * (light['share'][..., None] + METAL * albedo * metal)
    alpha = light['alpha'][..., None]
    paper = linear(colour_of(PAPER) / 255)
    image = encoded(image * EXPOSURE * alpha + paper * (1 - alpha))
    grain = np.random.default_rng(0).normal(size=image.shape[:2])[..., None] * GRAIN
    return (np.clip(image + grain * alpha, 0, 1) * 255 + .5).astype(np.uint8)
