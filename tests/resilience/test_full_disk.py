"""The disk of the embedded store is full: what cannot be kept is refused with 503, nothing is half there, and all returns with the space."""
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import time

import pytest

from harness import pictures
from harness.client import created, expect, new_product, register, sign_in
from harness.cluster import accept, different_try_ons, wait_for_all
from harness.program import Program

SPARE_BYTES = 24_000_000  # on the small disk, besides the seeded shop
TRIES = 12
FULL_SECONDS = 1.5
RETURN_SECONDS_MAX = 15
WORK_SECONDS_MAX = 120


def as_root(*command):
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return subprocess.run([*prefix, *command], capture_output=True, text=True, check=False)


@pytest.fixture()
def disk(seeded, tmp_path):
    """A small disk of its own, on which the seeded shop leaves a little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 and not shutil.which("sudo"):
        pytest.skip("a small disk needs root")
    # A file takes whole pages of 4 KiB.
    taken = sum(-(-path.stat().st_size // 4096) * 4096 for path in seeded.folder.rglob("*") if path.is_file())
    mounted = as_root("mount", "-t", "tmpfs", "-o", f"size={taken + SPARE_BYTES},mode=0777", "tmpfs", str(folder))
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    yield folder
    assert as_root("umount", str(folder)).returncode == 0


@pytest.fixture()
def program(seeded, disk, tmp_path):
    program = Program(disk / "shop")
    program.log_path = tmp_path / "log"  # elsewhere, so that it tells what happened
    program.copy_from(seeded)
    yield program.start()
    program.stop()


@contextlib.contextmanager
def full(disk):
    """Not a byte is left while the block lasts."""
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    try:
        yield
    finally:
        ballast.unlink()


def files_below(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_is_told_and_nothing_is_half_written(program, disk):
    seller = register(program.address, "retailer")
    product = created(seller.post("/products", json=new_product(name="Before")))
    uploads = disk / "shop" / "uploads"
    before = files_below(uploads)
    kept, statuses = {"Before"}, []
    with full(disk):
        for number in range(TRIES):
            answer = seller.post("/products", json=new_product(name=f"Meanwhile {number}"))
            statuses.append(answer.status_code)
            if answer.status_code == 201:
                kept.add(answer.json()["name"])
        upload = seller.post(f"/products/{product['id']}/images", files={"file": pictures.garment()})
        expect(upload, 503, "unavailable")
        assert files_below(uploads) == before, "an upload that was refused left files behind"
        expect(seller.get("/products", params={"search": "before"}), 200)
        health = expect(seller.get("/health", root=True), 200).json()
        assert health["status"] == "degraded"
        assert "full" in health["database"]["detail"] and "full" in health["objects"]["detail"]
    freed = time.monotonic()
    program.wait_for(lambda: seller.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}).status_code == 201,
                     RETURN_SECONDS_MAX)
    seconds = time.monotonic() - freed
    print(f"\nfull disk: {statuses.count(503)} of {TRIES} new products refused with 503, works again {seconds:.2f} s after there is space")
    health = expect(seller.get("/health", root=True), 200).json()
    assert health["status"] == "healthy" and "detail" not in health["database"]
    assert 503 in statuses and set(statuses) <= {201, 503}, statuses
    check_what_is_kept(program, seller, kept)


def check_what_is_kept(program, seller, kept):
    def names(client):
        found = client.get("/products", params={"retailer_id": seller.id, "page_size": 100}).json()["items"]
        return {item["name"] for item in found}

    assert names(seller) == kept
    program.kill()
    program.start()
    assert names(sign_in(program.address, seller.user["email"])) == kept
    with contextlib.closing(sqlite3.connect(program.folder / "data" / "fitview.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_accepted_try_ons_outlive_a_full_disk(program, disk):
    client = register(program.address)
    bodies = different_try_ons(client, 6, random.Random(17))
    accepted = [accept([client], body) for body in bodies[:4]]
    with full(disk):
        refused = [client.post("/tryon", json=body, headers={"Prefer": "respond-async"}) for body in bodies[4:]]
        time.sleep(FULL_SECONDS)
        expect(client.get("/products"), 200)
    accepted += [answer.json()["id"] for answer in refused if answer.status_code in (201, 202)]
    sessions = wait_for_all(client, accepted, WORK_SECONDS_MAX)
    print(f"\nfull disk: {len(accepted)} try-ons accepted, {[answer.status_code for answer in refused]} answered while it was full,"
          f" {sum(session['status'] == 'completed' for session in sessions)} completed")
    assert {answer.status_code for answer in refused} <= {201, 202, 503}
    assert [session["error"] for session in sessions if session["status"] != "completed"] == []
    assert client.get("/tryon/history", params={"page_size": 1}).json()["total"] == len(accepted)
