"""python3 viewer.py --data DIR --out DIR [name ...] : the 3D viewer's files into demo/models3d: two bodies that take a
shopper's measurements and the hero garments. Needs npm (gltfpack, by which they are made small); no Blender."""
import argparse
import json
import os
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
GLTFPACK = 'gltfpack@1.3.0'
LARGEST = 1_200_000
BODY_SHARE, GARMENT_TRIANGLES = .55, 16000
# The garments shown, by the body they are cut for; each in its first colour.
HEROES = dict(
    woman=('indigo_block_kurta', 'ajrakh_kurti', 'chikankari_kurti', 'ikat_dress', 'bandhani_dress', 'kalamkari_top',
           'zari_shell_top'),
    man=('mustard_silk_kurta', 'khadi_short_kurta', 'madras_shirt'))


def packed(path, target, share):
    """Simplified to a share of the triangles, quantised, compressed (EXT_meshopt_compression); names and extras stay."""
    subprocess.run(['npx', '--yes', GLTFPACK, '-i', path, '-o', target, '-cc', '-si', '%.3f' % share, '-kn', '-km',
                    '-ke', '-vp', '15', '-vt', '14'], check=True, stdout=subprocess.DEVNULL)
    size = os.path.getsize(target)
    if size > LARGEST:
        raise SystemExit('%s has %d bytes, more than %d' % (target, size, LARGEST))
    print('%s %d kB' % (os.path.basename(target), size // 1000), flush=True)


def write(name, parts, extras, share, out):
    import gltf_file
    plain = os.path.join(out, 'viewer', name + '.glb')
    os.makedirs(os.path.dirname(plain), exist_ok=True)
    with open(plain, 'wb') as file:
        file.write(gltf_file.binary(parts, extras))
    packed(plain, os.path.join(ROOT, 'demo', 'models3d', name + '.glb'), share)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(':')[0])
    parser.add_argument('--data', default=os.environ.get('FITVIEW_ART_DATA'), help='folder of the CC0 data')
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('names', nargs='*', help='woman, man, or garments; all without')
    arguments = parser.parse_args()
    os.environ['FITVIEW_ART_DATA'] = os.path.abspath(arguments.data)
    os.environ['FITVIEW_ART_OUT'] = out = os.path.abspath(arguments.out)
    import human
    import viewer_bodies
    import viewer_garments
    data = human.Data()
    bodies = {kind: viewer_bodies.ShapedBody(data, kind) for kind in ('woman', 'man')}
    os.makedirs(os.path.join(ROOT, 'demo', 'models3d'), exist_ok=True)
    for kind, body in bodies.items():
        if not arguments.names or kind in arguments.names:
            write(kind, body.parts(), body.described(), BODY_SHARE, out)
    for kind, garments in HEROES.items():
        for garment in garments:
            if not arguments.names or garment in arguments.names:
                parts = viewer_garments.parts_of(garment, bodies[kind], kind)
                triangles = sum(len(part.triangles) for part in parts)
                write(garment, parts, dict(body=kind), min(1, GARMENT_TRIANGLES / triangles), out)
    worn = {garment + '.glb': kind + '.glb' for kind, garments in HEROES.items() for garment in garments}
    listed = dict(bodies=[kind + '.glb' for kind in bodies], garments=worn)
    with open(os.path.join(ROOT, 'demo', 'models3d', 'models.json'), 'w') as file:
        json.dump(listed, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
