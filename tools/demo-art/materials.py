"""Blender materials of cloth, skin, eyes, hair and jewellery."""
import bpy
import numpy as np

import art_data


def linear(text):
    """'#rrggbb' as linear red, green, blue."""
    c = np.array([int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= .04045, c / 12.92, ((c + .055) / 1.055) ** 2.4)


class Material:
    """A principled material under construction."""

    def __init__(self, name):
        self.made = bpy.data.materials.new(name)
        self.made.use_nodes = True
        self.tree = self.made.node_tree
        self.surface = self.tree.nodes['Principled BSDF']

    def node(self, kind, **settings):
        node = self.tree.nodes.new('ShaderNode' + kind)
        for key, value in settings.items():
            setattr(node, key, value)
        return node

    def link(self, output, socket):
        self.tree.links.new(output, socket)

    def put(self, **inputs):
        for key, value in inputs.items():
            self.surface.inputs[key.replace('_', ' ').title()].default_value = value
        return self

    def math(self, operation, first, second, clamp=False):
        node = self.node('Math', operation=operation, use_clamp=clamp)
        for socket, value in zip(node.inputs, (first, second)):
            if isinstance(value, (int, float)):
                socket.default_value = value
            else:
                self.link(value, socket)
        return node.outputs[0]

    def picture(self, path, extension='REPEAT'):
        image = bpy.data.images.load(path, check_existing=True)
        image.alpha_mode = 'CHANNEL_PACKED'
        return self.node('TexImage', image=image, interpolation='Cubic', extension=extension)

    def mixed(self, share, first, second):
        node = self.node('MixRGB')
        self.link(share, node.inputs[0])
        self.link(first, node.inputs[1])
        self.link(second, node.inputs[2])
        return node.outputs[0]

    def noise_bump(self, scale, strength, distance, detail=2):
        coordinates, noise = self.node('TexCoord'), self.node('TexNoise')
        noise.inputs['Scale'].default_value, noise.inputs['Detail'].default_value = scale, detail
        self.link(coordinates.outputs['Object'], noise.inputs['Vector'])
        bump = self.node('Bump')
        bump.inputs['Strength'].default_value, bump.inputs['Distance'].default_value = strength, distance
        self.link(noise.outputs[0], bump.inputs['Height'])
        self.link(bump.outputs[0], self.surface.inputs['Normal'])
        return noise


def plain(name, colour, roughness=.8, sheen=.3, metallic=0.0, woven=True):
    material = Material(name).put(base_color=(*colour, 1), roughness=roughness, sheen=sheen, specular=.25,
                                  metallic=metallic)
    if woven:
        material.noise_bump(900, .10, .001)
    return material.made


def cloth(name, panel, borders, finish):
    """Fabric from its painted panel; each border covers a strip along an edge, measured by a vertex attribute."""
    material = Material(name)
    image = material.picture(panel)
    colour, alpha = image.outputs['Color'], image.outputs['Alpha']
    coordinates = material.node('UVMap', uv_map='UVMap')
    split = material.node('SeparateXYZ')
    material.link(coordinates.outputs[0], split.inputs[0])
    for strip in borders:
        attribute = material.node('Attribute', attribute_name=strip['edge'])
        # Signed across the centre front: an absolute value per vertex would fray the line in the middle.
        distance = material.math('ABSOLUTE', attribute.outputs['Fac'], 0)
        place = material.node('CombineXYZ')
        material.link(material.math('MULTIPLY', split.outputs[0], strip['girth'] / strip['length']), place.inputs[0])
        material.link(material.math('DIVIDE', distance, strip['reach'], clamp=True), place.inputs[1])
        painted = material.picture(strip['path'], 'EXTEND' if strip['edge'] in ('neck', 'front') else 'REPEAT')
        material.link(place.outputs[0], painted.inputs[0])
        share = material.math('LESS_THAN', distance, strip['reach'])
        if strip['above']:
            height = material.node('Attribute', attribute_name='height').outputs['Fac']
            share = material.math('MULTIPLY', share, material.math('GREATER_THAN', height, strip['above']))
        colour = material.mixed(share, colour, painted.outputs['Color'])
        alpha = material.mixed(share, alpha, painted.outputs['Alpha'])
    metal = material.math('SUBTRACT', 1.0, alpha)
    material.link(colour, material.surface.inputs['Base Color'])
    material.link(metal, material.surface.inputs['Metallic'])
    shine = material.node('MapRange')
    material.link(metal, shine.inputs[0])
    shine.inputs[3].default_value, shine.inputs[4].default_value = finish.get('roughness', .75), .58
    material.link(shine.outputs[0], material.surface.inputs['Roughness'])
    material.put(sheen=finish.get('sheen', .4), specular=finish.get('specular', .3))
    material.noise_bump(900, .10, .001)
    return material.made


def skin(path):
    material = Material('skin').put(subsurface=.55, subsurface_radius=(.0075, .0030, .0018), specular=.34)
    image = material.picture(path)
    for socket in ('Base Color', 'Subsurface Color'):
        material.link(image.outputs['Color'], material.surface.inputs[socket])
    noise = material.noise_bump(420, .12, .0006, detail=3)
    shine = material.node('MapRange')
    material.link(noise.outputs[0], shine.inputs[0])
    shine.inputs[3].default_value, shine.inputs[4].default_value = .42, .60
    material.link(shine.outputs[0], material.surface.inputs['Roughness'])
    return material.made


def card(name, picture, colour, gain):
    """A cut-out card in one colour (lashes, brows)."""
    material = Material(name).put(base_color=(*colour, 1), roughness=.6, specular=.2)
    image = material.picture(art_data.texture_folder() + picture)
    material.link(material.math('MULTIPLY', image.outputs['Alpha'], gain, clamp=True),
                  material.surface.inputs['Alpha'])
    return material.made


def eye():
    """Iris and white by the picture; where it is clear, an almost invisible cornea (a stronger one greys the iris)."""
    material = Material('eye').put(roughness=.30, specular=.12)
    image = material.picture(art_data.texture_folder() + 'brown_eye.png')
    tint = material.node('HueSaturation')
    for key, value in dict(Hue=.525, Saturation=.95, Value=1.05).items():
        tint.inputs[key].default_value = value
    material.link(image.outputs['Color'], tint.inputs['Color'])
    material.link(tint.outputs[0], material.surface.inputs['Base Color'])
    gloss, cornea, mixed = material.node('BsdfGlossy'), material.node('MixShader'), material.node('MixShader')
    gloss.inputs['Roughness'].default_value, cornea.inputs[0].default_value = .03, .022
    material.link(material.node('BsdfTransparent').outputs[0], cornea.inputs[1])
    material.link(gloss.outputs[0], cornea.inputs[2])
    material.link(image.outputs['Alpha'], mixed.inputs[0])
    material.link(cornea.outputs[0], mixed.inputs[1])
    material.link(material.surface.outputs[0], mixed.inputs[2])
    material.link(mixed.outputs[0], material.tree.nodes['Material Output'].inputs['Surface'])
    return material.made


def hair(colour, roughness=.26):
    made = bpy.data.materials.new('hair')
    made.use_nodes = True
    tree = made.node_tree
    tree.nodes.remove(tree.nodes['Principled BSDF'])
    shader = tree.nodes.new('ShaderNodeBsdfHairPrincipled')
    shader.parametrization = 'COLOR'
    for key, value in {'Color': (*colour, 1), 'Roughness': roughness, 'Radial Roughness': .40, 'Coat': .1,
                       'Random Color': .15, 'Random Roughness': .2}.items():
        shader.inputs[key].default_value = value
    tree.links.new(shader.outputs[0], tree.nodes['Material Output'].inputs[0])
    return made

