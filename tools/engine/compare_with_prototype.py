#!/usr/bin/python3
"""Measures the engine beside the research prototype and a pasted overlay on photos that already show the garment.

usage: compare_with_prototype.py PROTOTYPE.py ENGINE [--pair PERSON GARMENT] ... [--loop PERSON] ... [--out DIR]

ENGINE is the program fitview_engine_cli. --pair: PERSON wears the garment of the product photo GARMENT. --loop: the worn top is
cut out of PERSON's photo, laid on a plain ground and tried on again. The worn top is painted grey before all three draw.
Compared inside the union of all changed regions and the old top. Needs python3-opencv and python3-numpy.
"""
import importlib.util
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np


def load_prototype(path):
    spec = importlib.util.spec_from_file_location("prototype", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def draw_engine(engine, person, garment, folder):
    picture, mask = os.path.join(folder, "engine.png"), os.path.join(folder, "mask.png")
    run = subprocess.run([engine, person, garment, "-o", picture, "--mask", mask, "--hide-worn-top", "--category", "upper"],
                         capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.strip())
    return cv2.imread(picture), cv2.imread(mask, cv2.IMREAD_GRAYSCALE) > 0


def compare(prototype, engine, person_file, garment_file, folder):
    photo, person = prototype.load_person(person_file)
    product, garment = prototype.load_garment(garment_file, "upper")
    size = (photo.shape[1], photo.shape[0])
    old_top = cv2.resize(cv2.dilate((person.lb == prototype.UP).astype(np.uint8), np.ones((3, 3), np.uint8)), size,
                         interpolation=cv2.INTER_NEAREST) > 0
    hidden = photo.copy()
    hidden[old_top] = 128
    pasted, coverage = prototype.naive(hidden, person, garment, product)
    results = {"overlay": (pasted, coverage > 0.02)}
    try:
        drawn, detail = prototype.render(photo, person, garment, product, neutral=True, ret_all=True)
        results["prototype"] = (drawn, detail["changed"] > 0.02)
    except Exception as error:
        print("  prototype failed:", repr(error))
    results["engine"] = draw_engine(engine, person_file, garment_file, folder)
    region = old_top.copy()
    for _, changed in results.values():
        region |= changed
    return {name: prototype.metrics(photo, picture, region) for name, (picture, _) in results.items()}, results


def cut_out_worn_top(prototype, person_file, folder):
    photo, person = prototype.load_person(person_file)
    top = (person.lb == prototype.UP).astype(np.float32)
    alpha = cv2.GaussianBlur(cv2.resize(top, (photo.shape[1], photo.shape[0])), (0, 0), 1.5)
    alpha = np.clip((alpha - 0.5) * 3 + 0.5, 0, 1)[..., None]
    rows, columns = np.where(alpha[..., 0] > 0.5)
    margin = 60
    box = (slice(max(0, rows.min() - margin), rows.max() + margin),
           slice(max(0, columns.min() - margin), columns.max() + margin))
    product = (photo * alpha + 238 * (1 - alpha)).astype(np.uint8)[box]
    product = cv2.copyMakeBorder(product, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=(238, 238, 238))
    path = os.path.join(folder, "worn_top.png")
    cv2.imwrite(path, product)
    return path


def print_row(name, method, values):
    print("| %-14s | %-9s | %5.2f | %.3f | %.3f | %.3f | %.3f |" % (
        name, method, values["psnr"], values["ssim"], values["msssim"], values["gms"], values["hist"]), flush=True)


def main(arguments):
    if len(arguments) < 2 or "--help" in arguments:
        print(__doc__)
        return 0 if "--help" in arguments else 2
    prototype, engine, rest = load_prototype(arguments[0]), arguments[1], arguments[2:]
    pairs, loops, out = [], [], None
    while rest:
        option = rest.pop(0)
        if option == "--pair":
            pairs.append((rest.pop(0), rest.pop(0)))
        elif option == "--loop":
            loops.append(rest.pop(0))
        elif option == "--out":
            out = rest.pop(0)
        else:
            print("unknown option", option)
            return 2
    sums = {}
    print("| pair           | method    | PSNR  | SSIM  | MS-SSIM | gradient | histogram |")
    with tempfile.TemporaryDirectory() as folder:
        for number, (person, garment) in enumerate(pairs + [(loop, None) for loop in loops]):
            name = os.path.splitext(os.path.basename(person))[0]
            try:
                product = garment or cut_out_worn_top(prototype, person, folder)
                values, pictures = compare(prototype, engine, person, product, folder)
            except Exception as error:
                print("|", name, "failed:", error)
                continue
            for method, row in values.items():
                print_row(name + (" loop" if garment is None else ""), method, row)
                if garment is None:
                    sums.setdefault(method, []).append(row)
            if out:
                os.makedirs(out, exist_ok=True)
                cv2.imwrite(os.path.join(out, "%02d_%s.png" % (number, name)),
                            np.hstack([picture for picture, _ in pictures.values()]))
    for method, rows in sums.items():
        print_row("loop mean (%d)" % len(rows), method, {key: np.mean([row[key] for row in rows]) for key in rows[0]})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
