"""The scenarios: what is asked of the shop, ready made from what the shop itself holds, so that any catalogue will do."""
import collections
import itertools
import random
import re
import urllib.parse

BASE = "/api/v1"
SEED = 20260301
PASSWORD = "Sunny-Harbour-42"
PRODUCTS_ASKED = 1000
SEARCHES = 4000
PAGES_READ = 10

# name, the requests' maker, connections, the issue's target
Scenario = collections.namedtuple("Scenario", "name requests connections target")


class Catalogue:
    """Ids and words of a sample of the shop's products."""

    def __init__(self, server):
        self.random = random.Random(SEED)
        pages = server.expect(200, "GET", f"{BASE}/products?page_size=100")["pages"]
        numbers = {1, *(self.random.randint(1, pages) for _ in range(PAGES_READ - 1))}
        products = list(itertools.chain.from_iterable(
            server.expect(200, "GET", f"{BASE}/products?page_size=100&page={number}")["items"] for number in sorted(numbers)))
        self.ids = [product["id"] for product in products][:PRODUCTS_ASKED]
        texts = (f"{product['name']} {' '.join(product['tags'])}" for product in products)
        self.words = sorted({word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())})
        self.categories = sorted({product["category"] for product in products})

    def word(self):
        return self.random.choice(self.words)

    def slip(self):
        """A word of five letters or more with one letter left out."""
        word = self.random.choice([word for word in self.words if len(word) >= 6])
        at = self.random.randint(1, len(word) - 2)
        return word[:at] + word[at + 1:]

    def search(self):
        """One word, two words, a word and a prefix, or a slip; always with facets, half of them with a filter."""
        words = self.random.choice([
            lambda: self.word(), lambda: f"{self.word()} {self.word()}", lambda: f"{self.word()} {self.word()[:3]}",
            lambda: self.slip()])()
        query = {"search": words, "facets": "true"}
        if self.random.random() < 0.5:
            query["category"] = self.random.choice(self.categories)
        if self.random.random() < 0.25:
            query["in_stock"] = "true"
        return f"{BASE}/products?{urllib.parse.urlencode(query)}"


def list_requests(server, catalogue):
    """The pages shoppers look at: the first five of each order."""
    orders = ["newest", "price_asc", "price_desc", "popular", "name"]
    return [server.request("GET", f"{BASE}/products?sort={order}&page={page}") for order in orders for page in range(1, 6)]


def filtered_list_requests(server, catalogue):
    return [server.request("GET", f"{BASE}/products?category={urllib.parse.quote(category)}&size=M&in_stock=true&sort={order}")
            for category in catalogue.categories for order in ("newest", "price_asc")]


def page_requests(server, catalogue):
    return [server.request("GET", f"{BASE}/products/{product}") for product in catalogue.ids]


def search_requests(server, catalogue):
    return [server.request("GET", catalogue.search()) for _ in range(SEARCHES)]


def login_requests(server, catalogue):
    email = "load@bench.example"
    register(server, email)
    return [server.request("POST", f"{BASE}/auth/login", {"email": email, "password": PASSWORD})]


def cached_try_on_requests(server, catalogue):
    """One shopper asks for the same few try-ons again, whose pictures are there."""
    token = register(server, "shopper@bench.example")
    models, garments = try_on_subjects(server)
    pairs = list(zip(models, garments))[:3]
    for model, garment in pairs:
        try_on(server, token, model, garment)
    return [server.request("POST", f"{BASE}/tryon", try_on_body(model, garment), token) for model, garment in pairs]


SCENARIOS = [
    Scenario("product list", list_requests, 32, "> 15 000/s, p99 < 5 ms at 100 000"),
    Scenario("product list, filtered", filtered_list_requests, 32, ""),
    Scenario("product page", page_requests, 32, "> 15 000/s, p99 < 5 ms at 100 000"),
    Scenario("search with facets", search_requests, 1, "p99 < 5 ms at 100 000, < 20 ms at 1 000 000"),
    Scenario("login", login_requests, 1, ""),
    Scenario("cached try-on", cached_try_on_requests, 1, "< 2 ms"),
    Scenario("cached try-on, 16 shoppers", cached_try_on_requests, 16, ""),
]


def register(server, email):
    """The access token of an account, which is made unless it is there."""
    account = {"email": email, "password": PASSWORD, "name": "Load"}
    server.call("POST", f"{BASE}/auth/register", account)
    return server.expect(200, "POST", f"{BASE}/auth/login", {"email": email, "password": PASSWORD})["access_token"]


def try_on_subjects(server):
    """The ids of the demo shop's models and garments that the engine can use."""
    def usable(items):
        return [item["id"] for item in items if item["try_on"]["state"] == "ready"]
    models = server.expect(200, "GET", f"{BASE}/models?page_size=100")["items"]
    retailer = models[0]["retailer_id"]
    garments = server.expect(200, "GET", f"{BASE}/products?retailer_id={retailer}&page_size=100&sort=name")["items"]
    return usable(models), usable(garments)


def try_on_body(model, garment):
    """With a preview wanted, a result below the quality floor counts too."""
    return {"model_id": model, "product_id": garment, "options": {"preview": True}}


def try_on(server, token, model, garment):
    """A finished session."""
    session = server.expect(201, "POST", f"{BASE}/tryon", try_on_body(model, garment), token)
    if session["status"] != "completed":
        raise SystemExit(f"a try-on failed: {session}")
    return session
