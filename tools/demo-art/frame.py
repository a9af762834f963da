"""What a person's picture shows of the room, without Blender."""
import numpy as np

FRAME = dict(height=.875, tall=1.86, person=1.66)
SIZE, FOCAL = (768, 1024), 90 / 24  # pixels; lens over sensor, as scene.py has it


def frame_of(spec):
    """Height of the frame's middle and how tall it is, in metres: every person fills it alike."""
    share = spec['tall'] / FRAME['person']
    return FRAME['height'] * share, FRAME['tall'] * share


def pixels(points, spec):
    """Where points of the room lie in the person's picture."""
    height, tall = frame_of(spec)
    scale = tall * FOCAL / (tall * FOCAL + points[:, 1]) * SIZE[1] / tall
    return np.stack([points[:, 0] * scale + SIZE[0] / 2, SIZE[1] / 2 - (points[:, 2] - height) * scale], -1)
