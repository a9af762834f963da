"""Nodes on one MongoDB: they see each other's changes, say what is wrong at the start, and outlive its absence."""
import subprocess
import time

import pymongo
import pytest

from harness import mongo
from harness.client import PASSWORD, Client, created, expect, new_product, register, sign_in
from harness.program import PATH, Program
from servers.mongo_server import MongoServer

FOUND_WITHIN_SECONDS = 1.0


@pytest.fixture()
def two_nodes(tmp_path):
    settings = mongo.settings()
    nodes = [Program(tmp_path / name, UPLOAD_DIR=str(tmp_path / "uploads"), **settings).start() for name in ("a", "b")]
    yield nodes
    for node in nodes:
        node.stop()
    mongo.drop_database(settings)


def seconds_until(condition, seconds_max):
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds_max, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - started


def found(client, words):
    return expect(client.get("/products", params={"search": words}), 200).json()["total"]


def test_a_product_changed_on_one_node_is_found_on_the_other_within_a_second(two_nodes):
    retailer = register(two_nodes[0].address, "retailer")
    there = Client(two_nodes[1].address)
    waits = []
    for number in range(3):
        product = created(retailer.post("/products", json=new_product(name=f"Zardozi Lehenga {number}")))
        waits.append(seconds_until(lambda number=number: found(there, "zardozi") == 1, 10))
        assert expect(there.get(f"/products/{product['id']}"), 200).json()["name"] == f"Zardozi Lehenga {number}"
        expect(retailer.put(f"/products/{product['id']}", json={"name": "Bandhani Saree"}), 200)
        waits.append(seconds_until(lambda: found(there, "zardozi") == 0 and found(there, "bandhani") == 1, 10))
        expect(retailer.delete(f"/products/{product['id']}"), 204)
        waits.append(seconds_until(lambda: found(there, "bandhani") == 0, 10))
    print(f"\nseen on the other node after at most {max(waits):.2f} s")
    assert max(waits) < FOUND_WITHIN_SECONDS


def test_a_session_of_one_node_is_good_on_the_other_until_it_is_revoked(two_nodes):
    customer = register(two_nodes[0].address)
    there = Client(two_nodes[1].address, token=customer.token)
    assert expect(there.get("/auth/me"), 200).json()["id"] == customer.id
    expect(customer.post("/auth/logout"), 204)
    expect(there.get("/auth/me"), 401)


def test_every_collection_and_index_of_the_guide_is_there(two_nodes):
    settings = two_nodes[0].environment
    wanted = {
        "users": [["email"], ["role"], ["created_at"]],
        "products": [["retailer_id", "is_deleted"], ["category", "is_deleted"], ["price", "is_deleted"], ["created_at"]],
        "models": [["retailer_id", "is_deleted"], ["body_type"], ["skin_tone"], ["usage_count"]],
        "tryon_sessions": [["user_id", "created_at"], ["retailer_id", "created_at"], ["product_id", "created_at"],
                           ["user_id", "is_favorite"], ["expires_at"]],
        "carts": [["user_id"]],
        "wishlists": [["user_id", "added_at"], ["user_id", "product_id"]],
        "analytics_events": [["event_type", "created_at"], ["user_id", "created_at"], ["product_id"]],
        "audit_logs": [],
    }
    with pymongo.MongoClient(settings["MONGODB_URL"]) as client:
        database = client[settings["MONGODB_DB_NAME"]]
        assert set(wanted) <= set(database.list_collection_names())
        for name, keys in wanted.items():
            indexes = [list(index["key"]) for index in database[name].list_indexes()]
            for key in keys:
                assert any(index[:len(key)] == key for index in indexes), (name, key, indexes)
        mortal = next(index for index in database.tryon_sessions.list_indexes() if list(index["key"]) == ["expires_at"])
        assert mortal["expireAfterSeconds"] == 0
        unique = next(index for index in database.users.list_indexes() if list(index["key"]) == ["email"])
        assert unique["unique"]


def start_refused(tmp_path, **settings):
    """What the program says that does not start."""
    program = Program(tmp_path, STORE="mongodb", REDIS_URL="redis://127.0.0.1:1", **settings)
    done = subprocess.run([str(PATH), "serve"], env=program.environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "geheim" not in done.stdout + done.stderr
    return done.stderr


def test_a_mongodb_that_is_away_is_named_at_the_start(tmp_path):
    text = start_refused(tmp_path, MONGODB_URL="mongodb://priya:geheim@127.0.0.1:1/?serverSelectionTimeoutMS=300",
                         MONGODB_DB_NAME="shop")
    assert "127.0.0.1:1" in text and "shop" in text


def test_a_wrong_connection_string_is_a_fault_of_the_settings(tmp_path):
    assert "MONGODB_URL" in start_refused(tmp_path, MONGODB_URL="mongodb://priya:%zzgeheim@host/")


@pytest.fixture()
def own_server(tmp_path):
    """A MongoDB that may be stopped."""
    if not MongoServer.is_installed():
        mongo.server_url()
        pytest.skip(f"a server of one's own needs {MongoServer.install_hint}")
    server = MongoServer(tmp_path / "mongo", survives=True).start()
    yield server
    server.stop()


def test_health_tells_whether_mongodb_is_there_and_everything_returns(own_server, tmp_path):
    node = Program(tmp_path / "node", **mongo.settings(own_server.url)).start()
    nobody = Client(node.address)

    def state():
        return nobody.get("/health").json()["mongodb"]

    try:
        customer = register(node.address)
        assert state() == "connected"
        own_server.stop()
        seconds_until(lambda: state() == "disconnected", 20)
        assert nobody.get("/health").status_code == 503
        expect(nobody.post("/auth/login", json={"email": customer.user["email"], "password": PASSWORD}), 503)
        own_server.start()
        seconds_until(lambda: state() == "connected", 20)
        sign_in(node.address, customer.user["email"])
    finally:
        node.stop()


def test_a_server_with_passwords_lets_in_who_knows_them(own_server, tmp_path):
    with pymongo.MongoClient(own_server.url) as client:
        client.admin.command("createUser", "priya", pwd="geheim-42", roles=[{"role": "root", "db": "admin"}])
    own_server.stop(keep=True)
    own_server.with_passwords = True
    own_server.start()
    host = f"127.0.0.1:{own_server.port}/?directConnection=true"
    wrong = start_refused(tmp_path / "wrong", MONGODB_URL=f"mongodb://priya:geheim-43@{host}", MONGODB_DB_NAME="shop")
    assert "uthentication" in wrong
    node = Program(tmp_path / "node", **mongo.settings(f"mongodb://priya:geheim-42@{host}")).start()
    try:
        register(node.address)
    finally:
        node.stop()
