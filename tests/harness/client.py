"""A client that checks on every answer what the contract promises of all of them."""
import itertools
import json
import re

import requests

BASE = "/api/v1"
SECONDS_MAX = 60
PASSWORD = "Sunny-Harbour-42"
CODES = {
    400: {"malformed_request"},
    401: {"unauthenticated", "bad_credentials", "token_expired", "token_reused"},
    403: {"forbidden"},
    404: {"not_found"},
    405: {"method_not_allowed"},
    406: {"not_acceptable"},
    408: {"timeout"},
    409: {"conflict", "email_taken", "insufficient_stock", "quantity_limit", "cart_full", "cart_empty", "ambiguous_line",
          "illegal_transition", "not_try_on_ready", "request_in_progress"},
    412: {"precondition_failed"},
    413: {"payload_too_large"},
    414: {"uri_too_long"},
    415: {"unsupported_media_type"},
    422: {"invalid_input", "consent_required", "unusable_picture", "idempotency_key_reused"},
    429: {"rate_limited"},
    431: {"headers_too_large"},
    500: {"internal"},
    503: {"unavailable"},
}
ID = re.compile(r"^[0-9a-f]{24}$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
UNKNOWN_ID = "0123456789abcdef01234567"
_numbers = itertools.count(1)


def check_every_answer(answer):
    headers = answer.headers
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", headers["X-Request-Id"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"]
    if headers.get("Content-Type", "").startswith("text/html"):
        assert "default-src" in headers["Content-Security-Policy"]
    if answer.status_code >= 400 and answer.request.method != "HEAD" and not headers["Content-Type"] == "application/json":
        check_problem(answer)
    return answer


def check_problem(answer):
    """RFC 9457, with a code of the closed set; a 422 names its faults, a 401 and a 405 say what they must."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["code"] in CODES[answer.status_code], problem
    assert isinstance(problem["type"], str) and problem["title"] and problem["detail"]
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    if answer.status_code == 422:
        assert problem["errors"], problem
    for error in problem.get("errors", []):
        assert error["detail"]
        assert ("pointer" in error) != ("parameter" in error), error
    if answer.status_code == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if answer.status_code == 405:
        assert answer.headers["Allow"]
    if answer.status_code in (429, 503):
        assert int(answer.headers["Retry-After"]) >= 1
    for word in ("server/", ".cpp", "SELECT ", "sqlite", "/tmp/"):
        assert word not in answer.text
    return problem


def places(answer):
    """Where the faults of a problem are: pointers and parameters."""
    return {error.get("pointer", error.get("parameter")) for error in answer.json().get("errors", [])}


class Client:
    """Calls under /api/v1 as one user (or nobody). `root=True` leaves the base out."""

    def __init__(self, address, token=None, user=None, refresh_token=None):
        self.address, self.token, self.user, self.refresh_token = address, token, user, refresh_token
        self.session = requests.Session()
        self.session.trust_env = False

    def call(self, method, path, *, root=False, headers=None, raw=None, **arguments):
        headers = dict(headers or {})
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if raw is not None:
            arguments["data"] = raw
            headers.setdefault("Content-Type", "application/json")
        url = path if path.startswith("http") else self.address + ("" if root else BASE) + path
        answer = self.session.request(method, url, headers=headers, timeout=SECONDS_MAX, allow_redirects=False, **arguments)
        return check_every_answer(answer)

    def get(self, path, **arguments):
        return self.call("GET", path, **arguments)

    def post(self, path, **arguments):
        return self.call("POST", path, **arguments)

    def put(self, path, **arguments):
        return self.call("PUT", path, **arguments)

    def patch(self, path, **arguments):
        return self.call("PATCH", path, **arguments)

    def delete(self, path, **arguments):
        return self.call("DELETE", path, **arguments)

    def open(self, url):
        """A picture by the address an answer gave, on the address the test's server listens on."""
        path = re.sub(r"^https?://[^/]+", "", url)
        return self.call("GET", path, root=True)

    @property
    def id(self):
        return self.user["id"]


def new_email(word="shopper"):
    return f"{word}.{next(_numbers)}@example.com"


def register(address, role="customer", email=None, **fields):
    email = email or new_email(role)
    answer = Client(address).post("/auth/register", json={"email": email, "password": PASSWORD, "name": "Asha Rao",
                                                          "role": role, **fields})
    assert answer.status_code == 201, answer.text
    body = answer.json()
    return Client(address, body["access_token"], body["user"], body["refresh_token"])


def sign_in(address, email, password=PASSWORD):
    answer = Client(address).post("/auth/login", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    return Client(address, body["access_token"], body["user"], body["refresh_token"])


def new_product(**fields):
    return {"name": "Blue Cotton Kurta", "category": "Kurtas", "price": 1299.5, "sizes": [{"size": "M", "stock": 5}], **fields}


def new_model(**fields):
    return {"name": "Riya", "body_type": "average", "height_cm": 165, "size": "M", **fields}


def created(answer):
    assert answer.status_code == 201, answer.text
    return answer.json()


def expect(answer, status, code=None, at=None):
    """The status, the problem's code, and that its faults are named at least at these places."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:600]}"
    if code is not None:
        assert answer.json()["code"] == code, answer.text
    if at is not None:
        at = {at} if isinstance(at, str) else set(at)
        assert at <= places(answer), answer.text
    return answer


def as_json(value):
    return json.dumps(value).encode()
