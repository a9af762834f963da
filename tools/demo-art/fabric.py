"""Painting fabric with numpy and OpenCV. RGBA pictures: alpha 255 is dyed yarn, lower is metal thread (zari)."""
import cv2
import numpy as np

PIXELS_PER_METRE = 1500
GIRTH, TOP = 1.07, 1.56
SLEEVE_GIRTH, SLEEVE_TOP = .34, 1.0


def colour_of(text):
    """'#rrggbb' as blue, green, red."""
    return np.array([int(text[i:i + 2], 16) for i in (1, 3, 5)], np.float32)[::-1]


class Cloth:
    """A panel of cloth; x runs round the body (0 at the centre front), z is height, both in metres."""

    def __init__(self, colour, width=GIRTH, low=.20, high=TOP, seed=1, weave=.035, scale=PIXELS_PER_METRE,
                 tiled=False):
        self.width, self.low, self.high, self.tiled, self.shown = width, low, high, tiled, None
        columns, rows = int(width * scale), int((high - low) * scale)
        self.random = np.random.default_rng(seed)
        self.colour = np.tile(colour_of(colour), (rows, columns, 1))
        self.metal, self.relief = np.zeros((rows, columns), np.float32), np.zeros((rows, columns), np.float32)
        y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        self.x, self.z = (x / columns - .5) * width, high - y / rows * (high - low)
        if weave:
            noise = self.random.normal(size=(rows, columns)).astype(np.float32)
            warp = cv2.GaussianBlur(noise, (0, 0), 5, sigmaY=.5) + cv2.GaussianBlur(noise[::-1], (0, 0), .5, sigmaY=5)
            self.colour *= (1 + weave * 2.8 * warp)[..., None]

    def paint(self, mask, colour, metal=0.0, raised=0.0):
        """raised: how far thread stands up (embroidery), 1 casts a clear edge of light and shade."""
        mask = np.clip(mask, 0, 1).astype(np.float32)
        self.colour += (colour_of(colour) - self.colour) * mask[..., None]
        self.metal += (metal - self.metal) * mask
        self.relief += (raised - self.relief) * mask
        return self

    def band(self, low, high, colour, metal=0.0):
        return self.paint(soft(np.maximum(low - self.z, self.z - high)), colour, metal)

    def stripes(self, pitch, share, colour, across=False, strength=1.0):
        """Even stripes, level ones by default; `share` of each pitch is coloured."""
        at = self.x if across else self.z
        return self.paint(strength * soft(np.abs((at + 50 * pitch) % pitch - pitch / 2) - pitch * share / 2), colour)

    def stitches(self, at, colour, length=.0032, thick=.0011):
        """A level line of running stitches at a height."""
        line = soft(np.abs(self.z - at) - thick / 2, .0006)
        return self.paint(line * soft(np.abs(self.x % length - length / 2) - length * .34, .0006), colour, raised=.6)

    def stamp(self, motif, pitch, colour, size, metal=0.0, strength=1.0, shift=.5, slip=None, raised=0.0,
              aside=0.0):
        """Repeats a motif, every second row shifted; motif(u, v) is a signed distance in units of `size`; `aside`
        moves it by a share of the pitch, .5 puts it between the motifs of its row."""
        across = self.width / max(1, int(round(self.width / pitch[0])))
        z = self.z if slip is None else self.z + slip
        offset = np.where(np.floor(z / pitch[1]) % 2 == 0, 0, shift * across)
        u = (self.x + offset + across * (20.5 + aside)) % across - across / 2
        v = z % pitch[1] - pitch[1] / 2
        return self.paint(soft(motif(u / size, v / size) * size) * strength, colour, metal, raised)

    def picture(self):
        if self.shown is None:
            self.shown = self.woven()
        return self.shown

    def woven(self):
        grain = self.random.normal(size=self.metal.shape).astype(np.float32)
        glint = 1 + .20 * self.metal * cv2.GaussianBlur(grain, (0, 0), .8)
        alpha = np.maximum(255 * (1 - np.clip(self.metal, 0, 1)), 8)
        # Light comes from the upper left: thread that stands up is bright there and shades the other side.
        up = cv2.GaussianBlur(self.relief, (0, 0), 1.1)
        slope = up - np.roll(up, (2, 2), (0, 1))
        shade = glint * (1 + .45 * np.clip(slope, -.6, .6))
        return np.dstack([np.clip(np.clip(self.colour, 0, 255) * shade[..., None], 0, 255), alpha]).astype(np.uint8)


def soft(distance, width=.0012):
    return np.clip(.5 - distance / width, 0, 1)


def sleeve_cloth(colour, **more):
    return Cloth(colour, width=SLEEVE_GIRTH, low=0, high=SLEEVE_TOP, seed=2, **more)


def mixed(first, second, share):
    """The colour '#rrggbb' that lies `share` of the way from first to second."""
    both = colour_of(first)[::-1] * (1 - share) + colour_of(second)[::-1] * share
    return '#%02x%02x%02x' % tuple(int(c + .5) for c in both)


def border_cloth(colour, length, height, **more):
    """A border strip: x along the edge over one repeat, z from the edge inwards."""
    return Cloth(colour, width=length, low=0, high=height, seed=3, scale=3000, **more)
