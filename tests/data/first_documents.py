#!/usr/bin/env python3
"""Writes first_documents.json: a small shop as the first version with MongoDB kept it.

Usage: first_documents.py MONGODB_ADDRESS >tests/data/first_documents.json
The address, with the database in its path, is of any later version's small shop; what later versions added to documents is left out.
"""
import datetime
import sys
import urllib.parse

import bson.json_util
import pymongo

COLLECTIONS = ("users", "products", "models", "tryon_sessions", "tryon_results", "object_ledger")
LATER = {"overlay_key", "fit", "material", "drape"}
NEVER = datetime.datetime(2100, 1, 1)


def without_later(value):
    if isinstance(value, dict):
        return {key: without_later(member) for key, member in value.items() if key not in LATER}
    if isinstance(value, list):
        return [without_later(item) for item in value]
    return value


def main():
    address = sys.argv[1]
    database = pymongo.MongoClient(address)[urllib.parse.urlsplit(address).path.strip("/")]
    shop = {}
    for name in COLLECTIONS:
        shop[name] = list(database[name].find(sort=[("_id", 1)]))
        for at, document in enumerate(shop[name]):
            if name.startswith("tryon"):
                document = shop[name][at] = without_later(document)
            if "expires_at" in document:  # the test is run after the ninety days too
                document["expires_at"] = NEVER
    print(bson.json_util.dumps(shop, indent=1))


if __name__ == "__main__":
    main()
