"""Sarees and dupattas as painted cloth: x runs from selvedge to selvedge (0 in the middle), z upwards from the end that
hangs over the shoulder, both in metres."""
import numpy as np

from fabric import Cloth, soft
from fabrics_lower import mango
from motifs import dot, flower, lozenge, outline, ring


class Length(Cloth):
    """A rectangle of cloth `wide` by `long` metres on so many rows of pixels."""

    def __init__(self, colour, wide, long, rows, weave=.03, seed=7):
        self.wide, self.long = wide, long
        super().__init__(colour, width=wide, low=0.0, high=long, seed=seed, weave=weave, scale=(rows + .5) / long)
        self.side = wide / 2 - np.abs(self.x)

    def inside(self, low, high, edge='side'):
        """Mask of a strip measured from the selvedges or from the end."""
        at = self.side if edge == 'side' else self.z
        return soft(np.maximum(low - at, at - high))

    def strip(self, low, high, colour, metal=0.0, edge='side', end=9):
        return self.paint(self.inside(low, high, edge) * (self.z < end if edge == 'side' else 1), colour, metal)

    def row(self, motif, middle, pitch, size, colour, metal=0.0, edge='side', strength=1.0, low=-9, high=9):
        """One row of motifs along a selvedge (turned to it) or along the end."""
        if edge == 'side':
            v, along = self.side - middle, self.z
        else:
            v, along = self.z - middle, self.x + pitch / 2
        u = (along + 50 * pitch) % pitch - pitch / 2
        mask = soft(motif(u / size, v / size) * size) * strength
        return self.paint(mask * (np.abs(v) < size * 1.4) * (self.z > low) * (self.z < high), colour, metal)

    def scattered(self, motif, pitch, colour, size, metal=0.0, low=0.0, margin=0.0, strength=1.0):
        """Motifs in half drop over the field, off the borders and above the end piece."""
        before, metal_before = self.colour.copy(), self.metal.copy()
        self.stamp(motif, pitch, colour, size, metal, strength)
        keep = ((self.side < margin) | (self.z < low))
        self.colour[keep], self.metal[keep] = before[keep], metal_before[keep]
        return self

    def fringe(self, long, ground):
        """Knotted threads at the end: gaps show darker cloth, so that the outline stays a rectangle."""
        wave = np.abs(np.sin(self.x * np.pi / .004 + 2 * np.sin(self.x * 260)))
        return self.paint((self.z < long) * np.clip((.45 - wave) * 4, 0, 1) * .8, ground)


def temple(u, v):
    """A tooth of a temple border, pointing away from the selvedge."""
    return np.maximum(np.abs(u) * 1.0 + (v - .8) * .5, -v - 1.0)


def banarasi(ground, deep, gold='#cfa14e'):
    def paint(rows):
        c = Length(ground, 1.12, 1.60, rows, weave=.02)
        pallu, rim = .44, .105
        c.scattered(mango, (.094, .104), gold, .030, .85, low=.52, margin=rim + .012)
        c.scattered(lambda u, v: flower(6, .4)(u / .42, (v + .35) / .42), (.094, .104), ground, .030, 0, low=.52,
                    margin=rim + .012)
        c.scattered(flower(4, .5), (.047, .052), gold, .0052, .8, low=.494, margin=rim + .012)
        c.strip(0, rim, deep).strip(.004, .012, gold, .85).strip(.016, .019, gold, .85)
        c.strip(rim - .006, rim, gold, .85).strip(rim - .013, rim - .010, gold, .85)
        c.row(flower(8, .42), .054, .062, .024, gold, .85).row(flower(6, .5), .054, .062, .011, deep, 0)
        c.row(dot(.5), .026, .0155, .006, gold, .85).row(dot(.5), .084, .0155, .006, gold, .85)
        return banarasi_end(c, pallu, deep, gold)
    return dict(paint=paint, wide=1.12, long=1.60, sheen=.9, soft=.8, seed=3)


def banarasi_end(c, pallu, deep, gold):
    c.strip(0, pallu, deep, 0, 'end')
    for z in (.024, .060, .196, .232, .372, .420):
        c.strip(z, z + .004, gold, .85, 'end').strip(z + .009, z + .0115, gold, .85, 'end')
    c.row(mango, .128, .0933, .052, gold, .85, 'end')
    c.row(lambda u, v: np.hypot(u, v + .35) - .42, .128, .0933, .052, deep, 0, 'end')
    c.row(flower(8, .4), .110, .0933, .016, gold, .85, 'end')
    for z in (.042, .214):
        c.row(lozenge(.9), z + .004, .028, .010, gold, .85, 'end')
    c.row(flower(8, .45), .306, .070, .030, gold, .85, 'end').row(dot(.5), .306, .070, .012, deep, 0, 'end')
    c.row(ring(.9, .1), .306, .070, .034, gold, .8, 'end')
    c.row(temple, .452, .028, .014, gold, .85, 'end')
    return c.fringe(.020, deep)


def ikat_field(ground, rim_colour, light, accent):
    def paint(rows):
        c = Length(ground, 1.12, 1.60, rows, weave=.06)
        slips = np.random.default_rng(5).normal(size=(1, c.x.shape[1] // 5 + 1)).astype(np.float32)
        slip = .0038 * slips.repeat(5, 1)[:, :c.x.shape[1]]
        rim, pallu = .12, .36
        c.stripes(.0040, .3, '#ffffff', True, .05)
        feathered(c, slip, .056, .070, (c.side > rim) & (c.z > pallu), ((.30, light),))
        c.strip(0, rim, rim_colour)
        feathered(c, slip, rim - .030, .080, c.side < rim, ((.86, light), (.60, accent), (.30, rim_colour)), rim=rim)
        c.strip(0, .010, accent).strip(rim - .010, rim, accent).strip(rim - .013, rim - .011, light)
        c.strip(0, pallu, rim_colour, 0, 'end')
        feathered(c, slip, 1.12 / 9, .17, (c.z < pallu - .02) & (c.z > .012), (
            (.94, light), (.72, accent), (.50, rim_colour), (.26, light)))
        for z in (.004, pallu - .016, pallu - .028):
            c.strip(z, z + .006, accent, 0, 'end')
        return c.fringe(.006, rim_colour)
    return dict(paint=paint, wide=1.12, long=1.60, sheen=.05, soft=1.1, seed=8)


def feathered(c, slip, pitch_x, pitch_z, where, steps, rim=None):
    """Nested ikat lozenges; each thread slips a little, which feathers their edges."""
    x = c.x if rim is None else (c.side - rim / 2)
    u = np.abs(x) / (rim / 2 - .012) if rim else np.abs((x + pitch_x * 40.5) % pitch_x - pitch_x / 2) / pitch_x * 2
    v = np.abs((c.z + slip) % pitch_z - pitch_z / 2) / pitch_z * 2
    for limit, colour in steps:
        c.paint(np.clip((limit - u - v) / .06, 0, 1) * where, colour)
    return c


def bandhani(ground, deep, light, gold='#c99d4a'):
    def paint(rows):
        c = Length(ground, 1.12, 1.60, rows, weave=.015)
        rim, pallu = .075, .32
        c.scattered(ring(.60, .30), (.0224, .026), light, .0044, 0, pallu, rim + .010)
        c.scattered(flower(8, .5), (.224, .26), ground, .060, 0, pallu, rim + .010)
        for reach, count in ((.052, 22), (.036, 16), (.018, 8)):
            c.scattered(dotted_ring(reach, count), (.224, .26), light, 1.0, 0, pallu, rim + .010)
        c.strip(0, rim, deep).strip(.003, .010, gold, .8).strip(rim - .008, rim - .002, gold, .8)
        c.row(flower(8, .45), rim / 2, .05, .019, gold, .8).row(dot(.5), rim / 2, .05, .008, deep)
        c.strip(0, pallu, deep, 0, 'end')
        c.row(lambda u, v: dotted_ring(.055, 24)(u, v), .16, .16, 1.0, light, 0, 'end')
        for reach, count in ((.068, 30), (.040, 18), (.024, 11), (.009, 4)):
            c.row(dotted_ring(reach, count), .16, .16, 1.0, light, 0, 'end')
        for z in (.030, .052, .268, .290):
            c.row(ring(.60, .30), z, .0160, .0046, light, 0, 'end')
        c.strip(.006, .018, gold, .8, 'end').strip(pallu - .014, pallu - .004, gold, .8, 'end')
        return c
    return dict(paint=paint, wide=1.12, long=1.60, sheen=.25, soft=1.5, seed=5)


def dotted_ring(radius, count):
    """Tied dots standing on a circle; in metres, for size 1."""
    def distance(u, v):
        angle = np.arctan2(v, u) * count / (2 * np.pi)
        angle = (angle - np.round(angle)) * 2 * np.pi / count
        return np.abs(np.hypot(np.hypot(u, v) - radius, angle * radius) - .0026) - .0013
    return distance


def leheriya(ground, stripe, second, gold='#c99d4a'):
    def paint(rows):
        c = Length(ground, .92, 1.32, rows, weave=.02)
        wave = np.abs(((c.x / .23) % 2) - 1) * .115
        at = c.z + wave + .0016 * np.sin(c.x * 170)
        for shift, share, colour in ((0, .42, stripe), (.5, .16, second)):
            phase = ((at / .046) + shift) % 1
            c.paint(np.clip((share / 2 - np.abs(phase - .5)) / .05, 0, 1), colour)
        c.strip(0, .030, second).strip(.002, .006, gold, .8).strip(.012, .024, gold, .8)
        c.strip(0, .055, second, 0, 'end').strip(.004, .010, gold, .8, 'end').strip(.022, .044, gold, .8, 'end')
        return c
    return dict(paint=paint, wide=.92, long=1.32, sheen=.25, soft=1.6, seed=9)


def phulkari(ground, first, second, third):
    def paint(rows):
        c = Length(ground, .92, 1.32, rows, weave=.05)
        thread = .5 + .5 * np.sin((c.x + c.z) * 2 * np.pi / .0032)
        for limit, colour in ((.92, first), (.60, second), (.30, third)):
            c.scattered(lozenge(limit), (.0836, .0836), colour, .036, 0, .1672, .075)
        c.scattered(flower(4, .5), (.0418, .0418), second, .0055, 0, .1463, .075)
        for edge, reach, pitch in (('side', .070, .058), ('end', .125, .0767)):
            c.strip(0, reach, ground, 0, edge).strip(reach - .006, reach, first, 0, edge)
            c.strip(.003, .008, second, 0, edge)
            for limit, colour in ((.98, third), (.68, first), (.36, second)):
                c.row(lozenge(limit), reach / 2, pitch, reach * .42, colour, 0, edge)
        c.colour *= (.93 + .09 * thread)[..., None]
        return c
    return dict(paint=paint, wide=.92, long=1.32, sheen=.15, soft=1.0, seed=12)


def zari_dupatta(ground, deep, gold='#d8ab55'):
    """The dupatta of the brocade lehenga: its small mangoes on plain silk, its border all round."""
    def paint(rows):
        c = Length(ground, .92, 1.32, rows, weave=.03)
        rim, end = .068, .150
        c.scattered(mango, (.1314, .150), gold, .026, .85, low=end + .03, margin=rim + .02)
        c.scattered(outline(mango, .20, .055), (.1314, .150), gold, .026, .85, low=end + .03, margin=rim + .02)
        c.scattered(flower(6, .4), (.1314, .150), ground, .010, 0, low=end + .03, margin=rim + .02)
        c.scattered(flower(4, .5), (.0657, .075), gold, .0056, .85, low=end + .03, margin=rim + .02)
        c.strip(0, rim, deep).strip(.003, .010, gold, .85).strip(rim - .009, rim, gold, .85)
        c.row(flower(10, .28), .0345, .0575, .0215, gold, .85).row(dot(.5), .0345, .0575, .011, deep)
        c.strip(0, end, deep, 0, 'end')
        for z in (.010, end - .016):
            c.strip(z, z + .009, gold, .85, 'end')
        c.row(flower(10, .28), .080, .0767, .034, gold, .85, 'end').row(dot(.58), .080, .0767, .034, deep, 0, 'end')
        c.row(flower(8, .42), .080, .0767, .018, gold, .85, 'end')
        return c
    return dict(paint=paint, wide=.92, long=1.32, sheen=.5, soft=1.4, seed=15)


# Every length of cloth in its colours; as with sewn garments the first colour has the plain name.
LENGTHS = dict(
    banarasi_saree=dict(ruby=banarasi('#8e1830', '#5d0f22'), peacock=banarasi('#0f5660', '#0a3a4a'),
                        aubergine=banarasi('#4a1f4f', '#321238')),
    ikat_saree=dict(indigo=ikat_field('#e6dcc6', '#23365f', '#ece2cd', '#b8472f'),
                    moss=ikat_field('#5b6b46', '#7b2420', '#eadfc6', '#d99f35')),
    bandhani_saree=dict(magenta=bandhani('#b01f57', '#6f1140', '#f5e3c4'),
                        marigold=bandhani('#d98a1f', '#a3271f', '#fbeecb'),
                        teal=bandhani('#12706c', '#7a1647', '#f3e6c8')),
    zari_dupatta=dict(rani=zari_dupatta('#a91d55', '#4f1035'), emerald=zari_dupatta('#0f5a46', '#7b1730'),
                      midnight=zari_dupatta('#1f2a55', '#7a1431')),
    leheriya_dupatta=dict(rose=leheriya('#f2dcd4', '#d5527a', '#a81f4f'),
                          sea=leheriya('#e4ebdf', '#3e9a93', '#1f5f78')),
    phulkari_dupatta=dict(maroon=phulkari('#7a1f2b', '#e0992f', '#d13f63', '#f2e2c4'),
                          ivory=phulkari('#e8dcc2', '#c9352f', '#2f7a4f', '#e0992f')))
