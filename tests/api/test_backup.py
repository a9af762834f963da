"""A copy of a running shop, and the shop made from it."""
import subprocess
import threading

import requests

from harness import pictures
from harness.client import PASSWORD, created, new_product, register, sign_in
from harness.program import Program


def test_a_running_shop_moves_to_another_place_with_everything(tmp_path):
    shop = Program(tmp_path / "shop").start()
    retailer = register(shop.address, "retailer")
    product = created(retailer.post("/products", json=new_product()))
    created(retailer.post(f"/products/{product['id']}/images", files={"file": ("k.webp", pictures.garment(), "image/webp")}))
    copy = tmp_path / "copy"
    going_on = threading.Event()

    def keep_selling():
        while not going_on.is_set():
            retailer.post("/products", json=new_product())

    seller = threading.Thread(target=keep_selling)
    seller.start()
    try:
        said = shop.run("backup", str(copy)).stdout
    finally:
        going_on.set()
        seller.join()
    assert said == "backed up the database and 2 pictures\n"
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=copy, check=True, timeout=60)
    shop.stop()

    other = Program(tmp_path / "other")
    assert "restored the database and 2 pictures" in other.run("restore", str(copy)).stdout
    other.start()
    try:
        owner = sign_in(other.address, retailer.user["email"], PASSWORD)
        found = owner.get(f"/products/{product['id']}").json()
        picture = requests.get(found["images"][0]["url"].replace(shop.address, other.address), timeout=10)
        assert found["name"] == product["name"] and picture.status_code == 200
    finally:
        other.stop()
    again = other.run("restore", str(copy), check=False)
    assert again.returncode == 1 and "holds a shop already" in again.stderr


def test_a_backup_wants_one_new_folder_and_the_embedded_database(tmp_path):
    shop = Program(tmp_path / "shop")
    for arguments, settings, words in [([], {}, "one folder"), ([str(tmp_path)], {}, "there is no shop"),
                                       ([str(tmp_path / "b")], {"STORE": "mongodb", "MONGODB_URL": "mongodb://127.0.0.1:1"}, "mongodump")]:
        shop.environment.update(settings)
        done = shop.run("backup", *arguments, check=False)
        assert done.returncode != 0 and words in done.stderr, done.stderr
