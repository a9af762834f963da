"""Forged, foreign, stale and misused tokens."""
import hashlib
import time

import pytest

from harness.client import UNKNOWN_ID, Client, expect, register
from harness.program import SECRET
from harness.tokens import encode, parts, signed


@pytest.fixture(scope="module")
def someone(address):
    return register(address)


def me(address, token):
    return Client(address, token).get("/auth/me")


def test_a_token_signed_with_the_secret_is_believed(address, someone):
    """The forgeries below differ from this in one thing each."""
    assert me(address, signed(*parts(someone.token), SECRET)).status_code == 200


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", ""])
def test_an_unsigned_token_is_refused(address, someone, name):
    header, claims = parts(someone.token)
    for signature in ("", someone.token.split(".")[2]):
        expect(me(address, f"{encode({**header, 'alg': name})}.{encode(claims)}.{signature}"), 401, "unauthenticated")


@pytest.mark.parametrize("name,algorithm", [("HS512", hashlib.sha512), ("HS384", hashlib.sha384), ("RS256", hashlib.sha256)])
def test_another_algorithm_is_refused(address, someone, name, algorithm):
    header, claims = parts(someone.token)
    expect(me(address, signed({**header, "alg": name}, claims, SECRET, algorithm)), 401, "unauthenticated")


def test_another_secret_is_refused(address, someone):
    for secret in ("another-secret-0123456789abcdef0123", "", SECRET[:-1]):
        expect(me(address, signed(*parts(someone.token), secret)), 401, "unauthenticated")


def test_a_changed_token_is_refused(address, someone):
    header, claims = parts(someone.token)
    signature = someone.token.split(".")[2]
    for change in ({"role": "admin"}, {"sub": UNKNOWN_ID}, {"exp": claims["exp"] + 9999}):
        expect(me(address, f"{encode(header)}.{encode({**claims, **change})}.{signature}"), 401, "unauthenticated")


def test_an_expired_token_says_so(address, someone):
    header, claims = parts(someone.token)
    stale = {**claims, "iat": int(time.time()) - 7200, "exp": int(time.time()) - 60}
    expect(me(address, signed(header, stale, SECRET)), 401, "token_expired")


@pytest.mark.parametrize("change", [
    {"type": "refresh"}, {"type": "other"}, {"type": None}, {"sub": "x"}, {"sub": UNKNOWN_ID}, {"sid": UNKNOWN_ID}, {"sid": "x"}, {"exp": "soon"}, {"exp": None},
    {"role": "owner"}, {"sub": 5}])
def test_claims_that_make_no_sense_are_refused(address, someone, change):
    header, claims = parts(someone.token)
    claims = {key: value for key, value in {**claims, **change}.items() if value is not None}
    expect(me(address, signed(header, claims, SECRET)), 401, "unauthenticated")


def test_a_role_in_the_token_does_not_outrank_the_account(address, someone):
    """Whoever holds the secret can sign anything, but the session is of a customer."""
    header, claims = parts(someone.token)
    answer = Client(address, signed(header, {**claims, "role": "admin"}, SECRET)).get("/auth/me")
    assert answer.status_code == 401 or answer.json()["role"] == "customer"


def test_a_refresh_token_is_no_access_token(address, someone):
    expect(me(address, someone.refresh_token), 401, "unauthenticated")


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "a.b.c.d", "..", "e30.e30.e30", "é", "a" * 5000, "null"])
def test_rubbish_is_refused(address, token):
    expect(Client(address).get("/auth/me", headers={"Authorization": f"Bearer {token}".encode()}), 401, "unauthenticated")


@pytest.mark.parametrize("header", ["Basic dXNlcjpwYXNz", "Bearer", "Token {token}", "{token}", "Bearer  {token} x", "Bearer {token}, Bearer {token}"])
def test_another_form_of_the_header_is_refused(address, someone, header):
    expect(Client(address).get("/auth/me", headers={"Authorization": header.format(token=someone.token)}), 401, "unauthenticated")


def test_the_scheme_has_no_letter_case(address, someone):
    assert Client(address).get("/auth/me", headers={"Authorization": f"bearer {someone.token}"}).status_code == 200


def test_a_token_is_not_taken_from_the_query(address, someone):
    assert Client(address).get(f"/auth/me?access_token={someone.token}").status_code in (401, 422)
