"""Position based cloth: gravity, edge lengths, bending, contact with the body's distance field. Repeatable."""
import numpy as np

MARGIN, GRAVITY, DAMPING, FRICTION, BENDING = .011, .0007, .90, .6, .25
STEPS, ROUNDS = 45, 12


def edges_and_bends(triangles):
    """Edges, and for each inner edge the two vertices opposite it."""
    pairs = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    opposite = np.concatenate([triangles[:, 2], triangles[:, 0], triangles[:, 1]])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, opposite = pairs[order], opposite[order]
    same = np.all(pairs[1:] == pairs[:-1], axis=1)
    return pairs[np.r_[True, ~same]], np.stack([opposite[:-1][same], opposite[1:][same]], -1)


def tethers(points, held):
    """For each vertex the nearest held one and the length it may not exceed: without, cloth stretches to the floor."""
    nearest, reach = np.zeros(len(points), int), np.zeros(len(points))
    anchors = held[::4]
    for start in range(0, len(points), 1500):
        gap = ((points[start:start + 1500, None] - points[None, anchors]) ** 2).sum(-1)
        nearest[start:start + 1500] = anchors[gap.argmin(1)]
        reach[start:start + 1500] = np.sqrt(gap.min(1)) * 1.012 + .004
    return nearest, reach


def draped(points, triangles, held, grid, steps=STEPS, bending=BENDING):
    """Where the cloth comes to rest. held: 0 free .. 1 pinned, per vertex. grid: distance field of the body."""
    now = points.astype(np.float64).copy()
    before, free = now.copy(), 1 - held
    edges, bends = edges_and_bends(triangles)
    links = np.concatenate([edges, bends])
    length = np.linalg.norm(now[links[:, 0]] - now[links[:, 1]], axis=1)
    stiffness = np.r_[np.ones(len(edges)), np.full(len(bends), bending)]
    share = np.maximum(free[links[:, 0]] + free[links[:, 1]], 1e-6)
    flat = np.r_[links[:, 0], links[:, 1]]
    gain = 1.5 / np.maximum(np.bincount(flat, np.r_[stiffness, stiffness], len(now)), 1)
    nearest, reach = tethers(now, np.nonzero(held > .7)[0])
    for _ in range(steps):
        velocity = (now - before) * DAMPING
        speed = np.linalg.norm(velocity, axis=1, keepdims=True)
        velocity *= np.minimum(1, .012 / (speed + 1e-9))
        before = now.copy()
        now = now + velocity * free[:, None]
        now[:, 2] -= GRAVITY * free
        for turn in range(ROUNDS):
            apart = now[links[:, 1]] - now[links[:, 0]]
            current = np.sqrt((apart * apart).sum(1)) + 1e-9
            pull = apart * ((1 - length / current) * stiffness / share)[:, None]
            a, b = pull * free[links[:, 0], None], -pull * free[links[:, 1], None]
            for axis in range(3):
                now[:, axis] += np.bincount(flat, np.r_[a[:, axis], b[:, axis]], len(now)) * gain
            if turn % 4 == 0:
                hold_tethers(now, nearest, reach, free)
            if turn % 3 == 2:
                push_out(now, before, grid, free, last=turn == ROUNDS - 1)
        now[:, 2] = np.maximum(now[:, 2], .004)
    return now


def hold_tethers(now, nearest, reach, free):
    line = now - now[nearest]
    distance = np.sqrt((line * line).sum(1)) + 1e-9
    over = (distance > reach) & (free > .01)
    now[over] = now[nearest[over]] + line[over] * (reach[over] / distance[over])[:, None]


def push_out(now, before, grid, free, last):
    """Contact: nothing comes closer to the body than MARGIN; friction on the last round of a step."""
    near = np.nonzero(np.all((now > grid.low + grid.step) & (now < grid.high() - grid.step), axis=1))[0]
    distance, gradient = grid.sample(now[near])
    hit = distance < MARGIN
    touched = near[hit]
    now[touched] += gradient[hit] * (MARGIN - distance[hit])[:, None] * (free[touched] > .02)[:, None]
    if last:
        moved = now[touched] - before[touched]
        sliding = moved - gradient[hit] * (moved * gradient[hit]).sum(1, keepdims=True)
        now[touched] -= sliding * FRICTION
