"""Puts garments on the shop's people: cut for their posed bodies, and what is worn beneath tucked in."""
import importlib

import numpy as np

import base_clothes
import human
import mesh
import pieces
from dense_body import DenseBody
from garment_cut import smooth_step
from people import PEOPLE
from tailor import tailored
from wardrobe import GARMENTS

TUCKED, TUCK_REACH = .001, .10  # metres from the skin; how far above the waist the cloth is drawn in
UNDER = .0065
# What a garment is worn with when it is not worn alone.
BESIDE = dict(banarasi_blouse='pleated_maxi_skirt', brocade_lehenga='brocade_choli', brocade_choli='brocade_lehenga')
OVER_TOP = ('denim_jacket', 'raw_silk_nehru_jacket')  # worn over the base top


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
        worn = [name, *([BESIDE[name]] if name in BESIDE else [])]
        made = {other: self.pieces_of(other) for other in worn}
        lower = [other for other in worn if is_lower(other)]
        upper = [other for other in worn if not is_lower(other)]
        for other in worn:
            pieces.save(file(other, '.npz'), made[other])
        gone = ['tank'] + (['trousers'] if lower else [])
        tank = None
        if not upper:
            tank = file('tank', '.npz')
            self.tuck(tank, made[lower[0]])
        elif name in OVER_TOP:
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
