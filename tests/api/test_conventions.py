"""The conventions every call keeps: bodies, ids, lists, methods, caching, CORS, request ids, order of checks."""
import pytest

from harness.client import BASE, TIME, UNKNOWN_ID, as_json, created, expect, new_product, register
from harness.raw import RawConnection, one_shot


# --- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [
    b"", b"{", b"nonsense", b"[1,", b'{"name": "a", "name": "b"}', b'{"name": "\\ud800"}', b'{"name": "\xff\xfe"}',
    b'{"name": "a"} trailing', b'{"price": 01}', b"\xef\xbb\xbf\xef\xbb\xbf{}", b'{"name": NaN}', b"[" * 5000,
    b'{"size_chart": {"M": {"bust": 1, "bust": 2}}}',
], ids=range(13))
def test_a_body_that_is_no_json_is_unreadable(retailer, body):
    expect(retailer.post("/products", raw=body), 400, "malformed_request")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"5", b"null", b"true"])
def test_a_body_of_another_shape_is_not_acceptable(retailer, body):
    expect(retailer.post("/products", raw=body), 422, "invalid_input")


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_another_media_type_is_refused(retailer, media_type):
    answer = retailer.post("/products", raw=as_json(new_product()), headers={"Content-Type": media_type})
    expect(answer, 415, "unsupported_media_type")


def test_a_body_without_media_type_is_refused(shop, retailer):
    body = as_json(new_product())
    status, _, _ = one_shot(shop.port, f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\n"
                                       f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert status == 415


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "APPLICATION/JSON", 'application/json; charset="UTF-8"'])
def test_json_may_name_its_charset(retailer, media_type):
    assert retailer.post("/products", raw=as_json(new_product()), headers={"Content-Type": media_type}).status_code == 201


def test_every_fault_is_named_at_once(retailer):
    answer = retailer.post("/products", json={"name": "", "price": -1, "sizes": [{"size": "M", "stock": -1}, {"stock": 1}],
                                              "colour": "red", "tags": ["ok", ""]})
    expect(answer, 422, "invalid_input",
           at={"/name", "/category", "/price", "/sizes/0/stock", "/sizes/1/size", "/colour", "/tags/1"})


def test_every_fault_of_a_query_is_named_at_once(nobody):
    answer = nobody.get("/products?page=0&page_size=101&min_price=x&sort=best&colour=red&in_stock=maybe&retailer_id=12")
    expect(answer, 422, "invalid_input",
           at={"page", "page_size", "min_price", "sort", "colour", "in_stock", "retailer_id"})
    assert all("parameter" in error for error in answer.json()["errors"])


@pytest.mark.parametrize("path", ["/products?page=1&page=2", "/models?sort=newest&sort=popular", "/products?facets=true&facets=false"])
def test_a_single_valued_parameter_sent_twice_is_refused(nobody, path):
    expect(nobody.get(path), 422, "invalid_input")


@pytest.mark.parametrize("call", [("GET", "/products/{product}?x=1"), ("GET", "/models/{model}?x=1"), ("DELETE", "/products/{product}?x=1"),
                                  ("GET", "/auth/me?x=1"), ("GET", "/tryon/history?x=1"), ("PUT", "/products/{product}?x=1")])
def test_an_unknown_query_parameter_is_refused_everywhere(retailer, product, model, call):
    method, path = call
    answer = retailer.call(method, path.format(product=product["id"], model=model["id"]), json={} if method == "PUT" else None)
    expect(answer, 422, "invalid_input", at="x")


@pytest.mark.parametrize("path", ["/products?page=%zz", "/products?search=%ff%fe", "/products?search=%00", "/products?search=%"])
def test_a_query_that_cannot_be_read_is_refused(shop, path):
    status, headers, body = one_shot(shop.port, f"GET {BASE}{path} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status in (400, 422), body
    assert headers["content-type"] == "application/problem+json"


# --- ids, lists, methods ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/products/", "/models/", "/tryon/"])
@pytest.mark.parametrize("bad", ["1", "0123456789ABCDEF01234567", "0123456789abcdef0123456", "0123456789abcdef012345678", "zz23456789abcdef01234567",
                                 UNKNOWN_ID, "%2e%2e", "0123456789abcdef0123456%20"])
def test_a_malformed_or_unknown_id_in_a_path_is_not_found(customer, path, bad):
    expect(customer.get(path + bad), 404, "not_found")


def test_ids_and_times_have_their_forms(product):
    assert TIME.match(product["created_at"]) and TIME.match(product["updated_at"])
    assert len(product["id"]) == 24 and product["id"] == product["id"].lower()


@pytest.mark.parametrize("path", ["/products", "/models"])
def test_lists_have_one_form(nobody, path):
    page = nobody.get(path, params={"page": 2, "page_size": 2}).json()
    assert page["page"] == 2 and page["page_size"] == 2 and len(page["items"]) == 2
    assert page["pages"] == -(-page["total"] // 2)
    first = nobody.get(path).json()
    assert first["page"] == 1 and first["page_size"] == 20


@pytest.mark.parametrize("path", ["/products", "/models"])
def test_a_page_past_the_end_is_empty(nobody, path):
    page = nobody.get(path, params={"page": 9999, "page_size": 100}).json()
    assert page["items"] == [] and page["total"] > 0 and page["page"] == 9999


def test_a_page_beyond_every_number_is_refused_or_empty(nobody):
    assert nobody.get("/products?page=99999999999999999999").status_code == 422
    assert nobody.get("/products?page=2147483647").status_code in (200, 422)
    for bad in ("-1", "1.5", "", "+1", "0x1", " 1"):
        expect(nobody.get("/products", params={"page": bad}), 422, "invalid_input", at="page")


@pytest.mark.parametrize("path", ["/products/", "/models/", "/auth/me/", "/tryon/history/", "/health/"])
def test_a_trailing_slash_is_another_path(customer, path):
    expect(customer.get(path), 404, "not_found")


@pytest.mark.parametrize("path", ["/Products", "/nothing", "/products/x/y/z", "//products", "/products/../models"])
def test_an_unknown_path_is_not_found(shop, path):
    status, _, _ = one_shot(shop.port, f"GET {BASE}{path} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status == 404


@pytest.mark.parametrize("method,path,allowed", [
    ("PATCH", "/products", {"GET", "HEAD", "POST"}), ("PUT", "/auth/login", {"POST"}), ("DELETE", "/tryon/history", {"GET", "HEAD"}),
    ("POST", f"/products/{UNKNOWN_ID}", {"GET", "HEAD", "PUT", "DELETE"}), ("GET", "/auth/login", {"POST"}),
    ("BREW", "/products", {"GET", "HEAD", "POST"})])
def test_another_method_tells_which_are_allowed(nobody, method, path, allowed):
    answer = expect(nobody.call(method, path), 405, "method_not_allowed")
    assert allowed <= {name.strip() for name in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize("path", ["/api/v1/products", "/api/v1/models", "/health", "/livez", "/openapi.json", "/docs", "/metrics", "/api/v1/health"])
def test_head_answers_as_get_without_a_body(nobody, path):
    get, head = nobody.get(path, root=True), nobody.call("HEAD", path, root=True)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]
    if path != "/metrics":
        assert head.headers["Content-Length"] == str(len(get.content))
        assert head.headers.get("ETag") == get.headers.get("ETag")


def test_head_works_signed_in_and_on_one_thing(customer, product):
    assert customer.call("HEAD", "/auth/me").status_code == 200
    assert customer.call("HEAD", f"/products/{product['id']}").status_code == 200
    assert customer.call("HEAD", f"/products/{UNKNOWN_ID}").status_code == 404


# --- caching ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v1/products", "/api/v1/products?facets=true&page_size=2", "/api/v1/models", "/openapi.json"])
def test_public_answers_carry_an_etag_that_is_honoured(nobody, path):
    answer = nobody.get(path, root=True)
    tag = answer.headers["ETag"]
    again = nobody.get(path, root=True, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    for wanted, status in ((f'"other", {tag}', 304), ("*", 304), (f"W/{tag.removeprefix('W/')}", 304), ('"other"', 200)):
        assert nobody.get(path, root=True, headers={"If-None-Match": wanted}).status_code == status, wanted


def test_the_etag_changes_with_the_thing(retailer, nobody, product):
    path = f"/products/{product['id']}"
    tag = nobody.get(path).headers["ETag"]
    assert nobody.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert nobody.call("HEAD", path, headers={"If-None-Match": tag}).status_code == 304
    assert retailer.put(path, json={"price": 99}).status_code == 200
    answer = nobody.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200 and answer.json()["price"] == 99 and answer.headers["ETag"] != tag


def test_personal_answers_are_never_stored(customer, retailer):
    for client, path in ((customer, "/auth/me"), (customer, "/tryon/history"), (customer, "/models"), (retailer, "/models")):
        cache = client.get(path).headers["Cache-Control"]
        assert "private" in cache and "no-store" in cache, path


def test_refusals_are_not_stored_publicly(nobody, customer):
    for answer in (nobody.get("/auth/me"), customer.get(f"/tryon/{UNKNOWN_ID}")):
        assert "public" not in answer.headers.get("Cache-Control", "")


# --- tracing and headers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["a", "req-1.2_3", "A" * 128])
def test_a_readable_request_id_is_kept(nobody, given):
    assert nobody.get("/products", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given
    assert nobody.get("/nothing", headers={"X-Request-Id": given}).json()["request_id"] == given


@pytest.mark.parametrize("given", ["", "a b", "A" * 129, "a/b", "<script>", "é"])
def test_an_unreadable_request_id_is_replaced(nobody, given):
    answer = nobody.get("/products", headers={"X-Request-Id": given.encode()})
    assert answer.headers["X-Request-Id"] not in ("", given)


def test_request_ids_differ(nobody):
    assert nobody.get("/livez", root=True).headers["X-Request-Id"] != nobody.get("/livez", root=True).headers["X-Request-Id"]


def test_a_trace_is_continued_in_the_log(shop, nobody):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    nobody.get("/products", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "X-Request-Id": "trace-test"})
    shop.wait_for(lambda: any(trace in str(line) for line in shop.log_lines() if "trace-test" in str(line)), 5)


def test_only_allowed_origins_may_read(nobody):
    allowed = nobody.get("/products", headers={"Origin": "http://localhost:3000"}).headers
    assert allowed["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert "Origin" in allowed["Vary"]
    for origin in ("http://evil.example", "null", "http://localhost:3000.evil.example", "https://localhost:3000"):
        assert "Access-Control-Allow-Origin" not in nobody.get("/products", headers={"Origin": origin}).headers


def test_refusals_can_be_read_by_an_allowed_origin(nobody):
    for path in ("/auth/me", "/nothing", "/products?page=0"):
        assert nobody.get(path, headers={"Origin": "http://localhost:3000"}).headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def test_a_preflight_names_methods_and_headers_in_use(nobody):
    ask = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "PUT",
           "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,if-match"}
    answer = nobody.call("OPTIONS", f"/products/{UNKNOWN_ID}", headers=ask)
    assert answer.status_code in (200, 204)
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"] and "*" not in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    for name in ("authorization", "content-type", "idempotency-key", "if-match"):
        assert name in allowed
    assert "*" not in allowed
    refused = nobody.call("OPTIONS", "/products", headers={**ask, "Origin": "http://evil.example"})
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_json_only_calls_refuse_other_accepts(nobody):
    expect(nobody.get("/products", headers={"Accept": "text/html"}), 406, "not_acceptable")
    expect(nobody.get("/products", headers={"Accept": "application/json;q=0"}), 406, "not_acceptable")
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.1", "application/json"):
        assert nobody.get("/products", headers={"Accept": accept}).status_code == 200


# --- the order of checks ---------------------------------------------------------------------------------------------


def test_path_comes_before_method_and_token(nobody):
    expect(nobody.call("BREW", "/nothing", headers={"Authorization": "Bearer rubbish"}), 404)


def test_method_comes_before_size_and_token(shop):
    status, headers, _ = one_shot(shop.port, f"PATCH {BASE}/products HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
    assert status == 405 and headers["allow"]


def test_size_comes_before_the_token(shop):
    status, _, body = one_shot(shop.port, f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                          "Content-Length: 1048577\r\n\r\n")
    assert status == 413 and b"payload_too_large" in body


def test_the_token_comes_before_the_role_and_the_body(nobody, customer, product):
    for path in ("/products", f"/products/{product['id']}/images"):
        expect(nobody.post(path, raw=b"{", headers={"Content-Type": "text/plain"}), 401, "unauthenticated")
        expect(customer.post(path, raw=b"{", headers={"Content-Type": "text/plain"}), 403, "forbidden")


def test_the_body_comes_before_existence_and_ownership(retailer, other_retailer, product):
    expect(retailer.put(f"/products/{UNKNOWN_ID}", raw=b"{"), 400)
    expect(retailer.put(f"/products/{UNKNOWN_ID}", raw=b"{}", headers={"Content-Type": "text/plain"}), 415)
    expect(retailer.put(f"/products/{UNKNOWN_ID}", json={"price": -1}), 422)
    expect(other_retailer.put(f"/products/{product['id']}", json={"price": -1}), 422)


def test_existence_comes_before_ownership_before_the_precondition(retailer, other_retailer, product):
    wrong = {"If-Match": '"other"'}
    expect(other_retailer.put(f"/products/{UNKNOWN_ID}", json={"price": 5}, headers=wrong), 404)
    expect(other_retailer.put(f"/products/{product['id']}", json={"price": 5}, headers=wrong), 403)
    expect(retailer.put(f"/products/{product['id']}", json={"price": 5}, headers=wrong), 412, "precondition_failed")


@pytest.mark.parametrize("path", ["/models", "/products", "/products?search=kurta", "/privacy/retention"])
def test_a_bad_token_is_refused_where_none_is_needed_to_read(nobody, path):
    expect(nobody.get(path, headers={"Authorization": "Bearer rubbish"}), 401, "unauthenticated")


@pytest.mark.parametrize("path", ["/health", "/openapi.json", "/docs", "/livez"])
def test_probes_and_documents_look_at_no_token(nobody, path):
    assert nobody.get(path, root=True, headers={"Authorization": "Bearer rubbish"}).status_code == 200


def test_the_ways_in_look_at_no_token(nobody):
    old = {"Authorization": "Bearer expired.long.ago"}
    expect(nobody.post("/auth/refresh", json={"refresh_token": "x"}, headers=old), 401, "unauthenticated")
    expect(nobody.post("/auth/register", json={}, headers=old), 422, at="/email")
    expect(nobody.post("/auth/login", json={}, headers=old), 422, at="/email")


def test_a_field_that_nobody_reads_is_refused(address):
    someone = register(address)
    expect(someone.post("/auth/logout", json={"x": 1}), 422, at="/x")
    assert someone.get("/auth/me").status_code == 200
    assert someone.post("/auth/logout", json={}).status_code == 204


def test_null_is_refused_where_nothing_can_be_cleared(retailer, product, model):
    path = f"/products/{product['id']}"
    for field in ("name", "price", "sizes", "category", "tags"):
        expect(retailer.put(path, json={field: None}), 422, at=f"/{field}")
    assert retailer.put(path, json={"material": None}).status_code == 200
    for field in ("name", "size", "is_active", "height_cm"):
        expect(retailer.put(f"/models/{model['id']}", json={field: None}), 422, at=f"/{field}")
    expect(retailer.patch("/auth/me", json={"name": None}), 422, at="/name")


# --- connections -----------------------------------------------------------------------------------------------------


def test_requests_may_be_pipelined(shop):
    with RawConnection(shop.port) as connection:
        connection.send("".join(f"GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-Id: p{number}\r\n\r\n" for number in range(5)))
        assert [connection.read_answer()[1]["x-request-id"] for _ in range(5)] == [f"p{number}" for number in range(5)]


def test_expect_continue_is_answered_before_the_body(shop, retailer):
    body = as_json(new_product())
    with RawConnection(shop.port) as connection:
        connection.send(f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\nExpect: 100-continue\r\n"
                        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
        assert connection.read_head()[0] == 100
        assert connection.send(body).read_answer()[0] == 201


def test_a_body_may_come_in_chunks(shop, retailer):
    body = as_json(new_product())
    request = (f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\nContent-Type: application/json\r\n"
               "Transfer-Encoding: chunked\r\n\r\n").encode() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert one_shot(shop.port, request)[0] == 201


@pytest.mark.parametrize("request_text", [
    "GET / HTTP/1.1\r\n\r\n", "NONSENSE\r\n\r\n", "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "GET /livez HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n", "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
], ids=range(8))
def test_an_unreadable_request_is_refused(shop, request_text):
    status, headers, body = one_shot(shop.port, request_text)
    assert status in (400, 404, 505), body
    assert headers["content-type"] == "application/problem+json"


def test_a_long_address_and_large_headers_are_refused(shop):
    status, _, body = one_shot(shop.port, f"GET /livez?{'a' * 20000} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status == 414 and b"uri_too_long" in body
    status, _, body = one_shot(shop.port, f"GET /livez HTTP/1.1\r\nHost: x\r\nX-Big: {'a' * 100000}\r\n\r\n")
    assert status == 431 and b"headers_too_large" in body


def test_too_large_reaches_a_client_that_is_still_sending(shop, retailer):
    body = b'{"name": "' + b"a" * (3 << 20) + b'"}'
    with RawConnection(shop.port) as connection:
        connection.send(f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\n"
                        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
        connection.send(body)
        status, _, content = connection.read_answer()
    assert status == 413 and b"payload_too_large" in content


def test_too_large_in_chunks_is_refused(shop, retailer):
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with RawConnection(shop.port) as connection:
        connection.send(f"POST {BASE}/products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\n"
                        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.send(piece * 20 + b"0\r\n\r\n")
        assert connection.read_answer()[0] == 413


# --- money -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text,shown", [("4999", "4999"), ("1299.5", "1299.5"), ("0.01", "0.01"), ("9999999.99", "9999999.99"), ("10.50", "10.5"),
                                        ("1e3", "1000"), ("33.33", "33.33")])
def test_prices_are_exact(retailer, text, shown):
    body = as_json(new_product()).replace(b"1299.5", text.encode())
    answer = retailer.post("/products", raw=body)
    created(answer)
    assert f'"price":{shown},' in answer.text.replace(" ", "")


@pytest.mark.parametrize("text", ["0", "-5", "10000000", "1.234", "0.001", '"4999"', "null", "true", "1e400", "9999999.995"])
def test_other_prices_are_refused(retailer, text):
    body = as_json(new_product()).replace(b"1299.5", text.encode())
    answer = retailer.post("/products", raw=body)
    assert answer.status_code == 422 or (text == "1e400" and answer.status_code == 400), answer.text
