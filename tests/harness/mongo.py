"""Programs on MongoDB: their settings, and copies of what they keep."""
import atexit
import functools
import itertools
import os
import secrets
import tempfile

import pymongo

from harness.absent import absent
from servers.redis_server import RedisServer

VARIABLE = "MONGODB_TEST_URL"


def server_url():
    """Where the tests' MongoDB is; without one the test is skipped, or fails where back ends are required."""
    if url := os.environ.get(VARIABLE):
        return url
    return absent(f"no MongoDB: ./fit test starts one, or set {VARIABLE}")


@functools.cache
def queues():
    """The Redis of this run, which MongoDB's nodes need for their queue, and the numbers of its databases."""
    if not RedisServer.is_installed():
        absent(f"nodes on MongoDB need a Redis: {RedisServer.install_hint}")
    server = RedisServer(tempfile.mkdtemp(prefix="fitview-redis-")).start()
    atexit.register(server.stop)
    return server.url, itertools.count()


def settings(url=None):
    """STORE and a database of one's own, here and in Redis."""
    redis, numbers = queues()
    return {"STORE": "mongodb", "MONGODB_URL": url or server_url(), "MONGODB_DB_NAME": f"fitview_box_{secrets.token_hex(6)}",
            "REDIS_URL": f"{redis}/{next(numbers)}"}


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
