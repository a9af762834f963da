"""The studio in Blender: lights, paper backdrop, camera, meshes and strands as objects, render passes."""
import math

import bpy
import mathutils
import numpy as np

import materials

BACKDROP, WORLD = '#cdd1cf', .32
LENS, SENSOR = 90, 24
BOUNCES = 5


def empty_scene(transparent):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.use_denoising = 'CYCLES', False
    scene.view_settings.view_transform = 'Standard'
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces = BOUNCES, 3
    scene.cycles.sample_clamp_direct, scene.cycles.sample_clamp_indirect = 4, 2
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.render.film_transparent = transparent
    return scene


def add_light(place, size, energy, colour=(1, 1, 1)):
    light = bpy.data.lights.new('light', 'AREA')
    light.size, light.energy, light.color = size, energy, colour
    lamp = bpy.data.objects.new('light', light)
    lamp.location = place
    lamp.rotation_euler = (mathutils.Vector((0, 0, 1)) - mathutils.Vector(place)).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(lamp)


def add_studio(scene, with_backdrop):
    world = bpy.data.worlds.new('world')
    scene.world, world.use_nodes = world, True
    sky = world.node_tree.nodes['Background']
    sky.inputs[0].default_value, sky.inputs[1].default_value = (1, .985, .97, 1), WORLD
    add_light((-2.2, -2.5, 2.6), 1.3, 78, (1, .97, .93))
    add_light((2.8, -2.0, 1.7), 2.2, 17, (.94, .97, 1))
    add_light((1.3, 1.5, 2.5), .9, 44)
    add_light((-1.5, 1.5, 2.2), .9, 22)
    if with_backdrop:
        curve = [(1.2 + math.sin(a), 1 - math.cos(a)) for a in np.linspace(0, math.pi / 2, 16)]
        profile = [(-8.0, 0), (1.2, 0)] + curve + [(2.2, 8)]
        points = np.array([(side * 9, y, z) for y, z in profile for side in (-1, 1)])
        faces = np.array([(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)])
        add_mesh('backdrop', points, faces, materials.plain('paper', materials.linear(BACKDROP), 1, 0, woven=False))


def place_camera(scene, size, height, tall):
    """Level view; `height` of the middle and `tall` of the frame, both in metres."""
    for old in [o for o in bpy.data.objects if o.type == 'CAMERA']:
        bpy.data.objects.remove(old)
    camera = bpy.data.cameras.new('camera')
    camera.sensor_fit, camera.sensor_height, camera.lens = 'VERTICAL', SENSOR, LENS
    holder = bpy.data.objects.new('camera', camera)
    holder.location, holder.rotation_euler = (0, -tall * LENS / SENSOR, height), (math.pi / 2, 0, 0)
    scene.collection.objects.link(holder)
    scene.camera = holder
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100


def add_mesh(name, points, faces, material, uv=None, corner_uv=None, attributes=None, thickness=0.0, subdivide=0):
    """faces: triangles or quads (a quad whose last two corners are equal is a triangle). uv is per vertex,
    corner_uv = (uv_faces, uv) per corner."""
    whole = np.ones(len(faces), bool) if faces.shape[1] == 3 else faces[:, 2] != faces[:, 3]
    corner = [faces[whole].ravel(), faces[~whole, :3].ravel()]
    wide = faces.shape[1]
    made = bpy.data.meshes.new(name)
    made.vertices.add(len(points))
    made.vertices.foreach_set('co', np.asarray(points, np.float32).ravel())
    index = np.concatenate(corner).astype(np.int32)
    made.loops.add(len(index))
    made.loops.foreach_set('vertex_index', index)
    start = np.r_[np.arange(whole.sum()) * wide, whole.sum() * wide + np.arange((~whole).sum()) * 3]
    made.polygons.add(len(faces))
    made.polygons.foreach_set('loop_start', start.astype(np.int32))
    total = np.r_[np.full(whole.sum(), wide), np.full((~whole).sum(), 3)]
    made.polygons.foreach_set('loop_total', total.astype(np.int32))
    made.polygons.foreach_set('use_smooth', np.ones(len(faces), bool))
    if corner_uv is not None:
        uv_faces, table = corner_uv
        flat = np.concatenate([uv_faces[whole].ravel(), uv_faces[~whole, :3].ravel()])
        made.uv_layers.new(name='UVMap').data.foreach_set('uv', table[flat].astype(np.float32).ravel())
    if uv is not None:
        made.uv_layers.new(name='UVMap').data.foreach_set('uv', unwrapped(uv, faces).astype(np.float32).ravel())
    for key, values in (attributes or {}).items():
        made.attributes.new(key, 'FLOAT', 'POINT').data.foreach_set('value', np.asarray(values, np.float32))
    made.update()
    made.validate()
    thing = bpy.data.objects.new(name, made)
    bpy.context.scene.collection.objects.link(thing)
    made.materials.append(material)
    if subdivide:
        modifier = thing.modifiers.new('smooth', 'SUBSURF')
        modifier.levels = modifier.render_levels = subdivide
        modifier.uv_smooth = 'PRESERVE_BOUNDARIES'
    if thickness:
        modifier = thing.modifiers.new('thickness', 'SOLIDIFY')
        modifier.thickness, modifier.offset = thickness, 1
    return thing


def add_cord(name, line, radius, material, closed=True):
    """A round cord along a line: bindings, piping, wire."""
    made = bpy.data.curves.new(name, 'CURVE')
    made.dimensions, made.bevel_depth, made.bevel_resolution = '3D', radius, 2
    spline = made.splines.new('POLY')
    spline.points.add(len(line) - 1)
    spline.points.foreach_set('co', np.c_[line, np.ones(len(line))].astype(np.float32).ravel())
    spline.use_cyclic_u = closed
    made.materials.append(material)
    thing = bpy.data.objects.new(name, made)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def unwrapped(uv, faces):
    """Per-corner uv; in a face across the seam the low side is lifted by one turn."""
    corner = uv[faces].copy()
    across = corner[..., 0].max(1) - corner[..., 0].min(1) > .5
    corner[..., 0] = np.where(across[:, None] & (corner[..., 0] < .5), corner[..., 0] + 1, corner[..., 0])
    return corner.reshape(-1, 2)


def add_strands(name, groups, radius, material):
    """Hair curves. Blender 3.4 has no Python call that adds them: a hidden mesh of edges feeds geometry nodes on a
    hair-curves object (on a mesh object the same nodes render nothing)."""
    points, pairs, radii, start = [], [], [], 0
    for strands in groups:
        count, steps = strands.shape[:2]
        number = np.arange(count * steps).reshape(count, steps) + start
        start += count * steps
        points.append(strands.reshape(-1, 3))
        pairs.append(np.stack([number[:, :-1], number[:, 1:]], -1).reshape(-1, 2))
        taper = np.r_[np.full(steps - steps // 3, 1), np.linspace(1, .35, steps // 3)]
        radii.append(np.tile(radius * taper, count))
    points, pairs = np.concatenate(points), np.concatenate(pairs)
    made = bpy.data.meshes.new(name)
    made.vertices.add(len(points))
    made.vertices.foreach_set('co', points.astype(np.float32).ravel())
    made.edges.add(len(pairs))
    made.edges.foreach_set('vertices', pairs.astype(np.int32).ravel())
    values = np.concatenate(radii).astype(np.float32)
    made.attributes.new('strand_radius', 'FLOAT', 'POINT').data.foreach_set('value', values)
    made.update()
    source = bpy.data.objects.new(name + '_source', made)
    source.hide_render = True
    bpy.context.scene.collection.objects.link(source)
    curves = bpy.data.hair_curves.new(name)
    curves.materials.append(material)
    holder = bpy.data.objects.new(name, curves)
    bpy.context.scene.collection.objects.link(holder)
    holder.modifiers.new('nodes', 'NODES').node_group = strand_nodes(source, material)
    return holder


def strand_nodes(source, material):
    group = bpy.data.node_groups.new('strands', 'GeometryNodeTree')
    group.inputs.new('NodeSocketGeometry', 'Geometry')
    group.outputs.new('NodeSocketGeometry', 'Geometry')
    output, info, curve, width, named, painted = (group.nodes.new(kind) for kind in (
        'NodeGroupOutput', 'GeometryNodeObjectInfo', 'GeometryNodeMeshToCurve', 'GeometryNodeSetCurveRadius',
        'GeometryNodeInputNamedAttribute', 'GeometryNodeSetMaterial'))
    info.inputs[0].default_value = source
    named.data_type = 'FLOAT'
    named.inputs[0].default_value = 'strand_radius'
    painted.inputs['Material'].default_value = material
    radius = next(socket for socket in named.outputs if socket.type == 'VALUE' and socket.enabled)
    for a, b in ((info.outputs['Geometry'], curve.inputs[0]), (curve.outputs[0], width.inputs[0]),
                 (radius, width.inputs['Radius']), (width.outputs[0], painted.inputs[0]),
                 (painted.outputs[0], output.inputs[0])):
        group.links.new(a, b)
    return group


PASSES = ('Image', 'Normal', 'DiffCol', 'Depth', 'Alpha')


def render(scene, folder, samples, more=()):
    """Writes the passes that finish.py needs, and the named ones, as OpenEXR files into a folder."""
    scene.cycles.samples, scene.cycles.use_adaptive_sampling = samples, True
    scene.cycles.adaptive_threshold, scene.cycles.adaptive_min_samples = .04, min(samples, 16)
    layer = scene.view_layers[0]
    layer.use_pass_normal = layer.use_pass_diffuse_color = layer.use_pass_z = True
    scene.use_nodes = True
    tree = scene.node_tree
    for old in [n for n in tree.nodes if n.type == 'OUTPUT_FILE']:
        tree.nodes.remove(old)
    files = tree.nodes.new('CompositorNodeOutputFile')
    files.base_path = folder
    files.format.file_format, files.format.color_mode, files.format.color_depth = 'OPEN_EXR', 'RGBA', '32'
    files.file_slots.clear()
    for name in PASSES + tuple(more):
        files.file_slots.new(name)
        tree.links.new(tree.nodes['Render Layers'].outputs[name], files.inputs[name])
    scene.render.filepath = folder + '/raw.png'
    bpy.ops.render.render(write_still=True)

