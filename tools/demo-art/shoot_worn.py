"""blender --background --python shoot_worn.py -- JOB : one person in several garments, only where a garment changes the
picture; JOB is JSON from pairs.py.

The person is built once. For each garment only a rectangle round it is rendered, with the camera and light of the
person's own picture. A pass `Masks` says how much of each pixel is garment (red), skin (green), hair (blue)."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bpy  # noqa: E402
import cv2  # noqa: E402
import numpy as np  # noqa: E402

import base_clothes  # noqa: E402
import frame  # noqa: E402
import mesh  # noqa: E402
import scene as studio  # noqa: E402
import shoot  # noqa: E402
from dressing import is_lower  # noqa: E402
from pieces import load  # noqa: E402

NEITHER = ('tank', 'trousers', 'shoe', 'turban', 'backdrop', 'glasses', 'under')
HAIR = ('CURVES', 'HAIR')
INSIDE = 9  # pixels from a garment's outline: what lies beneath is not drawn farther inside
GARMENT, SKIN, STRANDS, OTHER = (1, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1), (0, 0, 0, 1)


def mark(thing, colour):
    """Gives the object's materials the node that writes a colour into the pass of masks."""
    for material in thing.data.materials:
        node = material.node_tree.nodes.new('ShaderNodeOutputAOV')
        node.name = 'Masks'
        node.inputs['Color'].default_value = colour


def mark_person(scene):
    seen = set()
    for thing in scene.objects:
        if thing.type not in ('MESH', 'CURVE') + HAIR or thing.name.endswith('_source'):
            continue
        fresh = [material for material in thing.data.materials if material.name not in seen]
        seen.update(material.name for material in fresh)
        if fresh:
            mark(thing, STRANDS if thing.type in HAIR else OTHER if thing.name.startswith(NEITHER) else SKIN)


def put_on(made, name, colour):
    """Adds a garment's pieces; returns the new objects."""
    before = set(bpy.data.objects)
    shoot.add_pieces(made, name)
    added = [thing for thing in bpy.data.objects if thing not in before]
    for thing in added:
        mark(thing, colour)
    return added


def only(scene, box):
    """Only the rectangle (left, top, right, bottom in pixels) is rendered."""
    wide, high = scene.render.resolution_x, scene.render.resolution_y
    scene.render.use_border = scene.render.use_crop_to_border = True
    scene.render.border_min_x, scene.render.border_max_x = box[0] / wide, box[2] / wide
    scene.render.border_min_y, scene.render.border_max_y = 1 - box[3] / high, 1 - box[1] / high


def in_light(scene, on):
    """Masks need no light: in the dark a render costs little more than its camera rays."""
    for lamp in [thing for thing in bpy.data.objects if thing.type == 'LIGHT']:
        lamp.hide_render = not on
    scene.world.node_tree.nodes['Background'].inputs[1].default_value = studio.WORLD if on else 0
    scene.cycles.max_bounces = studio.BOUNCES if on else 0


def behind(made, spec):
    """A test of which points lie behind cloth, well inside its outline: neither skin nor what is worn beneath may show
    through a fold."""
    cloth = np.zeros(frame.SIZE[::-1], np.uint8)
    for piece in made:
        ahead = mesh.normals(piece.points, piece.triangles)[piece.triangles][..., 1].mean(1) < 0
        for corner in np.round(frame.pixels(piece.points, spec)[piece.triangles[ahead]] * 16).astype(np.int32):
            cv2.fillConvexPoly(cloth, corner, 1, cv2.LINE_8, 4)
    cloth = cv2.erode(cloth, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * INSIDE + 1,) * 2))

    def test(points):
        column, row = np.clip(np.round(frame.pixels(points, spec)).astype(int), 0, np.array(frame.SIZE) - 1).T
        return cloth[row, column] > 0
    return test


def undress(body, spec, shot, hides):
    """Replaces the skin by one that shows all but what is behind cloth, and the trousers that stay on likewise."""
    hidden = hides(body.points) & (body.arm_weight < .3)
    worn = shot['keeps'] + (['tank'] if shot['tank'] else [])
    for piece in base_clothes.BASE_OUTFIT:
        if piece.name in worn:
            hidden |= piece.cut(body.rest, body.arm_weight, spec['male'] > .5) > .12
    skin = bpy.data.objects['skin']
    material = skin.data.materials[0]
    bpy.data.objects.remove(skin)
    shoot.add_skin(body, material, hidden)
    if 'trousers' not in shot['keeps']:
        return []
    whole = bpy.data.objects['trousers']
    whole.hide_render = True
    points, triangles = np.empty((len(whole.data.vertices), 3)), np.empty((len(whole.data.polygons), 3), int)
    whole.data.vertices.foreach_get('co', points.ravel())
    whole.data.polygons.foreach_get('vertices', triangles.ravel())
    triangles = triangles[~hides(points)[triangles].all(1)]
    return [studio.add_mesh('below', points, triangles, whole.data.materials[0], thickness=.0016)]


def show_upper_bindings(scene, waist):
    """A tucked top keeps the bindings of neck and armholes."""
    for thing in scene.objects:
        if thing.name.startswith('tank_binding'):
            thing.hide_render = bool(min(point.co[2] for point in thing.data.splines[0].points) < waist + .05)


def hide_far_hair(scene, spec, top):
    """Strands that end above the rectangle are left out: they take half of the time before the first ray."""
    for thing in scene.objects:
        if thing.type in HAIR:
            source = bpy.data.objects[thing.name + '_source'].data.vertices
            points = np.empty(3 * len(source), np.float32)
            source.foreach_get('co', points)
            thing.hide_render = bool(frame.pixels(points.reshape(-1, 3), spec)[:, 1].max() < top)


def wear(scene, body, spec, shot, samples):
    for thing in scene.objects:
        for piece in ('tank', 'trousers'):
            if thing.name.startswith(piece):
                thing.hide_render = piece not in shot['keeps']
    if shot['tank'] and all(is_lower(layer['name']) for layer in shot['layers']):
        show_upper_bindings(scene, np.load(shot['tank'])['points'][:, 2].min())
    added = []
    if shot['layers']:
        made = {layer['name']: load(layer['pieces']) for layer in shot['layers']}
        hides = behind([piece for own in made.values() for piece in own], spec)
        added += undress(body, spec, shot, hides)
    for layer in shot['layers']:
        added += put_on(made[layer['name']], layer['name'], GARMENT if layer['masked'] else OTHER)
    if shot['tank']:
        tucked = np.load(shot['tank'])
        triangles = tucked['triangles'][~hides(tucked['points'])[tucked['triangles']].all(1)]
        added.append(studio.add_mesh('tucked', tucked['points'], triangles,
                                     bpy.data.objects['tank'].data.materials[0], thickness=.0016))
    hide_far_hair(scene, spec, shot['box'][1])
    only(scene, shot['box'])
    in_light(scene, not shot['dark'])
    studio.render(scene, shot['passes'], samples if not shot['dark'] else samples // 2, ('Masks',))
    for thing in added:
        bpy.data.objects.remove(thing)


def main(job):
    scene, body, _, spec = shoot.person_in_studio(job)
    mark_person(scene)
    masks = scene.view_layers[0].aovs.add()
    masks.name, masks.type = 'Masks', 'COLOR'
    scene.render.use_persistent_data = True
    for shot in job['shots']:
        wear(scene, body, spec, shot, job['samples'])


if __name__ == '__main__':
    main(json.loads(sys.argv[sys.argv.index('--') + 1]))
