"""From a cut to finished cloth: drape, refine, cut exactly, and measure what the fabric must know at each vertex."""
import hashlib
import os

import numpy as np

import cloth
import collar
import mesh
from art_data import output_folder
from fabric import SLEEVE_GIRTH
from garment_cut import Cut, smooth_step
from pieces import Piece, plain_piece

CALM_ROUNDS, ALLOWANCE, HIGHEST = 14, .012, 1.56


class Garment:
    """points, triangles: the cloth in tailor's space. Per vertex: uv, on_sleeve, and `edges`, the distance in metres
    from hem, cuff, neck and centre front (large where there is none). parts: further meshes (collar, buttons)."""

    def __init__(self, body, spec, name):
        cut = Cut(body, spec)
        self.shift, self.scale = body.shift, body.scale
        pattern, triangles = cut.vertices, cut.triangles
        # A seam allowance: cutting twice along the same line would fray it.
        for scalar in (cut.hem, cut.cuff, cut.neck):
            pattern, triangles = mesh.clipped(pattern, triangles, scalar(pattern) + ALLOWANCE)
        pattern, triangles = mesh.clipped(pattern, triangles, HIGHEST - pattern[:, 2])
        pattern, triangles = mesh.largest_piece(pattern, triangles)
        resting = self.calm_drape(cut, pattern, triangles, name)
        columns, triangles = mesh.midpoint_subdivided(np.c_[resting, pattern], triangles)
        # Cloth and pattern are smoothed alike: otherwise borders, measured on the pattern, would wobble on the cloth.
        columns = mesh.smoothed(columns, triangles, 3, border='keep')
        for scalar in (cut.hem, cut.cuff, cut.neck, cut.slit):
            columns, triangles = mesh.clipped(columns, triangles, scalar(columns[:, 3:]))
        columns, triangles = mesh.largest_piece(columns, triangles)
        columns = mesh.smoothed(mesh.with_even_borders(columns, triangles, 8), triangles, 2, border='keep')
        columns, triangles, self.on_sleeve = seamed(cut, columns, triangles)
        self.points, self.triangles = creased(cut, columns, triangles), triangles
        self.measure(cut, columns[:, 3:])
        self.parts = collar.parts(self, cut) if spec.get('collar') or spec.get('buttons') else []

    def calm_drape(self, cut, pattern, triangles, name):
        """Drapes and smooths the movement, not the shape: solver noise goes, folds and borders stay."""
        t, _ = cut.along_sleeve(pattern)
        held = np.clip((pattern[:, 2] - 1.365) / .035, 0, 1) * (t < .09)
        key = hashlib.sha1(pattern.tobytes() + triangles.tobytes()).hexdigest()[:16]
        cached = output_folder() + 'cloth_%s_%s.npy' % (name, key)
        if os.path.exists(cached):
            resting = np.load(cached)
        else:
            # Nothing of a sleeveless cut lies on the arms; beside them the armhole would be pushed open.
            grid = cut.body.grid if cut.spec['sleeve'] else cut.body.trunk
            resting = cloth.draped(pattern, triangles, held, grid)
            np.save(cached, resting)
        return pattern + mesh.smoothed(resting - pattern, triangles, CALM_ROUNDS)

    def measure(self, cut, pattern):
        spec = cut.spec
        across = pattern[:, 0] if self.on_sleeve is None else np.where(self.on_sleeve, 9, pattern[:, 0])
        front = np.where(pattern[:, 1] < cut.body.neck_axis, across, 9)
        self.edges = dict(hem=np.where(self.on_sleeve, 9, cut.hem(pattern)), cuff=cut.cuff(pattern),
                          neck=cut.neck(pattern), front=front, height=pattern[:, 2])
        if spec['sleeve']:
            self.edges['cuff'] = np.where(self.on_sleeve, self.edges['cuff'], 9)
        t, round_arm = cut.along_sleeve(pattern)
        along, girth = cut.along_girth(pattern)
        sleeve = np.stack([round_arm / (2 * np.pi) * SLEEVE_GIRTH, .85 - t], -1)
        self.uv = np.where(self.on_sleeve[:, None], sleeve, np.stack([along, pattern[:, 2]], -1))
        self.girth = np.where(self.on_sleeve, SLEEVE_GIRTH, girth)
        self.pattern = pattern

    def pieces(self):
        """The garment as pieces in the room of the body it was cut for."""
        made = []
        for part, chosen in (('trunk', ~self.on_sleeve), ('sleeve', self.on_sleeve)):
            faces = self.triangles[chosen[self.triangles[:, 0]]]
            if len(faces):
                used, inverse = np.unique(faces, return_inverse=True)
                made.append(Piece(part, self.placed(self.points[used]), inverse.reshape(-1, 3), self.uv[used],
                                  self.girth[used], {name: values[used] for name, values in self.edges.items()}))
        for part, points, faces, uv in self.parts:
            made.append(plain_piece(part, self.placed(points), mesh.triangles_of(faces),
                                    .0016 if part == 'collar' else 0, uv))
        return made

    def placed(self, points):
        return (points - self.shift) / self.scale


def creased(cut, columns, triangles):
    """The cloth with the soft creases the solver is too coarse for: long ones on the trunk, rings at elbow and armpit."""
    pattern, depth = columns[:, 3:], cut.spec['crease']
    t, round_arm = cut.along_sleeve(pattern)
    sleeve = smooth_step(cut.on_sleeve(pattern), -.02, .01)
    x, y, z = pattern.T
    trunk = noise(np.stack([x * 16, y * 16, z * 5.5], -1), 1) + .5 * noise(np.stack([x * 34, y * 34, z * 14], -1), 2)
    trunk = trunk * smooth_step(1.30 - z, 0, .22)
    upper = np.linalg.norm(cut.body.arm[1] - cut.body.arm[0])
    rings = np.sin(t * 150 + 1.6 * np.sin(round_arm) + 2.2 * noise(pattern * 11, 3))
    bend = np.exp(-((t - upper) / .07) ** 2) * (.55 + .45 * np.cos(round_arm)) + .35 * np.exp(-((t - .10) / .05) ** 2)
    arm = 1.15 * rings * bend + .8 * noise(np.stack([np.cos(round_arm) * 1.3, np.sin(round_arm) * 1.3, t * 7], -1), 5)
    edge = np.minimum(np.minimum(cut.neck(pattern), cut.hem(pattern) + .03), cut.cuff(pattern) + .02)
    height = depth * (trunk * (1 - sleeve) + arm * sleeve) * smooth_step(edge, .0, .06)
    # Over the bust cloth bridges: the form's own shape does not show through.
    calm = mesh.smoothed(columns[:, :3], triangles, 60, border='keep')
    bust = np.exp(-((z - 1.235) / .065) ** 2)[:, None] * (1 - sleeve)[:, None]
    # Only forth and back: moved sideways, plackets and checks would wobble.
    points = columns[:, :3] + (calm - columns[:, :3]) * bust * [0, 1, 0]
    return points + mesh.normals(points, triangles) * height[:, None]


def noise(p, seed):
    """Smooth noise about -1 .. 1 of places in units of its grain."""
    table = np.random.default_rng(seed).uniform(-1, 1, 4096)
    cell = np.floor(p).astype(int)
    f = p - cell
    f = f * f * (3 - 2 * f)
    total = 0
    for corner in np.ndindex(2, 2, 2):
        at = cell + corner
        value = table[(at[:, 0] * 73 + at[:, 1] * 151 + at[:, 2] * 283) % 4096]
        total = total + value * np.prod(np.where(np.array(corner) == 1, f, 1 - f), axis=1)
    return total * 1.4


def seamed(cut, columns, triangles):
    """Cuts the cloth along the armhole so that sleeve and trunk carry their own cloth; returns a flag per vertex."""
    scalar = cut.on_sleeve(columns[:, 3:])
    trunk, trunk_triangles = mesh.clipped(columns, triangles, -scalar + 1e-7)
    if not (scalar > 0).any():
        return trunk, trunk_triangles, np.zeros(len(trunk), bool)
    sleeve, sleeve_triangles = mesh.clipped(columns, triangles, scalar - 1e-7)
    flag = np.r_[np.zeros(len(trunk), bool), np.ones(len(sleeve), bool)]
    return np.concatenate([trunk, sleeve]), np.concatenate([trunk_triangles, sleeve_triangles + len(trunk)]), flag


def pieces_of(described, body, name):
    """The pieces of a garment of the wardrobe, cut for a TailoredBody."""
    return Garment(body, described['cut'], '%s_%s' % (name, described['on'])).pieces()
