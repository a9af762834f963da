"""python3 lengths.py [name ...] : product photos of unstitched cloth (sarees, dupattas), right into the repository.

The try-on wants such cloth spread out flat: an upright rectangle, border along both sides, its end below. That needs no
3D scene: the cloth is painted at once and lit by the slopes of its creases and soft waves."""
import argparse
import os

import cv2
import numpy as np

from finish import PAPER, encoded
from lengths_cloth import LENGTHS

SIZE = (768, 1024)
SHARE = .93
LIGHT = np.array([-.42, .50, .76])
FINE, DETAIL = 2, (512, 683)
QUALITY = 74
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'demo', 'pictures', 'garments')


def relief(rows, columns, seed, soft):
    """Height in pixels of cloth that was folded in the shop: creases across and along, and soft waves."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    y, x = y / rows, x / rows
    wide = columns / rows
    height = np.zeros((rows, columns), np.float32)
    for k, at in enumerate(np.linspace(0, 1, 6)[1:-1]):
        off = y - at - .004 * np.sin(2 * np.pi * (x * 1.3 + random.uniform()))
        height += (-1) ** k * .0012 * np.exp(-np.abs(off) / .0045) - .0010 * np.exp(-(off / .05) ** 2) * (-1) ** k
    off = x - wide / 2 + .003 * np.sin(2 * np.pi * y * 1.1)
    height += .0009 * np.exp(-np.abs(off) / .0045) - .0007 * np.exp(-(off / .06) ** 2)
    for _ in range(14):
        angle, wave = random.normal(np.pi / 2, .5), random.uniform(.10, .34)
        phase = 2 * np.pi * ((x * np.cos(angle) + y * np.sin(angle)) / wave + random.uniform())
        height += soft * wave * .010 * np.sin(phase + 1.2 * np.sin(2 * np.pi * (x - y) * 1.3 + random.uniform(0, 6)))
    return height * rows


def lit(cloth, seed, soft, sheen):
    """Linear colour of the spread cloth under one lamp from the upper left and an even sky."""
    painted = cloth.picture()
    rows, columns = painted.shape[:2]
    height = relief(rows, columns, seed, soft)
    noise = cloth.random.normal(size=height.shape).astype(np.float32)
    metal = 1 - painted[..., 3].astype(np.float32) / 255
    slope_x = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=1 / 8)
    slope_y = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=1 / 8)
    normal = np.dstack([-slope_x, slope_y, np.ones_like(height)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    lamp = LIGHT / np.linalg.norm(LIGHT)
    toward = np.clip(normal @ lamp, 0, 1)
    half = lamp + [0, 0, 1]
    half /= np.linalg.norm(half)
    shine = np.clip(normal @ half, 0, 1)
    painted = painted[..., :3].astype(np.float32) / 255
    albedo = np.where(painted <= .04045, painted / 12.92, ((painted + .055) / 1.055) ** 2.4)
    light = .30 + .80 * toward
    gloss = sheen * shine ** 28 * 1.1
    glint = metal * (.30 + 1.1 * shine ** 10) * (1 + .55 * cv2.GaussianBlur(noise, (0, 0), .9))
    return albedo * (light * (1 - .45 * metal) + 1.2 * glint)[..., None] + (gloss * (1 - metal))[..., None] * (
        .12 + 1.1 * cv2.GaussianBlur(albedo, (0, 0), 3))


def photo(described):
    """8-bit BGR pictures of one length of cloth: whole on plain paper, and the corner of its end from close by."""
    rows = int(SIZE[1] * SHARE) * FINE
    cloth = described['paint'](rows)
    image = lit(cloth, described['seed'], described['soft'], described['sheen'])
    rows, columns = image.shape[:2]
    whole = np.tile(linear(PAPER), (SIZE[1] * FINE, SIZE[0] * FINE, 1)).astype(np.float32)
    top, left = (whole.shape[0] - rows) // 2, (whole.shape[1] - columns) // 2
    whole[top:top + rows, left:left + columns] = image
    close = image[rows - DETAIL[1] - 40:rows - 40, 30:30 + DETAIL[0]]
    return [(np.clip(encoded(part), 0, 1) * 255 + .5).astype(np.uint8)
            for part in (cv2.resize(whole, SIZE, interpolation=cv2.INTER_AREA), close)]


def linear(text):
    painted = np.array([int(text[i:i + 2], 16) / 255 for i in (5, 3, 1)], np.float32)
    return ((painted + .055) / 1.055) ** 2.4


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('names', nargs='*')
    for name in parser.parse_args().names or LENGTHS:
        for number, (shade, described) in enumerate(LENGTHS[name].items()):
            file = os.path.join(FOLDER, name + ('_' + shade if number else ''))
            for picture, ending in zip(photo(described), ('.webp', '_detail.webp')):
                cv2.imwrite(file + ending, picture, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
            print(name, shade, flush=True)


if __name__ == '__main__':
    main()
