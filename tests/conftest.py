"""What the black-box tests share: one seeded shop that runs for the whole session, and people in it."""
import os

import pytest

from harness import mongo, pictures
from harness.client import PASSWORD, Client, created, new_model, new_product, register, sign_in
from harness.program import ON_MONGODB, PATH, ROOT, Program


def pytest_sessionstart(session):
    if not PATH.exists():
        raise pytest.UsageError(f"there is no program at {PATH}; ./fit build makes it")
    if ON_MONGODB and not os.environ.get(mongo.VARIABLE):
        raise pytest.UsageError(f"FITVIEW_TEST_STORE=mongodb needs {mongo.VARIABLE}")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """A stopped program whose data folder holds the demo shop and an administrator; copy it, do not start it."""
    program = Program(tmp_path_factory.mktemp("seeded"))
    program.run("seed", "--demo", str(ROOT / "demo"))
    program.run("create-admin", "--email", "admin@example.com", "--name", "Admin", text_in=PASSWORD + "\n")
    return program


@pytest.fixture(scope="session")
def shop(seeded, tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("shop"))
    program.copy_from(seeded)
    program.start()
    yield program
    program.stop()


@pytest.fixture(scope="session")
def address(shop):
    return shop.address


@pytest.fixture()
def nobody(address):
    return Client(address)


@pytest.fixture(scope="session")
def customer(address):
    return register(address)


@pytest.fixture(scope="session")
def other_customer(address):
    return register(address)


@pytest.fixture(scope="session")
def retailer(address):
    return register(address, "retailer")


@pytest.fixture(scope="session")
def other_retailer(address):
    return register(address, "retailer")


@pytest.fixture(scope="session")
def admin(address):
    return sign_in(address, "admin@example.com")


@pytest.fixture()
def product(retailer):
    return created(retailer.post("/products", json=new_product()))


@pytest.fixture()
def model(retailer):
    return created(retailer.post("/models", json=new_model()))


@pytest.fixture(scope="session")
def demo_models(address):
    """The demo shop's models by name, all ready for try-ons."""
    items = Client(address).get("/models", params={"page_size": 100}).json()["items"]
    return {item["name"]: item for item in items if item["try_on"]["state"] == "ready"}


@pytest.fixture(scope="session")
def demo_products(address, demo_models):
    owner = next(iter(demo_models.values()))["retailer_id"]
    client, items, page = Client(address), [], 1
    while answer := client.get("/products", params={"page_size": 100, "page": page, "retailer_id": owner}).json()["items"]:
        items, page = items + answer, page + 1
    return {item["name"]: item for item in items if item["try_on"]["state"] == "ready"}


@pytest.fixture(scope="session")
def demo_tops(demo_products):
    """Products that every model can be seen in, whatever else the shop sells."""
    return [item for item in demo_products.values() if item["category"] in ("T-Shirts", "Tops")]


@pytest.fixture(scope="session")
def jpeg():
    return pictures.jpeg()
