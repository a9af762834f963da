"""A finished garment as pieces: what Blender needs to light it and what a fabric needs to colour it."""
import json
from typing import NamedTuple

import numpy as np

EDGES = ('hem', 'cuff', 'neck', 'front', 'height')
FAR = 9.0
BORDERED = ('trunk', 'sleeve')  # the parts a border lies on unless it names others


class Piece(NamedTuple):
    """part names its cloth in the fabric ('trunk', 'sleeve', 'collar', 'button' ...). Per vertex: uv in metres of cloth
    (x along the girth, 0 at the centre front; z up), girth (a full turn in metres, 0 where nothing wraps round), and
    the distances in metres from the edges that borders follow (FAR where there is none)."""
    part: str
    points: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray
    girth: np.ndarray
    edges: dict
    thickness: float = .0012


def plain_piece(part, points, triangles, thickness=0.0, uv=None):
    """A piece without borders: its cloth is laid on flat, as seen from the front, where no uv is given."""
    uv = points[:, [0, 2]] if uv is None else uv
    return Piece(part, points, triangles, uv, np.zeros(len(points)), {}, thickness)


def corner_uv(piece):
    """uv of every corner; in a face that crosses the end of the turn its low side is lifted by one turn."""
    corner, girth = piece.uv[piece.triangles].copy(), piece.girth[piece.triangles]
    x = corner[..., 0]
    low, high = x.min(1), x.max(1)
    across = high - low > .5 * np.maximum(girth.mean(1), .02)
    across &= girth.mean(1) > 0
    lifted = across[:, None] & (x < ((low + high) / 2)[:, None])
    corner[..., 0] = np.where(lifted, x + girth, x)
    return corner.reshape(-1, 2)


def save(path, pieces):
    arrays = {}
    for number, piece in enumerate(pieces):
        for name in ('points', 'uv', 'girth'):
            arrays['%s_%d' % (name, number)] = np.asarray(getattr(piece, name), np.float32)
        arrays['triangles_%d' % number] = piece.triangles.astype(np.int32)
        for name, values in piece.edges.items():
            arrays['edge_%s_%d' % (name, number)] = np.asarray(values, np.float32)
    kinds = [[piece.part, piece.thickness, sorted(piece.edges)] for piece in pieces]
    np.savez(path, kinds=json.dumps(kinds), **arrays)


def load(path):
    stored = np.load(path)
    return [Piece(part, stored['points_%d' % k].astype(float), stored['triangles_%d' % k],
                  stored['uv_%d' % k].astype(float), stored['girth_%d' % k].astype(float),
                  {name: stored['edge_%s_%d' % (name, k)] for name in edges}, thickness)
            for k, (part, thickness, edges) in enumerate(json.loads(str(stored['kinds'])))]
