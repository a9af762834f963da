"""python3 publish.py --out DIR : puts rendered pictures of people and garments into the repository."""
import argparse
import os

import cv2

from people import PEOPLE
from wardrobe import GARMENTS

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
QUALITY, CLOSE_UP = 86, 78  # of WebP: a close-up is large, and the try-on does not use it


def rendered(out, kind, name):
    """A rendered picture, None where it is not made yet."""
    path = os.path.join(out, kind, name + '.png')
    return cv2.imread(path, cv2.IMREAD_UNCHANGED) if os.path.exists(path) else None


def save(picture, *path, quality=QUALITY):
    target = os.path.join(ROOT, *path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    flags = [cv2.IMWRITE_WEBP_QUALITY, quality] if target.endswith('.webp') else [cv2.IMWRITE_PNG_COMPRESSION, 9]
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
                    save(picture, 'demo', 'pictures', 'garments', garment_file(name, shade, view),
                         quality=CLOSE_UP if view else QUALITY)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--out', required=True, help='the folder shots.py wrote to')
    out = os.path.abspath(parser.parse_args().out)
    for name in PEOPLE:
        picture = rendered(out, 'pictures', name)
        if picture is not None:
            save(picture, 'demo', 'pictures', 'people', name + '.webp')
    publish_garments(out)


if __name__ == '__main__':
    main()
