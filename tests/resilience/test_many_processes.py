"""Several servers and workers over one store and one Redis: they share limits, work and news, and nothing that was accepted is
lost when Redis comes back empty. What happens when processes are killed: test_killed_processes.py.
"""
import concurrent.futures
import json
import os
import time

import pytest

from harness.client import BASE, Client, register
from harness.cluster import Cluster, accept, ready_pairs, wait_for_all
from harness.program import Program
from servers.redis_server import RedisServer

WORK_SECONDS_MAX = 180
RETURN_SECONDS_MAX = 30


@pytest.fixture()
def redis(tmp_path):
    if not RedisServer.is_installed():
        assert os.environ.get("FITVIEW_REQUIRE_BACKENDS") != "1", "redis-server is not installed"
        pytest.skip("redis-server is not installed")
    server = RedisServer(tmp_path / "redis").start()
    yield server
    server.stop()


@pytest.fixture()
def cluster(redis, seeded, tmp_path):
    cluster = Cluster(tmp_path / "shop", REDIS_URL=redis.url)
    Program(cluster.folder).copy_from(seeded)
    yield cluster
    cluster.stop()


def test_nothing_accepted_is_lost_when_redis_comes_back_empty(cluster, redis):
    server = cluster.add("server-1", "serve", WORKERS="0")
    cluster.add("worker-1", "worker")
    client = register(server.address)
    pairs = ready_pairs(client, 4)
    before = [accept([client], body) for body in pairs[:2]]
    redis.stop()
    slowest = 0
    for _ in range(20):
        asked = time.monotonic()
        assert client.get("/products").status_code == 200
        slowest = max(slowest, time.monotonic() - asked)
    assert client.get("/health", root=True).json()["status"] == "degraded"
    meanwhile = [accept([client], body) for body in pairs[2:]]
    time.sleep(2)
    redis.start()
    back = time.monotonic()
    server.wait_for(lambda: client.get("/health", root=True).json()["status"] == "healthy", RETURN_SECONDS_MAX)
    healthy_after = time.monotonic() - back
    sessions = wait_for_all(client, before + meanwhile, WORK_SECONDS_MAX)
    print(f"\nredis away: slowest list {1000 * slowest:.0f} ms, healthy again after {healthy_after:.1f} s,"
          f" all {len(sessions)} done after {time.monotonic() - back:.1f} s")
    assert [session["status"] for session in sessions] == ["completed"] * 4
    assert slowest < 1, "a Redis that is away must not slow the shop"


def test_events_and_waiting_calls_hear_of_work_done_elsewhere(cluster):
    server = cluster.add("server-1", "serve", WORKERS="0")
    cluster.add("worker-1", "worker")
    client = register(server.address)
    first, second = ready_pairs(client, 2)
    session = accept([client], first)
    names = []
    with client.session.get(f"{server.address}{BASE}/tryon/{session}/events", stream=True, timeout=WORK_SECONDS_MAX,
                            headers={"Authorization": f"Bearer {client.token}"}) as answer:
        for line in answer.iter_lines(decode_unicode=True):
            if line.startswith("event:"):
                names.append(line[6:].strip())
            if line.startswith("data:") and json.loads(line[5:]).get("status") in ("completed", "failed"):
                break
    assert names
    assert client.get(f"/tryon/{session}").json()["status"] == "completed"
    waited = client.post("/tryon", json=second)
    assert waited.status_code in (201, 202), waited.text


def test_nodes_share_rate_limits(cluster):
    one = cluster.add("server-1", "serve", WORKERS="0", RATE_LIMIT_LOGIN="5/minute")
    two = cluster.add("server-2", "serve", WORKERS="0", RATE_LIMIT_LOGIN="5/minute")
    statuses = []
    for attempt in range(8):
        node = (one, two)[attempt % 2]
        statuses.append(Client(node.address).post("/auth/login", json={"email": "nobody@example.com", "password": "Wrong-Word-123"}).status_code)
    assert statuses == [401] * 5 + [429] * 3


def test_two_nodes_race_on_a_refresh_token_and_an_idempotency_key(cluster):
    nodes = [cluster.add(name, "serve", WORKERS="0") for name in ("server-1", "server-2")]
    person = register(nodes[0].address)
    refresh = person.refresh_token
    clients = [Client(node.address, person.token) for node in nodes]
    body = ready_pairs(clients[0], 1)[0]
    with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
        wished = list(pool.map(
            lambda number: clients[number % 2].post("/tryon", json=body, headers={"Prefer": "respond-async", "Idempotency-Key": "one-try-on"}),
            range(8)))
        ids = {answer.json()["id"] for answer in wished if answer.status_code in (201, 202)}
        assert len(ids) == 1, [answer.text for answer in wished]
        assert {answer.status_code for answer in wished} <= {201, 202, 409}
        assert clients[1].get("/tryon/history").json()["total"] == 1

        spent = list(pool.map(lambda number: Client(nodes[number % 2].address).post("/auth/refresh", json={"refresh_token": refresh}), range(8)))
    statuses = sorted(answer.status_code for answer in spent)
    assert statuses.count(200) <= 1 and set(statuses) <= {200, 401}, statuses
    print(f"\nraces: one try-on of {len(wished)} calls, {statuses.count(200)} refresh of {len(spent)} calls")


def test_a_worker_that_is_told_to_stop_leaves_its_work_to_the_others(cluster):
    server = cluster.add("server-1", "serve", WORKERS="0")
    worker = cluster.add("worker-1", "worker")
    client = register(server.address)
    accepted = [accept([client], body) for body in ready_pairs(client, 4)]
    metrics = client.get("/metrics", root=True).text
    assert 'fitview_queue_depth{queue="jobs"}' in metrics and "fitview_queue_oldest_seconds" in metrics
    worker.stop()  # asserts that it ends with 0
    cluster.add("worker-2", "worker")
    assert {session["status"] for session in wait_for_all(client, accepted, WORK_SECONDS_MAX)} == {"completed"}


def test_a_start_without_redis_is_told_and_a_refused_one_ends(cluster, redis):
    redis.stop()
    server = cluster.add("server-1", "serve")
    told = server.messages("starting without Redis: no common limits, jobs wait until it is there")
    assert f"redis://127.0.0.1:{redis.port}/0: Connection refused" in told[0]["tried"]
    client = Client(server.address)
    assert client.get("/products").status_code == 200
    assert client.get("/health", root=True).json()["redis"] == "disconnected"
    redis.start()
    server.wait_for(lambda: client.get("/health", root=True).json()["redis"] == "connected", RETURN_SECONDS_MAX)

    stranger = Program(cluster.folder, REDIS_URL=f"redis://somebody:unknown-word@127.0.0.1:{redis.port}/0", PORT="nowhere")
    ended = stranger.run("serve", check=False)
    assert ended.returncode == 2 and "PORT" in ended.stderr
    stranger.environment["PORT"] = "0"
    ended = stranger.run("serve", check=False)
    assert ended.returncode == 1
    assert "Redis (REDIS_URL) does not let us in" in ended.stderr and "WRONGPASS" in ended.stderr
    assert "unknown-word" not in ended.stderr
