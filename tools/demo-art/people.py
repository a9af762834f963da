"""The twelve people: sliders, age, face details, skin, hair, stance. Everything in which one person differs from the
next is here."""

SMILE = 'expression/units/caucasian/mouth-corner-puller'
INNER_BROWS = ('expression/units/caucasian/eyebrows-left-inner-up',
               'expression/units/caucasian/eyebrows-right-inner-up')
# The neutral face of the data is stern; these details make it friendlier and are then varied per person.
FACE_WOMAN = {
    SMILE: .30, **{brow: .25 for brow in INNER_BROWS}, 'eyes/*eye-scale-incr': .55, 'eyes/*eye-height2-incr': .08,
    'eyebrows/eyebrows-trans-up': .35, 'eyebrows/eyebrows-angle-up': .22, 'mouth/mouth-upperlip-volume-incr': .35,
    'mouth/mouth-lowerlip-volume-incr': .25,
    'mouth/mouth-scale-horiz-decr': .15, 'forehead/forehead-scale-vert-decr': .5, 'chin/chin-width-decr': .35,
    'chin/chin-height-decr': .25, 'head/head-oval': .35, 'nose/nose-scale-horiz-decr': .15,
    'cheek/*cheek-volume-incr': .2, 'neck/neck-scale-horiz-decr': .25, 'breast/nipple-size-decr': 1,
    'breast/nipple-point-decr': 1, 'breast/breast-dist-decr': .35, 'breast/breast-trans-up': .2}
FACE_MAN = {SMILE: .40, **{brow: .30 for brow in INNER_BROWS}, 'eyes/*eye-scale-incr': .35,
            'eyebrows/eyebrows-angle-up': .15,
            'eyebrows/eyebrows-trans-up': .2, 'head/head-rectangular': .15}

WOMAN = dict(male=0, lashes='lashes01', studs=True, face=FACE_WOMAN)
MAN = dict(male=1, cup=.5, lipstick=.35, lid=.05, blush=.03, lashes='lashes04', face=FACE_MAN)
LIGHT_WOMAN, LIGHT_WOMAN_3 = 'young_lightskinned_female_diffuse', 'young_lightskinned_female_diffuse3'
LIGHT_MAN, LIGHT_MAN_3 = 'young_lightskinned_male_diffuse', 'young_lightskinned_male_diffuse3'


def described(kind, detail, **rest):
    """One person: `detail` changes single face and body targets of the kind's face."""
    spec = dict(kind, **rest)
    return dict(spec, detail=dict(spec.pop('face'), **detail))


PEOPLE = {
    'asha': described(
        WOMAN, {'nose/nose-width2-decr': .2, 'chin/chin-width-decr': .2, SMILE: .6, 'nose/nose-point-up': .2,
                'eyes/*eye-scale-incr': .7},
        muscle=.45, weight=.42, height=.5, cup=.48, firm=.75, ideal=.75, tall=1.66,
        race=dict(caucasian=.55, asian=.15, african=.30), tone='#b5825c', texture=LIGHT_WOMAN, lip='#8d4640',
        lipstick=.55, brow='brow01', hair='knot', hair_colour='#120c0a', bindi='#7a1626', shoes='#7b2433',
        stance=dict(weight='l', look=4, tilt=2, bend=12)),
    'meera': described(
        WOMAN, {'head/head-round': .3, 'hip/hip-scale-horiz-incr': .35, 'hip/hip-scale-depth-incr': .2,
                'torso/torso-scale-horiz-incr': .2, 'torso/torso-scale-depth-incr': .25,
                'stomach/stomach-tone-decr': .4, 'arms/*upperarm-fat-incr': .4, SMILE: .65,
                'cheek/*cheek-volume-incr': .5, 'nose/nose-width3-incr': .25, 'mouth/mouth-dimples-in': .5},
        muscle=.36, weight=1.0, height=.45, cup=.62, firm=.7, ideal=.55, tall=1.62,
        race=dict(caucasian=.7, asian=.2, african=.1), texture=LIGHT_WOMAN_3, tone='#d3a582', lip='#a35a58',
        lipstick=.5, brow='brow01', hair='plait', hair_colour='#1c1210', bindi='#6d1520', shoes='#1f5a5a',
        stance=dict(weight='r', look=-3, tilt=-1, bend=11)),
    'kabir': described(
        MAN, {'chin/chin-width-incr': .2, SMILE: .5, 'nose/nose-hump-incr': .25},
        muscle=.62, weight=.48, height=.55, ideal=.7, tall=1.78, race=dict(caucasian=.6, asian=.1, african=.3),
        texture=LIGHT_MAN, tone='#93684b', lip='#7d4a40', brow='brow09', hair='curls+beard', hair_colour='#0d0a09',
        shoes='#5a3a22', stance=dict(weight='r', look=5, tilt=1, bend=14)),
    'nila': described(
        WOMAN, {'nose/nose-width1-decr': .25, 'eyebrows/eyebrows-angle-up': .45, SMILE: .55,
                'eyebrows/eyebrows-trans-up': .5},
        muscle=.5, weight=.36, height=.6, cup=.42, firm=.8, ideal=.8, tall=1.70,
        race=dict(caucasian=.35, asian=.05, african=.60), texture='young_darkskinned_female_diffuse', tone='#6b432c',
        lip='#7a3539', lipstick=.5, brow='brow01', hair='tied_curls', hair_colour='#0c0908', shoes='#8a6a2c',
        stance=dict(weight='l', look=-5, tilt=-2, bend=13)),
    'ria': described(
        WOMAN, {'head/head-diamond': .3, 'mouth/mouth-scale-horiz-incr': .2, 'nose/nose-scale-vert-incr': .2,
                SMILE: .6, 'eyebrows/eyebrows-angle-up': .5},
        muscle=.40, weight=.30, height=.6, cup=.40, firm=.8, ideal=.85, tall=1.72,
        race=dict(caucasian=.75, asian=.20, african=.05), texture=LIGHT_WOMAN, tone='#c79670', lip='#a04b4e',
        lipstick=.6, brow='brow08', hair='bob', hair_colour='#1a100c', shoes='#2f3b57',
        stance=dict(weight='r', look=3, tilt=2, bend=10)),
    'kavya': described(
        WOMAN, {'head/head-square': .25, 'mouth/mouth-lowerlip-volume-incr': .6, 'nose/nose-hump-incr': .35,
                'nose/nose-width3-incr': .2, 'eyes/*eye-scale-incr': .8, 'chin/chin-width-incr': .15,
                'hip/hip-scale-horiz-incr': .35, 'torso/measure-waist-circ-decr': .35,
                'buttocks/buttocks-volume-incr': .3, SMILE: .6},
        old=.08, muscle=.44, weight=.72, height=.5, cup=.66, firm=.75, ideal=.7, tall=1.64,
        race=dict(caucasian=.5, asian=.10, african=.40), texture=LIGHT_WOMAN, tone='#8f5f41', lip='#83393f',
        lipstick=.6, brow='brow05', hair='loose', hair_colour='#140d0a', shoes='#8c4a2a',
        stance=dict(weight='l', look=-4, tilt=1, bend=12)),
    'zoya': described(
        WOMAN, {'head/head-oval': .5, 'cheek/*cheek-bones-incr': .4, 'nose/nose-scale-vert-incr': .15,
                'eyes/*eye-corner2-up': .2, SMILE: .6, 'eyebrows/eyebrows-angle-up': 0},
        muscle=.72, weight=.44, height=.6, cup=.40, firm=.85, ideal=.85, tall=1.74,
        race=dict(caucasian=.8, asian=.15, african=.05), texture=LIGHT_WOMAN_3, tone='#d9ad8c', lip='#ad5f5c',
        lipstick=.45, brow='brow01', hair='bun', hair_colour='#2a1a12', shoes='#a9804a',
        stance=dict(weight='r', look=4, tilt=-2, bend=15)),
    'lakshmi': described(
        WOMAN, {'head/head-oval': .5, 'mouth/mouth-laugh-lines-out': .7, 'eyes/*eye-bag-incr': .6,
                'neck/neck-double-incr': .3, 'stomach/stomach-tone-decr': .3, SMILE: .6, 'head/head-fat-incr': .3,
                'nose/nose-scale-vert-incr': .3, 'nose/nose-width3-incr': .2},
        old=.75, muscle=.42, weight=.66, height=.45, cup=.52, firm=.5, ideal=.55, tall=1.60,
        race=dict(caucasian=.55, asian=.1, african=.35), texture=LIGHT_WOMAN, tone='#9a6b4a', lip='#84453f',
        lipstick=.4, brow='brow10', hair='side_knot', hair_colour='#6e6a66', brow_colour='#2a2320', bindi='#7a1626',
        glasses='#5a3c22', shoes='#4f2a1c', stance=dict(weight='l', look=3, tilt=1, bend=12)),
    'dev': described(
        MAN, {'head/head-round': .45, 'nose/nose-width2-incr': .2, SMILE: .55, 'neck/neck-double-incr': .2},
        muscle=.52, weight=.74, height=.45, ideal=.5, tall=1.73, race=dict(caucasian=.7, asian=.2, african=.1),
        texture=LIGHT_MAN_3, tone='#b98a66', lip='#8d5548', brow='brow12', hair='side_parting', hair_colour='#100c0a',
        glasses='#15130f', shoes='#3a2c22', stance=dict(weight='l', look=-4, tilt=-1, bend=13)),
    'harpreet': described(
        MAN, {'chin/chin-width-incr': .3, 'nose/nose-scale-vert-incr': .2, 'cheek/*cheek-bones-incr': .3, SMILE: .5},
        old=.20, muscle=.82, weight=.66, height=.6, ideal=.65, tall=1.82,
        race=dict(caucasian=.85, asian=.05, african=.1), texture=LIGHT_MAN, tone='#ad7d59', lip='#8a5346',
        brow='brow09', hair='full_beard', hair_colour='#15100d', turban='#7d2f3b', shoes='#4a2f1d',
        stance=dict(weight='r', look=4, bend=13)),
    'vikram': described(
        MAN, {'head/head-round': .3, 'head/head-fat-incr': .25, 'stomach/stomach-tone-decr': .5,
              'nose/nose-width3-incr': .3, 'mouth/mouth-laugh-lines-out': .3, 'neck/neck-double-incr': .3, SMILE: .55,
              'stomach/stomach-pregnant-incr': .3, 'torso/torso-scale-depth-incr': .4,
              'torso/torso-scale-horiz-incr': .3, 'hip/hip-scale-horiz-incr': .2},
        old=.35, muscle=.42, weight=1.0, height=.48, ideal=.4, tall=1.72,
        race=dict(caucasian=.45, asian=.05, african=.5), texture='young_darkskinned_male_diffuse', tone='#5f3e2b',
        lip='#64372f', brow='brow12', hair='close_crop+moustache', hair_colour='#3a3634', brow_colour='#14100e',
        shoes='#1d1a19', stance=dict(weight='l', look=4, tilt=1, bend=12)),
    'sameer': described(
        MAN, {'head/head-oval': .6, 'chin/chin-width-decr': .2, 'nose/nose-scale-vert-incr': .3,
              'eyes/*eye-scale-incr': .6, 'chin/chin-height-incr': .25, SMILE: .55},
        muscle=.42, weight=.34, height=.55, ideal=.75, tall=1.76, race=dict(caucasian=.7, asian=.25, african=.05),
        texture=LIGHT_MAN_3, tone='#d2a283', lip='#a0665a', brow='brow10', hair='crop+stubble', hair_colour='#1d130e',
        shoes='#6a4a2e', stance=dict(weight='r', look=-5, tilt=2, bend=12)),
}
