"""python3 measure.py --data DIR : body measurements of every person in centimetres, taken on the meshes that are
rendered, as a tape would take them (it bridges hollows)."""
import argparse
import os

import cv2
import numpy as np

import human
import mesh
from people import PEOPLE

# Rest-pose heights (decimetres) between which the widest or narrowest girth is looked for.
GIRTHS = dict(bust=((2.6, 3.95), max), waist=((.9, 2.6), min), hip=((-1.6, .9), max))


def girth(vertices, triangles, height):
    """Length of the tape round a level cut."""
    z = vertices[triangles, 2] - height
    points = []
    for a, b in ((0, 1), (1, 2), (2, 0)):
        crossing = z[:, a] * z[:, b] < 0
        share = (z[crossing, a] / (z[crossing, a] - z[crossing, b]))[:, None]
        p, q = vertices[triangles[crossing, a]], vertices[triangles[crossing, b]]
        points.append((p + (q - p) * share)[:, :2])
    hull = cv2.convexHull(np.concatenate(points).astype(np.float32))
    return float(cv2.arcLength(hull, True))


def measured(data, spec):
    """Whole centimetres by name, of the body standing straight."""
    posed = human.person(data, dict(spec, stance={}), [])['all']
    return {name: round(value) for name, value in girths(data, posed).items()}


def girths(data, posed):
    """Centimetres by name, of a posed body's base vertices in metres."""
    arm = np.array([name.startswith(('upperarm', 'lowerarm', 'hand', 'thumb', 'index', 'middle', 'ring', 'pinky'))
                    for name in data.weight_names])
    arm_weight = np.bincount(data.weight_vertex, data.weight * arm[data.weight_bone], len(posed))
    triangles = mesh.triangles_of(data.body_faces[:, :4])
    triangles = triangles[np.all(arm_weight[triangles] < .5, 1)]
    rest, out = data.vertices[:, 1], {}
    used = np.unique(triangles)
    for name, ((low, high), choose) in GIRTHS.items():
        inside = used[(rest[used] > low) & (rest[used] < high)]
        heights = np.linspace(posed[inside, 2].min(), posed[inside, 2].max(), 40)[3:-3]
        out[name] = choose(girth(posed, triangles, z) for z in heights) * 100
    return out


def main():
    parser = argparse.ArgumentParser(description='Body measurements of every person.')
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'))
    os.environ['FITVIEW_ART_DATA'] = os.path.abspath(parser.parse_args().data)
    data = human.Data()
    for name, person in PEOPLE.items():
        print(name, round(person['tall'] * 100), measured(data, dict(human.DEFAULT, **person)))


if __name__ == '__main__':
    main()
