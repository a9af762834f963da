"""The six people: sliders, face details, skin, hair. Everything in which one person differs from the next is here."""

SMILE = 'expression/units/caucasian/mouth-corner-puller'
# The neutral face of the data is stern; these details make it friendlier and are then varied per person.
FACE_WOMAN = {
    SMILE: .30, 'eyes/*eye-scale-incr': .55, 'eyes/*eye-height2-incr': .08, 'eyebrows/eyebrows-trans-up': .35,
    'eyebrows/eyebrows-angle-up': .30, 'mouth/mouth-upperlip-volume-incr': .35, 'mouth/mouth-lowerlip-volume-incr': .25,
    'mouth/mouth-scale-horiz-decr': .15, 'forehead/forehead-scale-vert-decr': .5, 'chin/chin-width-decr': .35,
    'chin/chin-height-decr': .25, 'head/head-oval': .35, 'nose/nose-scale-horiz-decr': .15,
    'cheek/*cheek-volume-incr': .2, 'neck/neck-scale-horiz-decr': .25, 'breast/nipple-size-decr': 1,
    'breast/nipple-point-decr': 1, 'breast/breast-dist-decr': .35, 'breast/breast-trans-up': .2}
FACE_MAN = {SMILE: .18, 'eyes/*eye-scale-incr': .25, 'eyebrows/eyebrows-angle-up': .15, 'head/head-rectangular': .2}

WOMAN = dict(male=0, lashes='lashes01', hair='knot', studs=True, face=FACE_WOMAN)
MAN = dict(male=1, cup=.5, lipstick=.35, lid=.05, blush=.03, lashes='lashes04', face=FACE_MAN)


def described(kind, detail, **rest):
    """One person: `detail` changes single face and body targets of the kind's face."""
    spec = dict(kind, **rest)
    return dict(spec, detail=dict(spec.pop('face'), **detail))


PEOPLE = {
    'asha': described(
        WOMAN, {'nose/nose-width2-decr': .2, 'chin/chin-width-decr': .2}, muscle=.45, weight=.42, height=.5, cup=.48,
        firm=.75, ideal=.75, tall=1.66, race=dict(caucasian=.55, asian=.15, african=.30), tone='#b5825c',
        texture='young_lightskinned_female_diffuse', lip='#8d4640', lipstick=.55, brow='brow01',
        hair_colour='#120c0a'),
    'meera': described(
        WOMAN, {'head/head-round': .3, 'hip/hip-scale-horiz-incr': .35, 'hip/hip-scale-depth-incr': .2,
                'torso/torso-scale-horiz-incr': .2, 'torso/torso-scale-depth-incr': .25,
                'stomach/stomach-tone-decr': .4, 'arms/*upperarm-fat-incr': .4},
        muscle=.36, weight=1.0, height=.45, cup=.62, firm=.7, ideal=.55, tall=1.62,
        race=dict(caucasian=.7, asian=.2, african=.1), texture='young_lightskinned_female_diffuse3', tone='#d3a582',
        lip='#a35a58', lipstick=.5, brow='brow01', hair_colour='#1c1210', bindi='#6d1520'),
    'kabir': described(
        MAN, {'chin/chin-width-incr': .2}, muscle=.62, weight=.48, height=.55, ideal=.7, tall=1.78,
        race=dict(caucasian=.6, asian=.1, african=.3), texture='young_lightskinned_male_diffuse', tone='#93684b',
        lip='#7d4a40', brow='brow09', hair='crop+beard', hair_colour='#0d0a09'),
    'nila': described(
        WOMAN, {'nose/nose-width1-decr': .25, 'eyebrows/eyebrows-angle-up': .6}, muscle=.5, weight=.36, height=.6,
        cup=.42, firm=.8, ideal=.8, tall=1.70, race=dict(caucasian=.35, asian=.05, african=.60),
        texture='young_darkskinned_female_diffuse', tone='#6b432c', lip='#6a2f33', lipstick=.5, brow='brow01',
        hair_colour='#0c0908'),
    'ria': described(
        WOMAN, {'head/head-diamond': .3, 'mouth/mouth-scale-horiz-incr': .2, 'nose/nose-scale-vert-incr': .2},
        muscle=.40, weight=.30, height=.6, cup=.40, firm=.8, ideal=.85, tall=1.72,
        race=dict(caucasian=.75, asian=.20, african=.05), texture='young_lightskinned_female_diffuse', tone='#c79670',
        lip='#a04b4e', lipstick=.6, brow='brow08', hair_colour='#1a100c'),
    'dev': described(
        MAN, {'head/head-round': .35, 'nose/nose-width2-incr': .2}, muscle=.52, weight=.74, height=.45, ideal=.5,
        tall=1.73, race=dict(caucasian=.7, asian=.2, african=.1), texture='young_lightskinned_male_diffuse3',
        tone='#b98a66', lip='#8d5548', brow='brow12', hair='crop', hair_colour='#100c0a'),
}
