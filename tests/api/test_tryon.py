"""Try-ons on brand models and with an own photo: sessions, batch, history, favourites, events, addresses."""
import json
import re
import threading
import time

import pytest

from harness import pictures
from harness.client import ID, TIME, UNKNOWN_ID, created, expect, new_model, new_product, register

READY_SECONDS_MAX = 60


@pytest.fixture()
def shopper(address):
    return register(address)


@pytest.fixture(scope="module")
def ria(demo_models):
    return demo_models["Ria"]["id"]


@pytest.fixture(scope="module")
def shirt(demo_products):
    return next(item["id"] for item in demo_products.values() if item["category"] == "T-Shirts")


def wait_until_ended(client, session_id):
    deadline = time.monotonic() + READY_SECONDS_MAX
    while True:
        session = client.get(f"/tryon/{session_id}").json()
        if session["status"] != "pending":
            return session
        assert time.monotonic() < deadline, session
        time.sleep(0.1)


# --- one try-on ------------------------------------------------------------------------------------------------------


def test_a_try_on_answers_with_the_finished_session(shopper, ria, shirt, nobody):
    answer = shopper.post("/tryon", json={"model_id": ria, "product_id": shirt})
    session = created(answer)
    assert answer.headers["Location"] == f"/api/v1/tryon/{session['id']}"
    assert session["status"] == "completed" and session["progress"] == 100 and session["kind"] == "model"
    assert (session["model_id"], session["product_id"], session["user_id"]) == (ria, shirt, shopper.id)
    assert session["ai_provider"] == "fallback" and session["is_favorite"] is False and session["stage"]
    assert ID.match(session["id"]) and TIME.match(session["created_at"]) and TIME.match(session["expires_at"])
    assert session["model_name"] == "Ria" and session["product_name"] and session["retailer_id"]
    assert session["processing_time_ms"] >= 0
    quality = session["quality"]
    assert 0 <= quality["score"] <= 1 and isinstance(quality["warnings"], list) and {"pose", "cutout", "fit"} <= quality["parts"].keys()
    for url in (session["result_url"], session["mask_url"], session["model_image_url"], session["product_image_url"]):
        picture = nobody.open(url)
        assert picture.status_code == 200 and picture.headers["Content-Type"].startswith("image/")
        assert "immutable" in picture.headers["Cache-Control"]
    assert shopper.get(f"/tryon/{session['id']}").json() == session


def test_the_same_try_on_comes_from_the_cache(address, ria, shirt):
    first = created(register(address).post("/tryon", json={"model_id": ria, "product_id": shirt}))
    second = created(register(address).post("/tryon", json={"model_id": ria, "product_id": shirt}))
    assert second["cached"] is True and second["id"] != first["id"]
    assert second["result_url"] == first["result_url"] and second["mask_url"] == first["mask_url"]
    assert not re.search(r"expires=|signature=", first["result_url"])


def test_other_options_make_another_picture(shopper, ria, shirt):
    keep = created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"background": "keep"}}))
    studio = created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"background": "studio"}}))
    assert studio["status"] == "completed" and studio["result_url"] != keep["result_url"]
    assert created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"preview": True}}))["status"] == "completed"


def test_respond_async_answers_at_once(shopper, demo_models, shirt):
    model = demo_models["Kabir"]["id"]
    answer = shopper.post("/tryon", json={"model_id": model, "product_id": shirt}, headers={"Prefer": "respond-async"})
    session = answer.json()
    assert answer.status_code == 202 and answer.headers["Location"] == f"/api/v1/tryon/{session['id']}", answer.text
    assert session["status"] == "pending" and session["result_url"] is None
    ended = wait_until_ended(shopper, session["id"])
    assert ended["status"] == "completed" and ended["result_url"]


def test_a_cached_try_on_is_finished_even_for_who_would_not_wait(shopper, ria, shirt):
    created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}))
    answer = shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}, headers={"Prefer": "respond-async"})
    assert created(answer)["cached"] is True


def test_a_size_the_product_is_not_offered_in_is_refused(customer, ria, shirt):
    expect(customer.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"size": "ZZZ"}}), 422, "invalid_input", at="/options/size")


def test_only_sarees_and_dupattas_are_worn_in_ways(customer, ria, shirt):
    for way in ("sides", "nivi"):
        expect(customer.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"drape": way}}), 422, "invalid_input", at="/options/drape")
    expect(customer.post("/tryon", json={"model_id": ria, "product_id": shirt, "options": {"drape": "x"}}), 422, at="/options/drape")


def test_an_inactive_model_is_its_owners_only(customer, retailer, model, shirt):
    created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person()}))
    retailer.put(f"/models/{model['id']}", json={"is_active": False})
    expect(customer.post("/tryon", json={"model_id": model["id"], "product_id": shirt}), 404, "not_found", at="/model_id")


@pytest.mark.parametrize("body,at", [
    ({}, {"/model_id", "/product_id"}), ({"model_id": "x", "product_id": "0" * 23}, {"/model_id", "/product_id"}), ({"options": {"size": ""}}, {"/options/size"}),
    ({"options": {"background": "beach"}}, {"/options/background"}), ({"options": {"preview": "yes"}}, {"/options/preview"}), ({"options": {"mode": 1}}, {"/options/mode"}),
    ({"options": []}, {"/options"}), ({"user_id": UNKNOWN_ID}, {"/user_id"})])
def test_a_wrong_request_is_named(customer, ria, shirt, body, at):
    complete = {"model_id": ria, "product_id": shirt, **body} if body else {}
    expect(customer.post("/tryon", json=complete), 422, "invalid_input", at=at)


def test_what_does_not_exist_is_named(customer, ria, shirt, retailer):
    expect(customer.post("/tryon", json={"model_id": UNKNOWN_ID, "product_id": shirt}), 404, "not_found", at="/model_id")
    expect(customer.post("/tryon", json={"model_id": ria, "product_id": UNKNOWN_ID}), 404, "not_found", at="/product_id")
    gone = created(retailer.post("/products", json=new_product()))["id"]
    retailer.delete(f"/products/{gone}")
    expect(customer.post("/tryon", json={"model_id": ria, "product_id": gone}), 404, "not_found", at="/product_id")


def test_what_has_no_usable_picture_is_not_ready(customer, retailer, ria, shirt, product):
    answer = expect(customer.post("/tryon", json={"model_id": ria, "product_id": product["id"]}), 409, "not_try_on_ready")
    assert len(answer.json()["detail"]) > 10
    model = created(retailer.post("/models", json=new_model()))
    expect(retailer.post("/tryon", json={"model_id": model["id"], "product_id": shirt}), 409, "not_try_on_ready")
    expect(customer.post("/tryon", json={"model_id": model["id"], "product_id": shirt}), 404, "not_found", at="/model_id")


def test_a_fresh_picture_can_be_tried_on_at_once(customer, retailer):
    product = created(retailer.post("/products", json=new_product(category="T-shirts")))
    created(retailer.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}))
    model = created(retailer.post("/models", json=new_model()))
    created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person("nila")}))
    assert created(customer.post("/tryon", json={"model_id": model["id"], "product_id": product["id"]}))["status"] == "completed"


def test_try_ons_count_the_use_of_a_model(shopper, nobody, demo_models, shirt, shop):
    model = demo_models["Meera"]["id"]
    count = lambda: nobody.get(f"/models/{model}").json()["usage_count"]
    before = count()
    for times in (1, 2):  # the second comes from the cache
        created(shopper.post("/tryon", json={"model_id": model, "product_id": shirt}))
        shop.wait_for(lambda times=times: count() == before + times, 15)


# --- sessions --------------------------------------------------------------------------------------------------------


def test_sessions_are_their_users_only(shopper, customer, admin, ria, shirt):
    session = created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}))
    for client in (customer, admin):
        for attempt in (client.get(f"/tryon/{session['id']}"), client.delete(f"/tryon/{session['id']}"),
                        client.patch(f"/tryon/{session['id']}/favorite"), client.get(f"/tryon/{session['id']}/events")):
            expect(attempt, 404, "not_found")
        assert session["id"] not in {item["id"] for item in client.get("/tryon/history?page_size=100").json()["items"]}


def test_history_is_newest_first_and_filters(shopper, ria, shirt):
    sessions = [created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}))["id"] for _ in range(3)]
    shopper.patch(f"/tryon/{sessions[1]}/favorite")
    listed = lambda query="": [item["id"] for item in shopper.get("/tryon/history" + query).json()["items"]]
    assert listed() == sessions[::-1]
    assert listed("?favorite=true") == [sessions[1]] and listed("?favorite=false") == [sessions[2], sessions[0]]
    assert listed("?status=completed") == sessions[::-1] and listed("?status=failed") == []
    assert listed("?page=2&page_size=2") == [sessions[0]]
    page = shopper.get("/tryon/history?page_size=2").json()
    assert (page["total"], page["page"], page["page_size"], page["pages"]) == (3, 1, 2, 2)
    expect(shopper.get("/tryon/history?status=done&favorite=yes&page=0"), 422, at={"status", "favorite", "page"})


def test_a_favourite_is_set_or_toggled(shopper, ria, shirt):
    path = f"/tryon/{created(shopper.post('/tryon', json={'model_id': ria, 'product_id': shirt}))['id']}/favorite"
    assert expect(shopper.patch(path), 200).json()["is_favorite"] is True
    assert shopper.patch(path).json()["is_favorite"] is False
    assert shopper.patch(path, json={"is_favorite": True}).json()["is_favorite"] is True
    assert shopper.patch(path, json={"is_favorite": True}).json()["is_favorite"] is True
    assert shopper.patch(path, json={"is_favorite": False}).json()["is_favorite"] is False
    assert shopper.patch(path, json={}).json()["is_favorite"] is True
    expect(shopper.patch(path, json={"is_favorite": "yes"}), 422, at="/is_favorite")
    expect(shopper.patch(path, json={"favorite": True}), 422, at="/favorite")


def test_deleting_a_session_keeps_the_shared_picture(shopper, nobody, ria, shirt):
    session = created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}))
    expect(shopper.delete(f"/tryon/{session['id']}"), 204)
    expect(shopper.get(f"/tryon/{session['id']}"), 404)
    expect(shopper.delete(f"/tryon/{session['id']}"), 404)
    assert shopper.get("/tryon/history").json()["total"] == 0
    assert nobody.open(session["result_url"]).status_code == 200


def test_deleting_a_pending_session_cancels_it(shopper, demo_models, demo_tops):
    body = {"model_id": demo_models["Asha"]["id"], "product_ids": [item["id"] for item in demo_tops[:12]]}
    sessions = expect(shopper.post("/tryon/batch", json=body), 202).json()["items"]
    last = sessions[-1]["id"]
    expect(shopper.delete(f"/tryon/{last}"), 204)
    expect(shopper.get(f"/tryon/{last}"), 404)
    for session in sessions[:-1]:
        assert wait_until_ended(shopper, session["id"])["status"] == "completed"


def test_the_history_keeps_the_name_of_a_withdrawn_product(shopper, retailer, ria):
    product = created(retailer.post("/products", json=new_product(name="Soon Gone Tee", category="T-shirts")))
    created(retailer.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}))
    session = created(shopper.post("/tryon", json={"model_id": ria, "product_id": product["id"]}))
    retailer.delete(f"/products/{product['id']}")
    kept = expect(shopper.get(f"/tryon/{session['id']}"), 200).json()
    assert kept["product_name"] == "Soon Gone Tee" and kept["product_id"] == product["id"]


# --- batch -----------------------------------------------------------------------------------------------------------


def test_in_a_batch_one_bad_product_fails_alone(shopper, ria, shirt, product):
    items = expect(shopper.post("/tryon/batch", json={"model_id": ria, "product_ids": [shirt, UNKNOWN_ID, product["id"]]}), 202).json()["items"]
    assert [item["product_id"] for item in items] == [shirt, UNKNOWN_ID, product["id"]]
    assert items[1]["status"] == "failed" and items[1]["error"]["code"] == "not_found" and items[1]["error"]["detail"]
    assert items[2]["status"] == "failed" and items[2]["error"]["code"] == "not_try_on_ready"
    assert wait_until_ended(shopper, items[0]["id"])["status"] == "completed"


def test_a_batch_as_a_whole_can_be_refused(customer, ria, shirt):
    post = lambda **body: customer.post("/tryon/batch", json={"model_id": ria, "product_ids": [shirt], **body})
    expect(post(model_id=UNKNOWN_ID), 404, "not_found", at="/model_id")
    expect(post(product_ids=[shirt, "x"]), 422, at="/product_ids/1")
    expect(post(product_ids=[]), 422, at="/product_ids")
    expect(post(product_ids=[shirt] * 21), 422, at="/product_ids")
    expect(post(model_id="x"), 422, at="/model_id")


# --- events ----------------------------------------------------------------------------------------------------------


def events_of(client, session_id):
    answer = client.session.get(f"{client.address}/api/v1/tryon/{session_id}/events", stream=True, timeout=READY_SECONDS_MAX,
                                headers={"Authorization": f"Bearer {client.token}", "Accept": "text/event-stream"})
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/event-stream")
    assert "no-store" in answer.headers["Cache-Control"]
    events, name = [], None
    for line in answer.iter_lines(decode_unicode=True):
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            events.append((name, json.loads(line[5:])))
    return events


def test_events_end_with_the_finished_session(shopper, demo_models, demo_tops):
    body = {"model_id": demo_models["Dev"]["id"], "product_id": demo_tops[1]["id"], "options": {"preview": True}}
    session = expect(shopper.post("/tryon", json=body, headers={"Prefer": "respond-async"}), 202).json()
    events = events_of(shopper, session["id"])
    assert events[-1][0] == "completed" and events[-1][1]["id"] == session["id"] and events[-1][1]["result_url"]
    assert all(name == "progress" and 0 <= data["progress"] <= 100 for name, data in events[:-1])
    assert [name for name, _ in events_of(shopper, session["id"])] == ["completed"]


def test_events_of_nobodys_session(customer):
    expect(customer.get(f"/tryon/{UNKNOWN_ID}/events"), 404)


@pytest.fixture(scope="module")
def wardrobe(demo_products):
    """Products that can be worn together, the outer one first."""
    ready = [item for item in demo_products.values()]
    return [item["id"] for item in ready if item["category"] == "Kurtas"][:1] + [item["id"] for item in ready if item["category"] == "T-Shirts"][:1]


def test_an_outfit_is_one_picture_of_everything(shopper, ria, wardrobe, nobody):
    body = {"model_id": ria, "product_ids": wardrobe}
    answer = shopper.post("/tryon/outfit", json=body, headers={"Idempotency-Key": "outfit-1"})
    session = created(answer)
    assert session["kind"] == "outfit" and session["model_id"] == ria and session["product_id"] == wardrobe[0]
    assert {garment["product_id"] for garment in session["garments"]} == set(wardrobe)
    again = shopper.post("/tryon/outfit", json=body, headers={"Idempotency-Key": "outfit-1"})
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["id"] == session["id"]
    assert shopper.get(f"/tryon/{session['id']}").json() == session
    assert shopper.get("/tryon/history").json()["items"][0]["id"] == session["id"]
    if session["status"] == "completed":
        assert nobody.open(session["result_url"]).headers["Content-Type"] == "image/webp"
        model = expect(shopper.get(f"/tryon/{session['id']}/model.glb"), 200)
        assert model.headers["Content-Type"] == "model/gltf-binary" and model.content[:4] == b"glTF" and len(model.content) <= 1_000_000
        cached = created(shopper.post("/tryon/outfit", json=body))
        assert cached["cached"] and cached["result_url"] == session["result_url"]
    else:
        assert session["error"]["code"] == "unusable_picture"


def test_an_outfit_names_what_cannot_be_worn(customer, ria, wardrobe, retailer):
    def outfit(*products, model=ria):
        return customer.post("/tryon/outfit", json={"model_id": model, "product_ids": list(products)})
    bare = created(retailer.post("/products", json=new_product()))
    expect(outfit(wardrobe[0]), 422, at="/product_ids")
    expect(outfit(*wardrobe, *wardrobe, wardrobe[0]), 422, at="/product_ids")
    expect(outfit(wardrobe[0], wardrobe[0]), 422, at="/product_ids/1")
    expect(outfit(wardrobe[0], "x"), 422, at="/product_ids/1")
    expect(outfit(wardrobe[0], UNKNOWN_ID), 404, "not_found", at="/product_ids/1")
    expect(outfit(*wardrobe, model=UNKNOWN_ID), 404, "not_found", at="/model_id")
    answer = expect(outfit(wardrobe[0], bare["id"]), 409, "not_try_on_ready", at="/product_ids/1")
    assert bare["name"] in answer.json()["detail"]


# --- style variations ------------------------------------------------------------------------------------------------


def test_a_finished_try_on_is_set_into_scenes(shopper, ria, shirt, nobody, other_customer):
    session = created(shopper.post("/tryon", json={"model_id": ria, "product_id": shirt}))
    answer = shopper.post("/style/generate", json={"session_id": session["id"], "style": "party"})
    variation = created(answer)
    assert ID.match(variation["id"]) and TIME.match(variation["created_at"])
    assert (variation["session_id"], variation["style"], variation["ai_provider"]) == (session["id"], "party", "fallback")
    assert nobody.open(variation["result_url"]).headers["Content-Type"] == "image/webp"
    assert created(shopper.post("/style/generate", json={"session_id": session["id"], "style": "party"})) == variation
    assert shopper.get(f"/style/variations/{session['id']}").json()["items"] == [variation]
    expect(other_customer.get(f"/style/variations/{session['id']}"), 404)
    expect(other_customer.post("/style/generate", json={"session_id": session["id"], "style": "party"}), 404, at="/session_id")
    expect(shopper.post("/style/generate", json={"session_id": session["id"], "style": "beach"}), 422, at="/style")
    expect(shopper.post("/style/generate", json={"session_id": UNKNOWN_ID, "style": "party"}), 404, at="/session_id")
    expect(shopper.post("/style/generate", json={"session_id": "x", "style": "party"}), 422, at="/session_id")
    expect(nobody.get(f"/style/variations/{session['id']}"), 401)
    assert shopper.delete(f"/tryon/{session['id']}").status_code == 204
    expect(shopper.get(f"/style/variations/{session['id']}"), 404)
    expect(nobody.open(variation["result_url"]), 404)


def test_corrected_fit_points_are_used_by_later_try_ons(retailer, shirt, address):
    model = created(retailer.post("/models", json=new_model()))
    created(retailer.post(f"/models/{model['id']}/image", files={"file": pictures.person()}))
    path = f"/models/{model['id']}/fit-points"
    answer = retailer.get(path)
    assert answer.status_code == 200 and answer.headers["ETag"], answer.text
    found = {point["name"]: point for point in answer.json()["points"]}
    assert found["left_shoulder"]["x"] > found["right_shoulder"]["x"], "left is the wearer's"
    assert all(point["source"] == "found" and 0 <= point["confidence"] <= 1 for point in found.values())
    shopper = register(address)
    before = created(shopper.post("/tryon", json={"model_id": model["id"], "product_id": shirt}))
    correction = {"points": [{"name": "left_elbow", "x": 0.8, "y": 0.4}, {"name": "left_wrist", "x": 0.82, "y": 0.55}]}
    corrected = retailer.put(path, json=correction, headers={"If-Match": retailer.get(path).headers["ETag"]})
    assert corrected.status_code == 200, corrected.text
    elbow = next(point for point in corrected.json()["points"] if point["name"] == "left_elbow")
    assert (elbow["x"], elbow["source"], elbow["confidence"]) == (0.8, "corrected", 1)
    assert corrected.json()["revision"] == retailer.get(f"/models/{model['id']}").json()["revision"]
    expect(retailer.put(path, json=correction, headers={"If-Match": answer.headers["ETag"]}), 412, "precondition_failed")
    after = created(shopper.post("/tryon", json={"model_id": model["id"], "product_id": shirt}))
    assert not after["cached"] and (after["result_url"] is None or after["result_url"] != before["result_url"])
    fallen_back = retailer.put(path, json={"points": []}).json()
    assert all(point["source"] == "found" for point in fallen_back["points"])


def test_fit_points_of_a_product_are_the_owners(retailer, other_retailer, product):
    path = f"/products/{product['id']}/fit-points"
    expect(retailer.put(path, json={"points": []}), 409, "not_try_on_ready")
    created(retailer.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}))
    points = retailer.get(path).json()["points"]
    assert "left_hem" in {point["name"] for point in points}, points
    expect(other_retailer.get(path), 403, "forbidden")
    expect(other_retailer.put(path, json={"points": []}), 403, "forbidden")
    expect(retailer.put(path, json={"points": [{"name": "left_hem", "x": 2, "y": 0.5}]}), 422, at="/points/0/x")
    expect(retailer.put(path, json={"points": [{"name": "nose", "x": 0.2, "y": 0.5}]}), 422, at="/points/0/name")
    moved = retailer.put(path, json={"points": [{"name": "left_hem", "x": 0.7, "y": 0.9}]})
    assert moved.status_code == 200, moved.text


def test_many_at_once_share_the_work(address, demo_models, demo_tops):
    body = {"model_id": demo_models["Nila"]["id"], "product_id": demo_tops[2]["id"]}
    clients, answers = [register(address) for _ in range(4)], []
    threads = [threading.Thread(target=lambda client=client: answers.append(client.post("/tryon", json=body))) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sessions = [created(answer) for answer in answers]
    assert {session["status"] for session in sessions} == {"completed"}
    assert len({session["result_url"] for session in sessions}) == 1
