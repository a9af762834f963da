"""Skin colour map: the light and shade of a CC0 skin picture on a wanted tone; lips, lids, nails, scalp by mask."""
import cv2
import numpy as np

from art_data import texture_folder

SIZE = 2048
SOURCE = 512


def decoded(c):
    return np.where(c <= .04045, c / 12.92, ((c + .055) / 1.055) ** 2.4)


def encoded(c):
    return np.where(c <= .0031308, c * 12.92, 1.055 * np.maximum(c, 1e-9) ** (1 / 2.4) - .055)


def linear(text):
    return decoded(np.array([int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)]))


def mask(name, blur):
    picture = cv2.imread(texture_folder() + 'mpfb_%s.jpg' % name, 0).astype(np.float32) / 255
    picture = cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(picture, (0, 0), blur)[..., None]


def mottling():
    """Faint patches: even skin looks like plastic."""
    random = np.random.default_rng(3)
    layers = [cv2.resize(random.normal(size=(n, n)).astype(np.float32), (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
              * weight for n, weight in ((24, .020), (90, .025), (400, .03))]
    return sum(layers)[..., None] * np.array([.6, 1.1, 1.2], np.float32)


def relief(texture, face):
    """The source divided by its own mean tone, calmed in colour; and its plain lightness."""
    source = cv2.imread(texture_folder() + texture + '.png')[..., ::-1].astype(np.float32) / 255
    source = cv2.resize(decoded(source).astype(np.float32), (SIZE, SIZE), interpolation=cv2.INTER_CUBIC).clip(.002, 1)
    k = SIZE / SOURCE
    body = np.median(source[int(110 * k):int(200 * k), int(150 * k):int(260 * k)].reshape(-1, 3), 0)
    # The painted faces are redder than the bodies.
    head = np.median(source[face[..., 0] > .98], 0) * .75 + body * .25
    ratio = source / (body * (1 - face) + head * face)
    light = ratio.mean(2, keepdims=True)
    return light ** .85 * (ratio / light) ** .5, light


def build(path, spec):
    """Writes the colour map of a person (people.py)."""
    face = mask('face', 6)
    ratio, light = relief(spec['texture'], face)
    tone, hair = linear(spec['tone']), linear(spec['hair_colour'])
    colour = tone * ratio * (1 + mottling())
    k = SIZE / SOURCE
    head = np.zeros((SIZE, SIZE, 1), np.float32)
    head[int(90 * k):int(450 * k), int(325 * k):] = 1
    scalp = np.clip((.80 - light) / .35, 0, 1) * head * (1 - np.clip(face * 1.6, 0, 1))
    scalp = cv2.GaussianBlur(scalp, (0, 0), 2)[..., None]
    colour = colour * (1 - scalp) + hair * 1.2 * scalp
    lips = mask('lips', 2) * spec['lipstick']
    colour = colour * (1 - lips) + linear(spec['lip']) * light ** .9 * lips
    colour = colour * (1 - mask('eyelids', 5) * spec.get('lid', .15) * np.array([.8, 1, 1.0]))
    nails = mask('fingernails', 1) * .5
    colour = colour * (1 - nails) + (tone * .55 + np.array([.27, .168, .15])) * nails
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32) / k
    for cheek in (222, 297):
        glow = np.exp(-(((x - 446) / 13) ** 2 + ((y - cheek) / 11) ** 2))[..., None] * spec.get('blush', .1)
        colour = colour * (1 - glow * np.array([-.25, .9, .8]))
    picture = (encoded(colour.clip(0, 1)) * 255).astype(np.uint8)[..., ::-1]
    cv2.imwrite(path, picture, [cv2.IMWRITE_JPEG_QUALITY, 93])
