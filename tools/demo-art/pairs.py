"""python3 pairs.py --data DIR --out DIR [--cut | --render | --finish] [PERSON+GARMENT ...] : the true pairs.

A pair is a garment worn by one of the shop's people: camera, pose and light of the person's own picture, of which only
the part is rendered anew that the garment changes. Writes OUT/pictures and OUT/masks (red garment, green skin, blue
hair); without a step named it does all three. A bare PERSON renders what masks of the whole person need, once.
Needs the Debian packages blender, python3-numpy and python3-opencv."""
import argparse
import itertools
import json
import os
import shlex
import subprocess
import time

import cv2
import numpy as np

import frame
from pair_list import PAIRS, garment_of, person_of
from people import PEOPLE

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES, ARM, TOGETHER = 8, 22, 4
BESIDE, ABOVE, BELOW = 80, 24, 130  # pixels beside a garment that its shadow may reach
FEATHER, FEATHER_BESIDE, FEATHER_BELOW = 12, 40, 50
WHOLE = [0, 0, *frame.SIZE]


def path_of(out, kind, name, ending=''):
    os.makedirs(os.path.join(out, kind), exist_ok=True)
    return os.path.join(out, kind, name + ending)


def box_round(points, spec):
    places = frame.pixels(points, spec)
    low, high = places.min(0) - [BESIDE, ABOVE], places.max(0) + [BESIDE, BELOW]
    low, high = np.maximum(np.floor(low), 0), np.minimum(np.ceil(high), frame.SIZE)
    return [int(n) for n in (*low, *high)]


def cut(worn, name, out):
    """Cuts a pair's garments for the person and notes what is to be rendered."""
    shot = worn.shot(garment_of(name), lambda part, ending: path_of(out, 'worn', '%s.%s' % (name, part), ending))
    shot['box'] = box_round(worn.changed, worn.spec)
    with open(path_of(out, 'worn', name, '.json'), 'w') as file:
        json.dump(shot, file)


def shot_of(name, out):
    passes = path_of(out, 'passes', name + ('' if garment_of(name) else '.base'))
    if not garment_of(name):
        return dict(layers=[], keeps=['tank', 'trousers'], tank=None, box=WHOLE, passes=passes, dark=True)
    with open(path_of(out, 'worn', name, '.json')) as file:
        return dict(json.load(file), passes=passes, dark=False)


def render(names, out, blender):
    """One run of Blender for pictures of one person."""
    job = dict(person=person_of(names[0]), size=frame.SIZE, samples=SAMPLES, arm=ARM,
               shots=[shot_of(name, out) for name in names])
    subprocess.run([*shlex.split(blender), '--background', '--python-exit-code', '1', '--python',
                    os.path.join(HERE, 'shoot_worn.py'), '--', json.dumps(job)], check=True, stdout=subprocess.DEVNULL)


def laid_in(whole, part, corner):
    """A whole picture with a part rendered anew; the part's border fades into it, slowly below, where shadows end."""
    left, top = corner
    rows, columns = part.shape[:2]
    bottom, right = top + rows, left + columns
    down, across = np.arange(rows) + .5, np.arange(columns) + .5
    share = np.ones((rows, columns))
    for distance, reach, is_inside in ((down[:, None], FEATHER, top > 0), (across[None], FEATHER_BESIDE, left > 0),
                                       (rows - down[:, None], FEATHER_BELOW, bottom < whole.shape[0]),
                                       (columns - across[None], FEATHER_BESIDE, right < whole.shape[1])):
        if is_inside:
            share = np.minimum(share, distance / reach)
    out = whole.astype(np.float32).copy()
    out[top:bottom, left:right] += (part - out[top:bottom, left:right]) * share[..., None]
    return (out + .5).astype(np.uint8)


def masks_of(folder):
    """Garment, skin, hair as blue-green-red bytes in the order of a picture file: red is the garment."""
    import finish
    return (np.clip(finish.read_pass(folder, 'Masks')[..., :3], 0, 1) * 255 + .5).astype(np.uint8)


def finished(name, out):
    import finish
    shot = shot_of(name, out)
    base = cv2.imread(path_of(out, 'pictures', person_of(name), '.png'))
    left, top = shot['box'][:2]
    part = finish.picture(shot['passes'], (left, top), base.shape)
    cv2.imwrite(path_of(out, 'pictures', name, '.png'), laid_in(base, part, (left, top)))
    masks = masks_of(path_of(out, 'passes', person_of(name) + '.base'))
    masks[top:top + part.shape[0], left:left + part.shape[1]] = masks_of(shot['passes'])
    cv2.imwrite(path_of(out, 'masks', name, '.png'), masks)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'), help='folder of the CC0 data')
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--blender', default='blender', help='how Blender is started')
    for step in ('cut', 'render', 'finish'):
        parser.add_argument('--' + step, action='store_true', help='only this step')
    parser.add_argument('names', nargs='*', default=[])
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error('name the CC0 data folder with --data or FITVIEW_ART_DATA')
    out = os.path.abspath(arguments.out)
    os.environ.update(FITVIEW_ART_DATA=os.path.abspath(arguments.data), FITVIEW_ART_OUT=out)
    every = not (arguments.cut or arguments.render or arguments.finish)
    names = arguments.names or [*PEOPLE, *PAIRS]
    pairs = [name for name in names if garment_of(name)]
    started = time.time()
    if arguments.cut or every:
        import dressing
        for person, own in itertools.groupby(sorted(pairs, key=person_of), person_of):
            worn = dressing.Dressing(person, ARM)
            for name in own:
                cut(worn, name, out)
                print('cut %s, %.0f s' % (name, time.time() - started), flush=True)
    if arguments.render or every:
        for _, own in itertools.groupby(sorted(names, key=person_of), person_of):
            own = list(own)
            for start in range(0, len(own), TOGETHER):
                render(own[start:start + TOGETHER], out, arguments.blender)
                shown = ' '.join(own[start:start + TOGETHER])
                print('rendered %s, %.0f s' % (shown, time.time() - started), flush=True)
    for name in pairs if arguments.finish or every else []:
        finished(name, out)
        print('finished %s, %.0f s' % (name, time.time() - started), flush=True)


if __name__ == '__main__':
    main()
