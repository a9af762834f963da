"""blender --background --python shoot_product.py -- JOBS : light and maps of garments, without any colour.

For each view two renders: the light that falls on neutral grey cloth, and, at twice the size with one sample per pixel,
maps that say for every pixel which piece of cloth is seen where. recolour.py lays any fabric on them without Blender."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bpy  # noqa: E402
import numpy as np  # noqa: E402

import mesh  # noqa: E402
import scene as studio  # noqa: E402
from materials import Material  # noqa: E402
from pieces import EDGES, FAR, corner_uv, load  # noqa: E402

GREY = .5
LIGHT = ('Alpha', 'Depth', 'Normal', 'DiffDir', 'DiffInd', 'GlossDir', 'GlossInd', 'GlossCol')
MAPS = ('Place', 'Edges', 'More')


def material(number, finish, has_edges):
    """Grey cloth that also writes what it is into the three maps."""
    made = Material('piece %d' % number).put(base_color=(GREY,) * 3 + (1,), sheen=0, **finish)
    split = made.node('SeparateXYZ')
    made.link(made.node('UVMap', uv_map='UVMap').outputs[0], split.inputs[0])
    outward = made.node('VectorMath', operation='DOT_PRODUCT')
    made.link(made.node('Attribute', attribute_name='outward').outputs['Vector'], outward.inputs[0])
    made.link(made.node('NewGeometry').outputs['Incoming'], outward.inputs[1])
    inside = made.math('LESS_THAN', outward.outputs['Value'], 0)
    # Only cloth has a reverse; collars fold over and show their right side all round.
    part = made.math('ADD', inside, 2 * number + 2) if has_edges else 2.0 * number + 2
    edge = {name: made.node('Attribute', attribute_name=name).outputs['Fac'] if has_edges else FAR for name in EDGES}
    rows = ((split.outputs[0], split.outputs[1], part), (edge['hem'], edge['cuff'], edge['neck']),
            (edge['front'], edge['height'], 0.0))
    for name, values in zip(MAPS, rows):
        joined, output = made.node('CombineXYZ'), made.node('OutputAOV', name=name)
        for socket, value in zip(joined.inputs, values):
            if isinstance(value, float):
                socket.default_value = value
            else:
                made.link(value, socket)
        made.link(joined.outputs[0], output.inputs['Color'])
    return made.made


def add(piece, number, finish):
    corners = corner_uv(piece)
    attributes = {name: piece.edges.get(name, np.full(len(piece.points), FAR)) for name in EDGES} if piece.edges else {}
    thing = studio.add_mesh('garment', piece.points, piece.triangles, material(number, finish, bool(piece.edges)),
                            corner_uv=(np.arange(len(corners)).reshape(-1, 3), corners), attributes=attributes,
                            thickness=piece.thickness)
    outward = thing.data.attributes.new('outward', 'FLOAT_VECTOR', 'POINT')
    outward.data.foreach_set('vector', mesh.normals(piece.points, piece.triangles).astype(np.float32).ravel())


def output(scene, folder, names):
    tree = scene.node_tree
    for old in [n for n in tree.nodes if n.type == 'OUTPUT_FILE']:
        tree.nodes.remove(old)
    files = tree.nodes.new('CompositorNodeOutputFile')
    files.base_path = folder
    files.format.file_format, files.format.color_mode, files.format.color_depth = 'OPEN_EXR', 'RGBA', '32'
    files.format.exr_codec = 'ZIP'
    files.file_slots.clear()
    for name in names:
        files.file_slots.new(name)
        tree.links.new(tree.nodes['Render Layers'].outputs[name], files.inputs[name])
    scene.render.filepath = folder + '/raw.png'
    bpy.ops.render.render(write_still=False)


def prepare(scene):
    layer = scene.view_layers[0]
    layer.use_pass_normal = layer.use_pass_z = True
    for kind in ('direct', 'indirect', 'color'):
        for name in ('diffuse', 'glossy'):
            setattr(layer, 'use_pass_%s_%s' % (name, kind), True)
    for name in MAPS:
        made = layer.aovs.add()
        made.name, made.type = name, 'COLOR'
    scene.use_nodes = True
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.diffuse_bounces = 2


def clear():
    for thing in [o for o in bpy.data.objects if o.type == 'MESH']:
        bpy.data.objects.remove(thing)
    for made in list(bpy.data.meshes):
        bpy.data.meshes.remove(made)
    for made in list(bpy.data.materials):
        bpy.data.materials.remove(made)


def lit(scene, on):
    """Maps need no light: in the dark a render costs only its camera rays."""
    for lamp in [o for o in bpy.data.objects if o.type == 'LIGHT']:
        lamp.hide_render = not on
    scene.world.node_tree.nodes['Background'].inputs[1].default_value = studio.WORLD if on else 0
    scene.cycles.max_bounces = 2 if on else 0


def shoot(scene, job):
    clear()
    for number, piece in enumerate(load(job['pieces'])):
        shiny = dict(roughness=.35, specular=.5) if piece.part == 'button' else job['finish']
        add(piece, number, shiny)
    for view in job['views']:
        studio.place_camera(scene, view['size'], view['height'], view['tall'])
        scene.camera.location.x = view['aside']
        lit(scene, True)
        scene.cycles.samples, scene.cycles.filter_width = view['samples'], 1.5
        output(scene, view['folder'], LIGHT)
        lit(scene, False)
        scene.cycles.samples, scene.cycles.filter_width = 1, .01
        scene.render.resolution_x, scene.render.resolution_y = (2 * n for n in view['size'])
        output(scene, view['folder'], MAPS)


def main(jobs):
    scene = studio.empty_scene(transparent=True)
    studio.add_studio(scene, with_backdrop=False)
    prepare(scene)
    for job in jobs:
        shoot(scene, job)


if __name__ == '__main__':
    main(json.loads(sys.argv[sys.argv.index('--') + 1]))
