"""Fabrics of trousers, skirts and other lower garments. Their cloth hangs from the waistband at height CLOTH_WAIST;
x is metres from the centre front, so pockets and seams are painted where a tailor would sew them."""
import cv2
import numpy as np

from fabric import Cloth, border_cloth, colour_of, soft
from motifs import dot, flower, leaf, lozenge, outline, sprig

CLOTH_WAIST, ZARI = 1.06, .75


def darker(colour, share=.78):
    return '#%02x%02x%02x' % tuple(int(min(255, c * share)) for c in colour_of(colour)[::-1])


def panel(colour, **more):
    return Cloth(colour, width=1.07, low=0.0, high=1.56, **more)


def described(cloth, borders, **parts):
    return dict(trunk=cloth, sleeve=border_cloth('#808080', .02, .02), borders=borders, **parts)


def border(edge, reach, cloth):
    # Heights count down from the waist, so a long skirt ends below 0.
    return dict(edge=edge, reach=reach, cloth=cloth, above=-9.0)


def plain_band(edge, reach, colour, thread, stitches=True):
    strip = border_cloth(colour, .012, reach)
    if stitches:
        dashes = np.clip((np.abs((strip.x + .006) % .003 - .0015) - .0011) / -.0004, 0, 1)
        for z in (.0022, reach - .0030):
            strip.paint(soft(np.abs(strip.z - z) - .00035, .0006) * dashes, thread)
    strip.paint(.55 * soft(reach - .0011 - strip.z, .001), darker(colour, .55))
    return border(edge, reach, strip)


def seam(cloth, path, colour, width=.0009, strength=1.0, dashes=None):
    """A line along points (x, down from the waist), on both sides of the centre front."""
    for side in (1, -1):
        walked = 0.0
        for (x0, d0), (x1, d1) in zip(path[:-1], path[1:]):
            ax, az, bx, bz = side * x0, CLOTH_WAIST - d0, side * x1, CLOTH_WAIST - d1
            long = np.hypot(bx - ax, bz - az)
            share = ((cloth.x - ax) * (bx - ax) + (cloth.z - az) * (bz - az)) / long ** 2
            inside = np.clip(share, 0, 1)
            gap = np.hypot(cloth.x - ax - inside * (bx - ax), cloth.z - az - inside * (bz - az))
            mask = soft(gap - width / 2) * strength
            if dashes:
                mask = mask * ((walked + inside * long) % dashes < dashes * .62)
            cloth.paint(mask, colour)
            walked += long
    return cloth


def tailored_front(cloth, colour, thread, pocket, dashes=None, crotch=.205):
    """Slanted or curved front pockets, fly and centre seam, each with its row of stitches."""
    shade = darker(colour, .45)
    seam(cloth, pocket, shade, .0026, .85)
    inner = [(x - .007, d + .001) for x, d in pocket]
    seam(cloth, inner, thread, .0012, .95, dashes)
    seam(cloth, [(0, .034), (0, crotch)], shade, .0016, .55)
    turn = [(.036, .036), (.036, .13), (.033, .15), (.026, .167), (.014, .178), (.001, .184)]
    side = cloth.x > 0
    before = cloth.colour.copy()
    seam(cloth, turn, thread, .0010, .9, dashes)
    cloth.colour[side] = before[side]
    return cloth


SLANTED = [(.128, .034), (.150, .09), (.196, .185)]
CURVED = [(.112, .036), (.118, .066), (.132, .088), (.155, .100), (.185, .106), (.225, .108)]


def twill(colour, thread):
    cloth = panel(colour, weave=.03)
    cloth.paint(.10 * (((cloth.x + cloth.z) % .0022) < .0011), darker(colour, .7))
    tailored_front(cloth, colour, thread, SLANTED)
    return described(cloth, [plain_band('neck', .036, colour, thread), plain_band('hem', .030, colour, thread, True)],
                     loop=darker(colour, .93), button=darker(colour, .5))


def denim(colour, thread, faded):
    cloth = panel(colour, weave=.05)
    streaks = np.random.default_rng(4).normal(size=(1, cloth.x.shape[1])).astype(np.float32)
    cloth.colour *= 1 + (.05 * streaks + .09 * cv2.GaussianBlur(streaks, (0, 0), 2.2))[..., None]
    cloth.paint(.45 * (((cloth.x + cloth.z) % .0026) < .0012), darker(colour, 1.6))
    for side in (1, -1):
        worn = np.exp(-((cloth.x - side * .105) / .055) ** 2 - ((cloth.z - (CLOTH_WAIST - .42)) / .20) ** 2)
        cloth.paint(faded * worn, darker(colour, 1.9))
    tailored_front(cloth, colour, thread, CURVED, .0034)
    seam(cloth, [(.165, .070), (.168, .098)], thread, .0010, .8, .0034)
    return described(cloth, [plain_band('neck', .040, colour, thread),
                             plain_band('hem', .022, darker(colour, 1.1), thread)],
                     loop=colour, button='#b08a4a')


def block_flowers(ground, light, accent):
    cloth = panel(ground)
    cloth.stamp(sprig, (.058, .066), light, .019).stamp(dot(.16), (.058, .033), accent, .011, strength=.85)
    strip = border_cloth(light, .045, .085)
    strip.stamp(flower(8), (.045, .085), ground, .022, shift=0)
    strip.paint(soft(np.hypot(strip.x, strip.z - .0425) - .0075), accent)
    strip.band(0, .005, accent).band(.078, .082, accent)
    return described(cloth, [border('hem', .085, strip), plain_band('neck', .040, ground, light, False)], cord=light)


def plain_cotton(colour, cord, weave=.028, band=.040, hem=.022, stitches=False):
    return described(panel(colour, weave=weave), [plain_band('neck', band, colour, darker(colour), False), plain_band(
        'hem', hem, colour, darker(colour, .7), stitches)], cord=cord)


def stitched_cuff(colour, cord):
    """Plain cotton with rows of stitches round a stiffened cuff."""
    strip = border_cloth(colour, .02, .055)
    for z in np.arange(.006, .054, .008):
        strip.band(z, z + .0012, darker(colour, .72))
    strip.band(.0535, .055, darker(colour, .5))
    return described(panel(colour, weave=.028), [border('hem', .055, strip), plain_band('neck', .040, colour, colour,
                                                                                       False)], cord=cord)


def kalamkari_border(ground, light, accent, leafage):
    cloth = panel(ground, weave=.05)
    cloth.stamp(flower(5, .4), (.046, .052), light, .0075, strength=.9).stamp(dot(.5), (.046, .052), accent, .0050)
    strip = border_cloth(light, .09, .19)
    for z, size in ((.060, .036), (.138, .030)):
        off = strip.z - z
        strip.paint(soft(flower(8, .35)(strip.x / size, off / size) * size), ground)
        strip.paint(soft(flower(6, .3)(strip.x / size / .62, off / size / .62) * size * .62), accent)
        strip.paint(soft(np.hypot(strip.x, off) - size * .18), light)
        for side in (1, -1):
            u, v = (strip.x - side * .045) / (size * .62), off / (size * .62)
            strip.paint(soft(leaf(u, v) * size * .62), leafage)
    strip.band(0, .012, ground).band(.016, .019, accent).band(.096, .099, accent).band(.176, .190, ground).band(
        .171, .174, accent)
    return described(cloth, [border('hem', .19, strip), plain_band('neck', .035, ground, light, False)], cord=light)


def mango(u, v):
    """A paisley: a round belly whose tip bends over."""
    lean = u + .42 * np.clip(v, 0, 2) ** 1.5
    belly = np.hypot(u, v + .35) - .60
    tip = np.maximum(np.abs(lean + .0) - .52 * np.clip(1 - v / 1.05, 0, 1), np.maximum(-v - .35, v - 1.05))
    return np.minimum(belly, tip)


def twisted(colour):
    """Metal threads twisted into a cord, spread in its tassel."""
    cloth = Cloth(colour, width=.012, low=0, high=1.6, seed=3, weave=0, scale=3000)
    shade = .5 + .5 * np.sin((cloth.x + .25 * cloth.z) * 2 * np.pi / .0024)
    return cloth.paint(.55 * shade, darker(colour, .55), ZARI).paint(.3 * (1 - shade), colour, ZARI)


def brocade(ground, deep, gold='#e6bb5e'):
    cloth = panel(ground, weave=.02)
    cloth.stamp(mango, (.0892, .104), gold, .024, metal=ZARI, raised=.5)
    cloth.stamp(outline(mango, .20, .055), (.0892, .104), gold, .024, metal=ZARI, raised=.5)
    cloth.stamp(flower(6, .4), (.0892, .104), ground, .0105)
    cloth.stamp(flower(4, .5), (.0446, .052), gold, .0052, metal=ZARI, raised=.5, shift=0)
    strip = border_cloth(deep, .10, .20)
    for z, size in ((.062, .034), (.144, .026)):
        u, v = strip.x / size, (strip.z - z) / size
        strip.paint(soft(flower(10, .28)(u, v) * size), gold, ZARI, .5)
        strip.paint(soft((np.hypot(u, v) - .58) * size), deep)
        strip.paint(soft(flower(8, .42)(u / .52, v / .52) * size * .52), gold, ZARI, .5)
        side = (np.abs(strip.x) - .05) / (size * .62)
        strip.paint(soft(mango(side, v / .8) * size * .6), gold, ZARI, .5)
    for low, high in ((0, .010), (.014, .017), (.104, .107), (.110, .112), (.178, .181), (.186, .200)):
        strip.band(low, high, gold, ZARI)
    band = border_cloth(deep, .03, .042)
    band.stamp(lozenge(.8), (.030, .042), gold, .012, metal=ZARI, raised=.5, shift=0)
    band.band(0, .004, gold, ZARI).band(.037, .042, gold, ZARI)
    return described(cloth, [border('hem', .20, strip), border('neck', .042, band)],
                     cord=twisted(gold))


def satin(colour):
    return described(panel(colour, weave=.008), [plain_band('neck', .045, darker(colour, .92), colour, False),
                                                 plain_band('hem', .010, colour, darker(colour, .8), False)])


FABRICS_LOWER = dict(twill=twill, denim=denim, block_flowers=block_flowers, plain_cotton=plain_cotton,
                     stitched_cuff=stitched_cuff, kalamkari_border=kalamkari_border, brocade=brocade, satin=satin)
