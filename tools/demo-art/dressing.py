"""Puts garments on the shop's people: cut for their posed bodies, what is worn beneath tucked in, what gives way left out."""
import importlib

import cv2
import numpy as np

import base_clothes
import frame
import human
import mesh
import pieces
from dense_body import DenseBody
from garment_cut import ARMPIT, smooth_step
from people import PEOPLE
from tailor import tailored
from wardrobe import GARMENTS

TUCKED, TUCK_REACH = .001, .10  # metres from the skin; how far above the waist the cloth is drawn in
UNDER = .0065
# What a garment is worn with when it is not worn alone.
BENEATH = dict(raw_silk_nehru_jacket='chikan_men_kurta')
BESIDE = dict(banarasi_blouse='pleated_maxi_skirt', brocade_lehenga='brocade_choli', brocade_choli='brocade_lehenga')
OPEN_BELOW = ('denim_jacket',)  # the base top is seen below it


def is_lower(name):
    return GARMENTS[name]['maker'] == 'lower_cut'


class Dressing:
    """One person ready to be dressed; `changed` holds the points round which the picture changes."""

    def __init__(self, person, arm):
        self.person, self.spec = person, dict(human.DEFAULT, name=person, **PEOPLE[person])
        self.spec['arm'] = dict(off=arm)
        data = human.Data()
        parts = human.person(data, self.spec, [])
        self.body = DenseBody(data, parts['all'])
        self.model = tailored(self.body, parts['joints'])
        self.male = self.spec['male'] > .5

    def pieces_of(self, name):
        described = dict(GARMENTS[name], on=self.person)
        return importlib.import_module(described['maker']).pieces_of(described, self.model, name)

    def base(self, which):
        """Points and triangles of a piece of the base outfit."""
        piece = next(piece for piece in base_clothes.BASE_OUTFIT if piece.name == which)
        return base_clothes.shell(self.body, piece, self.male)

    def drawn_in(self, points, share, most):
        """Cloth drawn towards the skin: no farther than `most` metres from it where share is 1."""
        placed = points * self.model.scale + self.model.shift
        grid = self.model.trunk
        inside = np.all((placed > grid.low + .02) & (placed < grid.high() - .02), 1)
        distance, away = grid.sample(placed[inside])
        over = np.maximum(0, distance - most) * np.broadcast_to(share, len(points))[inside]
        placed[inside] -= away * over[:, None]
        return (placed - self.model.shift) / self.model.scale

    def shot(self, name, file):
        """What is to be rendered of a garment; file(part, ending) names where its pieces are kept."""
        worn = [name] + [other for other in (BESIDE.get(name), BENEATH.get(name)) if other]
        made = {other: self.pieces_of(other) for other in worn}
        if name in BENEATH:
            made[BENEATH[name]] = self.under(made[BENEATH[name]], made[name])
        lower = [other for other in worn if is_lower(other)]
        upper = [other for other in worn if not is_lower(other)]
        for other in worn:
            pieces.save(file(other, '.npz'), made[other])
        gone = ['tank'] + (['trousers'] if lower else [])
        tank = None
        if not upper:
            tank = file('tank', '.npz')
            self.tuck(tank, made[lower[0]])
        elif name in OPEN_BELOW:
            tank = file('tank', '.npz')
            points, triangles = self.base('tank')
            np.savez(tank, points=self.drawn_in(points, 1, UNDER), triangles=triangles)
        self.changed = np.concatenate([piece.points for other in worn for piece in made[other]]
                                      + [self.base(which)[0] for which in gone])
        keeps = [] if lower else ['trousers']
        return dict(layers=[dict(pieces=file(other, '.npz'), name=other, masked=other == name) for other in worn],
                    keeps=keeps, tank=tank, scale=float(self.model.scale))

    def tuck(self, path, made):
        """Keeps the base top as it is worn inside a waistband: drawn in towards it, cut off below its edge."""
        points, triangles = self.base('tank')
        waist = float(np.median(made[0].points[made[0].edges['neck'] < .004, 2]))
        share = smooth_step(waist + TUCK_REACH - points[:, 2], 0, TUCK_REACH)
        points = self.drawn_in(points, share, TUCKED)
        points, triangles = mesh.clipped(points, triangles, points[:, 2] - waist + .012)
        np.savez(path, points=points, triangles=triangles)

    def under(self, made, over):
        """A shirt or kurta as far as it is seen under a jacket: not where the jacket covers it, and without collar."""
        cover = np.zeros(frame.SIZE[::-1], np.uint8)
        for piece in over:
            for corner in np.round(frame.pixels(piece.points, self.spec)[piece.triangles] * 16).astype(np.int32):
                cv2.fillConvexPoly(cover, corner, 1, cv2.LINE_8, 4)
        tight, wide = cv2.erode(cover, np.ones((5, 5))), cv2.dilate(cover, np.ones((31, 31)))
        hem = min(piece.points[:, 2].min() for piece in over)
        kept = []
        for piece in made:
            if piece.part == 'trunk':
                column, row = np.clip(np.round(frame.pixels(piece.points, self.spec)).astype(int), 0,
                                      np.array(frame.SIZE) - 1).T
                height = piece.points[:, 2] * self.model.scale
                beside = (height < ARMPIT) & (piece.points[:, 2] > hem + .015) | (piece.edges['neck'] < .05)
                hidden = (tight[row, column] > 0) | beside & (wide[row, column] > 0)
                piece = piece._replace(triangles=piece.triangles[~hidden[piece.triangles].all(1)])
            if piece.part in ('trunk', 'sleeve'):
                kept.append(piece)
        return kept
