"""Linear blend skinning and the standing pose of all pictures, with small differences of stance."""
import numpy as np

FINGERS = (('index', .6), ('middle', .9), ('ring', 1.05), ('pinky', 1.2))


def turn(axis, angle):
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def smallest_turn(a, b):
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    axis = np.cross(a, b)
    sine = np.linalg.norm(axis)
    return np.eye(3) if sine < 1e-9 else turn(axis, np.arctan2(sine, a @ b))


def posed(data, vertices, turns):
    """turns: bone -> rotation about its head in body axes."""
    heads = {name: vertices[data.joints[bone['head']]].mean(0) for name, bone in data.bones.items()
             if bone['head'] in data.joints}
    world = {}

    def matrix(name):
        if name not in world:
            parent = data.bones[name]['parent']
            own = np.eye(4)
            if name in turns and name in heads:
                own[:3, :3] = turns[name]
                own[:3, 3] = heads[name] - turns[name] @ heads[name]
            world[name] = (matrix(parent) if parent in data.bones else np.eye(4)) @ own
        return world[name]

    moves = np.stack([matrix(name)[:3] for name in data.weight_names])[data.weight_bone].reshape(-1, 12)
    total = np.bincount(data.weight_vertex, data.weight, len(vertices))
    blend = np.stack([np.bincount(data.weight_vertex, data.weight * moves[:, k], len(vertices)) for k in range(12)], -1)
    weighted = total > 1e-6
    blend[weighted] /= total[weighted, None]
    blend[~weighted] = np.eye(4)[:3].ravel()
    blend = blend.reshape(-1, 3, 4)
    return np.einsum('nij,nj->ni', blend[:, :, :3], vertices) + blend[:, :, 3]


def standing(data, vertices, off=22, bend=9, curl=11, twist=14, close=4.5, thumb=16, **stance):
    """Upper arms `off` degrees from the vertical, forearms `bend` forward, fingers curled, thumb laid to the hand.
    The arms mirror each other, so one garment cut fits both; `stance` (leg_turns, head_turns) need not be even."""
    turns = leg_turns(close, **{key: stance[key] for key in ('weight', 'hip', 'knee', 'out') if key in stance})
    turns.update(head_turns(**{key: stance[key] for key in ('look', 'tilt', 'nod') if key in stance}))
    for side, sign in (('l', 1), ('r', -1)):
        def joint(name):
            return vertices[data.joints['joint-%s-%s' % (side, name)]].mean(0)

        shoulder, elbow, wrist, hand = (joint(name) for name in ('shoulder', 'elbow', 'hand', 'hand-3'))
        o, b = np.radians(off), np.radians(bend)
        upper = smallest_turn(elbow - shoulder, np.array([sign * np.sin(o), -np.cos(o), -.03]))
        collar = turn([0, 0, 1], -sign * np.radians(3.5))
        turns['clavicle_' + side], turns['upperarm_' + side] = collar, collar.T @ upper
        wanted = np.array([sign * np.sin(o * .8), -np.cos(o * .8) * np.cos(b), np.sin(b)])
        lower = smallest_turn(upper @ (wrist - elbow), wanted) @ upper
        lower = turn(wanted, -sign * np.radians(twist)) @ lower
        turns['lowerarm_' + side] = upper.T @ lower
        turns['hand_' + side] = lower.T @ smallest_turn(lower @ (hand - wrist), wanted + [0, 0, -.03]) @ lower
        turns.update(finger_turns(joint, side, wrist, curl, thumb))
    return turns


def leg_turns(close, weight=None, hip=1.8, knee=7, out=6):
    """Even on both legs, or the weight on one ('l', 'r'): that hip rises by `hip` degrees, the other knee bends and
    its foot turns `out`. The spine stays upright."""
    lean = {'l': hip, 'r': -hip}.get(weight, 0)
    pelvis = turn([0, 0, 1], np.radians(lean))
    turns = {'pelvis': pelvis, 'spine_01': pelvis.T}
    for side, sign in (('l', 1), ('r', -1)):
        free = weight not in (None, side)
        inward = close + (0 if weight is None else -2.5 if free else 1.5)
        bend = np.radians(knee if free else 0)
        thigh = turn([0, 0, 1], -sign * np.radians(inward)) @ turn([1, 0, 0], -bend)
        turns['thigh_' + side] = pelvis.T @ thigh @ turn([0, 1, 0], sign * np.radians(out if free else 2))
        turns['calf_' + side] = turn([1, 0, 0], 2 * bend)
        turns['foot_' + side] = turn([1, 0, 0], -bend) @ turn([0, 0, 1], sign * np.radians(inward))
    return turns


def head_turns(look=0, tilt=0, nod=0):
    """The head looks a few degrees to its left, tilts to its left shoulder and nods; the neck takes half of it."""
    half = (turn([0, 1, 0], np.radians(look / 2)) @ turn([0, 0, 1], -np.radians(tilt / 2))
            @ turn([1, 0, 0], np.radians(nod / 2)))
    return {'neck_01': half, 'head': half}


def finger_turns(joint, side, wrist, curl, thumb):
    first, last, tip = joint('finger-2-1'), joint('finger-5-1'), joint('finger-1-4')
    knuckles = (first + last) / 2
    palm = np.cross(first - wrist, last - wrist)
    palm *= np.sign(palm @ (tip - knuckles))
    across = np.cross(knuckles - wrist, palm)
    turns = {}
    for finger, share in FINGERS:
        for segment in ('01', '02', '03'):
            turns['%s_%s_%s' % (finger, segment, side)] = turn(across, np.radians(curl * share))
    base = joint('finger-1-1')
    inward = np.cross(tip - base, knuckles + (knuckles - wrist) * .5 - base)
    turns['thumb_01_' + side] = turn(inward, np.radians(thumb))
    return turns
