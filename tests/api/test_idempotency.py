"""Idempotency-Key on POST calls."""
import threading

import pytest

from harness import pictures
from harness.client import PASSWORD, created, expect, new_product, register


@pytest.fixture()
def seller(address):
    return register(address, "retailer")


def products_of(client):
    return client.get("/products", params={"retailer_id": client.id}).json()["total"]


def key(value):
    return {"Idempotency-Key": value}


def test_the_same_again_is_the_stored_answer(seller):
    first = seller.post("/products", json=new_product(), headers=key("a"))
    again = seller.post("/products", json=new_product(), headers=key("a"))
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json(), again.headers["Location"]) == (201, first.json(), first.headers["Location"])
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert products_of(seller) == 1


def test_another_content_or_path_with_the_key_is_refused(seller):
    created(seller.post("/products", json=new_product(), headers=key("b")))
    expect(seller.post("/products", json=new_product(price=5), headers=key("b")), 422, "idempotency_key_reused")
    expect(seller.post("/models", json={"name": "R", "body_type": "slim", "height_cm": 160, "size": "M"}, headers=key("b")), 422, "idempotency_key_reused")
    assert products_of(seller) == 1


def test_keys_are_each_users_own(seller, address):
    other = register(address, "retailer")
    first = created(seller.post("/products", json=new_product(), headers=key("c")))
    assert created(other.post("/products", json=new_product(), headers=key("c")))["id"] != first["id"]


def test_a_refusal_frees_the_key(seller):
    expect(seller.post("/products", json=new_product(price=-1), headers=key("d")), 422, "invalid_input")
    created(seller.post("/products", json=new_product(), headers=key("d")))


@pytest.mark.parametrize("bad", ["", "a b", "x" * 256, "tab\there", "ü"])
def test_a_malformed_key_is_unreadable(seller, bad):
    expect(seller.post("/products", json=new_product(), headers=key(bad.encode("latin-1"))), 400, "malformed_request")


def test_the_longest_key_is_taken(seller):
    created(seller.post("/products", json=new_product(), headers=key("~" * 255)))


def test_the_order_is_decoding_before_the_key_before_existence(seller):
    gone = "/products/0123456789abcdef01234567/images"
    created(seller.post("/products", json=new_product(), headers=key("e")))
    expect(seller.post("/products", raw=b"{", headers=key("e")), 400, "malformed_request")
    expect(seller.post("/products", json={"price": "x"}, headers=key("e")), 422, "invalid_input")
    expect(seller.post(gone, files={"file": pictures.jpeg()}, headers=key("e")), 422, "idempotency_key_reused")


def test_an_upload_is_compared_by_its_fields(seller, jpeg):
    path = f"/products/{created(seller.post('/products', json=new_product()))['id']}/images"
    first = seller.post(path, files={"file": ("a.jpg", jpeg, "image/jpeg")}, headers=key("f"))
    again = seller.post(path, files={"file": ("a.jpg", jpeg, "image/jpeg")}, headers=key("f"))  # another boundary
    assert created(first) == created(again) and again.headers["Idempotency-Replayed"] == "true"
    expect(seller.post(path, files={"file": ("a.jpg", pictures.jpeg(width=99), "image/jpeg")}, headers=key("f")), 422, "idempotency_key_reused")


def test_json_is_compared_as_sent_or_as_meant(seller):
    """White space aside the body is the same: the answer is either the stored one or a refusal, never a second product."""
    created(seller.post("/products", raw=b'{"name":"A","category":"B","price":1,"sizes":[{"size":"M","stock":1}]}', headers=key("g")))
    answer = seller.post("/products", raw=b'{"name": "A", "category":"B","price":1,"sizes":[{"size":"M","stock":1}]}', headers=key("g"))
    assert answer.status_code in (201, 422)
    assert products_of(seller) == 1


def test_of_many_at_once_one_is_done(seller):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(register_like(seller).post("/products", json=new_product(), headers=key("h")))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    for answer in answers:
        if answer.status_code == 409:
            expect(answer, 409, "request_in_progress")
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert products_of(seller) == 1


def register_like(client):
    """The same user over a connection of its own."""
    return type(client)(client.address, client.token, client.user)


def test_it_has_no_effect_on_signing_in(nobody, customer):
    body = {"email": customer.user["email"], "password": PASSWORD}
    first, again = (expect(nobody.post("/auth/login", json=body, headers=key("i")), 200) for _ in range(2))
    assert first.json()["access_token"] != again.json()["access_token"] and "Idempotency-Replayed" not in again.headers


def test_a_try_on_is_replayed_with_fresh_signatures(address, demo_products, nobody):
    someone, shirt = register(address), next(item["id"] for item in demo_products.values() if item["category"] == "T-Shirts")
    send = lambda: someone.post("/tryon/with-photo", data={"product_id": shirt, "consent": "true"},
                                files={"photo": ("me.webp", pictures.person("asha"), "image/webp")}, headers=key("j"))
    first, again = send(), send()
    assert created(first)["id"] == created(again)["id"] and again.headers["Idempotency-Replayed"] == "true"
    assert someone.get("/tryon/history").json()["total"] == 1
    assert nobody.open(again.json()["result_url"]).status_code == 200


def test_a_batch_is_replayed(address, demo_models, demo_products):
    someone = register(address)
    body = {"model_id": demo_models["Ria"]["id"], "product_ids": [next(iter(demo_products.values()))["id"]]}
    first, again = (expect(someone.post("/tryon/batch", json=body, headers=key("k")), 202).json() for _ in range(2))
    assert first["items"][0]["id"] == again["items"][0]["id"]
    assert someone.get("/tryon/history").json()["total"] == 1
