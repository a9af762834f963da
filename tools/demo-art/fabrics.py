"""The fabrics of the upper garments. Each gives the cloth of trunk and sleeves and the borders along the cut edges; its
arguments are what a colourway changes."""
import numpy as np

from borders import border, both, piped, pocket, printed, rib, stand, stitched, welt
from fabrics_lower import FABRICS_LOWER, ZARI, mango
from fabric import Cloth, border_cloth, mixed, sleeve_cloth, soft
from motifs import box, dot, flower, leaf, lotus, lozenge, outline, paisley, ring, sprig


def block_print(ground='#27406f', light='#e9dfc8', accent='#c96f4a'):
    trunk, sleeve = both(ground, lambda c: c.stamp(sprig, (.062, .070), light, .021)
                         .stamp(dot(.16), (.062, .035), accent, .012, strength=.8))

    def flowers(edge, reach, pitch):
        strip = border_cloth(light, pitch, reach)
        strip.stamp(flower(8), (pitch, reach), ground, reach * .26, shift=0)
        strip.paint(soft(np.hypot(strip.x, strip.z - reach / 2) - reach * .09), accent)
        return border(edge, reach, strip.band(0, .004, accent).band(reach - .005, reach, accent))
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        flowers('hem', .085, .043), flowers('cuff', .046, .034),
        piped('front', .022, light, accent, above=1.16), piped('neck', .022, light, accent)])


def chikan(ground='#9fc4b4', thread='#f4f3ec', button=None):
    def paint(c):
        c.stamp(sprig, (.075, .085), thread, .026, strength=.92, raised=1)
        c.stamp(outline(lotus, .12, .09), (.075, .085), thread, .015, strength=.85, aside=.5, raised=.7)
        c.stamp(ring(.5, .16), (.0375, .0425), thread, .0042, strength=.8, raised=.6)
    trunk, sleeve = both(ground, paint)

    def lace(edge, reach):
        strip = border_cloth(ground, .036, reach)
        strip.stamp(flower(6), (.036, reach), thread, reach * .25, shift=0, raised=1)
        strip.stamp(dot(.5), (.009, reach * 2), thread, .003, shift=0, raised=1)
        return border(edge, reach, strip.band(.002, .006, thread).band(reach - .004, reach, thread))
    pale = mixed(ground, thread, .25)
    made = dict(trunk=trunk, sleeve=sleeve, borders=[lace('hem', .060), lace('cuff', .034)])
    if button:
        made.update(collar=stand(pale, thread), button=button)
        made['borders'].append(piped('front', .024, pale, thread, above=1.13))
    else:
        made['borders'].append(piped('neck', .016, pale, thread))
    return made


def ajrakh(ground='#7b2420', star='#1d2f57', light='#e4d3b0', collar=None, button='#3a2a20'):
    def paint(c):
        c.stamp(flower(8, .22), (.064, .064), star, .026).stamp(flower(8, .30), (.064, .064), light, .016)
        c.stamp(dot(.55), (.064, .064), ground, .012).stamp(dot(.5), (.032, .032), light, .004)
        c.stamp(lozenge(.9), (.064, .064), star, .011, aside=.5)
        c.stamp(outline(lozenge(1.4), 0, .08), (.064, .064), light, .011, aside=.5, strength=.8)
    trunk, sleeve = both(ground, paint)

    def stars(edge, reach, pitch):
        strip = border_cloth(star, pitch, reach)
        strip.stamp(flower(6, .45), (pitch, reach), light, reach * .30, shift=0)
        return border(edge, reach, strip.band(0, .003, ground).band(reach * .08, reach * .11, light).band(
            reach * .88, reach * .93, light))
    made = dict(trunk=trunk, sleeve=sleeve, borders=[
        stars('hem', .075, .040), stars('cuff', .040, .030), piped('neck', .018, star, light)])
    if collar:
        made.update(collar=collar, button=button, borders=[
            stitched('hem', .014, ground, light), stitched('cuff', .024, star, light),
            stitched('front', .017, star, light)])
    return made


def ikat(ground='#1f5d5a', frame='#e8d9b8', heart='#b8472f', eye='#e0a83a', bands=None, collar=None, button=None):
    bands = bands or heart
    cloths = Cloth(ground, width=1.07), sleeve_cloth(ground)
    for cloth in cloths:
        # Every warp thread slips a little before weaving: that feathers the edges.
        random = np.random.default_rng(5)
        slips = random.uniform(-1.5, 1.5, size=(1, cloth.x.shape[1] // 6 + 1)).astype(np.float32)
        slip = .0045 * slips.repeat(6, 1)[:, :cloth.x.shape[1]].repeat(len(cloth.x), 0)
        pitch_x, pitch_z = cloth.width / max(1, round(cloth.width / .089)), .105
        u = np.abs((cloth.x + pitch_x * 20.5) % pitch_x - pitch_x / 2) / pitch_x * 2
        v = np.abs((cloth.z + slip) % pitch_z - pitch_z / 2) / pitch_z * 2
        for limit, colour in ((.92, frame), (.72, heart), (.48, ground), (.26, eye)):
            cloth.paint(np.clip((limit - u - v) / .05, 0, 1), colour)
    thread = mixed(bands, '#000000', .3)
    made = dict(trunk=cloths[0], sleeve=cloths[1], borders=[
        stitched('hem', .022, bands, thread), stitched('cuff', .012, bands, thread)])
    if collar:
        made.update(collar=collar, button=button)
        made['borders'].append(stitched('front', .017, collar, thread))
    else:
        made['borders'].append(stitched('neck', .012, bands, thread))
    return made


def bandhani(ground='#a01c46', dark='#7a1233', tie='#f3d9a0', eye='#b03a2c', sun='#f0b63c', gold='#c9a14a'):
    def paint(c):
        c.stamp(ring(.62, .30), (.026, .030), tie, .0052).stamp(dot(.26), (.026, .030), eye, .0052)
        c.stamp(flower(8, .5), (.156, .180), sun, .030, shift=.5)
        c.stamp(flower(8, .5), (.156, .180), ground, .017, shift=.5).stamp(dot(.5), (.156, .180), tie, .012)
        c.stamp(outline(flower(8, .35), .25, .05), (.156, .180), sun, .034, shift=.5)
    trunk, sleeve = both(ground, paint)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        printed('hem', .070, dark, gold, flower(8, .45), .05, (gold,), .85), piped('cuff', .026, dark, gold, .85),
        piped('neck', .018, dark, gold, .85)])


def kalamkari(ground='#d9b98a', red='#8c2f26', blue='#2c4570', green='#4e6b3c', light='#e9d9a8', ink='#2b2320'):
    def paint(c):
        size = (.082, .086)
        for motif, colour in ((outline(lotus, .10, .07), ink), (lotus, red), (outline(lotus, -.12, .03), light)):
            c.stamp(motif, size, colour, .027)
        for side in (-.19, .19):
            c.stamp(leaf, size, green, .011, aside=side)
        c.stamp(outline(flower(7), .12, .08), size, ink, .012, aside=.5).stamp(flower(7), size, blue, .012, aside=.5)
        c.stamp(dot(.45), size, light, .010, aside=.5).stamp(dot(.4), (.0205, .043), red, .0040)
    trunk, sleeve = both(ground, paint)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        piped('hem', .034, red, ink), piped('cuff', .026, red, ink), piped('neck', .018, red, ink)])


def garden_print(ground='#efe6d2', red='#b5473c', green='#55713f', light='#f5d9c0', border_ground=None):
    """A trellis of flowers on stems after the printed muslins of Sanganer."""
    def paint(c):
        size = (.0764, .088)
        stem = box(.05, .75)
        c.stamp(stem, size, green, .026)
        for side in (-.11, .11):
            c.stamp(leaf, size, green, .012, aside=side)
        c.stamp(flower(6, .3), size, red, .0165).stamp(flower(6, .3), size, light, .008).stamp(dot(.5), size, red, .005)
        c.stamp(outline(flower(5, .3), 0, .16), size, red, .007, aside=.5).stamp(dot(.5), (.0382, .022), green, .0028)
    trunk, sleeve = both(ground, paint)
    edge = border_ground or red
    return dict(trunk=trunk, sleeve=sleeve, collar=ground, button=light, borders=[
        printed('hem', .080, edge, light, lotus, .045, (light, mixed(edge, light, .35))),
        printed('cuff', .042, edge, light, flower(6), .030, (light, edge)),
        piped('neck', .016, edge, light)])


def leheriya(ground='#d8456b', wave='#f6ead8', second='#e9a13b', gold='#cda755'):
    cloths = Cloth(ground), sleeve_cloth(ground)
    for cloth in cloths:
        random = np.random.default_rng(8)
        slip = random.uniform(-1.3, 1.3, size=(1, cloth.x.shape[1] // 9 + 1)).astype(np.float32).repeat(9, 1)[:, :cloth.x.shape[1]]
        width = cloth.width / round(cloth.width / .267)
        at = cloth.z + np.abs((cloth.x + 20 * width) % width - width / 2) * .9 + .0011 * slip
        for pitch_share, colour, width_share in ((0, wave, .20), (.5, second, .12), (.25, wave, .05), (.75, wave, .05)):
            near = np.abs((at + .048 * (50 + pitch_share)) % .048 - .024)
            cloth.paint(np.clip(.5 - (near - .048 * width_share / 2) / .0026, 0, 1) * .92, colour)
    return dict(trunk=cloths[0], sleeve=cloths[1], borders=[
        piped('hem', .030, mixed(ground, '#000000', .25), gold, .85),
        piped('cuff', .022, mixed(ground, '#000000', .25), gold, .85),
        piped('neck', .015, mixed(ground, '#000000', .25), gold, .85)])


def handloom_check(ground='#7d8a54', light='#d8cfa8', dark='#3b4a2a'):
    def paint(c):
        for across in (False, True):
            c.stripes(.034, .42, light, across, .42).stripes(.034, .05, dark, across, .8)
    trunk, sleeve = both(ground, paint)
    edge = mixed(ground, '#000000', .12)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        stitched('hem', .022, ground, dark), stitched('cuff', .012, edge, dark), stitched('neck', .014, edge, dark)])


def madras_check(ground='#9a3b35', wide='#23345c', line='#d9a441', light='#f0e8d8', collar='#6b3240'):
    def paint(c):
        for across in (False, True):
            c.stripes(.070, .46, wide, across, .55).stripes(.070, .10, line, across, .75)
            c.stripes(.035, .06, light, across, .8)
    trunk, sleeve = both(ground, paint)
    thread = mixed(collar, '#000000', .5)
    return dict(trunk=trunk, sleeve=sleeve, collar=collar, button=light, borders=[
        stitched('hem', .014, collar, thread), stitched('cuff', .022, collar, thread),
        stitched('front', .017, collar, thread)])


def zari_dots(ground='#5b2a5e', gold='#d0a650'):
    trunk, sleeve = both(ground, lambda c: c.stamp(dot(.5), (.036, .040), gold, .0085, metal=.85, raised=.8))
    dark = mixed(ground, '#000000', .2)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        printed('hem', .040, dark, gold, lozenge(1), .024, (gold,), .85), piped('cuff', .014, dark, gold, .85),
        piped('neck', .016, dark, gold, .85)])


def silk_jacquard(ground='#b8862b', figure='#e0b95e', trim='#7c1f2c', gold='#d9b35a'):
    trunk, sleeve = both(ground, lambda c: c.stamp(flower(4, .5), (.045, .052), figure, .010, strength=.75))
    return dict(trunk=trunk, sleeve=sleeve, collar=stand(trim, gold, .8), button=gold, borders=[
        stitched('hem', .020, ground, mixed(ground, '#000000', .25)), piped('cuff', .026, trim, gold, .8),
        piped('front', .024, trim, gold, .8, above=1.13)])


def brocade(ground='#ece0c6', gold='#c29a4c', accent='#a8313a', trim=None, whole_front=True, button='#caa24f', neck=False):
    """Woven zari: paisleys with a flower inside, in half drop, small stars between."""
    def paint(c):
        size = (.0595, .064)
        c.stamp(outline(paisley, .14, .05), size, gold, .0205, metal=.75, raised=.5)
        c.stamp(paisley, size, gold, .019, metal=.75, raised=.6)
        c.stamp(outline(paisley, -.14, .035), size, ground, .019).stamp(dot(.22), size, accent, .019, raised=.4)
        c.stamp(flower(6, .4), size, gold, .0075, metal=.7, aside=.5, raised=.5)
        c.stamp(outline(lozenge(1.0), .35, .07), size, gold, .0095, metal=.7, aside=.5)
        c.stamp(dot(.5), (.02975, .032), gold, .0030, metal=.7)
    trunk, sleeve = both(ground, paint, weave=.02)
    trim = trim or ground
    high = stand(trim, gold, .75, .0143, .02)
    high.paint(soft(np.hypot(high.x, high.z - .0255) - .0029), gold, .75, .6)
    made = dict(trunk=trunk, sleeve=sleeve, collar=high, button=button, borders=[
        piped('hem', .030, trim, gold, .8), piped('cuff', .030, trim, gold, .8)])
    if neck:
        made['borders'].append(printed('neck', .020, trim, gold, dot(.5), .012, (gold,), .8))
    else:
        made['borders'].append(piped('front', .016, trim, gold, .8, above=0 if whole_front else 1.13))
    return made


def choli(ground='#a91d55', deep='#4f1035', gold='#e6bb5e'):
    """The blouse of the brocade lehenga: its mangoes, smaller, and its border round neck, sleeves and waist."""
    def paint(c):
        size = (.0486, .052)
        c.stamp(mango, size, gold, .0135, metal=ZARI, raised=.5)
        c.stamp(outline(mango, .22, .065), size, gold, .0135, metal=ZARI, raised=.5)
        c.stamp(flower(6, .4), size, ground, .0052)
        c.stamp(flower(4, .5), (.0243, .026), gold, .0036, metal=ZARI, raised=.5, shift=0)
    trunk, sleeve = both(ground, paint, weave=.02)
    return dict(trunk=trunk, sleeve=sleeve, borders=[
        printed('hem', .036, deep, gold, flower(10, .28), .036, (gold,), ZARI, .5, .36),
        printed('cuff', .046, deep, gold, flower(10, .28), .034, (gold,), ZARI, .5, .30),
        piped('neck', .022, deep, gold, ZARI)])


def raw_silk(colour='#5c2230', button='#c7a45a'):
    """Slubby silk of one colour."""
    def paint(c):
        dark, light = mixed(colour, '#000000', .25), mixed(colour, '#ffffff', .22)
        slubs = np.random.default_rng(4)
        for shade in (dark, light):
            rows = slubs.uniform(size=(c.z.shape[0], 24)) > .972
            mask = np.repeat(rows, -(-c.z.shape[1] // 24), 1)[:, :c.z.shape[1]].astype(np.float32)
            c.paint(np.roll(mask, int(slubs.integers(99)), 1) * .42, shade)
    trunk, sleeve = both(colour, paint, weave=.065)
    welt(trunk, .055, .145, 1.225, colour)
    thread = mixed(colour, '#000000', .3)
    return dict(trunk=trunk, sleeve=sleeve, collar=stand(colour, thread, weave=.055), button=button, borders=[
        stitched('hem', .016, colour, thread), stitched('cuff', .008, colour, thread),
        stitched('front', .010, colour, thread)])


def denim(colour='#3a5478', pale='#8ea6c4', thread='#c98d45', button='#b9935a', cuff=.045, jacket=False):
    def paint(c):
        c.paint(soft(np.abs((c.x * .8 + c.z + 9) % .0026 - .0013) - .00055, .0008) * .45, pale)
        c.paint(np.clip(c.random.normal(size=(1, c.x.shape[1])).astype(np.float32) * .06 + .04, 0, .2)
                * np.ones_like(c.x), pale)
    trunk, sleeve = both(colour, paint)
    for side in (-1, 1):
        left, right = sorted((side * .050, side * .140))
        pocket(trunk, left, right, 1.13 if jacket else 1.10, 1.235, thread)
        if jacket:
            trunk.paint(soft(box(.048, .019)(trunk.x - side * .095, trunk.z - 1.232)) * .5, mixed(colour, '#000000', .2))
            trunk.paint(soft(dot(.005)(trunk.x - side * .095, trunk.z - 1.220)), button, metal=.6, raised=1)
            for across in (.030, .155):
                slant = trunk.x - side * (across - (trunk.z - .93) * (.12 if across < .1 else -.04))
                trunk.paint(soft(np.abs(slant) - .0007) * (trunk.z < 1.235) * (trunk.z % .004 < .0028), thread, raised=.5)
    if jacket:
        trunk.stitches(1.262, thread, .004).stitches(1.267, thread, .004)
    return dict(trunk=trunk, sleeve=sleeve, collar=colour, button=button, borders=[
        stitched('hem', .040 if jacket else .014, colour, thread), stitched('cuff', cuff, colour, thread),
        stitched('front', .017, colour, thread)])


def khadi(colour='#7f9bb3', dark='#4d6881'):
    trunk, sleeve = both(colour, lambda c: c.stripes(.0045, .25, dark, True, .18), weave=.06)
    return dict(trunk=trunk, sleeve=sleeve, collar=stand(colour, dark, weave=.06), button=dark, borders=[
        stitched('hem', .020, colour, dark), stitched('cuff', .022, colour, dark),
        stitched('front', .020, colour, dark, above=1.13)])


def linen(colour='#6f7350', button='#e8dfca', cuff=.050, with_pocket=True):
    trunk, sleeve = both(colour, lambda c: None, weave=.055)
    thread = mixed(colour, '#000000', .3)
    if with_pocket:
        pocket(trunk, .055, .145, 1.13, 1.235, thread)
    return dict(trunk=trunk, sleeve=sleeve, collar=colour, button=button, borders=[
        stitched('hem', .012, colour, thread), stitched('cuff', cuff, colour, thread),
        stitched('front', .017, colour, thread)])


def jersey(ground='#3c4046', stripe=None, pitch=None, chest=False, collar=None, button=None):
    trunk, sleeve = both(ground, lambda c: None, weave=.022)
    if pitch:
        for cloth in (trunk, sleeve):
            cloth.stripes(pitch, .36, stripe)
    elif chest:
        for z in (1.235, 1.205, 1.175):
            trunk.band(z, z + .011, stripe)
    made = dict(trunk=trunk, sleeve=sleeve, borders=rib(ground))
    if collar:
        thread = mixed(ground, '#000000', .25)
        made.update(collar=collar, button=button)
        made['borders'] = made['borders'][:2] + [stitched('front', .015, ground, thread, above=1.262)]
    return made


FABRICS = dict(
    block_print=block_print, chikan=chikan, ajrakh=ajrakh, ikat=ikat, bandhani=bandhani, kalamkari=kalamkari,
    garden_print=garden_print, leheriya=leheriya, handloom_check=handloom_check, madras_check=madras_check,
    zari_dots=zari_dots, silk_jacquard=silk_jacquard, zari_brocade=brocade, choli=choli, raw_silk=raw_silk, shirt_denim=denim, khadi=khadi,
    linen=linen, jersey=jersey, **FABRICS_LOWER)
