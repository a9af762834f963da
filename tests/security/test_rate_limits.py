"""The limits as they are by default: 5 sign-ins, 10 try-ons, 100 calls a minute."""
import pytest

from harness import pictures
from harness.client import PASSWORD, Client, UNKNOWN_ID, as_json, expect
from harness.program import NO_LIMITS, Program


def limited(tmp_path_factory, seeded, **settings):
    program = Program(tmp_path_factory.mktemp("limited"), **settings)
    for name in NO_LIMITS:
        if name not in settings:
            del program.environment[name]
    program.copy_from(seeded)
    return program.start()


@pytest.fixture(scope="module")
def shop(seeded, tmp_path_factory):
    program = limited(tmp_path_factory, seeded)
    yield program
    program.stop()


@pytest.fixture(scope="module")
def address(shop):
    return shop.address


def from_address(number):
    """A trusted proxy on loopback tells who asks."""
    return {"X-Forwarded-For": f"198.51.100.{number}"}


def sign_up(address, number, role="customer"):
    answer = Client(address).post("/auth/register", headers=from_address(number), json={
        "email": f"limit{number}@example.com", "password": PASSWORD, "name": "L", "role": role})
    body = answer.json()
    return Client(address, body["access_token"], body["user"], body["refresh_token"])


def check_refusal(answer, limit):
    expect(answer, 429, "rate_limited")
    assert answer.headers["RateLimit-Limit"].split(",")[0] == str(limit) and answer.headers["RateLimit-Remaining"] == "0"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60 and 0 <= int(answer.headers["RateLimit-Reset"]) <= 60


def test_a_hundred_calls_a_minute_for_each_address(address):
    client = Client(address)
    answers = [client.get("/products?page_size=1", headers=from_address(1)) for _ in range(101)]
    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    assert [int(answer.headers["RateLimit-Remaining"]) for answer in answers[:100]] == list(range(99, -1, -1))
    assert answers[0].headers["RateLimit-Limit"] == "100"
    check_refusal(answers[100], 100)
    assert client.get("/products", headers=from_address(2)).status_code == 200


def test_probes_are_exempt(address):
    client = Client(address)
    for _ in range(120):
        assert client.get("/livez", root=True, headers=from_address(3)).status_code == 200
    answer = client.get("/health", root=True, headers=from_address(3))
    assert answer.status_code == 200 and "RateLimit-Limit" not in answer.headers


def test_a_valid_token_counts_for_its_user_only(address):
    someone = sign_up(address, 4)
    answers = [someone.get("/auth/me", headers=from_address(5)) for _ in range(101)]
    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    check_refusal(answers[100], 100)
    assert Client(address).get("/products", headers=from_address(5)).headers["RateLimit-Remaining"] == "99"
    assert someone.get("/auth/me", headers=from_address(6)).status_code == 429


def test_a_bad_token_counts_for_its_address(address):
    client = Client(address, "rubbish")
    answers = [client.get("/auth/me", headers=from_address(7)) for _ in range(101)]
    assert [answer.status_code for answer in answers] == [401] * 100 + [429]


def test_refusals_of_every_kind_carry_the_headers(address):
    client = Client(address)
    for answer in (client.get("/products?page=0", headers=from_address(8)), client.get("/auth/me", headers=from_address(8)),
                   client.get(f"/products/{UNKNOWN_ID}", headers=from_address(8))):
        assert answer.headers["RateLimit-Limit"] == "100" and "RateLimit-Remaining" in answer.headers and "RateLimit-Reset" in answer.headers


def log_in(address, number, email, password="Wrong-Password-1"):
    return Client(address).post("/auth/login", headers=from_address(number), json={"email": email, "password": password})


def test_five_sign_ins_a_minute_for_each_pair_of_address_and_account(address):
    someone = sign_up(address, 9)
    email = someone.user["email"]
    answers = [log_in(address, 10, email) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 5
    check_refusal(log_in(address, 10, email, PASSWORD), 5)
    check_refusal(log_in(address, 10, email.upper(), PASSWORD), 5)
    assert log_in(address, 11, email, PASSWORD).status_code == 200  # another address
    assert log_in(address, 10, "limit4@example.com", PASSWORD).status_code == 200  # another account


def test_right_sign_ins_count_too(address):
    someone = sign_up(address, 12)
    answers = [log_in(address, 13, someone.user["email"], PASSWORD) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_a_wrong_current_password_counts_for_the_sign_in_limit(address):
    someone = sign_up(address, 14)
    change = {"password": "Brighter-Morning-7", "current_password": "Wrong-Password-1"}
    answers = [someone.patch("/auth/me", json=change, headers=from_address(14)) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    check_refusal(answers[5], 5)
    assert log_in(address, 14, someone.user["email"], PASSWORD).status_code == 429
    assert someone.patch("/auth/me", json={"name": "Free"}, headers=from_address(14)).status_code == 200


def test_ten_try_ons_a_minute_for_each_user_and_a_batch_counts_once(address):
    someone = sign_up(address, 15)
    models = Client(address).get("/models", headers=from_address(16)).json()["items"]
    products = Client(address).get("/products", headers=from_address(16)).json()["items"]
    body = {"model_id": models[0]["id"], "product_id": products[0]["id"]}
    batch = {"model_id": models[0]["id"], "product_ids": [products[0]["id"]] * 5}
    assert someone.post("/tryon/batch", json=batch).status_code == 202
    answers = [someone.post("/tryon", json=body) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [201] * 9 + [429]
    check_refusal(answers[9], 10)
    check_refusal(someone.post("/tryon/batch", json=batch), 10)
    photo = someone.post("/tryon/with-photo", data={"product_id": products[0]["id"], "consent": "true"}, files={"photo": pictures.person()})
    check_refusal(photo, 10)
    assert someone.get("/tryon/history").status_code == 200
    assert sign_up(address, 17).post("/tryon", json=body).status_code == 201


def test_the_limit_by_address_comes_before_the_token_and_the_body(address):
    client = Client(address)
    for _ in range(100):
        client.get("/products?page_size=1", headers=from_address(18))
    expect(client.get("/auth/me", headers=from_address(18)), 429)
    expect(client.post("/auth/login", raw=as_json({}), headers=from_address(18)), 429)
    expect(client.get("/nothing", headers=from_address(18)), 404)
    expect(client.call("PATCH", "/products", headers=from_address(18)), 405)


def test_an_untrusted_client_cannot_choose_its_address(seeded, tmp_path_factory):
    program = limited(tmp_path_factory, seeded, TRUSTED_PROXIES="10.0.0.0/8", RATE_LIMIT_DEFAULT="3/minute")
    try:
        client = Client(program.address)
        assert [client.get("/products", headers=from_address(number)).status_code for number in range(4)] == [200] * 3 + [429]
    finally:
        program.stop()
