"""The upper garments of the demo shop: how they are cut, what they are made of and in which colours they come."""
from fabrics import FABRICS
from wardrobe_lower import GARMENTS_LOWER

KURTA = dict(ease=.018, hem=.50, flare=.085, sleeve=.42, sleeve_ease=.014, cuff_ease=.020, neck_width=.082,
             neck_depth=.075, back_depth=.008, notch=.15, slit=.84, waist=.0006, folds=6, fold_depth=.022)
KURTI = dict(ease=.016, hem=.60, flare=.065, sleeve=.20, sleeve_ease=.014, cuff_ease=.020, neck='v', neck_width=.084,
             neck_depth=.15, back_depth=.010, waist=.001, folds=7, fold_depth=.028)
LONG_KURTI = dict(KURTI, hem=.44, flare=.14, flare_from=1.10, sleeve=.40, cuff_ease=.018, folds=9, fold_depth=.04)
DRESS = dict(ease=.008, hem=.46, flare=.20, flare_from=1.08, neck_width=.090, neck_depth=.10, back_depth=.016,
             waist=.01, folds=12, fold_depth=.05)
ANARKALI = dict(DRESS, hem=.26, flare=.27, flare_from=1.13, sleeve=.43, sleeve_ease=.010, cuff_ease=.012, folds=17,
                fold_depth=.075, neck_depth=.085, neck_width=.084, back_depth=.010, crease=.0014)
TOP = dict(ease=.018, hem=.86, flare=.025, sleeve=.30, sleeve_ease=.016, cuff_ease=.022, neck_width=.104,
           neck_depth=.048, back_depth=.016, waist=-.0008, folds=6, fold_depth=.018)
SHELL = dict(ease=.014, hem=.84, flare=.030, neck_width=.086, neck_depth=.095, back_depth=.014, waist=-.0006, folds=6,
             fold_depth=.022)
BLOUSE = dict(ease=.006, hem=1.115, flare=.0, flare_from=1.2, sleeve=.155, sleeve_ease=.008, cuff_ease=.010,
              neck_width=.088, neck_depth=.120, back_depth=.030, waist=.01, folds=0, crease=.0012)
T_SHIRT_WOMAN = dict(ease=.014, hem=.88, flare=.006, sleeve=.165, sleeve_ease=.012, cuff_ease=.018, neck_width=.086,
                     neck_depth=.075, back_depth=.010, waist=-.0014, folds=5, fold_depth=.012)
T_SHIRT_MAN = dict(ease=.018, hem=.83, flare=.006, sleeve=.190, sleeve_ease=.013, cuff_ease=.020, neck_width=.090,
                   neck_depth=.060, back_depth=.008, waist=-.0018, folds=5, fold_depth=.012)
POLO = dict(T_SHIRT_MAN, neck_width=.078, neck_depth=.036, back_depth=.012, collar='shirt', buttons=(1.345, 1.300))
KURTA_MAN = dict(ease=.020, hem=.48, flare=.055, sleeve=.525, sleeve_ease=.013, cuff_ease=.012, neck_width=.078,
                 neck_depth=.034, back_depth=.014, slit=.80, waist=-.0012, folds=6, fold_depth=.020, collar='band',
                 buttons=(1.375, 1.325, 1.275, 1.225))
SHORT_KURTA_MAN = dict(KURTA_MAN, hem=.68, slit=.84, flare=.035)
SHERWANI = dict(KURTA_MAN, hem=.44, flare=.085, ease=.016, slit=.76, waist=-.0002, sleeve_ease=.011, cuff_ease=.010,
                folds=5, fold_depth=.014, crease=.0010, buttons=tuple(1.372 - .047 * k for k in range(9)))
NEHRU_JACKET = dict(ease=.022, hem=.83, flare=.010, hem_curve=.012, neck_width=.078, neck_depth=.034, back_depth=.014,
                    waist=-.0014, folds=0, collar='band', armhole=.090, armhole_inset=.043, armhole_half=.075,
                    armhole_from=1.337, armhole_above=.20, crease=.0010,
                    buttons=(1.365, 1.280, 1.195, 1.110, 1.025))
SHIRT = dict(ease=.020, hem=.80, flare=.010, hem_curve=.035, sleeve=.525, sleeve_ease=.013, cuff_ease=.011,
             neck_width=.078, neck_depth=.036, back_depth=.012, waist=-.0014, folds=5, fold_depth=.012, collar='shirt',
             buttons=(1.335, 1.26, 1.185, 1.11, 1.035, .96, .885))
HALF_SLEEVE_SHIRT = dict(SHIRT, sleeve=.215, sleeve_ease=.016, cuff_ease=.022)
SHIRT_DRESS = dict(SHIRT, ease=.012, hem=.46, flare=.13, flare_from=1.06, waist=.004, sleeve=.30, sleeve_ease=.012,
                   cuff_ease=.018, hem_curve=.0, folds=8, fold_depth=.035, neck_width=.074,
                   buttons=tuple(1.335 - .075 * k for k in range(12)))
JACKET = dict(SHIRT, ease=.020, hem=.93, flare=.004, hem_curve=.0, waist=.0002, sleeve_ease=.015, cuff_ease=.014,
              sleeve=.50, crease=.0026, buttons=(1.335, 1.262, 1.19, 1.118, 1.046, .974))

SILK = dict(roughness=.55, sheen=.5, specular=.35)
COTTON = dict(roughness=.85, sheen=.25, specular=.18)
JERSEY = dict(roughness=.9, sheen=.3, specular=.15)
DETAIL_NECK = (0.0, .125, .32)
DETAIL_COLLAR = (0.0, .12, .32)


def garment(on, cut, fabric, colours, finish=None, arm=28, detail=DETAIL_NECK, **changes):
    """on: a form of mannequins.py. colours: what each colourway changes in its fabric, the first is worn in pairs.
    detail: where the close-up looks (product_photo.views_of). `maker` is the module whose pieces_of() cuts it."""
    return dict(on=on, cut=dict(cut, **changes), fabric=fabric, finish=finish or COTTON, arm=arm, maker='garment',
                colours=colours, detail=detail)


UPPERS = dict(
    indigo_block_kurta=garment('slim', KURTA, 'block_print', dict(
        indigo={}, madder=dict(ground='#8e2f2b', light='#ecdfc6', accent='#2f4a6b'),
        moss=dict(ground='#5d6a3c', light='#ebe2c8', accent='#b5652f'))),
    chikankari_kurti=garment('woman', KURTI, 'chikan', dict(
        mint={}, rose=dict(ground='#dba6a6', thread='#fbf4ee'), lilac=dict(ground='#a99cc8', thread='#f6f3fb'))),
    ajrakh_kurti=garment('woman', KURTI, 'ajrakh', dict(
        madder={}, indigo=dict(ground='#1f3157', star='#7b2420', light='#e4d3b0')),
        neck='square', neck_width=.088, neck_depth=.085, sleeve=.40, sleeve_ease=.013, cuff_ease=.020, hem=.58),
    leheriya_kurti=garment('slim', LONG_KURTI, 'leheriya', dict(
        pink={}, green=dict(ground='#2f7d5b', wave='#f3ecd6', second='#d9b945'),
        saffron=dict(ground='#e0822b', wave='#fbf0da', second='#b5322f')), neck='round', neck_depth=.095),
    ikat_dress=garment('slim', DRESS, 'ikat', dict(
        teal={}, crimson=dict(ground='#8c2230', frame='#f0e2c4', heart='#2b2a3a', eye='#e0a83a', bands='#2b2a3a'))),
    bandhani_dress=garment('woman', DRESS, 'bandhani', dict(
        magenta={}, peacock=dict(ground='#0f5f66', dark='#0a4349', eye='#c2552d')), SILK, sleeve=.17, sleeve_ease=.012,
        cuff_ease=.022, neck_depth=.085, back_depth=.010, fold_depth=.04),
    garden_shirt_dress=garment('slim', SHIRT_DRESS, 'linen', dict(
        sky=dict(colour='#7fa0bd', cuff=.024, with_pocket=False), terracotta=dict(
            colour='#b4654a', cuff=.024, with_pocket=False)), detail=DETAIL_COLLAR),
    phulwari_anarkali=garment('woman', ANARKALI, 'garden_print', dict(
        ivory={}, rani=dict(ground='#a3255c', red='#f2c14e', green='#e9d3b0', light='#fbeeda', border_ground='#6d1440'),
        indigo=dict(ground='#2c3f6b', red='#d98a4a', green='#b9c3a2', light='#f2e4cc', border_ground='#a8452f'))),
    kalamkari_top=garment('woman', TOP, 'kalamkari', dict(
        beige={}, black=dict(ground='#262325', red='#b5452f', blue='#d9a441', green='#7d8a54', light='#eadcb8',
                             ink='#e2d2a8'))),
    handloom_check_top=garment('slim', SHELL, 'handloom_check', dict(
        olive={}, rust=dict(ground='#b06a48', light='#ecd8b8', dark='#6b2f22')), neck='v', neck_depth=.14),
    zari_shell_top=garment('woman', SHELL, 'zari_dots', dict(
        purple={}, bottle=dict(ground='#14503f'), wine=dict(ground='#6b1a2c')), SILK),
    banarasi_blouse=garment('woman', BLOUSE, 'zari_brocade', dict(
        maroon=dict(ground='#701c2a', accent='#1f5d4a', trim='#551320', neck=True),
        emerald=dict(ground='#12563f', accent='#9c2740', trim='#0d4030', neck=True),
        gold=dict(ground='#c9a55a', gold='#8d6a2a', accent='#8f2233', trim='#8f2233', neck=True)), SILK,
        detail=(0.0, .12, .30)),
    brocade_choli=garment('woman', BLOUSE, 'choli', dict(
        rani={}, emerald=dict(ground='#0f5a46', deep='#7b1730'), midnight=dict(ground='#1f2a55', deep='#7a1431')), SILK,
        detail=(0.0, .12, .30), sleeve=.215, neck_width=.094, neck_depth=.135),
    navy_stripe_t_shirt=garment('slim', T_SHIRT_WOMAN, 'jersey', dict(
        navy=dict(ground='#24304f', stripe='#e9e2d2', pitch=.030), red=dict(
            ground='#ece6da', stripe='#a8322f', pitch=.030)), JERSEY),
    marigold_t_shirt=garment('woman', T_SHIRT_WOMAN, 'jersey', dict(
        marigold=dict(ground='#d99a2b'), teal=dict(ground='#226a6c'), blush=dict(ground='#dcaaa0')), JERSEY, neck='v',
        neck_depth=.12),
    denim_jacket=garment('slim', JACKET, 'shirt_denim', dict(
        indigo=dict(jacket=True), black=dict(colour='#2b2d33', pale='#5a5f69', thread='#8a8177', button='#8d8f93',
                                            jacket=True)), COTTON, detail=(.045, .17, .36)),
    mustard_silk_kurta=garment('man', KURTA_MAN, 'silk_jacquard', dict(
        mustard={}, ivory=dict(ground='#e6dabf', figure='#f7efd9', trim='#8a6a2f', gold='#c9a14a'),
        wine=dict(ground='#5d1a2b', figure='#7d2f41', trim='#2c2330', gold='#cfa95a')), SILK, detail=DETAIL_COLLAR),
    chikan_men_kurta=garment('man', KURTA_MAN, 'chikan', dict(
        white=dict(ground='#eceae2', thread='#ffffff', button='#d8d2c2'), sky=dict(
            ground='#9db7cf', thread='#f7fafc', button='#f2f2ee')), detail=DETAIL_COLLAR),
    khadi_short_kurta=garment('man', SHORT_KURTA_MAN, 'khadi', dict(
        blue={}, ivory=dict(colour='#ddd3ba', dark='#a4936c'), rust=dict(colour='#a85f3f', dark='#6f3621')),
        detail=DETAIL_COLLAR),
    shahi_sherwani=garment('man', SHERWANI, 'zari_brocade', dict(
        ivory={}, maroon=dict(ground='#5a1622', gold='#c79d4d', accent='#e0cfa2'),
        midnight=dict(ground='#1c2440', gold='#c2a25c', accent='#8d2a3a')), SILK, detail=DETAIL_COLLAR),
    raw_silk_nehru_jacket=garment('man', NEHRU_JACKET, 'raw_silk', dict(
        wine={}, teal=dict(colour='#1f5257'), sand=dict(colour='#b79a6c', button='#6b4a2c')), SILK,
        detail=(.03, .13, .34)),
    rust_t_shirt=garment('man', T_SHIRT_MAN, 'jersey', dict(
        rust=dict(ground='#b5573d', stripe='#f0e6d6', chest=True), forest=dict(
            ground='#2f4a3c', stripe='#e6dcc4', chest=True)), JERSEY),
    charcoal_t_shirt=garment('man', T_SHIRT_MAN, 'jersey', dict(
        charcoal={}, white=dict(ground='#e8e6e1'), maroon=dict(ground='#6a2430')), JERSEY),
    pique_polo=garment('man', POLO, 'jersey', dict(
        bottle=dict(ground='#1f4d3f', collar='#1a4135', button='#e8e2d2'), navy=dict(
            ground='#25314d', collar='#e6dfd0', button='#e6dfd0')), JERSEY, detail=DETAIL_COLLAR),
    madras_shirt=garment('man', HALF_SLEEVE_SHIRT, 'madras_check', dict(
        red={}, teal=dict(ground='#2f6d6f', wide='#1f2f4a', line='#e0b04a', collar='#234a55')), detail=DETAIL_COLLAR),
    olive_linen_shirt=garment('man', SHIRT, 'linen', dict(
        olive={}, white=dict(colour='#ebe8df', button='#cfc8b8'), sky=dict(colour='#9cb6c9')), detail=DETAIL_COLLAR),
    indigo_denim_shirt=garment('man', SHIRT, 'shirt_denim', dict(
        indigo={}, light=dict(colour='#7d97b5', pale='#b9cbe0', thread='#e0c9a2', button='#e8e2d4')),
        detail=DETAIL_COLLAR),
    ajrakh_shirt=garment('man', HALF_SLEEVE_SHIRT, 'ajrakh', dict(
        indigo=dict(ground='#1f3157', star='#7b2420', collar='#1f3157'), madder=dict(collar='#7b2420')),
        detail=DETAIL_COLLAR))

GARMENTS = dict(UPPERS, **GARMENTS_LOWER)


def fabric_in(name, shade=None):
    """The painted fabric of a garment in one of its colours, its first one when none is named."""
    described = GARMENTS[name]
    return FABRICS[described['fabric']](**described['colours'][shade or next(iter(described['colours']))])
