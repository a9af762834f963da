"""Power cuts and stops in the middle of work: what was accepted is finished."""
import threading
import time

import pytest

from harness import pictures
from harness.client import BASE, PASSWORD, Client, as_json, created, expect, new_product, register, sign_in
from harness.program import Program
from harness.raw import RawConnection

WORK_SECONDS_MAX = 90


@pytest.fixture()
def program(seeded, tmp_path):
    program = Program(tmp_path)
    program.copy_from(seeded)
    yield program.start()
    program.stop()


def wait_for_all(client, ids):
    deadline = time.monotonic() + WORK_SECONDS_MAX
    while True:
        sessions = [expect(client.get(f"/tryon/{session}"), 200).json() for session in ids]
        if all(session["status"] != "pending" for session in sessions):
            return sessions
        assert time.monotonic() < deadline, [session["status"] for session in sessions]
        time.sleep(0.2)


def start_many(client, count):
    """Accepted try-ons that are not finished yet, brand models and an own photo."""
    models = client.get("/models").json()["items"]
    products = [item["id"] for item in client.get("/products", params={"page_size": 100}).json()["items"]]
    body = {"model_id": models[0]["id"], "product_ids": products[:count]}
    ids = [session["id"] for session in expect(client.post("/tryon/batch", json=body), 202).json()["items"]]
    photo = client.post("/tryon/with-photo", data={"product_id": products[0], "consent": "true"}, files={"photo": pictures.person("asha")},
                        headers={"Prefer": "respond-async"})
    return ids + [expect(photo, 202).json()["id"]]


def test_accepted_try_ons_survive_kill_and_restart(program):
    client = register(program.address)
    ids = start_many(client, 4)
    for _ in range(2):  # twice: also in the middle of going on
        time.sleep(0.3)
        program.kill()
        program.start()
    for session in wait_for_all(client, ids):
        assert session["status"] == "completed" and client.open(session["result_url"]).status_code == 200
    assert client.get("/tryon/history?page_size=100").json()["total"] == len(ids)
    assert client.get("/health", root=True).json()["queue"]["depth"] == 0


def test_what_was_answered_survives_a_kill(program):
    seller = register(program.address, "retailer")
    products = [created(seller.post("/products", json=new_product(name=f"Kept {number}"))) for number in range(5)]
    image = created(seller.post(f"/products/{products[0]['id']}/images", files={"file": pictures.jpeg()}))
    program.kill()
    program.start()
    again = sign_in(program.address, seller.user["email"])
    for product in products:
        assert again.get(f"/products/{product['id']}").json()["name"] == product["name"]
    assert again.open(image["url"]).status_code == 200
    assert seller.get("/auth/me").status_code == 200
    assert again.get("/products", params={"search": "kept", "retailer_id": seller.id}).json()["total"] == 5


def test_sigterm_finishes_the_request_in_hand(program):
    client = register(program.address)
    models, products = client.get("/models").json()["items"], client.get("/products").json()["items"]
    answers = []
    body = {"model_id": models[1]["id"], "product_id": products[1]["id"]}
    asking = threading.Thread(target=lambda: answers.append(client.post("/tryon", json=body)))
    asking.start()
    time.sleep(0.15)
    program.stop()  # asserts that it ends with 0
    asking.join()
    assert answers[0].status_code in (201, 202), answers[0].text
    program.start()
    assert wait_for_all(client, [answers[0].json()["id"]])[0]["status"] == "completed"


def test_sigterm_waits_for_a_body_that_is_on_its_way(program):
    seller = register(program.address, "retailer")
    body = as_json(new_product(name="Just in time"))
    with RawConnection(program.port) as connection:
        connection.send(f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {seller.token}\r\nContent-Type: application/json\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n")
        connection.send(body[:10])
        time.sleep(0.2)
        stopping = threading.Thread(target=program.stop)
        stopping.start()
        time.sleep(0.3)
        status, headers, _ = connection.send(body[10:]).read_answer()
        stopping.join()
    assert status == 201 and headers.get("connection") == "close"


def test_an_idle_connection_does_not_hold_up_the_end(program):
    with RawConnection(program.port) as connection:
        assert connection.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").read_answer()[0] == 200
        started = time.monotonic()
        program.stop()
        assert time.monotonic() - started < 10
        assert connection.is_closed()


def test_a_stopped_server_takes_no_new_connections(program):
    program.stop()
    with pytest.raises(ConnectionRefusedError):
        RawConnection(program.port)


def test_a_worker_beside_the_server_shares_the_work(program):
    worker = program.neighbour()
    worker.log_path = program.folder / "worker.log"
    worker.spawn("worker")
    try:
        client = register(program.address)
        ids = start_many(client, 6)
        assert {session["status"] for session in wait_for_all(client, ids)} == {"completed"}
    finally:
        worker.stop()


def test_a_worker_finishes_what_a_killed_server_accepted(program):
    client = register(program.address)
    ids = start_many(client, 3)
    program.kill()
    worker = program.neighbour()
    worker.log_path = program.folder / "worker.log"
    worker.spawn("worker")
    try:
        time.sleep(1)
        program.start()
        assert {session["status"] for session in wait_for_all(client, ids)} == {"completed"}
    finally:
        worker.stop()


def test_what_one_server_changes_the_other_shows(program, tmp_path_factory):
    """Two servers on one data folder: sign-ins, products and revocations are shared."""
    other = program.neighbour()
    other.log_path = program.folder / "other.log"
    other.start()
    try:
        seller = register(program.address, "retailer")
        there = Client(other.address, seller.token)
        product = created(seller.post("/products", json=new_product(name="Seen from afar")))
        assert there.get(f"/products/{product['id']}").status_code == 200
        other.wait_for(lambda: there.get("/products", params={"search": "afar"}).json()["total"] == 1, 10)
        expect(seller.post("/auth/logout"), 204)
        other.wait_for(lambda: there.get("/auth/me").status_code == 401, 10)
        assert Client(other.address).post("/auth/login", json={"email": seller.user["email"], "password": PASSWORD}).status_code == 200
    finally:
        other.stop()
