"""From render passes to a picture: denoise, tone, backdrop. The Debian Blender has no denoiser of its own."""
import os

os.environ['OPENCV_IO_ENABLE_OPENEXR'] = '1'

import cv2  # noqa: E402
import numpy as np  # noqa: E402

EXPOSURE, GRAIN = 1.18, .006
PAPER = '#efece6'


def read_pass(folder, name):
    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_ANYCOLOR | cv2.IMREAD_ANYDEPTH
    return cv2.imread(os.path.join(folder, name + '0001.exr'), flags).astype(np.float32)


def shifted(picture, dx, dy):
    move = np.float32([[1, 0, dx], [0, 1, dy]])
    return cv2.warpAffine(picture, move, (picture.shape[1], picture.shape[0]), borderMode=cv2.BORDER_REFLECT)


def denoised(image, albedo, normal, depth, radius=4, rounds=2):
    """Divides the surface colour out and smooths the light where normal, depth and light agree: prints stay sharp."""
    light = np.minimum(image / np.maximum(albedo, .02), 6)
    normal, depth = cv2.GaussianBlur(normal, (0, 0), .7), np.minimum(depth, 30)
    for turn in range(rounds):
        total, weights = np.zeros_like(light), np.zeros(light.shape[:2], np.float32)
        guide = cv2.GaussianBlur(light, (0, 0), 1.2)
        tolerance = .03 + .02 * guide.sum(2)
        for dy in range(-radius, radius + 1):
            for dx in range(-radius, radius + 1):
                x, y = dx * (1 + turn), dy * (1 + turn)
                apart = ((shifted(normal, x, y) - normal) ** 2).sum(2) / .02
                apart += (shifted(depth, x, y) - depth) ** 2 / .0009
                apart += ((shifted(guide, x, y) - guide) ** 2).sum(2) / tolerance
                weight = np.exp(-apart - (dx * dx + dy * dy) / (2 * (radius * .6) ** 2))
                total += shifted(light, x, y) * weight[..., None]
                weights += weight
        light = total / weights[..., None]
    # Hair and metal have no surface colour: they keep their grain, without sparks.
    shiny = cv2.GaussianBlur((albedo.max(2) < .02).astype(np.float32), (0, 0), .8)[..., None]
    brightness = image.mean(2)
    limit = cv2.medianBlur(np.minimum(brightness, 4).astype(np.float32), 3) * 1.5 + .02
    calm = cv2.GaussianBlur(image * np.minimum(1, limit / np.maximum(brightness, 1e-4))[..., None], (0, 0), .55)
    return light * np.maximum(albedo, .02) * (1 - shiny) + calm * shiny


def encoded(linear):
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= .0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - .055)


def picture(folder, corner=(0, 0), size=None):
    """8-bit BGR picture of a person's render passes. For a part of a picture: where it begins and the whole one's shape,
    so that its grain is the whole one's."""
    image, albedo, normal = (read_pass(folder, name)[..., :3] for name in ('Image', 'DiffCol', 'Normal'))
    depth = read_pass(folder, 'Depth')
    image = denoised(image, albedo, normal, depth if depth.ndim == 2 else depth[..., 0]) * EXPOSURE
    grain = np.random.default_rng(0).normal(size=(size or image.shape)[:2])[corner[1]:, corner[0]:, None] * GRAIN
    grain = grain[:image.shape[0], :image.shape[1]]
    return (np.clip(encoded(image) + grain, 0, 1) * 255).astype(np.uint8)
