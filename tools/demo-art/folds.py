"""Folds of hanging cloth as heights over its surface, in metres: each function gives one kind for every vertex."""
import numpy as np

from garment_cut import smooth_step


class Place:
    """Where each vertex lies: across (metres from the centre front), t (round the leg 0..1 or the skirt -.5...5), side,
    down (from the waist), up (from the hem), z; crotch is a height."""

    def __init__(self, across, t, side, down, up, z, crotch):
        self.across, self.t, self.side, self.down, self.up, self.z, self.crotch = across, t, side, down, up, z, crotch


def wander(values, seed, low=1.0, high=4.0, waves=4):
    """Smooth uneven curve between about -1 and 1; the same for the same seed."""
    random = np.random.default_rng(seed)
    total = np.zeros_like(values)
    for _ in range(waves):
        total += np.sin(2 * np.pi * (random.uniform(low, high) * values + random.uniform()))
    return total / waves ** .5 / 1.3


def rounded(phase):
    """A fold's profile: broad ridges, narrow valleys; between -1 and 1."""
    return np.abs(np.cos(phase / 2)) ** .8 * 2 - 1


def hanging(count, depth, start=.08, grow=.8, seed=1, sway=.6, uneven=.45):
    """Long folds that open from `start` below the waist to `depth` at the hem."""
    def height(p):
        turn = p.t + .37 * (p.side < 0)
        length = p.down + p.up
        share = np.clip((p.down - start) / np.maximum(length - start, .01), 0, 1)
        phase = 2 * np.pi * count * turn + 1.9 * wander(turn, seed, 1, 3) + sway * wander(p.down, seed + 1, 1, 3)
        strength = 1 + uneven * wander(turn, seed + 2, 1, 4)
        return depth * share ** grow * strength * rounded(phase)
    return height


def gathers(count, depth, reach=.07, top=.035, seed=5):
    """Fine gathers under a band, dying away downwards."""
    def height(p):
        turn = p.t + .21 * (p.side < 0)
        phase = 2 * np.pi * count * turn + 3.0 * wander(turn, seed, 2, 7) + .8 * wander(p.down * 3, seed + 1)
        below = p.down - top
        strength = smooth_step(below, 0, .012) * np.exp(-np.maximum(below, 0) / reach)
        return depth * strength * rounded(phase) * (1 + .4 * wander(turn, seed + 2, 2, 7))
    return height


def band(depth, top=.035):
    """A waistband or cuff stands a little proud: a step down at its lower edge."""
    return lambda p: depth * (1 - smooth_step(p.down, top - .001, top + .004))


def cuff(depth, reach):
    return lambda p: depth * (1 - smooth_step(p.up, reach - .002, reach + .004))


def crease(depth=.003, at=.15, start=.16):
    """The pressed line down the front of a trouser leg."""
    def height(p):
        near = np.abs(p.t - at)
        return depth * np.exp(-near / .012) * smooth_step(p.down, start, start + .12)
    return height


def rings(pitch, depth, reach, seed=9, slant=.25):
    """Cloth pushed up over the ankle: rings round the leg, closer and deeper towards the hem."""
    def height(p):
        turn = p.t * 2 * np.pi
        tilt = slant * pitch * 6 * np.sin(turn + 1.3 * p.side) + .5 * pitch * wander(p.t, seed, 1, 3)
        phase = 2 * np.pi * (p.up + tilt) / pitch + 1.6 * wander(p.up * 5 + p.t, seed + 1, 1, 3) + p.side
        strength = 1 - smooth_step(p.up, reach * .35, reach)
        uneven = .75 + .45 * wander(p.t * 1.0 + p.up * 7, seed + 2, 1, 3)
        return depth * strength * uneven * rounded(phase) * smooth_step(p.up, .004, .016)
    return height


def drag(lines, width=.011, seed=3):
    """Single soft wrinkles: (across, down, degrees, length, height) in metres, mirrored to both sides, a bit uneven."""
    def height(p):
        total = np.zeros_like(p.z)
        random = np.random.default_rng(seed)
        for x, down, degrees, length, high in lines:
            for side in (1, -1):
                dx, dd, da, dh = random.uniform(-1, 1, 4) * (.008, .010, 8, .25)
                angle = np.radians(degrees + da)
                u, v = p.across * side - x - dx, p.down - down - dd
                along, off = u * np.cos(angle) + v * np.sin(angle), v * np.cos(angle) - u * np.sin(angle)
                off = off + .12 * along ** 2 / length
                body = np.exp(-(off / width) ** 2) - .5 * np.exp(-((off - 1.7 * width) / width) ** 2)
                total += np.where(p.side == side, 1, 0) * high * (1 + dh) * body * np.exp(-(along / length * 2) ** 4)
        return total
    return height


def ripples(depth, seed=11, scale=9.0):
    """The slight unrest of any real cloth."""
    def height(p):
        leaning = wander(p.across * scale * .35 + p.down * scale * .12 + p.side, seed)
        a = leaning * wander(p.down * scale * .2 + p.across, seed + 1)
        return depth * a * smooth_step(p.down, .04, .12)
    return height


def swung(count, depth, start, end, slant=.0, seed=21):
    """Folds of a full leg that is gathered above and below: deepest in the middle, leaning by `slant` of a turn."""
    def height(p):
        turn = p.t + .29 * (p.side < 0)
        length = p.down + p.up
        strength = smooth_step(p.down, start, start + .16) * smooth_step(p.up, end, end + .14)
        lean = slant * (p.down / length) ** 2
        phase = 2 * np.pi * count * (turn + lean) + 1.8 * wander(turn, seed, 1, 3) + .3 * wander(p.down * 1.2, seed + 1)
        return depth * strength * (1 + .5 * wander(turn, seed + 2, 1, 4)) * rounded(phase)
    return height


def pleats(count, depth, start=.045):
    """Pressed knife pleats: each rises slowly and drops at once, opening towards the hem."""
    def height(p):
        length = p.down + p.up
        share = np.clip((p.down - start) / np.maximum(length - start, .01), 0, 1)
        phase = (count * p.t + .10 * wander(p.t, 31, 1, 3) * share) % 1
        saw = np.where(phase < .86, phase / .86, (1 - phase) / .14)
        return depth * (.30 + .70 * share) * smooth_step(p.down, start - .004, start + .01) * (saw - .5)
    return height
