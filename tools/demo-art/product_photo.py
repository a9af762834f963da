"""Product photos: one garment cut, lit and mapped once, then shown in each of its colours, whole and from close by."""
import importlib
import json
import os
import shlex
import subprocess

import cv2
import numpy as np

import draw_product
import pieces
import recolour
from mannequins import form
from wardrobe import GARMENTS, fabric_in

HERE = os.path.dirname(os.path.abspath(__file__))
MARGIN, PART_WITH_FINISH = 1.12, ('roughness', 'specular')
SIZES = dict(whole=(768, 1024), detail=(512, 683))
SAMPLES = dict(whole=6, detail=6)


def cut_pieces(name, out):
    """Cuts and drapes a garment on its form; returns the file its pieces are kept in."""
    described = GARMENTS[name]
    path = os.path.join(out, 'pieces', name + '.npz')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    maker = importlib.import_module(described['maker'])
    pieces.save(path, maker.pieces_of(described, form(described['on'], described['arm']), name))
    return path


def views_of(name, out, made, draft):
    """The whole garment, and the part `detail` says: how far from the middle, how far below the top, how tall (m)."""
    points = np.concatenate([piece.points for piece in made])
    low, high = points.min(0), points.max(0)
    wide = (high[0] - low[0]) * SIZES['whole'][1] / SIZES['whole'][0]
    aside, below, tall = GARMENTS[name]['detail']
    frames = dict(whole=((low[0] + high[0]) / 2, (low[2] + high[2]) / 2, MARGIN * max(high[2] - low[2], wide)),
                  detail=(aside, high[2] - below, tall))
    return [dict(folder=os.path.join(out, 'passes', name, view), aside=float(x), height=float(z), tall=float(tall),
                 size=[n // (2 if draft else 1) for n in SIZES[view]], samples=SAMPLES[view] // (2 if draft else 1))
            for view, (x, z, tall) in frames.items()]


def job_of(name, out, draft):
    path = os.path.join(out, 'pieces', name + '.npz')
    finish = {key: value for key, value in GARMENTS[name]['finish'].items() if key in PART_WITH_FINISH}
    views = views_of(name, out, pieces.load(path), draft)
    for view in views:
        for kept in ('light.npz', 'maps.npz'):
            if os.path.exists(os.path.join(view['folder'], kept)):
                os.remove(os.path.join(view['folder'], kept))
    return dict(pieces=path, finish=finish, views=views)


def shoot(names, out, draft, blender):
    """Renders light and maps of garments whose pieces are cut, in one run of Blender."""
    jobs = [job_of(name, out, draft) for name in names]
    subprocess.run([*shlex.split(blender), '--background', '--python-exit-code', '1', '--python',
                    os.path.join(HERE, 'shoot_product.py'), '--', json.dumps(jobs)], check=True, stdout=subprocess.DEVNULL)


def draw(name, out, draft):
    """Light and maps of a garment without Blender."""
    job, made = job_of(name, out, draft), pieces.load(os.path.join(out, 'pieces', name + '.npz'))
    model = draw_product.Model(made, job['finish'])
    for view in job['views']:
        draw_product.shot(model, view, job['finish'].get('specular', .2))


def colour(name, out, colours=None):
    """Writes the pictures of a garment in all or the named colours: NAME.COLOUR.png and NAME.COLOUR.detail.png."""
    described = GARMENTS[name]
    parts = [piece.part for piece in pieces.load(os.path.join(out, 'pieces', name + '.npz'))]
    for shade in colours or described['colours']:
        fabric = fabric_in(name, shade)
        for view, ending in (('whole', ''), ('detail', '.detail')):
            made = recolour.picture(os.path.join(out, 'passes', name, view), parts, fabric, described['finish'])
            cv2.imwrite(os.path.join(out, 'pictures', '%s.%s%s.png' % (name, shade, ending)), made)
