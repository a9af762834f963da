"""Three servers and three workers on MongoDB, Redis and S3, killed at random: what was accepted completes once, and nothing is left over.

The run is short unless FITVIEW_CHAOS says "TRY-ONS KILLS": `FITVIEW_CHAOS="500 100" ./fit test killed_processes`. FITVIEW_CHAOS_SEED
gives another order of deaths.
"""
import collections
import concurrent.futures
import os
import random
import time

import pytest

from harness import bucket, mongo
from harness.absent import absent
from harness.client import register
from harness.cluster import Cluster, accept, different_try_ons, fill_with_little, ready_items, wait_for_all
from harness.program import ROOT
from servers.redis_server import RedisServer
from servers.s3_server import S3Server

TRY_ONS, KILLS = (int(number) for number in os.environ.get("FITVIEW_CHAOS", "10 5").split())
SEED = int(os.environ.get("FITVIEW_CHAOS_SEED", "17"))
IS_LONG = TRY_ONS > 20
NODES = 3
PAUSE_SECONDS = (0.3, 1.2) if IS_LONG else (0.05, 0.4)  # between two deaths
WORK_SECONDS_MAX = 120 + 2 * TRY_ONS
SWEEP_SECONDS_MAX = 30  # the sweeper comes every ten seconds


@pytest.fixture()
def back_ends(tmp_path):
    """Settings for MongoDB, and a Redis and a bucket of one's own."""
    for server in (RedisServer, S3Server):
        if not server.is_installed():
            absent(f"{server.name} is not installed: {server.install_hint}")
    on_mongo = mongo.settings()
    redis, s3 = RedisServer(tmp_path / "redis").start(), S3Server(tmp_path / "s3").start()
    yield {**on_mongo, "REDIS_URL": redis.url, **bucket.settings(s3.url)}
    redis.stop()
    s3.stop()
    mongo.drop_database(on_mongo)


@pytest.fixture()
def cluster(back_ends, tmp_path):
    cluster = Cluster(tmp_path / "shop", **back_ends)
    yield cluster
    cluster.stop()


def fill(cluster):
    """The demo shop for a long run."""
    if IS_LONG:
        cluster.nodes["worker-0"].run("seed", "--demo", str(ROOT / "demo"))
    else:
        fill_with_little(cluster)


def kill_at_random(cluster, chance, done):
    """KILLS times, one process at a time is dead for up to half a second. Whom it met."""
    killed = collections.Counter()
    for _ in range(KILLS):
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        name = chance.choice(sorted(cluster.nodes))
        cluster.nodes[name].kill()
        killed[name] += 1
        time.sleep(chance.uniform(0, 0.5))
        cluster.start(name)
    done.append(True)
    return killed


def test_every_accepted_try_on_completes_once_and_no_picture_is_left_over(cluster, back_ends):
    print(f"\nchaos with seed {SEED}: {TRY_ONS} try-ons, {KILLS} kills, {NODES} servers and {NODES} workers")
    chance, pauses = random.Random(SEED), random.Random(SEED + 1)
    cluster.add_all(NODES)
    fill(cluster)
    person = register(cluster.servers()[0].address)
    clients = cluster.clients(person)
    bodies = different_try_ons(clients[0], TRY_ONS, chance)
    started = time.monotonic()
    done_killing = []
    pause_max = KILLS / TRY_ONS  # they come in faster than they are done, so that deaths meet busy workers

    def shop(body):
        if not done_killing:
            time.sleep(pauses.uniform(0, pause_max))
        return accept(clients, body)

    with concurrent.futures.ThreadPoolExecutor(max_workers=5) as pool:
        killing = pool.submit(kill_at_random, cluster, chance, done_killing)
        accepted = list(pool.map(shop, bodies))
        killed = killing.result()
    sessions = wait_for_all(clients[0], accepted, WORK_SECONDS_MAX)
    seconds = time.monotonic() - started
    states = collections.Counter(session["status"] for session in sessions)
    print(f"chaos: {len(accepted)} accepted, {sum(killed.values())} killed {dict(sorted(killed.items()))}, {seconds:.0f} s, {dict(states)}")
    assert [session["error"] for session in sessions if session["status"] != "completed"] == []
    check_done_once(clients, accepted, sessions)
    check_pictures(back_ends, clients, sessions)


def check_done_once(clients, accepted, sessions):
    assert len(set(accepted)) == TRY_ONS
    assert clients[1].get("/tryon/history", params={"page_size": 1}).json()["total"] == TRY_ONS
    assert len({session["result_url"] for session in sessions}) == TRY_ONS, "different try-ons show the same picture"
    used = sum(model["usage_count"] for model in ready_items(clients[2], "/models"))
    assert used <= TRY_ONS, f"{used} uses counted of {TRY_ONS}"
    assert clients[0].get("/health", root=True).json()["queue"]["depth"] == 0


def check_pictures(back_ends, clients, sessions):
    found = bucket.Pictures(back_ends, back_ends)
    try:
        unknown, before = found.unknown(), found.orphans()
        assert not unknown, f"nobody will ever remove {sorted(unknown)[:5]}"
        found.let_an_hour_pass()
        seconds = found.seconds_until_swept(SWEEP_SECONDS_MAX)
        assert not found.missing(), "a document names a picture that is gone"
        print(f"pictures: {len(found.objects())} in the bucket, {len(before)} orphaned by deaths, none after an hour and {seconds:.1f} s of sweeping")
    finally:
        found.close()
    for at, session in enumerate(sessions):
        assert clients[at % NODES].open(session["result_url"]).status_code == 200
