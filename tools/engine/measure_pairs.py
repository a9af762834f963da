#!/usr/bin/python3
"""Measures the engine on rendered true pairs: does the garment end where the real one ends?

usage: measure_pairs.py ENGINE [--pairs DIR] [--out DIR] [--pictures-only] [NAME ...]

ENGINE is the program fitview_engine_cli, DIR holds manifest.json (usual: tests/data/pairs). For each pair: overlap of the
silhouettes, how far hem and cuffs lie below (+) or above (-) the true ones, and how much wider the garment is, all in
pixels of a picture 1024 high. --pictures-only leaves height and size chart away, as if the shop had not told them. With
--out the person, our picture, the true one and both silhouettes (red: only true, green: only ours) are written side by side.
Needs python3-opencv and python3-numpy.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np


def draw(engine, folder, pair, pictures_only, stages):
    command = [engine, os.path.join(folder, pair["person"]), os.path.join(folder, pair["garment"]), "-o",
               os.path.join(stages, "result.png"), "--category", pair["category"], "--stages", stages]
    if not pictures_only:
        for option in ("height_cm", "bust_cm", "size"):
            if option in pair:
                command += ["--" + option.replace("_", "-"), str(pair[option])]
        if "size_chart" in pair:
            chart = os.path.join(stages, "size_chart.json")
            with open(chart, "w", encoding="utf-8") as file:
                json.dump({name: pair[name] for name in ("size_chart", "size_chart_of", "size_chart_unit")}, file)
            command += ["--size-chart", chart]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.strip())
    coverage = cv2.imread(glob.glob(os.path.join(stages, "*_coverage.png"))[0], cv2.IMREAD_GRAYSCALE)
    return cv2.imread(os.path.join(stages, "result.png")), coverage > 127


def lowest(mask, first, last):
    rows = [np.flatnonzero(mask[:, x]).max() for x in range(first, last) if mask[:, x].any()]
    return float(np.median(rows)) if rows else float("nan")


def hem_row(mask):
    """Median of the lower edge over the middle of the widest lower rows: hands and sleeves hang outside it."""
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask[rows[0] + int(0.7 * (rows[-1] - rows[0]))])
    middle, half = (columns[0] + columns[-1]) / 2, (columns[-1] - columns[0]) / 2
    return lowest(mask, int(middle - 0.4 * half), int(middle + 0.4 * half))


def cuff_row(mask, side):
    """Lowest row of the garment in the columns outside the trunk's sides at its hem."""
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    width = columns[-1] - columns[0]
    band = mask[:, columns[0]:columns[0] + int(0.09 * width)] if side == 0 else mask[:, columns[-1] - int(0.09 * width):]
    found = np.flatnonzero(band.any(axis=1))
    return float(found.max()) if len(found) else float(rows[0])


def width_at(mask, row):
    columns = np.flatnonzero(mask[int(row)])
    return float(columns[-1] - columns[0] + 1) if len(columns) else 0.0


def compare(truth, ours):
    scale = 1024 / truth.shape[0]
    rows = np.flatnonzero(truth.any(axis=1))
    chest = rows[0] + 0.55 * (rows[-1] - rows[0])
    return {
        "iou": float((truth & ours).sum() / (truth | ours).sum()),
        "hem": scale * (hem_row(ours) - hem_row(truth)),
        "cuff_left": scale * (cuff_row(ours, 0) - cuff_row(truth, 0)),
        "cuff_right": scale * (cuff_row(ours, 1) - cuff_row(truth, 1)),
        "top": scale * (np.flatnonzero(ours.any(axis=1))[0] - rows[0]),
        "wider": scale * (width_at(ours, chest) - width_at(truth, chest)),
    }


def sheet(folder, pair, picture, truth, ours):
    worn = cv2.imread(os.path.join(folder, pair["worn"]))
    both = np.zeros_like(worn)
    both[..., 2], both[..., 1] = truth * 255, ours * 255
    return np.hstack([cv2.imread(os.path.join(folder, pair["person"])), picture, worn, both])


def main(arguments):
    if not arguments or "--help" in arguments:
        print(__doc__)
        return 0 if "--help" in arguments else 2
    engine, rest = arguments[0], arguments[1:]
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "data", "pairs")
    out, names, pictures_only = None, [], False
    while rest:
        option = rest.pop(0)
        if option == "--pairs":
            folder = rest.pop(0)
        elif option == "--out":
            out = rest.pop(0)
        elif option == "--pictures-only":
            pictures_only = True
        else:
            names.append(option)
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        pairs = [pair for pair in json.load(file)["pairs"] if not names or pair["name"] in names]
    measured = []
    print("| pair                       | IoU   | hem  | cuffs      | top  | wider |")
    for pair in pairs:
        with tempfile.TemporaryDirectory() as stages:
            picture, ours = draw(engine, folder, pair, pictures_only, stages)
        truth = cv2.imread(os.path.join(folder, pair["mask"]))[..., 2] > 127
        values = compare(truth, ours)
        measured.append(values)
        print("| %-26s | %.3f | %+4.0f | %+4.0f, %+4.0f | %+4.0f | %+5.0f |" % (
            pair["name"], values["iou"], values["hem"], values["cuff_left"], values["cuff_right"], values["top"],
            values["wider"]), flush=True)
        if out:
            os.makedirs(out, exist_ok=True)
            cv2.imwrite(os.path.join(out, pair["name"] + ".png"), sheet(folder, pair, picture, truth, ours))
    print("| mean (%2d)                  | %.3f | %4.0f |" % (
        len(measured), np.mean([m["iou"] for m in measured]), np.mean([abs(m["hem"]) for m in measured])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
