"""A person from the CC0 data: base mesh, morph targets, fitted proxies, pose. Output in metres, z up, facing -y."""
import json

import numpy as np

import pose
from art_data import data_folder

DEFAULT = dict(male=0., old=0., muscle=.5, weight=.5, height=.5, cup=.5, firm=.6, ideal=.5, tall=1.66, detail={},
               arm={}, stance={}, race=dict(caucasian=.6, asian=.2, african=.2))


class Data:
    """The three data packs: mesh with rig and skin weights, sparse morph targets, proxies (eyes, lashes, brows)."""

    def __init__(self):
        base = np.load(data_folder() + 'base.npz', allow_pickle=False)
        self.vertices, self.uv = base['v'], base['vt']
        self.body_faces = base['f_body'].astype(np.int32)
        rig = json.loads(str(base['rig']))
        self.bones, self.joints = rig['bones'], rig['joints']
        self.weight_bone, self.weight_vertex = base['w_bone'], base['w_vert'].astype(int)
        self.weight, self.weight_names = base['w_val'].astype(np.float64), json.loads(str(base['w_names']))
        targets = np.load(data_folder() + 'targets.npz')
        self.target_number = {name: k for k, name in enumerate(json.loads(str(targets['names'])))}
        self.target_start = np.r_[0, np.cumsum(targets['n'])]
        self.target_index, self.target_move = targets['i'], targets['d']
        self.proxies = {}
        packed = np.load(data_folder() + 'proxies.npz')
        for key in packed.files:
            name, column = key.split('/')
            self.proxies.setdefault(name, {})[column] = packed[key]

    def target(self, name):
        k = self.target_number[name]
        part = slice(self.target_start[k], self.target_start[k + 1])
        return self.target_index[part].astype(int), self.target_move[part] * .001


def thirds(x, low, middle, high):
    """One slider 0..1 as weights of its three named states."""
    return {low: max(0, 1 - 2 * x), middle: 1 - abs(2 * x - 1), high: max(0, 2 * x - 1)}


def macro_targets(spec):
    """Slider values as weights of the macro targets; these are products of sex, muscle, weight and so on."""
    out = {}
    muscles = thirds(spec['muscle'], 'minmuscle', 'averagemuscle', 'maxmuscle')
    weights = thirds(spec['weight'], 'minweight', 'averageweight', 'maxweight')
    heights = thirds(spec['height'], 'minheight', '', 'maxheight')
    cups = thirds(spec['cup'], 'mincup', 'averagecup', 'maxcup')
    firmness = thirds(spec['firm'], 'minfirmness', 'averagefirmness', 'maxfirmness')
    for sex, sex_share in (('female', 1 - spec['male']), ('male', spec['male'])):
        for age, age_share in (('young', 1 - spec['old']), ('old', spec['old'])):
            kind, share = '%s-%s' % (sex, age), sex_share * age_share
            for race, race_share in spec['race'].items():
                out['macrodetails/%s-%s' % (race, kind)] = share * race_share
            for muscle, muscle_share in muscles.items():
                for weight, weight_share in weights.items():
                    build = '%s-%s-%s' % (kind, muscle, weight)
                    amount = share * muscle_share * weight_share
                    out['macrodetails/universal-' + build] = amount
                    out['macrodetails/proportions/%s-idealproportions' % build] = amount * spec['ideal']
                    out.update(('macrodetails/height/%s-%s' % (build, name), amount * x) for name, x in heights.items())
                    out.update(('breast/%s-%s-%s' % (build, cup, firm), amount * x * y)
                               for cup, x in cups.items() for firm, y in firmness.items() if sex == 'female')
    return out


def shaped(data, spec):
    """Morphed base vertices (decimetres, y up). A '*' in a detail's name stands for both sides."""
    weights = macro_targets(spec)
    for key, amount in spec['detail'].items():
        for name in ([key.replace('*', 'l-'), key.replace('*', 'r-')] if '*' in key else [key]):
            weights[name] = weights.get(name, 0) + amount
    vertices = data.vertices.astype(np.float64).copy()
    for name, amount in weights.items():
        if abs(amount) > 1e-4 and name in data.target_number:
            index, move = data.target(name)
            vertices[index] += move * amount
    return vertices


def fitted(data, name, vertices):
    """Proxy vertices on the morphed base: three base vertices with weights, plus an offset scaled per axis."""
    proxy, scale = data.proxies[name], np.ones(3)
    for axis in range(3):
        i, j, reference = proxy['scale'][axis]
        scale[axis] = abs(vertices[int(i), axis] - vertices[int(j), axis]) / reference
    return (vertices[proxy['i'].astype(int)] * proxy['w'][:, :, None]).sum(1) + proxy['o'] * scale


def metres(vertices, floor=0.0):
    return np.stack([vertices[:, 0], -vertices[:, 2], vertices[:, 1] - floor], -1) * .1


def person(data, spec, proxies):
    """Posed person: 'all' base vertices, 'joints', and per proxy (vertices, faces with uv indices, uv)."""
    vertices = shaped(data, spec)
    used = np.unique(data.body_faces[:, :4])
    vertices *= spec['tall'] * 10 / (vertices[used, 1].max() - vertices[used, 1].min())
    posed = pose.posed(data, vertices, pose.standing(data, vertices, **spec['stance'], **spec['arm']))
    floor = posed[used, 1].min()
    out = {'all': metres(posed, floor)}
    for name in proxies:
        proxy = data.proxies[name]
        out[name] = (metres(fitted(data, name, posed), floor), proxy['f'].astype(np.int32), proxy['vt'])
    out['joints'] = {name: metres(posed[index].mean(0)[None], floor)[0] for name, index in data.joints.items()}
    return out
