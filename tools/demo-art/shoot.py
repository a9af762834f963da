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
import footwear  # noqa: E402
import frame  # noqa: E402
import hair  # noqa: E402
import human  # noqa: E402
import materials  # noqa: E402
import mesh  # noqa: E402
import scalp  # noqa: E402
import scene as studio  # noqa: E402
import skin  # noqa: E402
import turban  # noqa: E402
from art_data import output_folder  # noqa: E402
from dense_body import DenseBody  # noqa: E402
from people import PEOPLE  # noqa: E402
from pieces import BORDERED, corner_uv  # noqa: E402
from wardrobe import GARMENTS, fabric_in  # noqa: E402


def add_skin(body, material, hidden):
    """The skin without feet in shoes and without the vertices flagged as hidden."""
    feet = {side: footwear.Foot(body, side) for side in (1, -1)}
    bare = ~np.all(hidden[body.faces] | footwear.covered(body, feet)[body.faces], axis=1)
    studio.add_mesh('skin', body.points, body.faces[bare], material, corner_uv=(body.uv_faces[bare], body.uv),
                    subdivide=1)


def add_person(body, parts, spec):
    male = spec['male'] > .5
    cover = np.max([piece.cut(body.rest, body.arm_weight, male) for piece in base_clothes.BASE_OUTFIT], axis=0)
    colour_map = output_folder() + 'skin_%s.jpg' % spec['name']
    skin.build(colour_map, spec)
    add_skin(body, materials.skin(colour_map), cover > .12)
    for piece in base_clothes.BASE_OUTFIT:
        points, triangles = base_clothes.shell(body, piece, male)
        colour = materials.linear(piece.colour)
        studio.add_mesh(piece.name, points, triangles, materials.plain(piece.name, colour, .85, .35), thickness=.0016)
        binding = materials.plain(piece.name + '_binding', colour * .86, .85, .35)
        for line in base_clothes.bindings(points, triangles):
            studio.add_cord(piece.name + '_binding', line, .0021, binding)
    add_shoes(body, spec)
    colour = materials.linear(spec['hair_colour'])
    faces = [('eyes', materials.eye(), 1),
             (spec['lashes'], materials.card('lashes', 'eyelashes%s.png' % spec['lashes'][-2:], (.006, .004, .004),
                                             .4 if male else 1.0), 0),
             (spec['brow'], materials.card('brows', 'eyebrow0%s.png' % spec['brow'][-2:],
                                           materials.linear(spec.get('brow_colour', spec['hair_colour'])) * .8, .85), 0)]
    for name, material, subdivide in faces:
        points, corners, uv = parts[name]
        studio.add_mesh(name, points, corners[:, :4], material, corner_uv=(corners[:, 4:], uv), subdivide=subdivide)
    add_jewellery(body, spec)
    if spec.get('glasses'):
        add_glasses(body, parts, spec['glasses'])
    if spec.get('turban'):
        points, quads = turban.turban(scalp.Head(body, male))
        cloth = materials.plain('turban', materials.linear(spec['turban']), .8, .5)
        studio.add_mesh('turban', points, quads, cloth)
    for style, groups, radius in hair.made(spec['hair'], body, male):
        dry = 'beard' in style or style in ('moustache', 'stubble')
        material = materials.hair(colour * .7, .55) if dry else materials.hair(colour)
        # Twice as thick as real: thinner strands only sparkle at this size.
        studio.add_strands(style, groups, radius * 2, material)


def add_shoes(body, spec):
    feet = {side: footwear.Foot(body, side) for side in (1, -1)}
    upper = materials.plain('shoe', materials.linear(spec['shoes']), .5, .1)
    sole = materials.plain('sole', materials.linear('#2e2017'), .6, 0)
    trim = materials.plain('trim', materials.linear(spec.get('trim', '#8a6a34')), .4, 0, .6, woven=False)
    for foot in feet.values():
        (points, triangles), (below, sole_triangles) = footwear.shoe(foot)
        studio.add_mesh('shoe', points, triangles, upper, thickness=.0018)
        studio.add_mesh('shoe', below, sole_triangles, sole)
        for line in base_clothes.bindings(points, triangles):
            studio.add_cord('shoe', line, .0013, trim)


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
            add_ball(ear + np.array([side * .001, -.003, .003]), .0038, gold)


def add_glasses(body, parts, colour):
    """A thin round frame before the eyes, a bridge, and bows to the ears."""
    wire = materials.plain('glasses', materials.linear(colour), .35, 0, woven=False)
    eyes = [parts['joints']['joint-%s-eye' % side] for side in 'lr']
    bridge = body.points[body.nearest(0, 7.30, 1.50)]
    across = (eyes[0] - eyes[1]) / np.linalg.norm(eyes[0] - eyes[1])
    ahead = np.cross(across, [0, 0, 1.])
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    depth = (bridge - eyes[0]) @ ahead + .001
    for side, eye in zip((1, -1), eyes):
        middle = eye + ahead * depth + across * side * .001 - [0, 0, .002]
        ring = (middle + np.cos(angle)[:, None] * across * .0225 + np.sin(angle)[:, None] * np.array([0, 0, .0185]))
        studio.add_cord('glasses', ring, .0011, wire)
        hinge = middle + across * side * .0225 + [0, 0, .004]
        ear = body.points[body.nearest(side * .80, 7.32, .35)] + across * side * .004
        studio.add_cord('glasses', np.linspace(hinge, ear, 8), .0011, wire, closed=False)
    inner = [eye + ahead * depth - across * side * .0215 + [0, 0, .003] for side, eye in zip((1, -1), eyes)]
    arch = np.linspace(*inner, 12) + np.sin(np.linspace(0, np.pi, 12))[:, None] * np.array([0, 0, .004])
    studio.add_cord('glasses', arch, .0011, wire, closed=False)


def add_ball(centre, radius, material):
    bpy.ops.mesh.primitive_uv_sphere_add(radius=radius, location=tuple(centre), segments=24, ring_count=12)
    ball = bpy.context.object
    ball.data.polygons.foreach_set('use_smooth', np.ones(len(ball.data.polygons), bool))
    ball.data.materials.append(material)


def saved(cloth, path):
    cv2.imwrite(path, cloth.picture())
    return path


def add_pieces(made, name):
    """Adds the pieces of a garment in its first colour."""
    described, fabric = GARMENTS[name], fabric_in(name)
    base = output_folder() + 'fabric_%s_' % name
    for piece in made:
        cloth, uv = fabric[piece.part], None
        if isinstance(cloth, str):
            material = materials.plain(piece.part, materials.linear(cloth), .6, .3, woven=piece.part != 'button')
        else:
            strips = [strip for strip in fabric['borders'] if piece.edges and piece.part in strip.get('parts', BORDERED)]
            borders = [dict(strip, path=saved(strip['cloth'], base + '%s_%d.png' % (strip['edge'], k)),
                            girth=cloth.width, length=strip['cloth'].width) for k, strip in enumerate(strips)]
            panel = saved(cloth, base + piece.part + '.png')
            material = materials.cloth(piece.part, panel, borders, described['finish'])
            uv = corner_uv(piece) / [cloth.width, cloth.high - cloth.low] + [.5, -cloth.low / (cloth.high - cloth.low)]
            uv = np.arange(len(uv)).reshape(-1, 3), uv
        studio.add_mesh('garment', piece.points, piece.triangles, material, corner_uv=uv, attributes=piece.edges,
                        thickness=piece.thickness)


def frame_person(scene, spec, size):
    studio.place_camera(scene, size, *frame.frame_of(spec))


def person_in_studio(job):
    """The scene with the person of a job before the camera, their body, its parts and their description."""
    scene = studio.empty_scene(transparent=False)
    studio.add_studio(scene, with_backdrop=True)
    spec = dict(human.DEFAULT, name=job['person'], **PEOPLE[job['person']])
    spec['arm'] = dict(off=job['arm'])
    data = human.Data()
    parts = human.person(data, spec, ['eyes', spec['lashes'], spec['brow']])
    body = DenseBody(data, parts['all'])
    add_person(body, parts, spec)
    frame_person(scene, spec, job['size'])
    return scene, body, parts, spec


def main(job):
    scene, _, parts, _ = person_in_studio(job)
    if job.get('close'):
        studio.place_camera(scene, job['size'], parts['joints']['joint-head'][2] + .05, .46)
    studio.render(scene, job['passes'], job['samples'])


if __name__ == '__main__':
    main(json.loads(sys.argv[sys.argv.index('--') + 1]))
