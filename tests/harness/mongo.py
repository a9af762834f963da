"""Programs on MongoDB: their settings, and copies of what they keep."""
import os
import secrets

import pymongo
import pytest

VARIABLE = "MONGODB_TEST_URL"


def server_url():
    """Where the tests' MongoDB is; without one the test is skipped, or fails where back ends are required."""
    if url := os.environ.get(VARIABLE):
        return url
    reason = f"no MongoDB: ./fit test starts one, or set {VARIABLE}"
    if os.environ.get("FITVIEW_REQUIRE_BACKENDS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def settings(url=None):
    """STORE and a database of one's own."""
    return {"STORE": "mongodb", "MONGODB_URL": url or server_url(), "MONGODB_DB_NAME": f"fitview_box_{secrets.token_hex(6)}"}


def copy_database(source, target):
    """Everything the (stopped) program with the settings `source` kept, for the one with `target`."""
    with pymongo.MongoClient(source["MONGODB_URL"]) as client:
        old, new = client[source["MONGODB_DB_NAME"]], client[target["MONGODB_DB_NAME"]]
        for name in old.list_collection_names():
            documents = list(old[name].find())
            if documents:
                new[name].insert_many(documents)


def drop_database(used):
    with pymongo.MongoClient(used["MONGODB_URL"]) as client:
        client.drop_database(used["MONGODB_DB_NAME"])
