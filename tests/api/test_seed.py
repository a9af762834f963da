"""`fitview seed`: the demo shop, and a catalogue for load tests."""
import json

import pytest
import requests

from harness.client import Client
from harness.program import ROOT, Program

SIZE = 1200  # more than two of the batches it is written in


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("catalogue"))
    program.run("seed", "--size", str(SIZE))
    program.run("seed", "--size", str(SIZE))
    program.start()
    program.wait_for(lambda: Client(program.address).get("/health").status_code == 200, 60)
    yield program
    program.stop()


def test_a_synthetic_catalogue_has_the_size_asked_for_however_often_it_is_made(catalogue):
    listed = Client(catalogue.address).get("/products?facets=true").json()
    assert listed["total"] == SIZE
    assert sum(entry["count"] for entry in listed["facets"]["category"]) == SIZE


def test_its_products_are_found_by_their_words(catalogue):
    nobody = Client(catalogue.address)
    product = nobody.get("/products?sort=name").json()["items"][0]
    found = nobody.get("/products", params={"search": product["name"], "page_size": 100}).json()
    assert product["id"] in [item["id"] for item in found["items"]]


def test_a_demo_product_shows_its_whole_a_close_up_and_who_wears_it(nobody, demo_products):
    described = json.loads((ROOT / "demo" / "shop.json").read_text())["products"]
    for entry in described:
        product = next(item for item in demo_products.values() if item["name"] == entry["name"])
        shown = nobody.get("/products/" + product["id"]).json()["images"]
        seen_on = entry.get("seen_on", [])
        assert len(shown) == len(entry["pictures"]) + len(seen_on)
        assert sum("worn_by" in picture for picture in shown) == len(seen_on)


def test_hero_garments_come_in_three_dimensions_with_the_body_they_were_cut_on(nobody, demo_products):
    described = [entry for entry in json.loads((ROOT / "demo/shop.json").read_text())["products"] if "model_3d" in entry]
    assert len(described) == 10
    for entry in described:
        listed = next(item for item in demo_products.values() if item["name"] == entry["name"])
        shown = nobody.get("/products/" + listed["id"]).json()["model_3d"]
        for address, path in ((shown["url"], entry["model_3d"]["garment"]), (shown["body_url"], entry["model_3d"]["body"])):
            answer = requests.get(address, timeout=10)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "model/gltf-binary"
            assert answer.headers["Cache-Control"] == "public, max-age=604800, immutable"
            assert answer.content == (ROOT / "demo" / path).read_bytes()


def test_every_picture_of_the_demo_shop_is_used(demo_products):
    described = json.loads((ROOT / "demo" / "shop.json").read_text())["products"]
    named = {path for entry in described for path in entry.get("pictures", [entry.get("picture")])}
    there = {str(path.relative_to(ROOT / "demo")) for path in (ROOT / "demo/pictures/garments").glob("*.webp")}
    assert named == there
