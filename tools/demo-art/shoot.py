"""blender --background --python shoot.py -- JOB : renders one picture's passes; JOB is JSON from shots.py.

Folders come from FITVIEW_ART_DATA and FITVIEW_ART_OUT (shots.py sets them)."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bpy  # noqa: E402
import cv2  # noqa: E402
import numpy as np  # noqa: E402

import base_clothes  # noqa: E402
import hair  # noqa: E402
import human  # noqa: E402
import materials  # noqa: E402
import mesh  # noqa: E402
import scene as studio  # noqa: E402
import skin  # noqa: E402
from art_data import output_folder  # noqa: E402
from dense_body import DenseBody  # noqa: E402
from fabric import GIRTH, SLEEVE_GIRTH, SLEEVE_TOP, TOP  # noqa: E402
from fabrics import FABRICS  # noqa: E402
from garment import Garment  # noqa: E402
from people import PEOPLE  # noqa: E402
from tailor import tailored  # noqa: E402
from wardrobe import GARMENTS  # noqa: E402

FRAME = dict(height=.875, tall=1.86, person=1.66)
PRODUCT_MARGIN = 1.12


def add_person(body, parts, spec):
    male = spec['male'] > .5
    cover = np.max([piece.cut(body.rest, body.arm_weight, male) for piece in base_clothes.BASE_OUTFIT], axis=0)
    bare = ~np.all(cover[body.faces] > .14, axis=1)
    colour_map = output_folder() + 'skin_%s.jpg' % spec['name']
    skin.build(colour_map, spec)
    studio.add_mesh('skin', body.points, body.faces[bare], materials.skin(colour_map),
                    corner_uv=(body.uv_faces[bare], body.uv), subdivide=1)
    for piece in base_clothes.BASE_OUTFIT:
        points, triangles = base_clothes.shell(body, piece, male)
        studio.add_mesh(piece.name, points, triangles,
                        materials.plain(piece.name, materials.linear(piece.colour), .85, .35), thickness=.0016)
    colour = materials.linear(spec['hair_colour'])
    faces = [('eyes', materials.eye(), 1),
             (spec['lashes'], materials.card('lashes', 'eyelashes%s.png' % spec['lashes'][-2:], (.006, .004, .004),
                                             .4 if male else 1.0), 0),
             (spec['brow'], materials.card('brows', 'eyebrow0%s.png' % spec['brow'][-2:], colour * .8, .85), 0)]
    for name, material, subdivide in faces:
        points, corners, uv = parts[name]
        studio.add_mesh(name, points, corners[:, :4], material, corner_uv=(corners[:, 4:], uv), subdivide=subdivide)
    add_jewellery(body, spec)
    for style, groups, radius in hair.made(spec['hair'], body, male):
        material = materials.hair(colour * .7, .55) if style == 'beard' else materials.hair(colour)
        # Twice as thick as real: thinner strands only sparkle at this size.
        studio.add_strands(style, groups, radius * 2, material)


def add_jewellery(body, spec):
    directions = mesh.normals(body.points, body.faces)
    if spec.get('bindi'):
        at = body.nearest(0, 7.44, 1.53)
        add_ball(body.points[at] - directions[at] * .0012, .0032,
                 materials.plain('bindi', materials.linear(spec['bindi']), .5, 0, woven=False))
    if spec.get('studs'):
        gold = materials.plain('gold', (.75, .48, .18), .25, 0, 1.0, woven=False)
        for side in (1, -1):
            ear = body.points[body.nearest(side * .80, 6.88, .50)]
            add_ball(ear + np.array([side * .001, -.003, -.001]), .0042, gold)


def add_ball(centre, radius, material):
    bpy.ops.mesh.primitive_uv_sphere_add(radius=radius, location=tuple(centre), segments=24, ring_count=12)
    ball = bpy.context.object
    ball.data.polygons.foreach_set('use_smooth', np.ones(len(ball.data.polygons), bool))
    ball.data.materials.append(material)


def fabric_files(name):
    """Paints a fabric (once) and returns its description with picture paths in place of cloths."""
    fabric, base = FABRICS[name](), output_folder() + 'fabric_' + name

    def saved(cloth, part):
        path = '%s_%s.png' % (base, part)
        cv2.imwrite(path, cloth.picture())
        return path
    out = dict(fabric, trunk=saved(fabric['trunk'], 'trunk'), sleeve=saved(fabric['sleeve'], 'sleeve'))
    out['low'], out['borders'] = fabric['trunk'].low, []
    for strip in fabric['borders']:
        out['borders'].append(dict(strip, path=saved(strip['cloth'], strip['edge']), length=strip['cloth'].width))
    return out


def add_garment(name, model, person_name):
    """Adds cloth, collar and buttons, scaled back to the body; returns all points in the room."""
    description = GARMENTS[name]
    fabric = fabric_files(description['fabric'])
    made = Garment(model, description['cut'], '%s_%s' % (name, person_name))

    def placed(points):
        return (points - model.shift) / model.scale
    uv = made.uv.copy()
    uv[:, 1] = np.where(made.on_sleeve, uv[:, 1] / SLEEVE_TOP, (uv[:, 1] - fabric['low']) / (TOP - fabric['low']))
    for part, chosen, girth in (('trunk', ~made.on_sleeve, GIRTH), ('sleeve', made.on_sleeve, SLEEVE_GIRTH)):
        faces = made.triangles[chosen[made.triangles[:, 0]]]
        if not len(faces):
            continue
        used, inverse = np.unique(faces, return_inverse=True)
        borders = [dict(strip, girth=girth) for strip in fabric['borders']]
        material = materials.cloth(part, fabric[part], borders, description['finish'])
        studio.add_mesh('garment', placed(made.points[used]), inverse.reshape(-1, 3), material, uv=uv[used],
                        attributes={key: values[used] for key, values in made.edges.items()}, thickness=.0012)
    for kind, points, faces in made.parts:
        colour = materials.linear(fabric[kind])
        studio.add_mesh('garment', placed(points), faces, materials.plain(kind, colour, .6, .3, woven=kind == 'collar'),
                        thickness=.0016 if kind == 'collar' else 0)
    return placed(made.points)


def main(job):
    ghost = job.get('ghost', False)
    scene = studio.empty_scene(transparent=ghost)
    studio.add_studio(scene, with_backdrop=not ghost)
    spec = dict(human.DEFAULT, name=job['person'], **PEOPLE[job['person']])
    spec['arm'] = dict(off=job['arm'])
    data = human.Data()
    parts = human.person(data, spec, ['eyes', spec['lashes'], spec['brow']])
    body = DenseBody(data, parts['all'])
    if not ghost:
        add_person(body, parts, spec)
    tall = FRAME['tall'] * spec['tall'] / FRAME['person']
    height, size = FRAME['height'] * spec['tall'] / FRAME['person'], job['size']
    if job.get('garment'):
        points = add_garment(job['garment'], tailored(body, parts['joints']), job['person'])
        if ghost:
            low, high = points.min(0), points.max(0)
            height = (low[2] + high[2]) / 2
            tall = PRODUCT_MARGIN * max(high[2] - low[2], (high[0] - low[0]) * size[1] / size[0])
    studio.place_camera(scene, size, height, tall)
    studio.render(scene, job['passes'], job['samples'])
    if job.get('mask'):
        studio.render_mask(scene, ('garment',), job['mask'])


if __name__ == '__main__':
    main(json.loads(sys.argv[sys.argv.index('--') + 1]))
