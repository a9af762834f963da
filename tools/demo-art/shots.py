"""python3 shots.py --data DIR --out DIR [--draft] [name ...] : renders the demo shop's pictures, all or the named ones.

Names: people `nila`, garments `rust_t_shirt` (photos in all its colours) or `rust_t_shirt@sage` (one colour on light
that is already rendered), pairs `nila+indigo_block_kurta` (the garment worn, with its exact mask).
Needs the Debian packages blender, python3-numpy and python3-opencv."""
import argparse
import json
import os
import shlex
import subprocess
import time

import cv2

from people import PEOPLE
from wardrobe import GARMENTS

HERE = os.path.dirname(os.path.abspath(__file__))
PAIRS = ('nila+indigo_block_kurta', 'kabir+rust_t_shirt', 'meera+chikankari_kurti')
ARM = 22


def job_of(name, out, draft, close=False):
    """What shoot.py must do for a name. Fails: KeyError for an unknown name."""
    size, samples = ((384, 512), 12) if draft else ((768, 1024), 28)
    job = dict(name=name, size=size, samples=samples, arm=ARM, passes=os.path.join(out, 'passes', name))
    if '+' in name:
        person, garment = name.split('+')
        GARMENTS[garment]
        return dict(job, person=person, garment=garment, mask=os.path.join(out, 'masks', name + '.png'))
    PEOPLE[name]
    return dict(job, person=name, close=close, samples=min(samples, 14))


def shoot(job, environment, blender):
    subprocess.run([*shlex.split(blender), '--background', '--python', os.path.join(HERE, 'shoot.py'), '--python-exit-code', '1',
                    '--', json.dumps(job)], check=True, env=environment, stdout=subprocess.DEVNULL)


def show(name, arguments, out):
    """Cuts, lights and colours a garment as far as the arguments ask."""
    import product_photo
    garment, _, shade = name.partition('@')
    if not shade and not arguments.recolour and not arguments.keep_cut:
        product_photo.cut_pieces(garment, out)
    if not shade and not arguments.recolour:
        product_photo.shoot(garment, out, arguments.draft, arguments.blender)
    product_photo.colour(garment, out, [shade] if shade else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'), help='folder of the CC0 data')
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--draft', action='store_true', help='half size, few samples')
    parser.add_argument('--keep-cut', action='store_true', help='garments: light them again as they were cut before')
    parser.add_argument('--recolour', action='store_true', help='garments: only colour the light that is there')
    parser.add_argument('--blender', default='blender', help='how Blender is started')
    parser.add_argument('--close', action='store_true', help='people: head and shoulders, to look at a face')
    parser.add_argument('names', nargs='*', default=[])
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error('name the CC0 data folder with --data or FITVIEW_ART_DATA')
    out = os.path.abspath(arguments.out)
    os.environ.update(FITVIEW_ART_DATA=os.path.abspath(arguments.data), FITVIEW_ART_OUT=out)
    import finish
    for folder in ('pictures', 'masks'):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    for name in arguments.names or [*PEOPLE, *GARMENTS, *PAIRS]:
        started = time.time()
        if name.partition('@')[0] in GARMENTS:
            show(name, arguments, out)
        else:
            job = job_of(name, out, arguments.draft, arguments.close)
            shoot(job, dict(os.environ), arguments.blender)
            cv2.imwrite(os.path.join(out, 'pictures', name + '.png'), finish.picture(job['passes']))
        print('%s %.0f s' % (name, time.time() - started), flush=True)


if __name__ == '__main__':
    main()
