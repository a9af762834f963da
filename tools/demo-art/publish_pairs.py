"""python3 publish_pairs.py --out DIR : puts the true pairs that pairs.py made into the repository.

The worn picture goes to the shop (demo/pictures/worn), the masks and a manifest to tests/data/pairs; person and
garment are the shop's own pictures, so nothing is stored twice."""
import argparse
import json
import os

import cv2
import numpy as np

import pieces
from catalogue import PRODUCTS
from pair_list import PAIRS, file_of, garment_of, person_of
from publish import ROOT, save
from wardrobe import GARMENTS

SHOP = '../../../demo/pictures/'
CHEST = 1.24  # tailor's space: under the arms
STEPS = 85  # between the levels of a mask: four are enough for an edge
QUALITY = 80  # of the WebP: shape is measured on the mask, not here


def model_of(person):
    """The shop's entry of a person."""
    with open(os.path.join(ROOT, 'demo', 'shop.json')) as file:
        return next(model for model in json.load(file)['models'] if model['name'].lower() == person)


def measures_of(name, scale, out):
    """What a shop would tell of the worn garment, in whole centimetres; scale: from the room to tailor's space."""
    described = GARMENTS[garment_of(name)]
    made = pieces.load(os.path.join(out, 'worn', '%s.%s.npz' % (name, garment_of(name))))
    if described['maker'] == 'lower_cut':
        down = made[0].edges['neck'].max()
        return dict(outseam=round(100 * down / scale))
    trunk = next(piece for piece in made if piece.part == 'trunk')
    level = trunk.points[np.abs(trunk.points[:, 2] - CHEST / scale) < .008, :2]
    around = cv2.arcLength(cv2.convexHull(level.astype(np.float32)), True)
    high = max(piece.points[:, 2].max() for piece in made if piece.part in ('trunk', 'sleeve'))
    hem = np.median(trunk.points[trunk.edges['hem'] < .004, 2])
    told = dict(chest=round(100 * around), length=round(100 * (high - hem)))
    if described['cut'].get('sleeve'):
        told['sleeve'] = round(100 * (described['cut']['sleeve'] + .02) / scale)
    return told


def published(name, out):
    """Writes the pictures of a pair; its entry in the manifest, None when it is not made yet."""
    person, garment = person_of(name), garment_of(name)
    paths = [os.path.join(out, kind, name + '.png') for kind in ('pictures', 'masks')]
    if not all(os.path.exists(path) for path in paths):
        return None
    worn, masks = (cv2.imread(path) for path in paths)
    masks = ((masks.astype(int) + STEPS // 2) // STEPS * STEPS).astype(np.uint8)
    save(worn, 'demo', 'pictures', 'worn', file_of(name) + '.webp', quality=QUALITY)
    save(masks, 'tests', 'data', 'pairs', 'masks', file_of(name) + '.png')
    rows, columns = (masks[..., 2] > 127).nonzero()
    text, model = PRODUCTS[garment], model_of(person)
    with open(os.path.join(out, 'worn', name + '.json')) as file:
        scale = json.load(file)['scale']
    return dict(
        name=file_of(name), category='%s %s' % (text['category'], text['subcategory']),
        box=[int(n) for n in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)],
        person=SHOP + 'people/%s.webp' % person, garment=SHOP + 'garments/%s.webp' % garment,
        worn=SHOP + 'worn/%s.webp' % file_of(name), mask='masks/%s.png' % file_of(name), height_cm=model['height_cm'],
        **{measure + '_cm': model['measurements'][measure] for measure in ('bust', 'waist', 'hip')}, size=model['size'],
        size_chart={model['size']: measures_of(name, scale, out)}, size_chart_of='garment', size_chart_unit='cm')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--out', required=True, help='the folder pairs.py wrote to')
    out = os.path.abspath(parser.parse_args().out)
    pairs = [entry for entry in (published(name, out) for name in PAIRS) if entry]
    with open(os.path.join(ROOT, 'tests', 'data', 'pairs', 'manifest.json'), 'w') as file:
        lines = ',\n'.join(json.dumps(pair) for pair in sorted(pairs, key=lambda pair: pair['name']))
        file.write('{"pairs": [\n%s\n]}\n' % lines)
    print('%d pairs' % len(pairs))


if __name__ == '__main__':
    main()
