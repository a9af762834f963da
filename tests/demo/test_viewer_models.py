"""The 3D viewer's files of the demo shop: small, readable by any glTF loader with the meshopt decoder, and all moved by the same
morphs, so that a garment follows the body it was cut for."""
import json
import pathlib
import struct

import pytest

MODELS = pathlib.Path(__file__).resolve().parents[2] / "demo" / "models3d"
LISTED = json.loads((MODELS / "models.json").read_text())
BODIES, GARMENTS = LISTED["bodies"], list(LISTED["garments"])
LARGEST = 1_200_000


def document_of(name):
    data = (MODELS / name).read_bytes()
    magic, version, length = struct.unpack_from("<4sII", data)
    text_length, kind = struct.unpack_from("<I4s", data, 12)
    assert (magic, version, length, kind) == (b"glTF", 2, len(data), b"JSON")
    return json.loads(data[20:20 + text_length])


def morphs_of(document):
    return {tuple(mesh["extras"]["targetNames"]) for mesh in document["meshes"]}


def test_what_is_listed_is_there_and_nothing_else():
    assert sorted(path.name for path in MODELS.glob("*.glb")) == sorted(BODIES + GARMENTS)


@pytest.mark.parametrize("name", BODIES + GARMENTS)
def test_a_file_is_small_and_compressed(name):
    assert (MODELS / name).stat().st_size <= LARGEST
    document = document_of(name)
    assert "EXT_meshopt_compression" in document["extensionsRequired"]
    triangles = sum(document["accessors"][primitive["indices"]]["count"] // 3
                    for mesh in document["meshes"] for primitive in mesh["primitives"])
    assert 1_000 < triangles < 40_000


@pytest.mark.parametrize("name", GARMENTS)
def test_a_garment_moves_with_its_body(name):
    garment = document_of(name)
    body = document_of(LISTED["garments"][name])
    assert morphs_of(garment) == morphs_of(body)
    assert garment.get("images"), "cloth without a picture"


@pytest.mark.parametrize("name", BODIES)
def test_a_body_says_what_its_morphs_do_in_centimetres(name):
    document = document_of(name)
    described = document["scenes"][0]["extras"]
    assert 150 < described["height"] < 200
    assert described["girths"]["waist"] < described["girths"]["hip"]
    assert morphs_of(document) == {tuple(described["changes"])}
    for place, girth in enumerate(("bust", "waist", "hip")):
        own = described["changes"][girth]
        assert own[place] > 5 and own[place] == max(own)
        assert described["changes"]["heavier"][place] > 0 > described["changes"]["lighter"][place]
