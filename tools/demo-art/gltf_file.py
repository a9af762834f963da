"""Meshes as a binary glTF 2.0 file. In: metres, z up, facing -y; out, as glTF wants it: y up, facing +z."""
import json
import struct
from typing import NamedTuple, Optional

import numpy as np

FLOAT, UNSIGNED_INT, ARRAY, INDEX = 5126, 5125, 34962, 34963


class Part(NamedTuple):
    """One mesh with one material. uv runs from the picture's top left, 1 to its right and bottom. morphs: name ->
    movement of every point at amount 1, the same names in every part of a file. Pictures are JPEG files' bytes; `shine`
    holds roughness in its green and metal in its blue channel, as glTF says."""
    name: str
    points: np.ndarray
    normals: np.ndarray
    triangles: np.ndarray
    uv: Optional[np.ndarray] = None
    morphs: dict = {}
    colour: tuple = (1, 1, 1)
    roughness: float = .8
    picture: Optional[bytes] = None
    shine: Optional[bytes] = None
    two_sided: bool = False


def y_up(vectors):
    return np.stack([vectors[:, 0], vectors[:, 2], -vectors[:, 1]], -1).astype('<f4')


class Writer:
    def __init__(self):
        self.bytes, self.views, self.accessors, self.images = bytearray(), [], [], []

    def view(self, data, **more):
        self.bytes += b'\0' * (-len(self.bytes) % 4)
        self.views.append(dict(buffer=0, byteOffset=len(self.bytes), byteLength=len(data), **more))
        self.bytes += data
        return len(self.views) - 1

    def vectors(self, values, kind, bounded=False):
        values = np.ascontiguousarray(values, '<f4')
        bounds = dict(min=values.min(0).tolist(), max=values.max(0).tolist()) if bounded else {}
        self.accessors.append(dict(bufferView=self.view(values.tobytes(), target=ARRAY), componentType=FLOAT,
                                   count=len(values), type=kind, **bounds))
        return len(self.accessors) - 1

    def indices(self, triangles):
        flat = np.ascontiguousarray(triangles.ravel(), '<u4')
        self.accessors.append(dict(bufferView=self.view(flat.tobytes(), target=INDEX), componentType=UNSIGNED_INT,
                                   count=len(flat), type='SCALAR'))
        return len(self.accessors) - 1

    def texture(self, jpeg):
        self.images.append(dict(bufferView=self.view(jpeg), mimeType='image/jpeg'))
        return dict(index=len(self.images) - 1)

    def material(self, part):
        shading = dict(baseColorFactor=[*map(float, part.colour), 1.0], roughnessFactor=part.roughness,
                       metallicFactor=0.0)
        if part.picture:
            shading['baseColorTexture'] = self.texture(part.picture)
        if part.shine:
            shading.update(metallicRoughnessTexture=self.texture(part.shine), roughnessFactor=1.0, metallicFactor=1.0)
        return dict(name=part.name, doubleSided=part.two_sided, pbrMetallicRoughness=shading)

    def primitive(self, part, number):
        attributes = dict(POSITION=self.vectors(y_up(part.points), 'VEC3', True),
                          NORMAL=self.vectors(y_up(part.normals), 'VEC3'))
        if part.uv is not None:
            attributes['TEXCOORD_0'] = self.vectors(part.uv, 'VEC2')
        made = dict(attributes=attributes, indices=self.indices(part.triangles), material=number)
        if part.morphs:
            made['targets'] = [dict(POSITION=self.vectors(y_up(move), 'VEC3', True)) for move in part.morphs.values()]
        return made


def binary(parts, extras):
    """The file's bytes. extras: what a viewer must know besides, put on the scene."""
    writer = Writer()
    meshes = []
    for number, part in enumerate(parts):
        made = dict(name=part.name, primitives=[writer.primitive(part, number)])
        if part.morphs:
            made.update(weights=[0.0] * len(part.morphs), extras=dict(targetNames=list(part.morphs)))
        meshes.append(made)
    document = dict(
        asset=dict(version='2.0', generator='FitView demo art'), scene=0,
        scenes=[dict(nodes=list(range(len(parts))), extras=extras)],
        nodes=[dict(name=part.name, mesh=number) for number, part in enumerate(parts)], meshes=meshes,
        materials=[writer.material(part) for part in parts], accessors=writer.accessors, bufferViews=writer.views)
    if writer.images:
        document.update(images=writer.images, samplers=[dict(wrapS=10497, wrapT=33071, minFilter=9987, magFilter=9729)],
                        textures=[dict(source=number, sampler=0) for number in range(len(writer.images))])
    writer.bytes += b'\0' * (-len(writer.bytes) % 4)
    document['buffers'] = [dict(byteLength=len(writer.bytes))]
    text = json.dumps(document, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 4)
    total = 12 + 8 + len(text) + 8 + len(writer.bytes)
    return (struct.pack('<4sII', b'glTF', 2, total) + struct.pack('<I4s', len(text), b'JSON') + text
            + struct.pack('<I4s', len(writer.bytes), b'BIN\0') + bytes(writer.bytes))
