"""Every route of the API description, called by everybody: who gets past the door and who does not."""
import json

import pytest

from harness import pictures
from harness.client import Client, created, new_model, new_product, register
from harness.program import ROOT

DOCUMENT = json.loads((ROOT / "api" / "openapi.json").read_text())
PUBLIC = {("POST", "/auth/register"), ("POST", "/auth/login"), ("POST", "/auth/refresh"), ("GET", "/products"), ("GET", "/products/{id}"), ("GET", "/models"),
          ("GET", "/models/{id}"), ("GET", "/health"), ("GET", "/privacy/retention")}
SELLING = {("POST", "/products"), ("PUT", "/products/{id}"), ("DELETE", "/products/{id}"), ("POST", "/products/{id}/images"),
           ("DELETE", "/products/{id}/images/{image_id}"), ("PUT", "/products/{id}/images/order"), ("POST", "/models"), ("PUT", "/models/{id}"),
           ("DELETE", "/models/{id}"), ("POST", "/models/{id}/image"),
           ("GET", "/products/{id}/fit-points"), ("PUT", "/products/{id}/fit-points"), ("GET", "/models/{id}/fit-points"), ("PUT", "/models/{id}/fit-points")}
OPERATIONS = sorted((method.upper(), path.removeprefix("/api/v1")) for path, operations in DOCUMENT["paths"].items() if path.startswith("/api/v1/")
                    for method in operations)
PEOPLE = ["nobody", "customer", "other_retailer", "owner", "admin"]


@pytest.fixture(scope="module")
def owned(address):
    """A shop with a product and a model that have pictures, and a try-on of the shop's owner."""
    owner = register(address, "retailer")
    product = created(owner.post("/products", json=new_product(category="T-shirts")))
    image = created(owner.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}))
    model = created(owner.post("/models", json=new_model()))
    created(owner.post(f"/models/{model['id']}/image", files={"file": pictures.person()}))
    session = created(owner.post("/tryon", json={"model_id": model["id"], "product_id": product["id"]}))
    return {"client": owner, "/products": product["id"], "/models": model["id"], "/tryon": session["id"], "image_id": image["id"]}


def people(address, owned, admin):
    return {"nobody": Client(address), "customer": register(address), "other_retailer": register(address, "retailer"), "owner": owned["client"], "admin": admin}


def expected(operation, person):
    """Statuses that mean refused at the door, or None for let in."""
    method, path = operation
    if operation in PUBLIC:
        return None
    if person == "nobody":
        return {401}
    if operation in SELLING:
        if person == "customer":
            return {403}
        if person == "other_retailer" and "{id}" in path:
            return {403}
    if path.startswith(("/tryon/{id}", "/style/variations")) and person != "owner":
        return {404}
    return None


def test_every_operation_is_in_the_matrix_by_its_security():
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            open_to_all = not operation.get("security") or {} in operation["security"]
            if path.startswith("/api/v1/"):
                assert open_to_all == ((method.upper(), path.removeprefix("/api/v1")) in PUBLIC), (method, path)
            else:
                assert open_to_all and method == "get", (method, path)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: " ".join(operation))
def test_everybody_meets_the_right_door(operation, address, owned, admin):
    method, path = operation
    if operation in {("POST", "/auth/logout"), ("DELETE", "/auth/me")}:
        assert Client(address).call(method, path).status_code == 401
        assert register(address).call(method, path).status_code == 204
        return
    if method == "DELETE" and path in ("/products/{id}", "/models/{id}", "/tryon/{id}"):
        refused_only = True  # the things are needed by the calls after this one
    else:
        refused_only = False
    prefix = "/" + path.split("/")[1]
    place = path.replace("{id}", owned.get(prefix, "")).replace("{image_id}", owned["image_id"]).replace("{session_id}", owned["/tryon"])
    for person, client in people(address, owned, admin).items():
        refusals = expected(operation, person)
        if refused_only and refusals is None:
            continue
        if operation == ("DELETE", "/products/{id}/images/{image_id}") and refusals is None:
            continue
        # Nothing here is a valid request that changes something: who is let in is told what is wrong with it.
        arguments = {"json": {"nonsense": 1}} if method in ("POST", "PUT", "PATCH") else {}
        if path.endswith(("/images", "/image", "/with-photo")):
            arguments = {"files": {"file": pictures.jpeg()}} if refusals == {403} and "{id}" in path else {"files": {"nonsense": b"x"}}
        elif refusals is not None and "{id}" in path and method in ("PUT", "PATCH"):
            # Ownership is judged after decoding, so the body must be a good one.
            arguments = {"json": {"image_ids": [owned["image_id"]]} if path.endswith("/order") else {"points": []} if path.endswith("/fit-points") else {}}
        answer = client.call(method, place, **arguments)
        if refusals is None:
            assert answer.status_code not in (401, 403), (person, operation, answer.text)
            assert path.startswith("/tryon/{id}") is False or answer.status_code != 404 or method == "POST", (person, operation, answer.text)
        else:
            assert answer.status_code in refusals, (person, operation, answer.status_code, answer.text)
