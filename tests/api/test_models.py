"""Brand models: making, changing, listing, their picture."""
import pytest

from harness import pictures
from harness.client import UNKNOWN_ID, created, expect, new_model


def listed(client, **params):
    return {item["id"] for item in client.get("/models", params={"page_size": 100, **params}).json()["items"]}


def test_a_model_shows_what_it_was_made_of(retailer):
    body = new_model(measurements={"bust": 92.5, "waist": 80}, skin_tone="olive")
    answer = retailer.post("/models", json=body)
    model = created(answer)
    assert answer.headers["Location"] == f"/api/v1/models/{model['id']}"
    for key, value in body.items():
        assert model[key] == value
    assert model["image_url"] is None and model["usage_count"] == 0 and model["is_active"] is True
    assert model["try_on"]["state"] == "no_picture" and model["retailer_id"] == retailer.id


@pytest.mark.parametrize("missing", ["name", "body_type", "height_cm", "size"])
def test_required_fields_are_required(retailer, missing):
    body = new_model()
    del body[missing]
    expect(retailer.post("/models", json=body), 422, "invalid_input", at=f"/{missing}")


@pytest.mark.parametrize("fields,at", [
    ({"body_type": "huge"}, "/body_type"), ({"height_cm": 99}, "/height_cm"), ({"height_cm": 231}, "/height_cm"), ({"skin_tone": "green"}, "/skin_tone"),
    ({"size": ""}, "/size"), ({"name": ""}, "/name"), ({"measurements": {"bust": 5}}, "/measurements/bust"), ({"usage_count": 3}, "/usage_count"),
    ({"image_url": "http://x/y.png"}, "/image_url"), ({"is_active": "yes"}, "/is_active")])
def test_a_wrong_value_is_named(retailer, fields, at):
    expect(retailer.post("/models", json=new_model(**fields)), 422, "invalid_input", at=at)


def test_a_model_without_picture_is_its_owners_only(model, retailer, other_retailer, nobody, customer, admin):
    path = f"/models/{model['id']}"
    assert retailer.get(path).status_code == 200 and admin.get(path).status_code == 200
    for client in (nobody, customer, other_retailer):
        expect(client.get(path), 404, "not_found")
        assert model["id"] not in listed(client)
    assert model["id"] in listed(retailer)


def test_a_model_with_picture_is_listed_until_it_is_inactive(model, retailer, nobody):
    created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person()}))
    shown = expect(nobody.get(f"/models/{model['id']}"), 200).json()
    assert shown["image_url"] and nobody.open(shown["image_url"]).status_code == 200
    assert model["id"] in listed(nobody)
    expect(retailer.put(f"/models/{model['id']}", json={"is_active": False}), 200)
    assert model["id"] not in listed(nobody) and model["id"] in listed(retailer)
    expect(nobody.get(f"/models/{model['id']}"), 404)


def test_a_second_picture_replaces_the_first(model, retailer, nobody):
    first = created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person("ria")}))
    second = created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person("asha")}))
    assert first["url"] != second["url"]
    assert nobody.get(f"/models/{model['id']}").json()["image_url"] == second["url"]


def test_only_the_owner_or_an_administrator_changes(model, other_retailer, customer, nobody, admin, jpeg):
    path = f"/models/{model['id']}"
    for client, status in ((other_retailer, 403), (customer, 403), (nobody, 401)):
        expect(client.put(path, json={"name": "X"}), status)
        expect(client.delete(path), status)
        expect(client.post(path + "/image", files={"file": jpeg}), status)
    assert admin.put(path, json={"name": "X"}).json()["name"] == "X"


def test_a_change_keeps_what_is_left_out_and_counts_revisions(model, retailer):
    path = f"/models/{model['id']}"
    tag = retailer.get(path).headers["ETag"]
    changed = expect(retailer.put(path, json={"height_cm": 170}, headers={"If-Match": tag}), 200).json()
    assert changed["height_cm"] == 170 and changed["name"] == model["name"] and changed["revision"] == model["revision"] + 1
    expect(retailer.put(path, json={"height_cm": 171}, headers={"If-Match": tag}), 412, "precondition_failed")


def test_a_withdrawn_model_is_gone(model, retailer):
    path = f"/models/{model['id']}"
    expect(retailer.delete(path), 204)
    for attempt in (retailer.get(path), retailer.put(path, json={}), retailer.delete(path)):
        expect(attempt, 404, "not_found")
    assert model["id"] not in listed(retailer)


def test_filters_and_sorts(nobody, demo_models):
    everyone = list(demo_models.values())
    for field in ("body_type", "size", "skin_tone"):
        for value in {model[field] for model in everyone}:
            found = nobody.get("/models", params={field: value, "page_size": 100}).json()["items"]
            assert found and all(model[field] == value for model in found)
    two = sorted({model["size"] for model in everyone})[:2]
    found = nobody.get("/models", params={"size": two, "page_size": 100}).json()["items"]
    assert {model["size"] for model in found} == set(two)
    newest = [model["created_at"] for model in nobody.get("/models?sort=newest").json()["items"]]
    assert newest == sorted(newest, reverse=True)
    popular = [model["usage_count"] for model in nobody.get("/models?sort=popular").json()["items"]]
    assert popular == sorted(popular, reverse=True)
    assert nobody.get("/models", params={"retailer_id": UNKNOWN_ID}).json()["total"] == 0


@pytest.mark.parametrize("query,at", [("sort=name", "sort"), ("body_type=huge", "body_type"), ("skin_tone=green", "skin_tone"),
                                      ("retailer_id=x", "retailer_id"), ("height=3", "height")])
def test_a_wrong_filter_is_named(nobody, query, at):
    expect(nobody.get("/models?" + query), 422, "invalid_input", at=at)
