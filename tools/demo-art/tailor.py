"""Distance fields and measures of a posed body, in tailor's space: scaled and shifted so that the shoulder joint lies
at one height. Garments are cut and draped there and scaled back to the body."""
import hashlib
import os
import pickle

import numpy as np

import mesh
from art_data import output_folder
from distance_field import Grid, distance_from_samples

SHOULDER_HEIGHT, STEP = 1.376, .009
LOW, HIGH = (-.56, -.32, -.03), (.56, .32, 1.62)


class TailoredBody:
    """grid: body field; trunk: field without arms; arm: left shoulder, elbow, wrist; scale, shift: body -> tailor."""

    def __init__(self, vertices, faces, rest, arm_weight, joints):
        self.scale = SHOULDER_HEIGHT / joints['joint-l-shoulder'][2]
        chest = vertices[np.abs(rest[:, 1] - 3) < 2, 1]
        self.shift = np.array([0, -self.scale * (chest.min() + chest.max()) * .5 + .004, 0])
        moved = vertices * self.scale + self.shift
        joints = {name: point * self.scale + self.shift for name, point in joints.items()}
        self.arm = tuple(joints['joint-l-' + name] for name in ('shoulder', 'elbow', 'hand'))
        self.neck_axis = float(joints['joint-neck'][1])
        normals, below_head = mesh.normals(moved, faces), moved[:, 2] < 1.66
        points, directions = with_face_centres(moved, normals, faces, below_head)
        self.grid = distance_from_samples(points, directions, LOW, HIGH, STEP)
        points, directions = with_face_centres(moved, normals, faces, below_head & (arm_weight < .5))
        stumps = [stump(moved, arm_weight, joints, side) for side in 'lr']
        trunk = distance_from_samples(np.concatenate([points] + [s[0] for s in stumps]),
                                      np.concatenate([directions] + [s[1] for s in stumps]), LOW, HIGH, STEP)
        # The trunk is part of the body: taking the larger value removes what the open shoulder invents.
        self.trunk = Grid(LOW, HIGH, STEP, np.maximum(trunk.values, self.grid.values))
        self.arm_radius = self.measured_arm(moved, arm_weight)

    def measured_arm(self, moved, arm_weight):
        shoulder, elbow, _ = self.arm
        line = elbow - shoulder
        middle = np.abs((moved - shoulder) @ line / (line @ line) - .5) < .1
        ring = moved[(arm_weight > .9) & middle & (moved[:, 0] > 0)] - (shoulder + line * .5)
        along = line / np.linalg.norm(line)
        return float(np.linalg.norm(ring - (ring @ along)[:, None] * along, axis=1).mean())

    def neck_half_width(self):
        """Half width of the neck just above the shoulders, at its narrowest."""
        z, width, _, _ = self.extents()
        return float(np.nanmin(width[(z > 1.44) & (z < 1.55)]))

    def extents(self):
        """Heights with half width, front and back depth of the trunk."""
        x, y, z = self.trunk.axes
        rows = []
        for k in range(len(z)):
            i, j = np.nonzero(self.trunk.values[:, :, k] < 0)
            rows.append((np.abs(x[i]).max(), -y[j].min(), y[j].max()) if len(i) else (np.nan,) * 3)
        return (z,) + tuple(np.array(rows).T)


def tailored(body, joints):
    """TailoredBody of a dense body, kept in the output folder: the fields take most of a product photo's time."""
    kept = output_folder() + 'tailored_%s.pickle' % hashlib.sha1(body.points.tobytes()).hexdigest()[:16]
    if os.path.exists(kept):
        with open(kept, 'rb') as file:
            return pickle.load(file)
    made = TailoredBody(body.points, body.faces, body.rest, body.arm_weight, joints)
    with open(kept, 'wb') as file:
        pickle.dump(made, file)
    return made


def with_face_centres(vertices, normals, faces, wanted):
    whole = faces[np.all(wanted[faces], 1)]
    centre = normals[whole].mean(1)
    centre /= np.linalg.norm(centre, axis=1, keepdims=True) + 1e-9
    return (np.concatenate([vertices[wanted], vertices[whole].mean(1)]), np.concatenate([normals[wanted], centre]))


def stump(vertices, arm_weight, joints, side):
    """Samples closing the trunk where the arm was taken away: a disc across the armpit, facing out along the arm."""
    shoulder, elbow = joints['joint-%s-shoulder' % side], joints['joint-%s-elbow' % side]
    out = (elbow - shoulder) / np.linalg.norm(elbow - shoulder)
    sign = 1 if side == 'l' else -1
    ring = vertices[(np.abs(arm_weight - .5) < .22) & (vertices[:, 0] * sign > 0)]
    centre = ring.mean(0)
    radius = np.percentile(np.linalg.norm(ring - centre, axis=1), 80)
    b = np.cross(out, [0, 1., 0])
    b /= np.linalg.norm(b)
    a = np.cross(b, out)
    angle, share = np.meshgrid(np.linspace(0, 2 * np.pi, 40), np.linspace(0, 1, 14))
    disc = centre + (np.cos(angle) * share * radius)[..., None] * a + (np.sin(angle) * share * radius)[..., None] * b
    disc = disc.reshape(-1, 3)
    return disc, np.tile(out, (len(disc), 1))
