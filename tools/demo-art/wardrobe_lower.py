"""Trousers, skirts and their like: how they are cut and folded, what they are made of, in which colours."""
import folds

CHINOS = dict(waist=1.015, hem=.075, ease=.010, drop=.012, deep=1.08, gap=.020, leg=((.45, .088), (1, .080)),
              loops=True, button=True, folds=(
                  folds.band(.0016, .036), folds.crease(.0035), folds.ripples(.0016),
                  folds.drag(((.06, .26, -35, .11, .004), (.09, .30, -28, .12, .003), (.05, .34, -55, .10, .0025),
                              (.05, .56, 20, .10, .003), (.09, .60, -15, .10, .003), (.07, .88, 8, .11, .0035),
                              (.08, .91, -10, .10, .003)))))
JEANS = dict(waist=1.005, hem=.085, ease=.004, drop=.006, deep=1.05, gap=.024,
             leg=((.45, .072), (.75, .066), (1, .064)), loops=True, button=True, folds=(
                 folds.band(.0018, .040), folds.ripples(.0014),
                 folds.drag(((.05, .25, -30, .10, .004), (.08, .28, -22, .11, .0035), (.06, .32, -45, .10, .003),
                             (.05, .54, 12, .09, .004), (.08, .565, -10, .09, .0035), (.07, .60, 8, .09, .003),
                             (.06, .84, 5, .09, .003), (.07, .865, -8, .09, .004), (.06, .89, 4, .09, .004)))))
PYJAMA = dict(waist=1.02, hem=.07, ease=.016, drop=.02, deep=1.05, gap=.060, parting=.12, leg=((.5, .096), (1, .086)), cord=True,
              folds=(folds.band(.002, .036), folds.gathers(30, .005, .09, .036), folds.ripples(.003),
                     folds.hanging(3, .007, .16, .6, 8),
                     folds.drag(((.06, .30, -40, .12, .005), (.08, .60, 14, .11, .004), (.07, .88, -8, .12, .005)))))
PALAZZO = dict(waist=1.05, hem=.055, ease=.014, drop=.045, deep=.95, gap=.045, parting=.18, leg=((1, .135),), cord=True,
               folds=(folds.band(.002, .040), folds.gathers(34, .006, .10, .040), folds.hanging(7, .030, .10, .7, 3)))
SALWAR = dict(waist=1.05, hem=.085, ease=.016, drop=.045, deep=.95, gap=.085, parting=.10, thigh=.010, cord=True,
              leg=((.30, .116), (.58, .106), (.84, .076), (.94, .062), (1, .060)), folds=(
                  folds.band(.002, .040), folds.gathers(30, .007, .12, .040), folds.swung(9, .016, .08, .055, .12),
                  folds.cuff(.003, .055)))
CHURIDAR = dict(waist=1.04, hem=.075, ease=.006, drop=.010, deep=1.0, gap=.020, cord=True,
                leg=((.30, .074), (.55, .060), (.8, .050), (1, .043)), folds=(
                    folds.band(.0016, .036), folds.gathers(30, .004, .07, .036), folds.ripples(.0014),
                    folds.rings(.0215, .0052, .30),
                    folds.drag(((.05, .26, -32, .10, .004), (.08, .29, -22, .10, .003), (.05, .52, 14, .08, .003),
                                (.06, .56, -10, .08, .003)))))
LONG_SKIRT = dict(waist=1.06, hem=.11, ease=.010, deep=.82, cord=True, skirt=((0, .10), (.25, .20), (1, .325)), folds=(
    folds.band(.002, .035), folds.gathers(42, .005, .09, .035), folds.hanging(11, .030, .06, .8, 17)))
LEHENGA = dict(waist=1.05, hem=.025, ease=.008, deep=.86, cord=True, skirt=((0, .10), (.22, .20), (1, .46)), folds=(
    folds.band(.002, .042), folds.gathers(40, .0035, .06, .042), folds.hanging(15, .042, .08, .9, 23)))
PLEATED_SKIRT = dict(waist=1.05, hem=.12, ease=.008, deep=.84, skirt=((0, .10), (.25, .19), (1, .30)), folds=(
    folds.band(.002, .045), folds.pleats(44, .020), folds.hanging(6, .012, .15, .9, 29)))

SOFT = dict(roughness=.85, sheen=.35, specular=.15)
TWILL = dict(roughness=.92, sheen=.2, specular=.10)
SATIN = dict(roughness=.50, sheen=.3, specular=.38)
BROCADE = dict(roughness=.5, sheen=.5, specular=.35)


def garment(on, cut, fabric, colours, finish=None, detail=(0.0, .13, .30)):
    """on: a form of mannequins.py; colours: what each colourway gives its fabric; detail: where the close-up looks."""
    return dict(on=on, cut=cut, fabric=fabric, colours=colours, finish=finish or {}, arm=28,
                detail=detail, maker='lower_cut')


def flowers(ground, light, accent):
    return dict(ground=ground, light=light, accent=accent)


GARMENTS_LOWER = dict(
    cotton_chinos=garment('man', CHINOS, 'twill', dict(
        sand=dict(colour='#b89b72', thread='#9c8058'), navy=dict(colour='#2b3550', thread='#4a5674'),
        olive=dict(colour='#61623f', thread='#7e7f58')), TWILL),
    high_rise_jeans=garment('slim', JEANS, 'denim', dict(
        indigo=dict(colour='#232f45', thread='#d59a55', faded=.55),
        sky=dict(colour='#5f7f9f', thread='#d9a763', faded=.6),
        black=dict(colour='#2a2b2e', thread='#6a6b70', faded=.35)), TWILL),
    block_print_palazzo=garment('woman', PALAZZO, 'block_flowers', dict(
        indigo=flowers('#27406f', '#ecdfc4', '#c96f4a'), madder=flowers('#8f2f27', '#ecdcc0', '#27406f'),
        ivory=flowers('#e4d8be', '#8a3a30', '#4d7a5c')), SOFT),
    cotton_pyjama=garment('man', PYJAMA, 'plain_cotton', dict(
        ivory=dict(colour='#d8cdb4', cord='#efe6d2'), ink=dict(colour='#2d3442', cord='#d8d0bd')), SOFT),
    patiala_salwar=garment('woman', SALWAR, 'stitched_cuff', dict(
        wine=dict(colour='#6d1f36', cord='#d9b35a'), pearl=dict(colour='#ddd3c2', cord='#b08a4a'),
        peacock=dict(colour='#14606a', cord='#e0b95e')), SOFT),
    churidar=garment('slim', CHURIDAR, 'plain_cotton', dict(
        ivory=dict(colour='#d9cfb8', cord='#b9a678', hem=.010), red=dict(colour='#a3242c', cord='#e3c07a', hem=.010),
        bottle_green=dict(colour='#1f4a3c', cord='#d9c28a', hem=.010)), SOFT),
    kalamkari_skirt=garment('woman', LONG_SKIRT, 'kalamkari_border', dict(
        rust=dict(ground='#93402b', light='#e9d6b0', accent='#2c4570', leafage='#55703f'),
        indigo=dict(ground='#263c63', light='#ead9b8', accent='#a8432f', leafage='#5d7a4c')), SOFT),
    pleated_maxi_skirt=garment('slim', PLEATED_SKIRT, 'satin', dict(
        champagne=dict(colour='#c9ad86'), emerald=dict(colour='#15584a'), plum=dict(colour='#5b2a4a')), SATIN),
    brocade_lehenga=garment('woman', LEHENGA, 'brocade', dict(
        rani=dict(ground='#a91d55', deep='#4f1035'), emerald=dict(ground='#0f5a46', deep='#7b1730'),
        midnight=dict(ground='#1f2a55', deep='#7a1431')), BROCADE))
