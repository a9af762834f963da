"""The fabrics of the demo shop. Each gives the cloth of trunk and sleeves and the borders along the cut edges."""
import numpy as np

from fabrics_lower import FABRICS_LOWER
from fabric import (Cloth, border_cloth, colour_of, dot, flower, leaf, lozenge, ring, sleeve_cloth, soft, sprig)


def border(edge, reach, cloth, above=0.0):
    """A strip `reach` metres wide along an edge ('hem', 'cuff', 'neck' or 'front'), only above a height."""
    return dict(edge=edge, reach=reach, cloth=cloth, above=above)


def stitched(edge, reach, ground, thread, above=0.0):
    """A plain turned edge: cloth of the ground colour with one line of stitches."""
    strip = border_cloth(ground, .02, reach)
    return border(edge, reach, strip.band(reach * .80, reach * .80 + .0012, thread), above)


def piped(edge, reach, ground, line, metal=0.0, above=0.0, length=.02):
    strip = border_cloth(ground, length, reach)
    strip.band(0, .0022, line, metal).band(reach - .0045, reach - .0018, line, metal)
    return border(edge, reach, strip, above)


def both(colour, paint, **more):
    """Trunk and sleeve cloth painted alike."""
    trunk, sleeve = Cloth(colour, **more), sleeve_cloth(colour, **more)
    paint(trunk)
    paint(sleeve)
    return trunk, sleeve


def indigo_block_print():
    trunk, sleeve = both('#27406f', lambda c: c.stamp(sprig, (.062, .070), '#e9dfc8', .021)
                         .stamp(dot(.16), (.062, .035), '#c96f4a', .012, strength=.8))

    def flowers(reach, pitch):
        strip = border_cloth('#e9dfc8', pitch, reach)
        strip.stamp(flower(8), (pitch, reach), '#27406f', reach * .26, shift=0)
        strip.paint(soft(np.hypot(strip.x, strip.z - reach / 2) - reach * .09), '#c96f4a')
        return strip.band(0, .004, '#c96f4a').band(reach - .005, reach, '#c96f4a')
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        border('hem', .085, flowers(.085, .043)), border('cuff', .046, flowers(.046, .034)),
        piped('front', .022, '#e9dfc8', '#c96f4a', above=1.16), piped('neck', .022, '#e9dfc8', '#c96f4a')])


def chikan_embroidery():
    trunk, sleeve = both('#9fc4b4', lambda c: c.stamp(sprig, (.075, .085), '#f4f3ec', .024, strength=.9)
                         .stamp(ring(.5, .12), (.0375, .085), '#f4f3ec', .007, strength=.8))

    def lace(reach):
        strip = border_cloth('#9fc4b4', .036, reach)
        strip.stamp(flower(6), (.036, reach), '#f4f3ec', .014, shift=0)
        return strip.band(.002, .006, '#f4f3ec').band(reach - .004, reach, '#f4f3ec')
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        border('hem', .060, lace(.060)), border('cuff', .030, lace(.030)), piped('neck', .016, '#b3d2c4', '#f4f3ec')])


def ajrakh_print():
    def paint(c):
        c.stamp(flower(8, .22), (.064, .064), '#1d2f57', .026).stamp(flower(8, .30), (.064, .064), '#e4d3b0', .016)
        c.stamp(dot(.55), (.064, .064), '#7b2420', .012).stamp(dot(.5), (.032, .032), '#e4d3b0', .004)
        c.stamp(lozenge(.9), (.064, .064), '#1d2f57', .011, shift=0)
    trunk, sleeve = both('#7b2420', paint)

    def stars(reach, pitch):
        strip = border_cloth('#1d2f57', pitch, reach)
        strip.stamp(flower(6, .45), (pitch, reach), '#e4d3b0', reach * .30, shift=0)
        return strip.band(0, .003, '#7b2420').band(reach * .08, reach * .11, '#e4d3b0').band(
            reach * .88, reach * .93, '#e4d3b0')
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        border('hem', .075, stars(.075, .040)), border('cuff', .040, stars(.040, .030)),
        piped('neck', .018, '#1d2f57', '#e4d3b0')])


def ikat_weave():
    cloth = Cloth('#1f5d5a', width=1.07)
    # Every warp thread slips a little before weaving: that feathers the edges.
    slips = np.random.default_rng(5).normal(size=(1, cloth.x.shape[1] // 6 + 1)).astype(np.float32)
    slip = .0045 * slips.repeat(6, 1)[:, :cloth.x.shape[1]].repeat(len(cloth.x), 0)
    pitch_x, pitch_z = 1.07 / 12, .105
    u = np.abs((cloth.x + pitch_x * 20.5) % pitch_x - pitch_x / 2) / pitch_x * 2
    v = np.abs((cloth.z + slip) % pitch_z - pitch_z / 2) / pitch_z * 2
    for limit, colour in ((.92, '#e8d9b8'), (.72, '#b8472f'), (.48, '#1f5d5a'), (.26, '#e0a83a')):
        cloth.paint(np.clip((limit - u - v) / .05, 0, 1), colour)
    return dict(trunk=cloth, sleeve=sleeve_cloth('#1f5d5a'), borders=[
        stitched('hem', .022, '#b8472f', '#8a3322'), stitched('neck', .012, '#b8472f', '#8a3322'),
        stitched('cuff', .010, '#b8472f', '#8a3322')])


def bandhani_ties():
    def paint(c):
        c.stamp(ring(.62, .30), (.026, .030), '#f3d9a0', .0052).stamp(dot(.26), (.026, .030), '#b03a2c', .0052)
        c.stamp(flower(8, .5), (.156, .180), '#f0b63c', .030, shift=.5)
        c.stamp(flower(8, .5), (.156, .180), '#a01c46', .017, shift=.5).stamp(dot(.5), (.156, .180), '#f6e6c0', .012)
    trunk, sleeve = both('#a01c46', paint)

    def zari(reach):
        strip = border_cloth('#7a1233', .05, reach)
        strip.stamp(flower(8, .45), (.05, reach), '#c9a14a', reach * .26, metal=.8, shift=0)
        return strip.band(0, .004, '#c9a14a', .85).band(reach - .007, reach - .003, '#c9a14a', .85)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        border('hem', .070, zari(.070)), border('cuff', .026, piped('cuff', .026, '#7a1233', '#c9a14a', .85)['cloth']),
        piped('neck', .018, '#7a1233', '#c9a14a', .85)])


def kalamkari_drawing():
    def paint(c):
        c.stamp(sprig, (.082, .096), '#8c2f26', .034).stamp(flower(7), (.082, .096), '#2c4570', .011, shift=0)
        c.stamp(dot(.45), (.082, .096), '#e9d9a8', .010, shift=0).stamp(leaf, (.041, .096), '#4e6b3c', .015)
        c.stamp(dot(.4), (.0205, .048), '#8c2f26', .0045)
    trunk, sleeve = both('#d9b98a', paint)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        piped('hem', .034, '#8c2f26', '#2b2320'), piped('cuff', .026, '#8c2f26', '#2b2320'),
        piped('neck', .018, '#8c2f26', '#2b2320')])


def handloom_check():
    def paint(c):
        for across in (False, True):
            c.stripes(.034, .42, '#d8cfa8', across, .42).stripes(.034, .05, '#3b4a2a', across, .8)
    trunk, sleeve = both('#7d8a54', paint)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        stitched('hem', .022, '#7d8a54', '#3b4a2a'), stitched('cuff', .012, '#6d7a48', '#3b4a2a'),
        stitched('neck', .014, '#6d7a48', '#3b4a2a')])


def zari_dots():
    trunk, sleeve = both('#5b2a5e', lambda c: c.stamp(dot(.5), (.036, .040), '#d0a650', .0075, metal=.85))
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        piped('hem', .026, '#4a1f4d', '#c9a14a', .85), piped('cuff', .014, '#4a1f4d', '#c9a14a', .85),
        piped('neck', .016, '#4a1f4d', '#c9a14a', .85)])


def mustard_silk():
    trunk, sleeve = both('#b8862b', lambda c: c.stamp(flower(4, .5), (.045, .052), '#e0b95e', .009, strength=.35))
    placket = piped('front', .024, '#7c1f2c', '#d9b35a', .8, above=1.13)
    return dict(trunk=trunk, sleeve=sleeve, collar='#7c1f2c', button='#d9b35a', borders=[
        stitched('hem', .020, '#b8862b', '#8f6519'), piped('cuff', .026, '#7c1f2c', '#d9b35a', .8), placket])


def khadi(colour, dark):
    trunk, sleeve = both(colour, lambda c: c.stripes(.0045, .25, dark, True, .18), weave=.06)
    return dict(trunk=trunk, sleeve=sleeve, collar=colour, button=dark, borders=[
        stitched('hem', .020, colour, dark), stitched('cuff', .022, colour, dark),
        stitched('front', .020, colour, dark, above=1.13)])


def striped_jersey(ground, stripe, pitch=None):
    trunk, sleeve = both(ground, lambda c: None, weave=.02)
    if pitch:
        for cloth in (trunk, sleeve):
            cloth.stripes(pitch, .36, stripe)
    else:
        for z in (1.235, 1.205, 1.175):
            trunk.band(z, z + .011, stripe)
    return dict(trunk=trunk, sleeve=sleeve, borders=rib(ground))


def rib(ground):
    darker = '#%02x%02x%02x' % tuple(int(c * .80) for c in colour_of(ground)[::-1])
    return [stitched('hem', .022, ground, darker), stitched('cuff', .018, ground, darker),
            stitched('neck', .017, ground, darker)]


def plain_jersey(ground):
    trunk, sleeve = both(ground, lambda c: None, weave=.025)
    return dict(trunk=trunk, sleeve=sleeve, borders=rib(ground))


def madras_check():
    def paint(c):
        for across in (False, True):
            c.stripes(.070, .46, '#23345c', across, .55).stripes(.070, .10, '#d9a441', across, .75)
            c.stripes(.035, .06, '#f0e8d8', across, .8)
    trunk, sleeve = both('#9a3b35', paint)
    return dict(trunk=trunk, sleeve=sleeve, collar='#6b3240', button='#efe7d6', borders=[
        stitched('hem', .014, '#6b3240', '#2a1c24'), stitched('cuff', .022, '#6b3240', '#2a1c24'),
        stitched('front', .017, '#6b3240', '#2a1c24')])


def linen(colour, dark):
    trunk, sleeve = both(colour, lambda c: None, weave=.07)
    return dict(trunk=trunk, sleeve=sleeve, collar=colour, button='#e8dfca', borders=[
        stitched('hem', .012, colour, dark), stitched('cuff', .050, colour, dark),
        stitched('front', .017, colour, dark)])


FABRICS = dict(
    indigo_block_print=indigo_block_print, chikan_embroidery=chikan_embroidery, ajrakh_print=ajrakh_print,
    ikat_weave=ikat_weave, bandhani_ties=bandhani_ties, kalamkari_drawing=kalamkari_drawing,
    handloom_check=handloom_check, zari_dots=zari_dots, mustard_silk=mustard_silk,
    blue_khadi=lambda: khadi('#7f9bb3', '#4d6881'), rust_stripe_jersey=lambda: striped_jersey('#b5573d', '#f0e6d6'),
    charcoal_jersey=lambda: plain_jersey('#3c4046'),
    navy_stripe_jersey=lambda: striped_jersey('#24304f', '#e9e2d2', .030), madras_check=madras_check,
    olive_linen=lambda: linen('#6f7350', '#4b4f33'), marigold_jersey=lambda: plain_jersey('#d99a2b'),
    **FABRICS_LOWER)
