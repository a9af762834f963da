"""Replays api/examples: each file is a story of requests and answers that the documentation shows too.

Ids, times, tokens, addresses and measured values are normalised: in a file they stand as "<id>", "<time>" and so on, and a value that a
later request needs is kept under a name ("<id:product>") and put in where that name stands again. FITVIEW_UPDATE_EXAMPLES=1 writes the
answers anew; read the difference before keeping it.
"""
import json
import os
import pathlib
import re

import pytest

from harness import pictures
from harness.client import BASE, Client
from harness.program import ROOT

FOLDER = ROOT / "api" / "examples"
FILES = sorted(FOLDER.glob("*.json"))
UPDATE = os.environ.get("FITVIEW_UPDATE_EXAMPLES") == "1"
FILE_BYTES = {"garment": pictures.garment, "person": pictures.person, "text": lambda: b"not a picture"}
ANYTHING = {"processing_time_ms": "<milliseconds>", "blurhash": "<blurhash>", "access_token": "<token>", "refresh_token": "<token>", "request_id": "<request id>",
            "usage_count": "<count>", "cached": "<whether it was>", "warnings": "<words>", "state": "<state>",
            "score": "<score>", "pose": "<score>", "cutout": "<score>", "fit": "<score>", "version": "<version>",
            "people": "<landmarks or classical>", "ease_cm": "<centimetres>", "verdict": "<tight, fitted or loose>", "notes": "<sentences>"}


def normal(value, known, key=None):
    """The value with what differs from run to run replaced. `known` maps values met to names."""
    if key in ANYTHING and not (key == "fit" and isinstance(value, dict)) and value is not None:
        return ANYTHING[key]
    if key == "try_on" and isinstance(value, dict) and value.get("state") != "no_picture":
        # The picture is looked at meanwhile: what an answer knows of it is a matter of moments.
        value = {**value, "score": None, "reasons": []}
    if isinstance(value, dict):
        return {name: normal(inner, known, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [normal(inner, known, key) for inner in value]
    if isinstance(value, str):
        value = re.sub(r"https?://[^/ ]+/media/\S+", "<picture>", value)
        for met, name in known.items():
            value = value.replace(met, f"<{name}>")
        value = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "<time>", value)
        value = re.sub(r"\b[0-9a-f]{24}\b", "<id>", value)
    return value


def filled(value, named):
    """A request with `<name>` replaced by what was kept under it."""
    if isinstance(value, dict):
        return {key: filled(inner, named) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, named) for inner in value]
    if isinstance(value, str):
        for name, kept in named.items():
            value = value.replace(f"<{name}>", kept)
    return value


def kept_of(answer, path):
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer


def send(client, request, named):
    headers = filled(request.get("headers", {}), named)
    client.token = None
    arguments = {}
    if "body" in request:
        arguments["json"] = filled(request["body"], named)
    if "files" in request:
        arguments["files"] = {field: (f"{what}.webp", FILE_BYTES[what](), "image/webp") for field, what in request["files"].items()}
        arguments["data"] = filled(request.get("fields", {}), named)
    return client.call(request["method"], filled(request["path"], named).removeprefix(BASE), root=not request["path"].startswith(BASE), headers=headers, **arguments)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_example_is_what_the_server_does(path, address, demo_models, demo_products):
    client = Client(address)
    named = {"run": os.urandom(4).hex(), "demo product": next(item["id"] for item in demo_products.values() if item["name"] == "Terracotta Stripe Tee"),
             "demo model": demo_models["Ria"]["id"], "demo shop": demo_models["Ria"]["retailer_id"]}
    story = json.loads(path.read_text())
    for step in story["steps"]:
        answer = send(client, step["request"], named)
        body = answer.json() if answer.content else None
        for name, place in step.get("keep", {}).items():
            named[name] = kept_of(body, place)
        known = {value: name for name, value in named.items()}
        shown = {"status": answer.status_code}
        wanted = [name for name in ("Location", "Content-Type", "Cache-Control", "Idempotency-Replayed") if name in answer.headers]
        shown["headers"] = {name: normal(answer.headers[name], known) for name in wanted}
        if body is not None:
            shown["body"] = normal(body, known)
        if UPDATE:
            step["answer"] = shown
        else:
            assert shown == step["answer"], step["request"]
    if UPDATE:
        path.write_text(json.dumps(story, indent=2, ensure_ascii=False) + "\n")


def test_there_are_examples_for_the_main_calls():
    shown = {(step["request"]["method"], re.sub(r"<[^>]+>", "{id}", step["request"]["path"].split("?")[0])) for path in FILES
             for step in json.loads(pathlib.Path(path).read_text())["steps"]}
    for call in (("POST", "/api/v1/auth/register"), ("POST", "/api/v1/auth/login"), ("GET", "/api/v1/products"), ("POST", "/api/v1/products"),
                 ("POST", "/api/v1/products/{id}/images"), ("GET", "/api/v1/models"), ("POST", "/api/v1/tryon"), ("POST", "/api/v1/tryon/with-photo"),
                 ("GET", "/api/v1/tryon/history"), ("GET", "/health")):
        assert call in shown
