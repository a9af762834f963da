"""python3 contact_sheet.py : every model and every product of demo/shop.json on one picture, docs/images/demo_shop.webp."""
import json
import os

import cv2
import numpy as np

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
CARD, PEOPLE_CARD, COLUMNS, GAP = (150, 200), (225, 300), 12, 6
QUALITY = 80


def card(path, size):
    picture = cv2.imread(os.path.join(ROOT, 'demo', path))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def rows_of(paths, size, columns):
    """Cards side by side, white where a row is not full."""
    cards = [card(path, size) for path in paths]
    cards += [np.full_like(cards[0], 255)] * (-len(cards) % columns)
    framed = [cv2.copyMakeBorder(c, 0, GAP, 0, GAP, cv2.BORDER_CONSTANT, value=(255, 255, 255)) for c in cards]
    return [np.hstack(framed[k:k + columns]) for k in range(0, len(framed), columns)]


def main_picture(entry):
    return entry['picture'] if 'picture' in entry else entry['pictures'][0]


def main():
    with open(os.path.join(ROOT, 'demo', 'shop.json')) as file:
        shop = json.load(file)
    rows = rows_of([main_picture(model) for model in shop['models']], PEOPLE_CARD, COLUMNS * CARD[0] // PEOPLE_CARD[0])
    rows += rows_of([main_picture(product) for product in shop['products']], CARD, COLUMNS)
    wide = max(row.shape[1] for row in rows)
    sheet = np.vstack([cv2.copyMakeBorder(row, 0, 0, 0, wide - row.shape[1], cv2.BORDER_CONSTANT, value=(255, 255, 255))
                       for row in rows])
    target = os.path.join(ROOT, 'docs', 'images', 'demo_shop.webp')
    os.makedirs(os.path.dirname(target), exist_ok=True)
    cv2.imwrite(target, sheet, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    print(target, sheet.shape, os.path.getsize(target) // 1000, 'kB')


if __name__ == '__main__':
    main()
