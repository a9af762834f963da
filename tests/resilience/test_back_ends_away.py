"""MongoDB, Redis and S3 stop, come back (Redis empty), are slow, cut and reset connections or answer 500, while people shop.

Some of it, for a moment each, unless FITVIEW_CHAOS is set; then all of it, ten seconds each, or FITVIEW_AWAY_SECONDS:
`FITVIEW_CHAOS="500 100" FITVIEW_AWAY_SECONDS=60 ./fit test back_ends_away`.
"""
import collections
import contextlib
import itertools
import os
import random
import threading
import time

import pytest
import requests

from harness import bucket, mongo
from harness.absent import absent
from harness.client import Client, register
from harness.cluster import Cluster, accept, different_try_ons, fill_with_little, wait_for_all
from servers.faulty_proxy import FaultyProxy
from servers.mongo_server import MongoServer
from servers.redis_server import RedisServer
from servers.s3_server import S3Server

IS_LONG = "FITVIEW_CHAOS" in os.environ
AWAY_SECONDS = float(os.environ.get("FITVIEW_AWAY_SECONDS", 10 if IS_LONG else 0.8))
NODES = 3 if IS_LONG else 1
RETURN_SECONDS_MAX = 30
WORK_SECONDS_MAX = 180
ANSWER_SECONDS_MAX = 30
TRY_ONS = 3  # for each fault
SEED = 17
STATUSES = {200, 201, 202, 409, 503}  # 409: the first call with this key still runs; never a 500


class Surroundings:
    """A MongoDB, a Redis and an S3 server of one's own, each behind a proxy, and the settings that lead there."""

    def __init__(self, folder):
        self.servers = {"MongoDB": MongoServer(folder / "mongo", survives=True), "Redis": RedisServer(folder / "redis"),
                        "S3": S3Server(folder / "s3")}
        self.proxies = {name: FaultyProxy(server.port, SEED) for name, server in self.servers.items()}
        url = self.servers["MongoDB"].url.replace(str(self.servers["MongoDB"].port), str(self.proxies["MongoDB"].port))
        s3 = bucket.settings(self.servers["S3"].url)
        self.settings = {"REDIS_URL": f"redis://127.0.0.1:{self.proxies['Redis'].port}", **mongo.settings(url), **s3,
                         "AWS_S3_ENDPOINT": f"http://127.0.0.1:{self.proxies['S3'].port}"}

    def start(self):
        for name, server in self.servers.items():
            server.start()
            self.proxies[name].start()
        return self

    @contextlib.contextmanager
    def stopped(self, name):
        server = self.servers[name]
        server.stop()
        try:
            yield
        finally:
            server.start()

    def stop(self):
        for proxy in self.proxies.values():
            proxy.stop()
        for server in self.servers.values():
            server.stop()


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory):
    for server in (RedisServer, S3Server, MongoServer):
        if not server.is_installed():
            absent(f"{server.name} is not installed: {server.install_hint}")
    surroundings = Surroundings(tmp_path_factory.mktemp("surroundings"))
    try:
        yield surroundings.start()
    finally:
        surroundings.stop()


@pytest.fixture(scope="module")
def cluster(surroundings, tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("shop"), **surroundings.settings)
    try:
        cluster.add_all(NODES)
        fill_with_little(cluster)
        yield cluster
    finally:
        cluster.stop()


class Shoppers:
    """Somebody looks at the list as long as the block lasts, and somebody tries three things on; every answer is counted."""

    def __init__(self, clients, bodies):
        self.clients, self.bodies = clients, bodies
        self.statuses, self.slowest, self.accepted = collections.Counter(), 0, []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=work) for work in (self.look, self.try_on)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def counted(self, call):
        asked = time.monotonic()
        try:
            status = call().status_code
        except requests.exceptions.RequestException as fault:
            status = type(fault).__name__
        self.slowest = max(self.slowest, time.monotonic() - asked)
        self.statuses[status] += 1

    def look(self):
        at = 0
        while not self.over.is_set():
            client, at = self.clients[at % len(self.clients)], at + 1
            self.counted(lambda client=client: client.get("/products", params={"page": 1 + at % 3}))
            self.over.wait(0.05)

    def try_on(self):
        clients = [Client(client.address, client.token) for client in self.clients]
        for client in clients:
            call = client.post
            client.post = lambda *arguments, call=call, **more: self.seen(call(*arguments, **more))
        for body in itertools.islice(self.bodies, TRY_ONS):
            self.accepted.append(accept(clients, body))
            self.over.wait(AWAY_SECONDS / TRY_ONS / 2)

    def seen(self, answer):
        self.statuses[answer.status_code] += 1
        return answer


def is_healthy(client):
    try:
        return client.get("/health", root=True).json()["status"] == "healthy"
    except requests.exceptions.RequestException:
        return False


FAULTS = [(name, "stop", None) for name in ("MongoDB", "Redis", "S3")] + [
    ("MongoDB", "delay", 0.1), ("Redis", "delay", 0.4), ("S3", "delay", 0.3), ("MongoDB", "reset", 0.1), ("Redis", "cut", 0.2),
    ("S3", "cut", 0.3), ("S3", "answer", 500), ("S3", "answer", 503)]
if not IS_LONG:  # those of each kind that tell the most
    FAULTS = [("MongoDB", "stop", None), ("MongoDB", "reset", 0.1), ("Redis", "cut", 0.2), ("S3", "stop", None), ("S3", "answer", 503)]


@pytest.fixture(scope="module")
def person(cluster):
    return register(cluster.servers()[0].address)


@pytest.fixture(scope="module")
def bodies(person):
    """Different pictures for every fault, so that none is at hand already."""
    return iter(different_try_ons(person, 40, random.Random(SEED)))


@pytest.mark.parametrize("name, fault, amount", FAULTS, ids=[f"{name}-{fault}-{amount}" for name, fault, amount in FAULTS])
def test_shoppers_are_told_and_nothing_accepted_is_lost(cluster, surroundings, person, bodies, name, fault, amount):
    clients = cluster.clients(person)
    trouble = surroundings.stopped(name) if fault == "stop" else surroundings.proxies[name].misbehaving(fault, amount)
    with Shoppers(clients, bodies) as shoppers:
        with trouble:
            time.sleep(AWAY_SECONDS)
        back = time.monotonic()
        cluster.servers()[0].wait_for(lambda: all(is_healthy(client) for client in clients), RETURN_SECONDS_MAX)
        healthy_after = time.monotonic() - back
    sessions = wait_for_all(clients[0], shoppers.accepted, WORK_SECONDS_MAX)
    print(f"\n{name} {fault} {amount or ''} for {AWAY_SECONDS} s: {dict(sorted(shoppers.statuses.items(), key=str))}, slowest"
          f" {shoppers.slowest:.1f} s, healthy after {healthy_after:.1f} s, {len(sessions)} accepted and done after"
          f" {time.monotonic() - back:.1f} s")
    assert [session["error"] for session in sessions if session["status"] != "completed"] == []
    assert set(shoppers.statuses) <= STATUSES
    assert shoppers.slowest < ANSWER_SECONDS_MAX
    for node in cluster.nodes.values():
        assert node.process.poll() is None, f"{node.log_path.name} ended"
