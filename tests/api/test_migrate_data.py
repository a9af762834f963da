"""A shop moved to another engine and back: everything arrives, an interruption does no harm, a difference is found."""
import contextlib
import os
import pathlib
import secrets
import signal
import shutil
import sqlite3
import subprocess
import time
import urllib.parse

import boto3
import botocore.config
import bson
import pymongo
import pytest

from harness import mongo, pictures
from harness.absent import absent
from harness.client import PASSWORD, created, expect, new_product, register, sign_in
from harness.program import PATH, Program

NOT_MOVED = {"jobs", "changes", "schema_migrations", "data_moves", "sqlite_sequence", "sqlite_stat1"}
MANY = 4000  # several pages; enough to be killed in the middle of
EMBEDDED = {"STORE": "sqlite", "OBJECTS": "files", "QUEUE": "sqlite"}


@pytest.fixture(scope="module")
def shop(seeded, tmp_path_factory):
    """A stopped shop on SQLite with something in every collection, and many products."""
    shop = Program(tmp_path_factory.mktemp("shop"), **EMBEDDED)
    if "MONGODB_DB_NAME" in seeded.environment:
        pytest.skip("the shop to be moved is an embedded one")
    shop.copy_from(seeded)
    shop.run("seed", "--size", str(MANY))
    shop.start()
    customer = register(shop.address)
    seller = register(shop.address, "retailer")
    expect(seller.post("/products", json=new_product(name="Moved Saree"), headers={"Idempotency-Key": "moved-1"}), 201)
    model = customer.get("/models").json()["items"][0]
    product = next(item for item in customer.get("/products", params={"page_size": 100, "search": "kurta"}).json()["items"]
                   if item["images"])
    done = created(customer.post("/tryon", json={"model_id": model["id"], "product_id": product["id"]}))
    expect(customer.post("/tryon/with-photo", data={"product_id": product["id"], "consent": "true"},
                         files={"photo": pictures.person("asha")}, headers={"Prefer": "respond-async"}), 202)
    shop.stop()
    shop.customer, shop.seller, shop.tried_on = customer, seller, done
    return shop


@pytest.fixture()
def database():
    """A database on the tests' MongoDB: its address as the command takes it."""
    base, name = mongo.server_url(), f"fitview_move_{secrets.token_hex(6)}"
    parts = urllib.parse.urlsplit(base)
    yield urllib.parse.urlunsplit(parts._replace(path="/" + name))
    with pymongo.MongoClient(base) as client:
        client.drop_database(name)


def collections_in(address):
    client = pymongo.MongoClient(address)
    return client[urllib.parse.urlsplit(address).path.strip("/")]


def migrate(*arguments, **settings):
    return subprocess.run([str(PATH), "migrate-data", *map(str, arguments)], env={"PATH": os.environ["PATH"], **settings},
                          capture_output=True, text=True, timeout=200, check=False)


def moved(*arguments, **settings):
    """What a move said that succeeded: the digest of each part."""
    done = migrate(*arguments, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if "sha256" in line}


def data_of(program):
    return f"sqlite:{program.folder / 'data'}"


def rows_in(folder):
    """Every row of every table that is moved, without the claims of the queue, which stays behind."""
    found = {}
    with contextlib.closing(sqlite3.connect(pathlib.Path(folder) / "data" / "fitview.sqlite")) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in NOT_MOVED:
                continue
            cursor = database.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row)) for row in cursor]
            for row in rows:
                if table == "tryon_sessions":
                    row["fence"] = 0
            found[table] = sorted(map(repr, rows))
    return found


def test_a_shop_moves_to_mongodb_and_back_unchanged(shop, database, tmp_path):
    there = moved("--from", data_of(shop), "--to", database)
    collections = collections_in(database)
    rows = rows_in(shop.folder)
    # Counted with other tools than ours on both sides.
    for table, held in rows.items():
        if table not in ("product_figures", "model_figures"):
            assert collections[table].count_documents({}) == len(held) == int(there[table][0]), table
    assert len(rows["products"]) > MANY and rows["idempotency_keys"] and rows["consents"] and rows["tryon_results"]
    back = tmp_path / "back"
    again = moved("--from", database, "--to", f"sqlite:{back / 'data'}")
    assert again == there
    assert rows_in(back) == rows


def test_the_moved_shop_serves(shop, database, tmp_path):
    moved("--from", data_of(shop), "--to", database)
    there = {**mongo.settings(), "MONGODB_DB_NAME": urllib.parse.urlsplit(database).path.strip("/")}
    other = Program(tmp_path, UPLOAD_DIR=str(shop.folder / "uploads"), **there).start()
    try:
        owner = sign_in(other.address, shop.customer.user["email"], PASSWORD)
        session = expect(owner.get(f"/tryon/{shop.tried_on['id']}"), 200).json()
        assert owner.open(session["result_url"]).status_code == 200
        other.wait_for(lambda: owner.get("/health", root=True).status_code == 200, 30)  # the catalogue is read
        assert owner.get("/products", params={"search": "moved saree"}).json()["total"] == 1
        running = migrate("--from", database, "--to", f"sqlite:{tmp_path / 'elsewhere'}")
        assert running.returncode == 1 and "in use" in running.stderr
    finally:
        other.stop()


def test_a_move_that_is_killed_goes_on_where_it_was(shop, database):
    command = [str(PATH), "migrate-data", "--from", data_of(shop), "--to", database]
    collections = collections_in(database)
    for least in (500, 2500):
        moving = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while collections.products.estimated_document_count() < least and moving.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        moving.kill()
        moving.wait()
    assert 0 < collections.products.count_documents({}) < MANY, "it was not killed in the middle"
    half = subprocess.run([str(PATH), "serve"], capture_output=True, text=True, timeout=60, check=False, env={
        **mongo.settings(), "MONGODB_DB_NAME": collections.name, "PORT": "0",
        "JWT_SECRET_KEY": "x" * 40, "DATA_DIR": str(shop.folder / "other"), "UPLOAD_DIR": str(shop.folder / "uploads")})
    assert half.returncode != 0 and "half moved" in half.stderr, half.stderr
    other_source = migrate("--from", f"sqlite:{shop.folder / 'another'}", "--to", database)
    assert other_source.returncode == 1 and "half moved" in other_source.stderr
    # What was written wrongly, or is not the source's, is put right too.
    collections.users.delete_one({})
    collections.products.update_one({}, {"$set": {"price": bson.Int64(1)}})
    collections.consents.insert_one({"_id": bson.ObjectId()} | {key: value for key, value in (collections.consents.find_one() or {
        "user_id": bson.ObjectId(), "purpose": "own_photo", "text_version": bson.Int64(1),
        "given_at": bson.datetime.datetime.now()}).items() if key != "_id"})
    moved(*command[2:])
    finished = migrate(*command[2:])
    assert finished.returncode == 1 and "not empty" in finished.stderr


def test_a_document_that_was_changed_lost_or_added_is_found(shop, database):
    pair = ["--from", data_of(shop), "--to", database]
    moved(*pair)
    assert migrate("--verify", *pair).returncode == 0
    collections = collections_in(database)
    one = collections.products.find_one(skip=1000)
    collections.products.update_one({"_id": one["_id"]}, {"$inc": {"price": 1}})
    gone = collections.users.find_one()
    collections.users.delete_one({"_id": gone["_id"]})
    found = migrate("--verify", *pair)
    assert found.returncode == 3, found.stdout + found.stderr
    assert f"products {one['_id']} differs" in found.stdout
    assert f"users {gone['_id']} is missing in the target" in found.stdout
    assert gone["email"] not in found.stdout + found.stderr


@pytest.mark.parametrize("arguments, code, words", [
    ([], 2, "nothing to move"),
    (["--from", "sqlite:x"], 2, "go together"),
    (["--from", "sqlite:x", "--to", "oracle:y"], 2, "a database is"),
    (["--from", "sqlite:x", "--to", "sqlite:x"], 2, "the same database"),
    (["--from", "sqlite:x", "--to", "mongodb://priya:%zzgeheim@host/"], 2, "connection string"),
    (["--from", "sqlite:x", "--to", "mongodb://priya:geheim@127.0.0.1:1/shop?serverSelectionTimeoutMS=300"], 1, "127.0.0.1:1"),
    (["--from-objects", "file:x", "--to-objects", "s3:"], 2, "AWS_S3_BUCKET"),
    (["--from-objects", "file:x", "--to-objects", "s3://bucket/folder"], 2, "whole bucket"),
    (["--quickly"], 2, "unknown option"),
    (["mongodb://priya:geheim@host/"], 2, "without an option"),
])
def test_what_cannot_be_done_is_said_without_secrets(tmp_path, arguments, code, words):
    done = subprocess.run([str(PATH), "migrate-data", *arguments], cwd=tmp_path, env={}, capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == code and words in done.stderr, done.stderr
    assert "geheim" not in done.stdout + done.stderr


def test_the_help_teaches(tmp_path):
    done = migrate("--help")
    assert done.returncode == 0
    for words in ("--from", "--to-objects", "sqlite:", "mongodb:", "s3://", "--verify", "same command again"):
        assert words in done.stdout


def test_a_running_shop_and_a_full_target_are_refused(shop, database, tmp_path):
    running = Program(tmp_path / "running", **EMBEDDED).start()
    try:
        register(running.address)
        for pair in (["--from", data_of(running), "--to", database], ["--from", database, "--to", data_of(running)]):
            done = migrate(*pair)
            assert done.returncode == 1 and "in use" in done.stderr
    finally:
        running.stop()
    moved("--from", data_of(running), "--to", database)
    full = migrate("--from", data_of(shop), "--to", database)
    assert full.returncode == 1 and "not empty" in full.stderr


@pytest.fixture()
def bucket():
    """An empty bucket of one's own: the settings that reach it, and another client on it."""
    address = os.environ.get("S3_TEST_URL")
    if not address:
        absent("no S3 server: ./fit setup builds one, ./fit test starts it, or set S3_TEST_URL")
    place = urllib.parse.urlsplit(address)
    settings = {"AWS_S3_ENDPOINT": f"http://{place.hostname}:{place.port}", "AWS_S3_PATH_STYLE": "true",
                "AWS_REGION": urllib.parse.parse_qs(place.query)["region"][0],
                "AWS_ACCESS_KEY_ID": place.username, "AWS_SECRET_ACCESS_KEY": place.password}
    client = boto3.resource("s3", endpoint_url=settings["AWS_S3_ENDPOINT"], region_name=settings["AWS_REGION"],
                            aws_access_key_id=settings["AWS_ACCESS_KEY_ID"], aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
                            config=botocore.config.Config(s3={"addressing_style": "path"}))
    made = client.create_bucket(Bucket=f"fitview-move-{secrets.token_hex(6)}")
    yield settings, made
    made.objects.all().delete()
    made.delete()


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in pathlib.Path(folder).rglob("*")
            if path.is_file() and ".incoming" not in path.parts}


def test_pictures_move_to_a_bucket_and_back_unchanged(shop, bucket, tmp_path):
    settings, place = bucket
    here, there = f"file:{shop.folder / 'uploads'}", f"s3://{place.name}"
    moved("--from-objects", here, "--to-objects", there, **settings)
    held = files_in(shop.folder / "uploads")
    assert {entry.key: entry.get()["Body"].read() for entry in place.objects.all()} == held and len(held) > 20
    moved("--from-objects", there, "--to-objects", f"file:{tmp_path / 'back'}", **settings)
    assert files_in(tmp_path / "back") == held
    full = migrate("--from-objects", here, "--to-objects", there, **settings)
    assert full.returncode == 1 and "not empty" in full.stderr
    victim = next(iter(place.objects.all())).key
    place.put_object(Key=victim, Body=b"something else")
    found = migrate("--verify", "--from-objects", here, "--to-objects", there, **settings)
    assert found.returncode == 3 and f"object {victim} differs" in found.stdout, found.stdout + found.stderr


def test_pictures_that_were_on_their_way_when_it_was_killed_follow(bucket, tmp_path):
    settings, place = bucket
    folder = tmp_path / "many"
    for number in range(1500):
        path = folder / "products" / f"{number % 40:03}" / f"{number:05}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(2000))
    pair = ["--from-objects", f"file:{folder}", "--to-objects", f"s3://{place.name}"]
    moving = subprocess.Popen([str(PATH), "migrate-data", *pair], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # It stands still while it is looked at: it could end meanwhile.
    deadline = time.monotonic() + 60
    while moving.poll() is None:
        moving.send_signal(signal.SIGSTOP)
        if sum(1 for _ in place.objects.limit(200)) >= 200:
            break
        assert time.monotonic() < deadline
        moving.send_signal(signal.SIGCONT)
        time.sleep(0.01)
    moving.kill()
    moving.wait()
    assert 0 < sum(1 for _ in place.objects.all()) < 1500, "it was not killed in the middle"
    shutil.rmtree(folder / "products" / "000")  # the source may have changed meanwhile
    moved(*pair, **settings)
    assert {entry.key: entry.get()["Body"].read() for entry in place.objects.all()} == files_in(folder)
