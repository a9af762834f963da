"""python3 publish.py --out DIR : puts rendered pictures into the repository, and the true pairs with a manifest."""
import argparse
import json
import os
import re

import cv2

from people import PEOPLE
from shots import PAIRS
from wardrobe import GARMENTS

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
QUALITY = 86


def rendered(out, kind, name):
    """A rendered picture with its alpha, None where shots.py has not made it yet."""
    path = os.path.join(out, kind, name + '.png')
    return cv2.imread(path, cv2.IMREAD_UNCHANGED) if os.path.exists(path) else None


def save(picture, *path):
    target = os.path.join(ROOT, *path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    flags = [cv2.IMWRITE_WEBP_QUALITY, QUALITY] if target.endswith('.webp') else [cv2.IMWRITE_PNG_COMPRESSION, 9]
    cv2.imwrite(target, picture, flags)


def garment_file(name, shade, view=''):
    """File name of a garment's picture in the shop; the first colour has the garment's own name."""
    first = next(iter(GARMENTS[name]['colours'])) == shade
    return '_'.join([name] + ([] if first else [shade]) + ([view] if view else [])) + '.webp'


def publish_garments(out):
    for name, described in GARMENTS.items():
        for shade in described['colours']:
            for view in ('', 'detail'):
                picture = rendered(out, 'pictures', '.'.join([name, shade] + ([view] if view else [])))
                if picture is not None:
                    save(picture, 'demo', 'pictures', 'garments', garment_file(name, shade, view))


def publish_pair(out, name):
    """Person, garment, worn picture and mask of one pair; returns its manifest entry, None when not rendered yet."""
    person, garment = name.split('+')
    shade = next(iter(GARMENTS[garment]['colours']))
    files = dict(person=person, garment='%s.%s' % (garment, shade), worn=name)
    pictures = {role: rendered(out, 'pictures', file) for role, file in files.items()}
    mask = rendered(out, 'masks', name)
    if mask is None or any(picture is None for picture in pictures.values()):
        return None
    folder = re.sub(r'\W', '_', '%s_%s' % (person, garment))
    for role, picture in pictures.items():
        save(picture, 'tests', 'data', 'pairs', folder, role + '.webp')
    coverage = mask[..., 3]
    save(coverage, 'tests', 'data', 'pairs', folder, 'mask.png')
    rows, columns = (coverage > 127).nonzero()
    box = [int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1]
    category = 'dress' if GARMENTS[garment]['cut']['hem'] < .55 else 'upper'
    return dict(name=folder, category=category, box=box, **{
        role: '%s/%s.%s' % (folder, role, 'png' if role == 'mask' else 'webp')
        for role in ('person', 'garment', 'worn', 'mask')})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--out', required=True, help='the folder shots.py wrote to')
    out = os.path.abspath(parser.parse_args().out)
    for name in PEOPLE:
        picture = rendered(out, 'pictures', name)
        if picture is not None:
            save(picture, 'demo', 'pictures', 'people', name + '.webp')
    publish_garments(out)
    pairs = [entry for entry in (publish_pair(out, name) for name in PAIRS) if entry]
    if pairs:
        with open(os.path.join(ROOT, 'tests', 'data', 'pairs', 'manifest.json'), 'w') as file:
            json.dump(dict(pairs=pairs), file, indent=2)
            file.write('\n')


if __name__ == '__main__':
    main()
