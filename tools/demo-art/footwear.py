"""Juttis: a shoe is the convex outline of the foot, station by station from heel to toe, with an opening on top."""
import numpy as np

import mesh

STATIONS, ROUND = 48, 64
TOP = .066
ROOM = .0032


def outline(points, centre, angles):
    """Radius of the convex hull of 2D points around a centre, per angle, by the support function."""
    ways = np.stack([np.cos(angles), np.sin(angles)], -1)
    support = ((points - centre) @ ways.T).max(0) + ROOM
    facing = ways @ ways.T
    return np.where(facing > .05, support[None] / np.maximum(facing, .05), 9).min(1)


class Foot:
    """Axis of one posed foot: `along` from heel to toe, `across`, heel point, length."""

    def __init__(self, body, side):
        own = (body.rest[:, 1] < -6.9) & (body.rest[:, 0] * side > 0)
        self.points = body.points[own]
        flat = self.points[self.points[:, 2] < .05, :2]
        values, vectors = np.linalg.eigh(np.cov(flat.T))
        along = vectors[:, 1] * -np.sign(vectors[1, 1])
        self.along, self.across = along, np.array([-along[1], along[0]])
        self.middle = flat.mean(0)
        way = (flat - self.middle) @ along
        self.heel, self.length = way.min(), way.max() - way.min()

    def place(self, points):
        """Share of the way from heel to toe, distance from the axis, height."""
        flat = points[:, :2] - self.middle
        return ((flat @ self.along - self.heel) / self.length, flat @ self.across, points[:, 2])

    def room(self, way, aside, height):
        """Positive in the room place(...) came from."""
        along, across = (way * self.length + self.heel)[..., None], aside[..., None]
        flat = self.middle + along * self.along + across * self.across
        return np.concatenate([flat, height[..., None]], -1)


def cover(way, aside, height):
    """Positive where the shoe covers the foot: a low quarter round the heel, a vamp with a rounded throat in front."""
    rim = .040 + .014 * np.clip(1 - way / .25, 0, 1) ** 2
    throat = way - (.66 - 9 * np.abs(aside) ** 2 / .03)
    return np.maximum((rim - height) / .02, throat * 3)


def shoe(foot):
    """Points and triangles of the upper, and of the sole."""
    angles = np.linspace(0, 2 * np.pi, ROUND, endpoint=False)
    ways = np.linspace(-.012, 1.055, STATIONS)
    way, aside, height = foot.place(foot.points)
    centres, radii = [], []
    for w in np.clip(ways, .02, .965):
        near = (np.abs(way - w) < .03) & (height < TOP)
        section = np.stack([aside[near], height[near]], -1)
        centre = np.array([(section[:, 0].min() + section[:, 0].max()) / 2, min(.022, section[:, 1].max() * .5)])
        centres.append(centre)
        radii.append(outline(section, centre, angles))
    centres, radii = np.array(centres), np.array(radii)
    # The ends close in a curve; the toe comes to a soft point.
    tip, end = np.clip((ways - .90) / .155, 0, 1), np.clip((.06 - ways) / .072, 0, 1)
    shrink = np.sqrt(np.maximum(1 - tip ** 2.2, 0)) * np.sqrt(np.maximum(1 - end ** 3, 0))
    for _ in range(3):
        radii[1:-1] = (radii[:-2] + 2 * radii[1:-1] + radii[2:]) / 4
        centres[1:-1] = (centres[:-2] + 2 * centres[1:-1] + centres[2:]) / 4
    aside = centres[:, :1] + np.cos(angles) * radii * np.maximum(shrink, .02)[:, None]
    height = centres[:, 1:] + np.sin(angles) * radii * np.maximum(shrink, .02)[:, None]
    height = np.maximum(height, .0005)
    way = np.repeat(ways[:, None], ROUND, 1)
    number = np.arange(STATIONS * ROUND).reshape(STATIONS, ROUND)
    after = np.roll(number, -1, 1)
    quads = np.stack([number[:-1], after[:-1], after[1:], number[1:]], -1).reshape(-1, 4)
    columns = np.concatenate([foot.room(way, aside, height).reshape(-1, 3),
                              np.stack([way, aside, height], -1).reshape(-1, 3)], 1)
    columns, triangles = mesh.midpoint_subdivided(columns, mesh.triangles_of(quads))
    upper = mesh.clipped(columns, triangles, cover(*columns[:, 3:6].T))
    sole = mesh.clipped(columns, triangles, .0065 - columns[:, 5])
    points = sole[0][:, :3].copy()
    middle = foot.room(sole[0][:, 3], centres[:, 0].mean() + 0 * sole[0][:, 3], sole[0][:, 5])
    out = points - middle
    points += out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9) * .0016
    return (upper[0][:, :3], upper[1]), (points, sole[1])


def covered(body, feet):
    """Vertices of the body that a shoe hides, with a margin."""
    hidden = np.zeros(len(body.points), bool)
    for side, foot in feet.items():
        own = (body.rest[:, 1] < -6.9) & (body.rest[:, 0] * side > 0)
        hidden[own] = cover(*foot.place(body.points[own])) > .35
    return hidden
