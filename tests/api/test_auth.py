"""Accounts, tokens and profiles."""
import base64
import json
import threading
import time

import pytest

from harness.client import PASSWORD, Client, expect, new_email, register, sign_in


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def registration(**fields):
    return {"email": new_email(), "password": PASSWORD, "name": "Asha Rao", **fields}


# --- register --------------------------------------------------------------------------------------------------------


def test_register_answers_with_the_user_and_tokens(nobody):
    body = registration(phone="+91 98765 43210", measurements={"bust": 92.5, "waist": 80, "height_cm": 165})
    answer = expect(nobody.post("/auth/register", json=body), 201).json()
    assert answer["token_type"] == "bearer" and answer["expires_in"] == 1800
    user = answer["user"]
    assert user["email"] == body["email"] and user["name"] == "Asha Rao" and user["role"] == "customer"
    assert user["measurements"] == {"bust": 92.5, "waist": 80, "height_cm": 165}
    assert "hashed_password" not in user and "password" not in user
    token = claims(answer["access_token"])
    assert {"sub", "role", "sid", "jti", "iat", "exp", "type"} <= token.keys()
    assert (token["sub"], token["role"], token["type"]) == (user["id"], "customer", "access")
    assert token["exp"] - token["iat"] == 1800


def test_an_answer_with_tokens_is_not_stored(nobody):
    assert "no-store" in nobody.post("/auth/register", json=registration()).headers["Cache-Control"]


def test_an_address_registers_once_whatever_its_letter_case(nobody):
    email = new_email()
    expect(nobody.post("/auth/register", json=registration(email=email)), 201)
    expect(nobody.post("/auth/register", json=registration(email=email.upper())), 409, "email_taken")


@pytest.mark.parametrize("password,rules", [
    ("Short1aA", 1), ("alllowercase1", 1), ("ALLUPPERCASE1", 1), ("NoDigitsInHere", 1), ("short", 3), ("", 4), ("Aa1" + "x" * 126, 1)])
def test_each_broken_password_rule_is_named(nobody, password, rules):
    answer = expect(nobody.post("/auth/register", json=registration(password=password)), 422, "invalid_input", at="/password")
    assert len([error for error in answer.json()["errors"] if error["pointer"] == "/password"]) == rules, answer.text


def test_a_password_may_not_hold_the_name_of_the_address(nobody):
    body = registration(email="priyasharma@example.com", password="XPriyaSharma2024")
    expect(nobody.post("/auth/register", json=body), 422, at="/password")


def test_every_byte_of_a_long_password_counts(nobody, address):
    email, start = new_email(), "Aa1" + "x" * 100
    expect(nobody.post("/auth/register", json=registration(email=email, password=start + "y" * 25)), 201)
    sign_in(address, email, start + "y" * 25)
    expect(nobody.post("/auth/login", json={"email": email, "password": start + "z" * 25}), 401, "bad_credentials")


def test_bytes_not_letters_are_limited(nobody):
    expect(nobody.post("/auth/register", json=registration(password="Aa1" + "ü" * 62)), 201)
    expect(nobody.post("/auth/register", json=registration(password="Aa1" + "ü" * 63)), 422, at="/password")


@pytest.mark.parametrize("fields,at", [
    ({"role": "admin"}, "/role"), ({"role": "owner"}, "/role"), ({"email": "no-address"}, "/email"), ({"email": "a@b"}, "/email"),
    ({"email": "a b@example.com"}, "/email"), ({"email": 5}, "/email"), ({"name": ""}, "/name"), ({"name": "   "}, "/name"),
    ({"name": "x" * 300}, "/name"), ({"phone": "12"}, "/phone"), ({"phone": "call me"}, "/phone"), ({"measurements": {"bust": 19}}, "/measurements/bust"),
    ({"measurements": {"bust": 301}}, "/measurements/bust"), ({"measurements": {"bust": "90"}}, "/measurements/bust"), ({"measurements": []}, "/measurements"),
    ({"is_admin": True}, "/is_admin"), ({"id": "0" * 24}, "/id")])
def test_a_wrong_field_is_named(nobody, fields, at):
    expect(nobody.post("/auth/register", json=registration(**fields)), 422, "invalid_input", at=at)


def test_missing_fields_are_all_named(nobody):
    expect(nobody.post("/auth/register", json={}), 422, at={"/email", "/password", "/name"})
    expect(nobody.post("/auth/login", json={}), 422, at={"/email", "/password"})
    expect(nobody.post("/auth/refresh", json={}), 422, at="/refresh_token")


def test_a_retailer_may_register_itself(address):
    assert register(address, "retailer").user["role"] == "retailer"


def test_one_of_two_at_once_gets_the_address(address):
    body, answers = registration(), []
    threads = [threading.Thread(target=lambda: answers.append(Client(address).post("/auth/register", json=body).status_code)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201, 409, 409, 409]


# --- login -----------------------------------------------------------------------------------------------------------


def test_login_compares_addresses_without_letter_case(nobody, customer):
    answer = expect(nobody.post("/auth/login", json={"email": customer.user["email"].upper(), "password": PASSWORD}), 200).json()
    assert answer["user"]["id"] == customer.id and answer["access_token"] and answer["refresh_token"] and answer["expires_in"] == 1800


def test_a_wrong_password_and_an_unknown_account_look_the_same(nobody, customer):
    wrong = nobody.post("/auth/login", json={"email": customer.user["email"], "password": "Wrong-Password-1"})
    unknown = nobody.post("/auth/login", json={"email": "nobody@example.com", "password": "Wrong-Password-1"})
    for answer in (wrong, unknown):
        expect(answer, 401, "bad_credentials")
    strip = lambda answer: {key: value for key, value in answer.json().items() if key not in ("request_id", "instance")}
    assert strip(wrong) == strip(unknown)
    same = lambda answer: {key for key in answer.headers}
    assert same(wrong) == same(unknown)


def test_login_says_nothing_about_password_rules(nobody, customer):
    expect(nobody.post("/auth/login", json={"email": customer.user["email"], "password": "x"}), 401, "bad_credentials")
    expect(nobody.post("/auth/login", json={"email": "not an address", "password": "x"}), 401, "bad_credentials")


# --- refresh and logout ----------------------------------------------------------------------------------------------


def test_refresh_gives_a_new_pair_and_spends_the_old(address):
    someone = register(address)
    pair = expect(someone.post("/auth/refresh", json={"refresh_token": someone.refresh_token}), 200).json()
    assert pair["refresh_token"] != someone.refresh_token and pair["access_token"] != someone.token
    assert pair["token_type"] == "bearer" and pair["expires_in"] == 1800
    assert Client(address, pair["access_token"]).get("/auth/me").status_code == 200
    assert claims(pair["access_token"])["sid"] == claims(someone.token)["sid"]


def test_a_spent_token_ends_the_whole_family_at_once(address):
    someone = register(address)
    elsewhere = sign_in(address, someone.user["email"])
    pair = someone.post("/auth/refresh", json={"refresh_token": someone.refresh_token}).json()
    expect(Client(address).post("/auth/refresh", json={"refresh_token": someone.refresh_token}), 401, "token_reused")
    for token in (someone.token, pair["access_token"]):
        expect(Client(address, token).get("/auth/me"), 401, "unauthenticated")
    expect(Client(address).post("/auth/refresh", json={"refresh_token": pair["refresh_token"]}), 401)
    assert elsewhere.get("/auth/me").status_code == 200


def test_an_access_token_does_not_refresh(customer, nobody):
    expect(nobody.post("/auth/refresh", json={"refresh_token": customer.token}), 401, "unauthenticated")
    expect(nobody.post("/auth/refresh", json={"refresh_token": "rubbish"}), 401, "unauthenticated")


def test_of_many_refreshes_at_once_at_most_one_wins(address):
    someone, answers = register(address), []
    ask = lambda: answers.append(Client(address).post("/auth/refresh", json={"refresh_token": someone.refresh_token}).status_code)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 401, 401, 401]


def test_logout_ends_the_session_at_once(address):
    someone = register(address)
    elsewhere = sign_in(address, someone.user["email"])
    answer = expect(someone.post("/auth/logout"), 204)
    assert answer.content == b""
    expect(someone.get("/auth/me"), 401, "unauthenticated")
    expect(someone.post("/auth/logout"), 401)
    expect(Client(address).post("/auth/refresh", json={"refresh_token": someone.refresh_token}), 401)
    assert elsewhere.get("/auth/me").status_code == 200


# --- profile ---------------------------------------------------------------------------------------------------------


def test_me_shows_the_user_without_the_password(customer):
    user = expect(customer.get("/auth/me"), 200).json()
    assert user["id"] == customer.id and "hashed_password" not in user


def test_a_change_keeps_what_is_left_out(address):
    someone = register(address, measurements={"bust": 90})
    user = expect(someone.patch("/auth/me", json={"name": "Asha R.", "phone": "9876543210"}), 200).json()
    assert user["name"] == "Asha R." and user["phone"] and user["measurements"] == {"bust": 90}
    assert someone.patch("/auth/me", json={}).json()["name"] == "Asha R."
    assert someone.patch("/auth/me", json={"measurements": {"waist": 70}}).json()["measurements"] == {"waist": 70}


@pytest.mark.parametrize("field", ["email", "role", "id", "hashed_password", "nothing"])
def test_other_fields_cannot_be_changed(customer, field):
    expect(customer.patch("/auth/me", json={field: "x@example.com"}), 422, "invalid_input", at=f"/{field}")


def test_a_shop_has_gstin_and_state_and_a_customer_has_not(address, customer):
    shop = register(address, "retailer")
    user = expect(shop.patch("/auth/me", json={"gstin": "29ABCDE1234F1Z5", "state": "Karnataka"}), 200).json()
    assert user["gstin"] == "29ABCDE1234F1Z5" and user["state"] == "Karnataka"
    assert shop.get("/auth/me").json()["gstin"] == "29ABCDE1234F1Z5"
    expect(shop.patch("/auth/me", json={"gstin": "rubbish"}), 422, at="/gstin")
    expect(customer.patch("/auth/me", json={"gstin": "29ABCDE1234F1Z5"}), 422, at="/gstin")
    expect(customer.patch("/auth/me", json={"state": "Karnataka"}), 422, at="/state")


def test_a_new_password_needs_the_current_one(address):
    someone = register(address)
    expect(someone.patch("/auth/me", json={"password": "Brighter-Morning-7"}), 422, at="/current_password")
    expect(someone.patch("/auth/me", json={"password": "Brighter-Morning-7", "current_password": "Wrong-Password-1"}), 422, at="/current_password")
    expect(someone.patch("/auth/me", json={"password": "short", "current_password": PASSWORD}), 422, at="/password")
    assert sign_in(address, someone.user["email"])


def test_a_new_password_ends_every_other_session(address):
    someone = register(address)
    elsewhere = sign_in(address, someone.user["email"])
    expect(someone.patch("/auth/me", json={"password": "Brighter-Morning-7", "current_password": PASSWORD}), 200)
    assert someone.get("/auth/me").status_code == 200
    expect(elsewhere.get("/auth/me"), 401, "unauthenticated")
    expect(Client(address).post("/auth/refresh", json={"refresh_token": elsewhere.refresh_token}), 401)
    expect(Client(address).post("/auth/login", json={"email": someone.user["email"], "password": PASSWORD}), 401)
    sign_in(address, someone.user["email"], "Brighter-Morning-7")


def test_a_new_password_may_not_hold_the_name_of_the_address(address):
    someone = register(address, email="kavitamenon@example.com")
    expect(someone.patch("/auth/me", json={"password": "X9KavitaMenonX", "current_password": PASSWORD}), 422, at="/password")


def test_create_admin_makes_one_who_signs_in(admin):
    assert admin.user["role"] == "admin"


def test_create_admin_refuses_a_weak_password(shop):
    weak = shop.run("create-admin", "--email", "weak@example.com", "--name", "W", text_in="short\n", check=False)
    assert weak.returncode != 0 and "password" in weak.stderr


def test_secrets_do_not_reach_the_log(shop, customer):
    time.sleep(0.3)
    log = shop.log_path.read_text()
    for secret in (PASSWORD, customer.token, customer.refresh_token, customer.user["email"]):
        assert secret not in log
