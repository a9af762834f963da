"""python3 shots.py --data DIR --out DIR [--draft] [name ...] : renders the demo shop's pictures, all or the named ones.

Names: people `nila`, garments `rust_t_shirt`, pairs `nila+indigo_block_kurta` (the garment worn, with its exact mask).
Needs the Debian packages blender, python3-numpy and python3-opencv."""
import argparse
import json
import os
import subprocess
import time

import cv2

from people import PEOPLE
from wardrobe import GARMENTS

HERE = os.path.dirname(os.path.abspath(__file__))
PAIRS = ('nila+indigo_block_kurta', 'kabir+rust_t_shirt', 'meera+chikankari_kurti')
ARM = 22


def job_of(name, out, draft):
    """What shoot.py must do for a name. Fails: KeyError for an unknown name."""
    size, samples = ((384, 512), 12) if draft else ((768, 1024), 28)
    job = dict(name=name, size=size, samples=samples, arm=ARM, passes=os.path.join(out, 'passes', name))
    if '+' in name:
        person, garment = name.split('+')
        GARMENTS[garment]
        return dict(job, person=person, garment=garment, mask=os.path.join(out, 'masks', name + '.png'))
    if name in PEOPLE:
        return dict(job, person=name)
    wanted = GARMENTS[name]
    return dict(job, person=wanted['on'], garment=name, ghost=True, arm=wanted['arm'], samples=min(samples, 16))


def shoot(job, environment):
    subprocess.run(['blender', '--background', '--python', os.path.join(HERE, 'shoot.py'), '--python-exit-code', '1',
                    '--', json.dumps(job)], check=True, env=environment, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'), help='folder of the CC0 data')
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--draft', action='store_true', help='half size, few samples')
    parser.add_argument('names', nargs='*', default=[])
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error('name the CC0 data folder with --data or FITVIEW_ART_DATA')
    out = os.path.abspath(arguments.out)
    environment = dict(os.environ, FITVIEW_ART_DATA=os.path.abspath(arguments.data), FITVIEW_ART_OUT=out)
    import finish
    for folder in ('pictures', 'masks'):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    for name in arguments.names or [*PEOPLE, *GARMENTS, *PAIRS]:
        started = time.time()
        job = job_of(name, out, arguments.draft)
        shoot(job, environment)
        cv2.imwrite(os.path.join(out, 'pictures', name + '.png'), finish.picture(job['passes'], job.get('ghost')))
        print('%s %.0f s' % (name, time.time() - started), flush=True)


if __name__ == '__main__':
    main()
