"""Shops as the first version kept them, opened by today's program. tests/data/first_schema.py and first_documents.py made them."""
import contextlib
import pathlib
import sqlite3

import bson.json_util
import pymongo
import pytest

from harness import mongo
from harness.client import PASSWORD, Client, created, expect, new_product, sign_in
from harness.program import ROOT, Program

DATA = ROOT / "tests" / "data"
CUSTOMER, SELLER = "priya@first.example", "seller@first.example"


def embedded(folder):
    program = Program(folder, STORE="sqlite", QUEUE="sqlite")
    data = pathlib.Path(program.environment["DATA_DIR"])
    data.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(data / "fitview.sqlite")) as database:
        database.executescript((DATA / "first_schema.sql").read_text())
    return program


def on_mongodb(folder):
    program = Program(folder, **mongo.settings())
    with pymongo.MongoClient(program.environment["MONGODB_URL"]) as client:
        for name, documents in bson.json_util.loads((DATA / "first_documents.json").read_text()).items():
            client[program.environment["MONGODB_DB_NAME"]][name].insert_many(documents)
    return program


@pytest.mark.parametrize("kept", [embedded, on_mongodb])
def test_the_first_version_s_shop_is_there_with_everything(kept, tmp_path):
    program = kept(tmp_path).start()
    try:
        program.wait_for(lambda: Client(program.address).get("/health", root=True).status_code == 200, 30)
        customer, seller = (sign_in(program.address, email, PASSWORD) for email in (CUSTOMER, SELLER))
        assert customer.get("/auth/me").json()["name"]
        product = customer.get("/products", params={"search": "kurta"}).json()["items"][0]
        assert expect(customer.get(f"/products/{product['id']}"), 200).json()["sizes"]
        assert customer.get("/models").json()["total"] == 1
        history = customer.get("/tryon/history").json()
        assert history["total"] == 1 and history["items"][0]["status"] == "completed"
        expect(customer.get(f"/tryon/{history['items'][0]['id']}"), 200)
        # And goes on: what is there can be changed, what is new can be added.
        expect(seller.put(f"/products/{product['id']}", json={"name": "Kurta of the first days"}), 200)
        created(seller.post("/products", json=new_product()))
        expect(customer.patch(f"/tryon/{history['items'][0]['id']}/favorite"), 200)
    finally:
        program.stop()
        if kept is on_mongodb:
            mongo.drop_database(program.environment)
