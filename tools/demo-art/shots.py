"""python3 shots.py --data DIR --out DIR [--draft] [name ...] : renders the demo shop's pictures, all or the named ones.

Names: people `nila`, garments `rust_t_shirt` (photos in all its colours) or `rust_t_shirt@sage` (one colour on light
that is already rendered). People who wear garments: pairs.py.
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
ARM = 22
TOGETHER = 9  # garments in one run of Blender


def job_of(name, out, draft, close=False):
    """What shoot.py must do for a name. Fails: KeyError for an unknown name."""
    size, samples = ((384, 512), 12) if draft else ((768, 1024), 28)
    job = dict(name=name, size=size, samples=samples, arm=ARM, passes=os.path.join(out, 'passes', name))
    PEOPLE[name]
    return dict(job, person=name)


def shoot(job, environment, blender):
    subprocess.run([*shlex.split(blender), '--background', '--python-exit-code', '1', '--python',
                    os.path.join(HERE, 'shoot.py'), '--', json.dumps(job)], check=True, env=environment, stdout=subprocess.DEVNULL)


def show(names, arguments, out):
    """Cuts, lights and colours garments as far as the arguments ask; all are lit in one run of Blender."""
    import product_photo
    whole = [name for name in names if '@' not in name]
    if not arguments.recolour:
        for name in whole if not arguments.keep_cut else []:
            product_photo.cut_pieces(name, out)
        for name in whole if arguments.drawn and not arguments.cut_only else []:
            product_photo.draw(name, out, arguments.draft)
        if whole and not arguments.cut_only and not arguments.drawn:
            product_photo.shoot(whole, out, arguments.draft, arguments.blender)
    for name in names if not arguments.cut_only else []:
        garment, _, shade = name.partition('@')
        product_photo.colour(garment, out, [shade] if shade else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'), help='folder of the CC0 data')
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--draft', action='store_true', help='half size, few samples')
    parser.add_argument('--keep-cut', action='store_true', help='garments: light them again as they were cut before')
    parser.add_argument('--cut-only', action='store_true', help='garments: cut them, render nothing')
    parser.add_argument('--drawn', action='store_true', help='garments: light them without Blender')
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
    os.makedirs(os.path.join(out, 'pictures'), exist_ok=True)
    names = arguments.names or [*PEOPLE, *GARMENTS]
    garments = [name for name in names if name.partition('@')[0] in GARMENTS]
    for start in range(0, len(garments), TOGETHER):
        started = time.time()
        show(garments[start:start + TOGETHER], arguments, out)
        print('%s %.0f s' % (' '.join(garments[start:start + TOGETHER]), time.time() - started), flush=True)
    for name in names:
        if name in garments:
            continue
        started = time.time()
        job = job_of(name, out, arguments.draft, arguments.close)
        shoot(job, dict(os.environ), arguments.blender)
        cv2.imwrite(os.path.join(out, 'pictures', name + '.png'), finish.picture(job['passes']))
        print('%s %.0f s' % (name, time.time() - started), flush=True)


if __name__ == '__main__':
    main()
