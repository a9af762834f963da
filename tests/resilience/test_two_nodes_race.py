"""Two nodes are asked to change the same thing at the same moment: one wins, or both changes are kept; none is lost without a word."""
import collections
import concurrent.futures
import itertools

import pytest

from harness import mongo
from harness.client import Client, created, expect, new_product, register
from harness.program import Program

CALLS = 12
SOLD_BY_EACH = 6


@pytest.fixture(scope="module", params=["mongodb", "embedded"])
def nodes(request, tmp_path_factory):
    """On MongoDB and Redis, and on one data folder."""
    folder = tmp_path_factory.mktemp("race")
    settings = mongo.settings() if request.param == "mongodb" else {"STORE": "sqlite"}
    nodes = [Program(folder, WORKERS="0", **settings) for _ in range(2)]
    for number, node in enumerate(nodes):
        node.log_path = folder / f"log-{number}"
        node.start()
    yield nodes
    for node in nodes:
        node.stop()
    if request.param == "mongodb":
        mongo.drop_database(settings)


@pytest.fixture()
def seller(nodes):
    return register(nodes[0].address, "retailer")


@pytest.fixture()
def sellers(nodes, seller):
    """The same person at both nodes."""
    return [Client(node.address, seller.token) for node in nodes]


def at_once(calls):
    with concurrent.futures.ThreadPoolExecutor(max_workers=CALLS) as pool:
        return [one.result() for one in [pool.submit(call) for call in calls]]


def stock_of(client, product):
    return client.get(f"/products/{product}").json()["sizes"][0]["stock"]


def both_come_to_show(nodes, sellers, product, stock):
    """A node that keeps its own cache learns of the other's change within a second."""
    nodes[0].wait_for(lambda: [stock_of(seller, product) for seller in sellers] == [stock, stock], 5)


def test_of_two_who_saw_the_same_stock_one_is_told_to_look_again(nodes, sellers):
    product = created(sellers[0].post("/products", json=new_product()))["id"]
    seen = sellers[0].get(f"/products/{product}").headers["ETag"]
    answers = at_once([lambda at=at: sellers[at % 2].put(f"/products/{product}", json={"sizes": [{"size": "M", "stock": 100 + at}]},
                                                         headers={"If-Match": seen}) for at in range(CALLS)])
    statuses = collections.Counter(answer.status_code for answer in answers)
    assert statuses == {200: 1, 412: CALLS - 1}
    kept = next(answer for answer in answers if answer.status_code == 200).json()["sizes"][0]["stock"]
    both_come_to_show(nodes, sellers, product, kept)


def test_stock_counted_down_on_two_nodes_is_neither_lost_nor_sold_twice(nodes, sellers):
    product = created(sellers[0].post("/products", json=new_product(sizes=[{"size": "M", "stock": 2 * SOLD_BY_EACH}])))["id"]
    refused = collections.Counter()

    def sell(seller):
        for _ in range(SOLD_BY_EACH):
            for _ in itertools.count():
                now = expect(seller.get(f"/products/{product}"), 200)
                wanted = {"sizes": [{"size": "M", "stock": now.json()["sizes"][0]["stock"] - 1}]}
                answer = seller.put(f"/products/{product}", json=wanted, headers={"If-Match": now.headers["ETag"]})
                if answer.status_code == 200:
                    break
                refused[expect(answer, 412).status_code] += 1

    at_once([lambda seller=seller: sell(seller) for seller in sellers])
    both_come_to_show(nodes, sellers, product, 0)
    print(f"\n{2 * SOLD_BY_EACH} sold by two nodes, {refused[412]} times after another look")


def test_changes_of_different_fields_are_both_kept(nodes, sellers):
    product = created(sellers[0].post("/products", json=new_product()))["id"]
    changes = [{"name": "Bandhani Kurta"}, {"price": 777}, {"sizes": [{"size": "M", "stock": 41}]}, {"tags": ["festive"]}]
    for answer in at_once([lambda at=at, change=change: sellers[at % 2].put(f"/products/{product}", json=change)
                           for at, change in enumerate(changes)]):
        expect(answer, 200)
    both_come_to_show(nodes, sellers, product, 41)

    def has_all(seller):
        kept = seller.get(f"/products/{product}").json()
        return (kept["name"], kept["price"], kept["tags"]) == ("Bandhani Kurta", 777, ["festive"])

    nodes[0].wait_for(lambda: all(has_all(seller) for seller in sellers), 5)


def test_a_refresh_token_is_spent_once(nodes):
    person = register(nodes[0].address)
    answers = at_once([lambda at=at: Client(nodes[at % 2].address).post("/auth/refresh", json={"refresh_token": person.refresh_token})
                       for at in range(CALLS)])
    statuses = collections.Counter(answer.status_code for answer in answers)
    assert statuses[200] <= 1 and set(statuses) <= {200, 401}, statuses


def test_an_idempotency_key_makes_one_product(nodes, sellers, seller):
    answers = at_once([lambda at=at: sellers[at % 2].post("/products", json=new_product(), headers={"Idempotency-Key": "one-product"})
                       for at in range(CALLS)])
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    for node, client in zip(nodes, sellers):
        node.wait_for(lambda client=client: client.get("/products", params={"retailer_id": seller.id}).json()["total"] == 1, 5)


def test_an_address_is_registered_once(nodes):
    account = {"email": "race@example.com", "password": "Sunny-Harbour-42", "name": "Asha Rao"}
    answers = at_once([lambda at=at: Client(nodes[at % 2].address).post("/auth/register", json=account) for at in range(CALLS)])
    assert collections.Counter(answer.status_code for answer in answers) == {201: 1, 409: CALLS - 1}
