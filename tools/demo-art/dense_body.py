"""The posed body as one subdivided mesh that still knows its rest-pose coordinates: clothes and hair are cut there."""
import cv2
import numpy as np

import mesh
from art_data import texture_folder
from scalp import lookup

ARM_BONES = ('upperarm', 'lowerarm', 'hand', 'thumb', 'index', 'middle', 'ring', 'pinky')


class DenseBody:
    """points (metres), faces, uv_faces, uv; rest (decimetres, y up) and arm_weight per vertex."""

    def __init__(self, data, posed):
        arm = np.array([name.split('_')[0] in ARM_BONES for name in data.weight_names])
        arm_weight = np.bincount(data.weight_vertex, data.weight * arm[data.weight_bone], len(data.vertices))
        faces, uv_faces = data.body_faces[:, :4], data.body_faces[:, 4:]
        used, inverse = np.unique(faces, return_inverse=True)
        columns, faces = np.c_[posed, data.vertices, arm_weight][used], inverse.reshape(-1, 4)
        uv = np.zeros((len(columns), 2))
        uv[faces.ravel()] = data.uv[uv_faces.ravel()]
        # Cloth, not anatomy, is on show: the tips of the breasts are flattened.
        tips = cv2.dilate(cv2.imread(texture_folder() + 'mpfb_aureolae.jpg', 0), np.ones((51, 51)))
        columns[:, :3] = mesh.smoothed(columns[:, :3], mesh.triangles_of(faces), 500, fixed=lookup(tips, uv) < 60)
        columns, self.faces, self.uv_faces, self.uv = mesh.catmull_clark(columns, faces, uv_faces, data.uv)
        self.points, self.rest, self.arm_weight = columns[:, :3], columns[:, 3:6], columns[:, 6]

    def nearest(self, x, y, z):
        """Index of the vertex nearest to a rest-pose place."""
        return int(np.argmin(((self.rest - [x, y, z]) ** 2).sum(1)))
