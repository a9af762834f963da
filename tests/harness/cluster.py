"""Several processes of one shop, and what a shopper's browser does when one of them dies in the middle of a call."""
import concurrent.futures
import random
import time

import requests

from harness import pictures
from harness.client import Client, created, expect, new_model, new_product, register
from harness.program import Program

START_SECONDS_MAX = 60
ACCEPT_TRIES = 900  # a server killed in the middle of a call keeps its idempotency key for a minute
READY_WORD = {"serve": "serving", "worker": "working"}


class Cluster:
    """Nodes on one data folder; each with a log of its own, so that it can be killed and started again."""

    def __init__(self, folder, **settings):
        self.folder, self.settings = folder, settings
        self.nodes = {}

    def add(self, name, command, **settings):
        node = Program(self.folder, **{**self.settings, **settings})
        node.log_path = self.folder / f"{name}.log"
        node.command = command
        self.nodes[name] = node
        self.start(name)
        return node

    def add_all(self, count):
        """`count` servers that only answer and as many workers, started side by side."""
        with concurrent.futures.ThreadPoolExecutor(max_workers=2 * count) as pool:
            started = [pool.submit(self.add, f"server-{number}", "serve", WORKERS="0") for number in range(count)]
            started += [pool.submit(self.add, f"worker-{number}", "worker") for number in range(count)]
            for one in started:
                one.result()

    def start(self, name):
        node = self.nodes[name]
        word = READY_WORD[node.command]
        already = len(node.messages(word))
        node.spawn(node.command)
        node.wait_for(lambda: len(node.messages(word)) > already, START_SECONDS_MAX)
        if node.command == "serve":
            node.wait_for(node.has_read_its_catalogue, START_SECONDS_MAX)

    def servers(self):
        return [node for _, node in sorted(self.nodes.items()) if node.command == "serve"]

    def clients(self, person):
        """The same person at every server."""
        return [Client(server.address, person.token) for server in self.servers()]

    def stop(self):
        for node in self.nodes.values():
            if node.process is not None:
                node.kill()


TOPS = ("Kurtas", "Kurtis", "Shirts", "T-Shirts", "Tops")


def fill_with_little(cluster):
    """Two people and two garments, sent in over HTTP: a shop within a second, 40 different try-ons."""
    seller = register(cluster.servers()[0].address, "retailer")
    for person in ("asha", "kabir"):
        model = created(seller.post("/models", json=new_model(name=person)))
        created(seller.post(f"/models/{model['id']}/image", files={"file": pictures.person(person)}))
    for garment in ("rust_t_shirt", "madras_shirt"):
        product = created(seller.post("/products", json=new_product(sizes=[{"size": size, "stock": 5} for size in ("S", "M", "L", "XL", "XXL")])))
        created(seller.post(f"/products/{product['id']}/images", files={"file": pictures.garment(garment)}))
    for server in cluster.servers():
        client = Client(server.address, seller.token)
        server.wait_for(lambda: len(ready_items(client, "/models")) == len(ready_items(client, "/products")) == 2, 60)


def ready_items(client, path):
    """Models, or the products that every model can be seen in."""
    items = client.get(path, params={"page_size": 100}).json()["items"]
    return [item for item in items if item["try_on"]["state"] == "ready" and item.get("category", "Tops") in TOPS]


def ready_pairs(client, count):
    """`count` bodies of try-ons: pairs of a model and a product, round again when there are no more of them."""
    pairs = [{"model_id": model["id"], "product_id": product["id"]} for product in ready_items(client, "/products")
             for model in ready_items(client, "/models")]
    assert pairs, "the seeded shop has nothing to try on"
    return [pairs[at % len(pairs)] for at in range(count)]


def different_try_ons(client, count, chance):
    """`count` bodies of which no two show the same picture, in an order of chance: size, background and roughness vary the pairs."""
    models = ready_items(client, "/models")
    bodies = [{"model_id": model["id"], "product_id": product["id"],
               "options": {"size": size["size"], "background": background, "preview": True}}
              for product in ready_items(client, "/products") for model in models for size in product["sizes"]
              for background in ("keep", "studio")]
    chance.shuffle(bodies)
    assert len(bodies) >= count, f"the shop has only {len(bodies)} different try-ons"
    return bodies[:count]


def accept(clients, body):
    """Sends one try-on to some node, again under the same key until one accepts it: what a shopper's browser would do."""
    key = f"chaos-{random.getrandbits(64):x}"
    answer = None
    for _ in range(ACCEPT_TRIES):
        client = random.choice(clients)
        try:
            answer = client.post("/tryon", json=body, headers={"Prefer": "respond-async", "Idempotency-Key": key})
            if answer.status_code in (201, 202):
                return answer.json()["id"]
            assert answer.status_code in (409, 503), answer.text
        except requests.exceptions.RequestException:
            pass
        time.sleep(0.2)
    raise AssertionError(f"nobody accepted a try-on; last: {answer.text if answer is not None else 'no answer'}")


def wait_for_all(client, ids, seconds_max):
    """The finished sessions."""
    deadline = time.monotonic() + seconds_max
    waiting, done = list(ids), {}
    while waiting:
        sessions = [expect(client.get(f"/tryon/{session}"), 200).json() for session in waiting]
        done.update({session["id"]: session for session in sessions if session["status"] != "pending"})
        waiting = [session for session in waiting if session not in done]
        assert time.monotonic() < deadline or not waiting, f"{len(waiting)} of {len(ids)} try-ons are still pending"
        time.sleep(0.3 if waiting else 0)
    return [done[session] for session in ids]
