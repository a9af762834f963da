"""Bodies of the 3D viewer that take a shopper's measurements: dress forms with morphs, and how many centimetres of
bust, waist and hip each morph brings."""
from typing import NamedTuple

import numpy as np

import base_clothes
import human
import mannequins
import measure
import mesh
from dense_body import ARM_BONES
from gltf_file import Part

ARM = 28
SKIN, CLOTH = (.42, .36, .31), (.20, .21, .23)
GIRTHS = ('bust', 'waist', 'hip')
# Build carries a whole figure; the three girths then bring what is left to one place each.
MORPHS = {
    'heavier': dict(weight=1.0), 'lighter': dict(weight=.15),
    'bust': dict(detail={'torso/measure-bust-circ-incr': 1.0}),
    'waist': dict(detail={'torso/measure-waist-circ-incr': 1.0}),
    'hip': dict(detail={'torso/measure-hips-circ-incr': 1.0})}
LEAST, MOST = -1.5, 2.5


def suit(rest, arm_weight, male):
    """Top and shorts in one. Positive on the cloth; rest-pose decimetres."""
    shorts = np.minimum((.90 - rest[:, 1]) * 2, (rest[:, 1] + 3.0) * 2)
    return np.maximum(base_clothes.tank(rest, arm_weight, male), np.minimum(shorts, (.5 - arm_weight) * 4))


SUIT = base_clothes.Piece('suit', suit, '', .0025, 30, False)


class BaseMesh(NamedTuple):
    """What base_clothes.membrane wants of a body."""
    points: np.ndarray
    faces: np.ndarray
    rest: np.ndarray
    arm_weight: np.ndarray


class ShapedBody:
    """A form's points (metres) and triangles, with every morph as the points' movement."""

    def __init__(self, data, name):
        self.data, self.male = data, name == 'man'
        self.spec = dict(human.DEFAULT, **mannequins.FORMS[name], arm=dict(off=ARM))
        self.used, inverse = np.unique(data.body_faces[:, :4], return_inverse=True)
        self.faces = inverse.reshape(-1, 4)
        self.triangles = proper(mesh.triangles_of(self.faces))
        arm = np.array([name.split('_')[0] in ARM_BONES for name in data.weight_names])
        arm_weight = np.bincount(data.weight_vertex, data.weight * arm[data.weight_bone], len(data.vertices))
        self.rest, self.arm_weight = data.vertices[self.used], arm_weight[self.used]
        self.points, self.bare, self.eyes = self.built({})
        # name -> movement of the points, of the body below the suit, of the eyes
        self.morphs = {name: tuple(moved - own for moved, own in zip(self.built(change),
                                                                     (self.points, self.bare, self.eyes)))
                       for name, change in MORPHS.items()}
        self.eye_faces = proper(mesh.triangles_of(data.proxies['eyes']['f'].astype(int)[:, :4]))

    def built(self, change):
        """Points with the suit on, without, and of the eyes."""
        spec = dict(self.spec, **{key: value for key, value in change.items() if key != 'detail'})
        spec['detail'] = dict(spec['detail'], **change.get('detail', {}))
        parts = human.person(self.data, spec, ['eyes'])
        body = BaseMesh(parts['all'][self.used], self.faces, self.rest, self.arm_weight)
        dressed = base_clothes.membrane(body, SUIT, suit(self.rest, self.arm_weight, self.male))
        return dressed, body.points, parts['eyes'][0]

    def girths(self, amounts):
        """Measured centimetres with the given amounts of the morphs."""
        points = np.zeros((len(self.data.vertices), 3))
        points[self.used] = self.bare + sum(a * self.morphs[name][1] for name, a in amounts.items())
        return np.array([measure.girths(self.data, points)[name] for name in GIRTHS])

    def parts(self):
        """Skin and suit of one surface, and the eyes."""
        names, count = list(self.morphs), len(self.morphs)
        normals = mesh.normals(self.points, self.triangles)
        columns = np.hstack([self.points, normals] + [self.morphs[name][0] for name in names])
        cover = suit(self.rest, self.arm_weight, self.male)
        made = []
        for kind, scalar, colour, rough in (('skin', -cover, SKIN, .7), ('suit', cover, CLOTH, .9)):
            part, triangles = mesh.clipped(columns, self.triangles, scalar)
            part = mesh.with_even_borders(part, triangles, 8)
            made.append(Part(kind, part[:, :3], part[:, 3:6], triangles, colour=colour, roughness=rough, morphs={
                name: part[:, 6 + 3 * k:9 + 3 * k] for k, name in zip(range(count), names)}))
        made.append(Part('eyes', self.eyes, mesh.normals(self.eyes, self.eye_faces), self.eye_faces, colour=SKIN,
                         morphs={name: move for name, (_, _, move) in self.morphs.items()}))
        return made

    def described(self):
        """For the viewer: the form's own measures, and what one unit of each morph adds to them, in centimetres."""
        own = self.girths({})
        changes = {name: [round(float(c), 2) for c in (self.girths({name: 1.0}) - own)] for name in MORPHS}
        return dict(height=round(self.spec['tall'] * 100), girths=dict(zip(GIRTHS, [round(float(g), 1) for g in own])),
                    changes=changes, least=LEAST, most=MOST)


def proper(triangles):
    return triangles[(triangles[:, 0] != triangles[:, 2]) & (triangles[:, 1] != triangles[:, 2])]


def amounts(described, height, wanted):
    """Scale of the whole body, and how much of each morph a person's measures in centimetres take; viewers do the
    same. First the build that comes nearest to all girths, then each girth's own morph for what is left."""
    scale = height / described['height']
    own = np.array([described['girths'][name] for name in GIRTHS])
    left = np.array([wanted[name] for name in GIRTHS]) / scale - own
    change = {name: np.array(values) for name, values in described['changes'].items()}
    build = 'heavier' if left.sum() > 0 else 'lighter'
    share = float(np.clip(left @ change[build] / (change[build] @ change[build]), 0, 1.3))
    rest = np.linalg.solve(np.stack([change[name] for name in GIRTHS], 1), left - share * change[build])
    rest = np.clip(rest, described['least'], described['most'])
    return scale, {build: share, **dict(zip(GIRTHS, map(float, rest)))}
