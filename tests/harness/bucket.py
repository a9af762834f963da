"""The bucket of the S3 server, seen by a client that is not ours, and the comparison of what lies in it with what the stores know."""
import os
import re
import time
import urllib.parse

import boto3
import botocore.config
import pymongo

from harness.absent import absent

VARIABLE = "S3_TEST_URL"
KEY = re.compile(r"^(?:products|models|user_uploads|tryon_results|style_results|analyses)/\S+\.\w+$")
LEDGER = "object_ledger"
HOUR_MS = 3_600_000  # what is stored before its document is due after an hour


def server_url():
    """Where the tests' S3 server is; without one the test is skipped, or fails where back ends are required."""
    if url := os.environ.get(VARIABLE):
        return url
    return absent(f"no S3 server: ./fit setup builds one, ./fit test starts it, or set {VARIABLE}")


def settings(url=None):
    place = urllib.parse.urlsplit(url or server_url())
    return {"AWS_S3_BUCKET": place.path.strip("/"), "AWS_S3_ENDPOINT": f"http://{place.hostname}:{place.port}",
            "AWS_S3_PATH_STYLE": "true", "AWS_REGION": urllib.parse.parse_qs(place.query)["region"][0],
            "AWS_ACCESS_KEY_ID": place.username, "AWS_SECRET_ACCESS_KEY": place.password}


def opened(used):
    client = boto3.resource("s3", endpoint_url=used["AWS_S3_ENDPOINT"], region_name=used["AWS_REGION"],
                            aws_access_key_id=used["AWS_ACCESS_KEY_ID"], aws_secret_access_key=used["AWS_SECRET_ACCESS_KEY"],
                            config=botocore.config.Config(s3={"addressing_style": "path"}))
    return client.Bucket(used["AWS_S3_BUCKET"])


def texts_in(value):
    if isinstance(value, dict):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_in(member)
    elif isinstance(value, str):
        yield value


class Pictures:
    """What lies in the bucket of a shop on MongoDB, and who refers to it."""

    def __init__(self, mongo_settings, s3_settings):
        self.bucket = opened(s3_settings)
        self.mongo = pymongo.MongoClient(mongo_settings["MONGODB_URL"])
        self.database = self.mongo[mongo_settings["MONGODB_DB_NAME"]]

    def close(self):
        self.mongo.close()

    def objects(self):
        return {item.key for item in self.bucket.objects.all()}

    def in_ledger(self):
        return {entry["_id"] for entry in self.database[LEDGER].find({}, {"_id": 1})}

    def referred_to(self):
        """Every object key in any document but the ledger's and stored answers."""
        names = set(self.database.list_collection_names()) - {LEDGER, "idempotency_keys"}
        return {text for name in names for document in self.database[name].find() for text in texts_in(document) if KEY.match(text)}

    def orphans(self):
        """Objects no document refers to; analyses are found by the photo they are of and go when their month is over."""
        return {key for key in self.objects() - self.referred_to() if not key.startswith("analyses/")}

    def unknown(self):
        """Objects nobody would ever remove."""
        return self.objects() - self.in_ledger()

    def missing(self):
        """What documents refer to and is not there."""
        return self.referred_to() - self.objects()

    def let_an_hour_pass(self):
        """Makes every object due an hour earlier and frees the lease of a sweeper that was killed."""
        self.database[LEDGER].update_many({"expires_at": {"$ne": None}}, [{"$set": {"expires_at": {"$subtract": ["$expires_at", HOUR_MS]}}}])
        self.database["leases"].delete_many({})

    def seconds_until_swept(self, seconds_max):
        """How long the sweeper takes until no picture is orphaned."""
        started = time.monotonic()
        while orphans := self.orphans():
            assert time.monotonic() - started < seconds_max, f"orphaned for longer than the sweep: {sorted(orphans)[:5]} of {len(orphans)}"
            time.sleep(0.2)
        return time.monotonic() - started
