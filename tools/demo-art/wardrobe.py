"""The garments of the demo shop: who they are photographed on, how they are cut, what they are made of."""
from fabrics import FABRICS
from wardrobe_lower import GARMENTS_LOWER

KURTA = dict(ease=.018, hem=.50, flare=.085, sleeve=.42, sleeve_ease=.014, cuff_ease=.020, neck_width=.074,
             neck_depth=.075, back_depth=.022, notch=.15, slit=.84, waist=.0012, folds=6, fold_depth=.022)
KURTI = dict(ease=.016, hem=.60, flare=.065, sleeve=.20, sleeve_ease=.016, cuff_ease=.020, neck='v', neck_width=.078,
             neck_depth=.15, back_depth=.028, waist=.002, folds=7, fold_depth=.028)
DRESS = dict(ease=.008, hem=.46, flare=.20, flare_from=1.08, neck_width=.088, neck_depth=.10, back_depth=.04,
             waist=.01, folds=12, fold_depth=.05)
TOP = dict(ease=.018, hem=.86, flare=.03, sleeve=.30, sleeve_ease=.016, cuff_ease=.022, neck_width=.100,
           neck_depth=.050, back_depth=.030, folds=6, fold_depth=.018)
SHELL = dict(ease=.014, hem=.84, flare=.045, neck_width=.078, neck_depth=.095, back_depth=.03, waist=.001, folds=6,
             fold_depth=.022)
T_SHIRT_WOMAN = dict(ease=.014, hem=.88, flare=.012, sleeve=.165, sleeve_ease=.016, cuff_ease=.020, neck_width=.080,
                     neck_depth=.075, back_depth=.022, waist=.001, folds=5, fold_depth=.012)
T_SHIRT_MAN = dict(ease=.020, hem=.83, flare=.010, sleeve=.190, sleeve_ease=.018, cuff_ease=.024, neck_width=.090,
                   neck_depth=.062, back_depth=.020, folds=5, fold_depth=.012)
KURTA_MAN = dict(ease=.024, hem=.54, flare=.06, sleeve=.50, sleeve_ease=.018, cuff_ease=.022, neck_width=.078,
                 neck_depth=.034, back_depth=.014, slit=.82, folds=6, fold_depth=.016, collar='band',
                 buttons=(1.375, 1.325, 1.275, 1.225))
SHORT_KURTA_MAN = dict(KURTA_MAN, hem=.70, slit=.86)
SHIRT = dict(ease=.022, hem=.80, flare=.014, hem_curve=.035, sleeve=.50, sleeve_ease=.018, cuff_ease=.018,
             neck_width=.078, neck_depth=.036, back_depth=.012, folds=5, fold_depth=.012, collar='shirt',
             buttons=(1.335, 1.26, 1.185, 1.11, 1.035, .96, .885))
HALF_SLEEVE_SHIRT = dict(SHIRT, sleeve=.215, sleeve_ease=.020, cuff_ease=.026)

SILK = dict(roughness=.55, sheen=.5, specular=.35)
JERSEY = dict(roughness=.85, sheen=.3, specular=.2)


DETAIL_NECK = (0.0, .14, .34)


def garment(on, cut, fabric, finish=None, arm=28, colours=None, detail=DETAIL_NECK, **changes):
    """on: a form of mannequins.py. colours: what each colourway changes in its fabric, the first is worn in pairs.
    detail: where the close-up looks (product_photo.views_of). `maker` is the module whose pieces_of() cuts it."""
    return dict(on=on, cut=dict(cut, **changes), fabric=fabric, finish=finish or {}, arm=arm, maker='garment',
                colours=colours or dict(plain={}), detail=detail)


def fabric_in(name, shade=None):
    """The painted fabric of a garment in one of its colours, its first one when none is named."""
    described = GARMENTS[name]
    return FABRICS[described['fabric']](**described['colours'][shade or next(iter(described['colours']))])


GARMENTS = dict(
    indigo_block_kurta=garment('slim', KURTA, 'indigo_block_print'),
    chikankari_kurti=garment('woman', KURTI, 'chikan_embroidery'),
    ajrakh_kurti=garment('woman', KURTI, 'ajrakh_print', neck='square', neck_width=.085, neck_depth=.085, sleeve=.40,
                         sleeve_ease=.014, cuff_ease=.022, hem=.58),
    ikat_dress=garment('slim', DRESS, 'ikat_weave'),
    bandhani_dress=garment('woman', DRESS, 'bandhani_ties', SILK, sleeve=.17, sleeve_ease=.014, cuff_ease=.026,
                           neck_depth=.085, fold_depth=.04),
    kalamkari_top=garment('woman', TOP, 'kalamkari_drawing'),
    handloom_check_top=garment('slim', SHELL, 'handloom_check', neck='v', neck_depth=.14),
    zari_shell_top=garment('woman', SHELL, 'zari_dots', SILK),
    navy_stripe_t_shirt=garment('slim', T_SHIRT_WOMAN, 'navy_stripe_jersey', JERSEY),
    marigold_t_shirt=garment('woman', T_SHIRT_WOMAN, 'marigold_jersey', JERSEY, neck='v', neck_depth=.12),
    mustard_silk_kurta=garment('man', KURTA_MAN, 'mustard_silk', SILK),
    khadi_short_kurta=garment('man', SHORT_KURTA_MAN, 'blue_khadi'),
    rust_t_shirt=garment('man', T_SHIRT_MAN, 'rust_stripe_jersey', JERSEY),
    charcoal_t_shirt=garment('man', T_SHIRT_MAN, 'charcoal_jersey', JERSEY),
    madras_shirt=garment('man', HALF_SLEEVE_SHIRT, 'madras_check'),
    olive_linen_shirt=garment('man', SHIRT, 'olive_linen'),
    **GARMENTS_LOWER)
