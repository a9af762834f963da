"""A turban: cloth wound in layers that rise to the middle of the forehead, around the head's own shape."""
import numpy as np

from scalp import smooth_step

AROUND, UP = 420, 200
LAYER = .0125


def head_radius(head, centre, ways):
    """How far the skin is from `centre` along each way."""
    distance = np.linspace(.04, .20, 90)
    inside = np.stack([head.field(centre + ways * d)[0] < 0 for d in distance], -1)
    last = inside.shape[1] - 1 - np.argmax(inside[:, ::-1], 1)
    return distance[np.where(inside.any(1), last, 0)]


def turban(head):
    """Points and quads. The lower border runs over the brows, above the ears and down to the nape."""
    brow, nape = head.at(7.66, 1.45), head.at(6.9, -.8)
    centre = np.array([brow[0] * .3, (brow[1] + nape[1]) / 2, brow[2] - .012])
    around, share = np.meshgrid(np.linspace(0, 2 * np.pi, AROUND, endpoint=False), np.linspace(0, 1, UP))
    front = np.cos(around)
    low = np.arctan2(brow[2] - centre[2], centre[1] - brow[1]) - np.radians(24) * smooth_step(-front, -.75, .9)
    low += np.radians(5) * np.exp(-(around - np.pi * 2 * (around > np.pi)) ** 2 / .10)
    rise = low + (np.pi / 2 - low) * share
    ways = np.stack([np.sin(around) * np.cos(rise), -front * np.cos(rise), np.sin(rise)], -1).reshape(-1, 3)
    skin = head_radius(head, centre, ways).reshape(UP, AROUND)
    for _ in range(10):
        skin = (np.roll(skin, 1, 1) + 2 * skin + np.roll(skin, -1, 1)) / 4
        skin[1:-1] = (skin[:-2] + 2 * skin[1:-1] + skin[2:]) / 4
    aside = np.abs(np.sin(around)) * np.cos(rise)
    body = .011 + .022 * smooth_step(share, 0, .35) + .005 * np.abs(np.sin(around)) * smooth_step(share, .02, .3)
    body += .010 * smooth_step(share, .6, 1)
    # Layers: lines falling from the middle of the forehead to the sides; each lies a little over the next.
    line = ((rise - low) * .115 + aside * .085 * smooth_step(front, -.5, .2)) / LAYER
    step = line - np.floor(line)
    fold = .0042 * (1 - step) ** 1.5 * smooth_step(step, 0, .12) * (1 - smooth_step(share, .75, .95))
    tuck = smooth_step(share, 0, .03)
    radius = skin + (.002 * (1 - tuck) + (body + fold) * tuck)
    points = centre + ways * radius.reshape(-1, 1)
    number = np.arange(UP * AROUND).reshape(UP, AROUND)
    after = np.roll(number, -1, 1)
    return points, np.stack([number[:-1], after[:-1], after[1:], number[1:]], -1).reshape(-1, 4)
