"""The machine's clock jumps by hours, forwards and backwards: tokens, limits and leases stay what they promise."""
import os
import pathlib
import random
import time

import pytest

from harness.absent import absent
from harness.client import PASSWORD, Client, expect, register, sign_in
from harness.cluster import accept, different_try_ons, wait_for_all
from harness.program import Program

LIBRARIES = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
HOUR = 3600
JUMP = 20 * 60  # much longer than a lease, shorter than a token
IS_LONG = "FITVIEW_CHAOS" in os.environ
WORK_SECONDS_MAX = 90


class Clock:
    """What the program takes for the time: the machine's clock and so many seconds more. Spans are not touched."""

    def __init__(self, folder):
        self.file = folder / "clock"
        self.ahead = 0
        self.jump(0)

    def jump(self, seconds):
        self.ahead += seconds
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{self.ahead:+d}\n")
        fresh.rename(self.file)

    def settings(self):
        return {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}


@pytest.fixture()
def clock(tmp_path):
    if not LIBRARIES:
        assert os.environ.get("CI") != "true", "libfaketime is not installed: ./fit setup"
        absent("libfaketime is not installed: ./fit setup installs it")
    if "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ:
        pytest.skip("sanitizers must be the first library, so none can come before them")
    return Clock(tmp_path)


@pytest.fixture()
def program(seeded, clock, tmp_path):
    program = Program(tmp_path / "shop", RATE_LIMIT_LOGIN="5/minute", **clock.settings())
    program.copy_from(seeded)
    yield program.start()
    program.stop()


def test_tokens_end_by_the_new_time_and_nobody_is_locked_out(program, clock):
    person = register(program.address)
    clock.jump(HOUR)
    expect(person.get("/auth/me"), 401, "token_expired")
    renewed = expect(Client(program.address).post("/auth/refresh", json={"refresh_token": person.refresh_token}), 200).json()
    later = Client(program.address, renewed["access_token"], person.user)
    expect(later.get("/auth/me"), 200)
    clock.jump(-2 * HOUR)
    status = later.get("/auth/me").status_code
    again = sign_in(program.address, person.user["email"])
    expect(again.get("/auth/me"), 200)
    expect(again.post("/auth/refresh", json={"refresh_token": again.refresh_token}), 200)
    expect(again.get("/products"), 200)
    print(f"\nclock: expired an hour ahead, a token from the future is answered {status}, signing in works an hour behind")
    assert status in (200, 401)


def test_a_limit_lasts_its_minute_whatever_the_clock_does(program, clock):
    def attempt():
        return Client(program.address).post("/auth/login", json={"email": "nobody@example.com", "password": PASSWORD})

    assert [attempt().status_code for _ in range(6)] == [401] * 5 + [429]
    clock.jump(-2 * HOUR)
    refused = attempt()
    waits = int(refused.headers.get("Retry-After", "0"))
    clock.jump(61)
    assert attempt().status_code == 401, "whoever was limited when the clock was set back waits until it catches up"
    print(f"\nclock: two hours back, the limit says {waits} s, and is over after a minute")
    assert waits <= 60


@pytest.mark.parametrize("hours", [2, -2] if IS_LONG else [-2])
def test_work_goes_on_after_a_jump_and_a_death(program, clock, hours):
    client = register(program.address)
    bodies = different_try_ons(client, 4, random.Random(17))
    accepted = [accept([client], body) for body in bodies]
    program.kill()
    clock.jump(hours * HOUR)
    started = time.monotonic()
    program.start()
    client = sign_in(program.address, client.user["email"])
    sessions = wait_for_all(client, accepted, WORK_SECONDS_MAX)
    print(f"\nclock: {hours:+d} h while nobody ran: {len(sessions)} try-ons done {time.monotonic() - started:.1f} s after the start")
    assert {session["status"] for session in sessions} == {"completed"}


def test_work_in_hand_is_done_once_when_the_clock_jumps(program, clock):
    client = register(program.address)
    bodies = different_try_ons(client, 6, random.Random(18))
    accepted = []
    for at, body in enumerate(bodies):
        accepted.append(accept([client], body))
        clock.jump((JUMP, -JUMP)[at % 2])
    assert clock.ahead == 0
    sessions = wait_for_all(client, accepted, WORK_SECONDS_MAX)
    assert {session["status"] for session in sessions} == {"completed"}
    assert client.get("/tryon/history", params={"page_size": 1}).json()["total"] == len(accepted)
    used = sum(model["usage_count"] for model in client.get("/models", params={"page_size": 100}).json()["items"])
    print(f"\nclock: {len(accepted)} try-ons while it jumped {len(bodies)} times, {used} uses counted")
