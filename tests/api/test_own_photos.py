"""Try-ons on a shopper's own photo: consent, what may come along, whose the pictures are."""
import json
import re
import time

import pytest

from harness import pictures
from harness.client import UNKNOWN_ID, created, expect, register


@pytest.fixture(scope="module")
def shirt(demo_products):
    return next(item["id"] for item in demo_products.values() if item["category"] == "T-Shirts")


def own_photo(client, product, photo=None, **fields):
    fields = {"product_id": product, "consent": "true", **fields}
    return client.post("/tryon/with-photo", data={key: value for key, value in fields.items() if value is not None},
                       files={"photo": ("me.webp", photo if photo is not None else pictures.person("meera"), "image/webp")})


@pytest.fixture(scope="module")
def photo_session(address, shirt):
    someone = register(address)
    return someone, created(own_photo(someone, shirt))


def test_an_own_photo_is_tried_on(photo_session):
    someone, session = photo_session
    assert session["status"] == "completed" and session["kind"] == "photo" and session["model_id"] is None and session["cached"] is False
    shown = someone.get(f"/tryon/{session['id']}").json()
    assert shown["id"] == session["id"] and shown["result_url"]


def test_personal_addresses_are_signed_and_open_without_a_token(photo_session, nobody):
    someone, session = photo_session
    for url in (session["result_url"], session["mask_url"], session["fit_overlay_url"]):
        expires = int(re.search(r"[?&]expires=(\d+)", url).group(1))
        assert 3500 < expires - time.time() < 3700 and "signature=" in url
        answer = expect(nobody.open(url), 200)
        assert "private" in answer.headers["Cache-Control"] and "no-store" in answer.headers["Cache-Control"]


def test_a_forged_or_expired_address_is_forbidden(photo_session, nobody):
    url = photo_session[1]["result_url"]
    later = re.sub(r"expires=(\d+)", lambda found: f"expires={int(found.group(1)) + 1}", url)
    for wrong in (later, re.sub(r"expires=\d+", "expires=1000000000", url), re.sub(r"signature=[^&]+", "signature=AAAA", url), url.split("?")[0],
                  re.sub(r"[?&]signature=[^&]+", "", url), re.sub(r"expires=\d+", "expires=soon", url), url.replace("signature=", "signature=x")):
        expect(nobody.open(wrong), 403, "forbidden")


def test_a_signature_opens_only_its_own_picture(photo_session, nobody):
    session = photo_session[1]
    path, query = session["result_url"].split("?")
    expect(nobody.open(session["mask_url"].split("?")[0] + "?" + query), 403, "forbidden")


def test_a_deleted_photo_session_takes_its_pictures_along(address, shirt, nobody):
    someone = register(address)
    session = created(own_photo(someone, shirt))
    expect(someone.delete(f"/tryon/{session['id']}"), 204)
    for url in (session["result_url"], session["mask_url"], session["fit_overlay_url"]):
        expect(nobody.open(url), 404, "not_found")


@pytest.mark.parametrize("consent", [None, "false"])
def test_consent_is_required(customer, shirt, consent):
    expect(own_photo(customer, shirt, consent=consent), 422, "consent_required", at="/consent")


def test_wrong_fields_of_the_form_are_named(customer, shirt):
    expect(own_photo(customer, "x"), 422, "invalid_input", at="/product_id")
    expect(own_photo(customer, None), 422, "invalid_input", at="/product_id")
    expect(own_photo(customer, shirt, consent="perhaps"), 422, at="/consent")
    expect(own_photo(customer, shirt, extra="1"), 422, at="/extra")
    expect(own_photo(customer, shirt, fit_points="not json"), 422, at="/fit_points")
    expect(own_photo(customer, shirt, fit_points='{"points": [{"name": "left_hat", "x": "a", "z": 1}]}'), 422, "invalid_input")
    expect(own_photo(customer, shirt, fit_points='{"points": [{"name": "left_hat", "x": 0.3, "y": 0.2}]}'), 422, at="/fit_points/points/0/name")
    expect(own_photo(customer, UNKNOWN_ID), 404, "not_found", at="/product_id")
    expect(customer.post("/tryon/with-photo", data={"product_id": shirt, "consent": "true"}, files={"other": b"x"}), 422, at={"/photo", "/other"})
    expect(customer.post("/tryon/with-photo", json={"product_id": shirt}), 415, "unsupported_media_type")


def test_a_field_sent_twice_is_refused(customer, shirt):
    files = [("photo", ("a.webp", pictures.person(), "image/webp")), ("photo", ("b.webp", pictures.person(), "image/webp"))]
    expect(customer.post("/tryon/with-photo", data={"product_id": shirt, "consent": "true"}, files=files), 422, at="/photo")


def test_a_photo_without_a_person_is_refused_with_what_to_change(customer, shirt):
    answer = expect(own_photo(customer, shirt, pictures.plain()), 422, "unusable_picture", at="/photo")
    assert len(answer.json()["errors"][0]["detail"]) > 20
    expect(own_photo(customer, shirt, b"not a picture"), 415, "unsupported_media_type")
    expect(own_photo(customer, shirt, pictures.person()[:3000]), 422, "unusable_picture", at="/photo")
    assert customer.get("/tryon/history", params={"status": "failed"}).json()["total"] == 0


def test_fit_points_are_taken(address, shirt):
    points = {"points": [{"name": "left_shoulder", "x": 0.62, "y": 0.24, "visibility": 0.98}, {"name": "right_shoulder", "x": 0.38, "y": 0.24}],
              "strokes": [{"kind": "keep_in_front", "width": 0.02, "points": [[0.4, 0.3], [0.45, 0.35]]}]}
    answer = own_photo(register(address), shirt, fit_points=json.dumps(points))
    assert answer.status_code == 201, answer.text


def test_a_mask_of_the_photo_is_taken_and_any_other_named(customer, shirt):
    def send(mask, **fields):
        data = {"product_id": shirt, "consent": "true", "options": '{"preview": true}', **fields}
        return customer.post("/tryon/with-photo", data=data, files={"photo": ("me.webp", pictures.person("meera"), "image/webp"),
                                                                    "person_mask": ("mask.png", mask, "image/png")})
    expect(send(b"no picture", height_cm="165"), 415)
    expect(send(pictures.png(width=64, height=640)), 422, at="/person_mask")
    expect(send(pictures.png(width=64, height=64), height_cm="20"), 422, at="/height_cm")


def test_points_outside_the_photo_are_refused_unless_they_are_not_seen(customer, shirt):
    outside = {"name": "left_ankle", "x": 0.4, "y": 1.3}
    expect(own_photo(customer, shirt, fit_points=json.dumps({"points": [outside]})), 422, at="/fit_points/points/0/y")
    hidden = {"points": [{**outside, "visibility": 0.1}]}
    assert own_photo(register(customer.address), shirt, fit_points=json.dumps(hidden)).status_code == 201


# --- outfits ---------------------------------------------------------------------------------------------------------


def test_variations_of_an_own_photo_are_personal(photo_session, nobody):
    someone, session = photo_session
    variation = created(someone.post("/style/generate", json={"session_id": session["id"], "style": "formal"}))
    assert "signature=" in variation["result_url"] and "expires=" in variation["result_url"]
    assert nobody.open(variation["result_url"]).status_code == 200
    expect(nobody.open(variation["result_url"].split("?")[0]), 403)
    assert variation["id"] in json.dumps(someone.get("/auth/me/export").json()["collections"]["style_variations"])


# --- fit points ------------------------------------------------------------------------------------------------------
