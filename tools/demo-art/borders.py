"""Borders along the cut edges of a garment, and panels painted alike for trunk and sleeves."""
from fabric import Cloth, border_cloth, mixed, sleeve_cloth

INSIDE = .056  # where on a band collar's cloth its inside begins (collar.py)


def border(edge, reach, cloth, above=0.0):
    """A strip `reach` metres wide along an edge ('hem', 'cuff', 'neck' or 'front'), only above a height."""
    return dict(edge=edge, reach=reach, cloth=cloth, above=above)


def stitched(edge, reach, ground, thread, above=0.0):
    """A plain turned edge: cloth of the ground colour with one line of stitches."""
    strip = border_cloth(ground, .032, reach)
    return border(edge, reach, strip.stitches(reach * .80, thread), above)


def piped(edge, reach, ground, line, metal=0.0, above=0.0, length=.02):
    strip = border_cloth(ground, length, reach)
    strip.band(0, .0022, line, metal).band(reach - .0045, reach - .0018, line, metal)
    return border(edge, reach, strip, above)


def stand(ground, line, metal=0.0, length=.10, weave=.035):
    """A band collar: cloth of the ground colour with a line along both of its edges."""
    cloth = border_cloth(ground, length, .10, weave=weave)
    # The light of a product photo does not know of the shade inside a collar.
    cloth.band(INSIDE, .10, mixed(ground, '#000000', .45))
    return cloth.band(.0395, .0415, line, metal).band(.0100, .0112, line, metal)


def printed(edge, reach, ground, line, motif, pitch, colours, metal=0.0, raised=0.0, size=.27):
    """A border with a row of one motif in two colours (the second smaller, in the middle) between two lines."""
    strip = border_cloth(ground, pitch, reach)
    for k, colour in enumerate(colours):
        strip.stamp(motif, (pitch, reach), colour, reach * size * (1 - .5 * k), metal=metal, shift=0, raised=raised)
    strip.band(reach * .04, reach * .09, line, metal).band(reach * .90, reach * .96, line, metal)
    return border(edge, reach, strip)


def rib(ground):
    """Knitted edges of a tee."""
    thread = mixed(ground, '#000000', .22)
    made = [stitched('hem', .022, ground, thread), stitched('cuff', .018, ground, thread)]
    strip = border_cloth(ground, .006, .017).stripes(.0024, .4, thread, True, .5)
    return made + [border('neck', .017, strip.band(.016, .017, thread))]


def both(colour, paint, **more):
    """Trunk and sleeve cloth painted alike."""
    trunk, sleeve = Cloth(colour, **more), sleeve_cloth(colour, **more)
    paint(trunk)
    paint(sleeve)
    return trunk, sleeve


def pocket(cloth, left, right, low, high, thread):
    """A patch pocket drawn by its stitches, left and right in metres from the centre front."""
    for x in (left, right):
        inside = (cloth.z > low) & (cloth.z < high)
        cloth.paint(((abs(cloth.x - x) < .0007) & inside & (cloth.z % .004 < .0028)) * 1.0, thread, raised=.5)
    for z in (low, high, high - .018):
        inside = (cloth.x > left) & (cloth.x < right)
        cloth.paint(((abs(cloth.z - z) < .0007) & inside & (cloth.x % .004 < .0028)) * 1.0, thread, raised=.5)
    return cloth


def welt(cloth, left, right, middle, colour):
    """A slanting welt pocket."""
    slope = middle + (cloth.x - left) * .12
    inside = (cloth.x > left) & (cloth.x < right)
    shade = mixed(colour, '#000000', .35)
    cloth.paint((inside & (abs(cloth.z - slope) < .009)) * 1.0, mixed(colour, '#ffffff', .06), raised=.8)
    return cloth.paint((inside & (abs(cloth.z - slope - .009) < .0012)) * 1.0, shade)
