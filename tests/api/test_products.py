"""Products: making, changing, withdrawing, their values, their pictures."""
import pytest

from harness import pictures
from harness.client import ID, UNKNOWN_ID, created, expect, new_product


# --- making ----------------------------------------------------------------------------------------------------------


def full_product():
    return new_product(description="<p>Soft <strong>cotton</strong></p>", subcategory="Festive", tags=["silk", "zari"], colors=["Royal Blue"],
                       material="100% Cotton", hsn="6204", tax_class="textile", size_chart_of="garment", size_chart_unit="in",
                       size_chart={"M": {"bust": 36, "waist": [30, 32], "length": 44}}, sizes=[{"size": "M", "stock": 0}, {"size": "L", "stock": 3}])


def test_a_product_shows_what_it_was_made_of(retailer, nobody):
    answer = retailer.post("/products", json=full_product())
    product = created(answer)
    assert answer.headers["Location"] == f"/api/v1/products/{product['id']}"
    for key, value in full_product().items():
        assert product[key] == value, key
    assert ID.match(product["id"]) and product["retailer_id"] == retailer.id
    assert product["currency"] == "INR" and product["in_stock"] is True and product["images"] == []
    assert product["try_on"]["state"] == "no_picture" and product["try_on"]["score"] is None
    read = nobody.get(f"/products/{product['id']}").json()
    assert read == product


def test_defaults_are_those_of_the_contract(product):
    assert (product["tax_class"], product["size_chart_of"], product["size_chart_unit"]) == ("apparel", "body", "cm")
    assert product["tags"] == [] and product["colors"] == []


def test_a_customer_cannot_sell(customer, nobody):
    expect(customer.post("/products", json=new_product()), 403, "forbidden")
    expect(nobody.post("/products", json=new_product()), 401, "unauthenticated")


def test_an_administrator_may_sell(admin):
    assert created(admin.post("/products", json=new_product()))["retailer_id"] == admin.id


@pytest.mark.parametrize("missing", ["name", "category", "price", "sizes"])
def test_required_fields_are_required(retailer, missing):
    body = new_product()
    del body[missing]
    expect(retailer.post("/products", json=body), 422, "invalid_input", at=f"/{missing}")


@pytest.mark.parametrize("fields,at", [
    ({"name": "x" * 201}, "/name"), ({"name": " "}, "/name"), ({"description": "x" * 20001}, "/description"), ({"category": ""}, "/category"),
    ({"category": "x" * 61}, "/category"), ({"tags": [f"t{n}" for n in range(31)]}, "/tags"), ({"tags": ["x" * 41]}, "/tags/0"), ({"tags": "silk"}, "/tags"),
    ({"colors": [f"c{n}" for n in range(21)]}, "/colors"), ({"colors": [""]}, "/colors/0"), ({"sizes": []}, "/sizes"),
    ({"sizes": [{"size": f"s{n}", "stock": 1} for n in range(31)]}, "/sizes"), ({"sizes": [{"size": "M", "stock": -1}]}, "/sizes/0/stock"),
    ({"sizes": [{"size": "M", "stock": 1000001}]}, "/sizes/0/stock"), ({"sizes": [{"size": "M", "stock": 1.5}]}, "/sizes/0/stock"),
    ({"sizes": [{"size": "", "stock": 1}]}, "/sizes/0/size"), ({"sizes": [{"size": "M", "stock": 1, "price": 3}]}, "/sizes/0/price"),
    ({"hsn": "123"}, "/hsn"), ({"hsn": "123456789"}, "/hsn"), ({"hsn": "12a4"}, "/hsn"), ({"tax_class": "luxury"}, "/tax_class"),
    ({"size_chart_of": "child"}, "/size_chart_of"), ({"size_chart_unit": "mm"}, "/size_chart_unit"), ({"size_chart": {"M": {"bust": "90"}}}, "/size_chart/M/bust"),
    ({"size_chart": {"M": {"bust": [90, 80]}}}, "/size_chart/M/bust"), ({"size_chart": {"M": {"bust": [90]}}}, "/size_chart/M/bust"),
    ({"currency": "USD"}, "/currency"), ({"images": []}, "/images"), ({"retailer_id": UNKNOWN_ID}, "/retailer_id"), ({"id": UNKNOWN_ID}, "/id"),
    ({"revision": 5}, "/revision"), ({"in_stock": True}, "/in_stock"), ({"is_deleted": False}, "/is_deleted"), ({"name": None}, "/name")])
def test_a_wrong_value_is_named(retailer, fields, at):
    expect(retailer.post("/products", json=new_product(**fields)), 422, "invalid_input", at=at)


def test_a_size_may_not_repeat(retailer):
    sizes = [{"size": "M", "stock": 1}, {"size": "L", "stock": 1}, {"size": "M", "stock": 2}]
    answer = expect(retailer.post("/products", json=new_product(sizes=sizes)), 422, "invalid_input")
    assert any(place.startswith("/sizes") for place in {error["pointer"] for error in answer.json()["errors"]})


def test_the_largest_values_are_taken(retailer):
    created(retailer.post("/products", json=new_product(
        name="न" * 200, description="x" * 20000, category="c" * 60, tags=[f"{n:02}" + "t" * 38 for n in range(30)],
        colors=[f"{n:02}" + "c" * 38 for n in range(20)], sizes=[{"size": f"s{n}", "stock": 1000000} for n in range(30)], price=9999999.99)))


@pytest.mark.parametrize("dirty,gone,kept", [
    ("<script>alert(1)</script><p>ok</p>", ["script", "alert"], "<p>ok</p>"), ('<p onclick="x()">ok</p>', ["onclick"], "<p>ok</p>"),
    ('<p style="color:red">ok</p>', ["style"], "<p>ok</p>"), ('<img src=x onerror=alert(1)>ok', ["onerror", "<img"], "ok"),
    ('<a href="javascript:alert(1)">ok</a>', ["javascript"], "ok"), ("<svg><script>x</script></svg>ok", ["script", "svg"], "ok"),
    ("<iframe src=//evil></iframe>ok", ["iframe"], "ok"), ("<style>p{}</style>ok", ["<style"], "ok"), ("<ul><li>a</li></ul>", [], "<li>a</li>"),
    ("5 < 6 & 7", ["<script"], "5 &lt; 6 &amp; 7"), ("<p>open <strong>tags", [], "<strong>")])
def test_rich_text_keeps_an_allow_list(retailer, dirty, gone, kept):
    text = created(retailer.post("/products", json=new_product(description=dirty)))["description"]
    for word in gone:
        assert word not in text, text
    assert kept in text


# --- changing --------------------------------------------------------------------------------------------------------


def test_a_change_keeps_what_is_left_out(retailer):
    product = created(retailer.post("/products", json=full_product()))
    changed = expect(retailer.put(f"/products/{product['id']}", json={"price": 10}), 200).json()
    assert changed["price"] == 10 and changed["revision"] == product["revision"] + 1
    moving = {"price", "revision", "updated_at"}
    assert {key: value for key, value in changed.items() if key not in moving} == {key: value for key, value in product.items() if key not in moving}


def test_a_wrong_change_changes_nothing(retailer, nobody, product):
    expect(retailer.put(f"/products/{product['id']}", json={"name": "New", "price": -1}), 422, at="/price")
    assert nobody.get(f"/products/{product['id']}").json() == product


def test_changing_sizes_changes_the_stock(retailer, product):
    changed = retailer.put(f"/products/{product['id']}", json={"sizes": [{"size": "L", "stock": 0}]}).json()
    assert changed["sizes"] == [{"size": "L", "stock": 0}] and changed["in_stock"] is False


def test_only_the_owner_or_an_administrator_changes(product, other_retailer, customer, nobody, admin):
    path = f"/products/{product['id']}"
    for client, status in ((other_retailer, 403), (customer, 403), (nobody, 401)):
        expect(client.put(path, json={"price": 5}), status)
        expect(client.delete(path), status)
    assert admin.put(path, json={"price": 5}).json()["price"] == 5


def test_if_match_guards_a_change(retailer, nobody, product):
    path = f"/products/{product['id']}"
    tag = nobody.get(path).headers["ETag"]
    answer = expect(retailer.put(path, json={"price": 5}, headers={"If-Match": tag}), 200)
    assert answer.headers["ETag"] != tag
    expect(retailer.put(path, json={"price": 6}, headers={"If-Match": tag}), 412, "precondition_failed")
    expect(retailer.put(path, json={"price": 6}, headers={"If-Match": f'"x", {answer.headers["ETag"]}'}), 200)
    expect(retailer.put(path, json={"price": 7}, headers={"If-Match": "*"}), 200)
    expect(retailer.delete(path, headers={"If-Match": tag}), 412)
    expect(retailer.put(path, json={"price": 7}, headers={"If-Match": "rubbish"}), 400, "malformed_request")
    assert retailer.get(path).json()["price"] == 7


def test_a_withdrawn_product_is_gone_everywhere(retailer, nobody, product):
    path = f"/products/{product['id']}"
    assert product["id"] in {item["id"] for item in nobody.get("/products", params={"retailer_id": retailer.id, "page_size": 100, "sort": "newest"}).json()["items"]}
    answer = expect(retailer.delete(path), 204)
    assert answer.content == b""
    for attempt in (nobody.get(path), retailer.get(path), retailer.put(path, json={"price": 5}), retailer.delete(path),
                    retailer.post(path + "/images", files={"file": pictures.jpeg()})):
        expect(attempt, 404, "not_found")
    assert product["id"] not in {item["id"] for item in nobody.get("/products", params={"retailer_id": retailer.id, "page_size": 100}).json()["items"]}


# --- pictures --------------------------------------------------------------------------------------------------------


def test_pictures_are_added_ordered_and_removed(retailer, nobody, product):
    path = f"/products/{product['id']}/images"
    first, second = (created(retailer.post(path, files={"file": ("a.jpg", pictures.jpeg(width=100 + n), "image/jpeg")})) for n in range(2))
    assert {"id", "url", "thumbnail_url", "width", "height", "blurhash"} <= first.keys()
    assert [image["id"] for image in nobody.get(f"/products/{product['id']}").json()["images"]] == [first["id"], second["id"]]

    answer = expect(retailer.put(path + "/order", json={"image_ids": [second["id"], first["id"]]}), 200).json()
    assert [image["id"] for image in answer["items"]] == [second["id"], first["id"]]
    for wrong in ([first["id"]], [first["id"], first["id"]], [first["id"], second["id"], UNKNOWN_ID], [first["id"], UNKNOWN_ID], []):
        expect(retailer.put(path + "/order", json={"image_ids": wrong}), 422, "invalid_input")
    expect(retailer.put(path + "/order", json={"image_ids": ["zz", second["id"]]}), 422, at="/image_ids/0")

    expect(retailer.delete(f"{path}/{second['id']}"), 204)
    expect(retailer.delete(f"{path}/{second['id']}"), 404)
    assert [image["id"] for image in nobody.get(f"/products/{product['id']}").json()["images"]] == [first["id"]]


def test_only_the_owner_changes_pictures(retailer, other_retailer, customer, product, jpeg):
    path = f"/products/{product['id']}/images"
    image = created(retailer.post(path, files={"file": jpeg}))
    for client in (other_retailer, customer):
        expect(client.post(path, files={"file": jpeg}), 403)
        expect(client.put(path + "/order", json={"image_ids": [image["id"]]}), 403)
        expect(client.delete(f"{path}/{image['id']}"), 403)
    expect(retailer.post(f"/products/{UNKNOWN_ID}/images", files={"file": jpeg}), 404)


def test_there_are_at_most_ten_pictures(retailer, product, jpeg):
    path = f"/products/{product['id']}/images"
    for _ in range(10):
        created(retailer.post(path, files={"file": jpeg}))
    expect(retailer.post(path, files={"file": jpeg}), 409, "conflict")


def test_a_picture_is_an_immutable_address(retailer, nobody, product, jpeg):
    image = created(retailer.post(f"/products/{product['id']}/images", files={"file": jpeg}))
    for url in (image["url"], image["thumbnail_url"]):
        answer = expect(nobody.open(url), 200)
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=604800, immutable"
        assert nobody.call("GET", "/" + url.split("/", 3)[3], root=True, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert nobody.call("HEAD", "/" + url.split("/", 3)[3], root=True).headers["Content-Length"] == str(len(answer.content))


def test_the_garment_of_a_picture_becomes_ready(shop, retailer, nobody):
    product = created(retailer.post("/products", json=new_product(name="Rust T-shirt", category="T-shirts")))
    created(retailer.post(f"/products/{product['id']}/images", files={"file": pictures.garment()}))
    state = lambda: nobody.get(f"/products/{product['id']}").json()["try_on"]
    shop.wait_for(lambda: state()["state"] != "pending", 30)
    assert state()["state"] == "ready" and 0 <= state()["score"] <= 1


def test_a_picture_without_a_garment_is_unusable_with_a_reason(shop, retailer, nobody, product):
    created(retailer.post(f"/products/{product['id']}/images", files={"file": pictures.plain()}))
    state = lambda: nobody.get(f"/products/{product['id']}").json()["try_on"]
    shop.wait_for(lambda: state()["state"] != "pending", 30)
    assert state()["state"] == "unusable" and state()["reasons"]
