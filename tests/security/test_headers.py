"""Headers that protect a browser, on every kind of answer."""
import pytest

from harness.client import Client


@pytest.mark.parametrize("path", ["/api/v1/products", "/api/v1/nothing", "/api/v1/auth/me", "/health", "/livez", "/docs", "/openapi.json", "/metrics", "/nothing"])
def test_every_answer_is_protected(nobody, path):
    nobody.get(path, root=True)  # the client checks the headers of every answer


def test_plain_http_promises_no_https(nobody):
    assert "Strict-Transport-Security" not in nobody.get("/products").headers


def test_a_trusted_proxy_may_say_that_it_speaks_https(nobody):
    value = nobody.get("/products", headers={"X-Forwarded-Proto": "https"}).headers["Strict-Transport-Security"]
    assert "max-age=" in value


def test_the_server_does_not_say_what_it_is_made_of(nobody):
    headers = nobody.get("/products").headers
    assert "X-Powered-By" not in headers and not any(character.isdigit() for character in headers.get("Server", ""))


@pytest.mark.parametrize("path", ["/products?search=<script>alert(1)</script>", "/products?<script>=1", "/<script>alert(1)</script>"])
def test_what_was_sent_is_not_sent_back_as_html(nobody, path):
    answer = nobody.get(path)
    assert "html" not in answer.headers["Content-Type"]


def test_a_refusal_does_not_repeat_the_path_or_query(nobody):
    answer = nobody.get("/nothing-of-that-name?token=very-secret")
    assert "very-secret" not in answer.text and "nothing-of-that-name" not in answer.text


def test_the_url_prefix_cannot_be_made_by_the_host_header(nobody, address):
    page = Client(address).get("/products?page_size=1", headers={"Host": "evil.example"})
    assert "evil.example" not in page.text
