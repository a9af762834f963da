"""From a cut to finished cloth: drape, refine, cut exactly, and measure what the fabric must know at each vertex."""
import hashlib
import os

import numpy as np

import cloth
import collar
import mesh
from art_data import output_folder
from garment_cut import Cut

CALM_ROUNDS, ALLOWANCE, HIGHEST = 14, .012, 1.56


class Garment:
    """points, triangles: the cloth in tailor's space. Per vertex: uv, on_sleeve, and `edges`, the distance in metres
    from hem, cuff, neck and centre front (large where there is none). parts: further meshes (collar, buttons)."""

    def __init__(self, body, spec, name):
        cut = Cut(body, spec)
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
        self.points, self.triangles = columns[:, :3], triangles
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
            resting = cloth.draped(pattern, triangles, held, cut.body.grid)
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
        trunk = np.stack([.5 + cut.angle(pattern) / (2 * np.pi), pattern[:, 2]], -1)
        sleeve = np.stack([.5 + round_arm / (2 * np.pi), .85 - t], -1)
        self.uv = np.where(self.on_sleeve[:, None], sleeve, trunk)
        self.pattern = pattern


def seamed(cut, columns, triangles):
    """Cuts the cloth along the armhole so that sleeve and trunk carry their own cloth; returns a flag per vertex."""
    scalar = cut.on_sleeve(columns[:, 3:])
    trunk, trunk_triangles = mesh.clipped(columns, triangles, -scalar + 1e-7)
    if not (scalar > 0).any():
        return trunk, trunk_triangles, np.zeros(len(trunk), bool)
    sleeve, sleeve_triangles = mesh.clipped(columns, triangles, scalar - 1e-7)
    flag = np.r_[np.zeros(len(trunk), bool), np.ones(len(sleeve), bool)]
    return np.concatenate([trunk, sleeve]), np.concatenate([trunk_triangles, sleeve_triangles + len(trunk)]), flag
