"""Shapes stamped on cloth: functions of (u, v) that give a signed distance in units of the motif's size."""
import numpy as np


def flower(petals=6, depth=.38):
    return lambda u, v: np.hypot(u, v) - (1 - depth + depth * np.cos(petals * np.arctan2(v, u))) * .9


def dot(radius):
    return lambda u, v: np.hypot(u, v) - radius


def ring(radius, width):
    return lambda u, v: np.abs(np.hypot(u, v) - radius) - width


def lozenge(size):
    return lambda u, v: (np.abs(u) + np.abs(v) - size) * .7


def box(half_width, half_height):
    return lambda u, v: np.maximum(np.abs(u) - half_width, np.abs(v) - half_height)


def outline(motif, at=0.0, width=.05):
    """A line along the motif's border, `at` outside it."""
    return lambda u, v: np.abs(motif(u, v) - at) - width


def sprig(u, v):
    """A small flower: bloom, stem, two leaves."""
    bloom = np.hypot(u, v - .35) - (.36 + .10 * np.cos(7 * np.arctan2(v - .35, u)))
    stem = np.maximum(np.abs(u) - .045, np.maximum(-.95 - v, v - .1))
    leaves = [np.hypot((s * u - .30) * .9 + (v + .45) * .55, ((v + .45) - (s * u - .30)) * 1.6) - .24 for s in (-1, 1)]
    return np.minimum(bloom, np.minimum(stem, np.minimum(*leaves)))


def leaf(u, v):
    return np.hypot(u * 2.4, v) - .8


def paisley(u, v):
    """A mango drop whose tip bends to the right."""
    best = None
    for t in np.linspace(0, 1, 11):
        ball = np.hypot(u - .62 * t ** 2.2 + .08, v - (-.38 + 1.15 * t - .25 * t ** 3)) - .52 * (1 - t) ** .75 - .02
        best = ball if best is None else np.minimum(best, ball)
    return best


def lotus(u, v):
    """A half-open lotus seen from the side: five pointed petals."""
    best = None
    for angle in (-70, -36, 0, 36, 70):
        a = np.radians(angle)
        x, y = u * np.cos(a) - (v + .45) * np.sin(a), u * np.sin(a) + (v + .45) * np.cos(a)
        petal = np.hypot(x * (2.6 + 1.2 * np.clip(y, 0, 1)), y - .55) - .52
        best = petal if best is None else np.minimum(best, petal)
    return best * .6
