"""The shop with its pictures in a bucket, looked at with another S3 client than ours."""
import os
import urllib.parse

import boto3
import botocore.config
import pytest
import requests

from harness import pictures
from harness.client import created, expect, new_model, new_product, register
from harness.program import Program

BUCKET_ADDRESS = os.environ.get("S3_TEST_URL")
CDN = "https://cdn.shop.test"


@pytest.fixture(scope="module")
def place():
    if not BUCKET_ADDRESS:
        assert not os.environ.get("FITVIEW_REQUIRE_BACKENDS"), "no S3 server: S3_TEST_URL"
        pytest.skip("no S3 server: ./fit setup builds one, ./fit test starts it")
    return urllib.parse.urlsplit(BUCKET_ADDRESS)


@pytest.fixture(scope="module")
def settings(place):
    return {"AWS_S3_BUCKET": place.path.strip("/"), "AWS_S3_ENDPOINT": f"http://{place.hostname}:{place.port}",
            "AWS_S3_PATH_STYLE": "true", "AWS_REGION": urllib.parse.parse_qs(place.query)["region"][0],
            "AWS_ACCESS_KEY_ID": place.username, "AWS_SECRET_ACCESS_KEY": place.password}


@pytest.fixture(scope="module")
def bucket(settings):
    client = boto3.resource("s3", endpoint_url=settings["AWS_S3_ENDPOINT"], region_name=settings["AWS_REGION"],
                            aws_access_key_id=settings["AWS_ACCESS_KEY_ID"], aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
                            config=botocore.config.Config(s3={"addressing_style": "path"}))
    return client.Bucket(settings["AWS_S3_BUCKET"])


@pytest.fixture(scope="module")
def shop(settings, tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("s3-shop"), **settings).start()
    yield program
    program.stop()


@pytest.fixture(scope="module")
def retailer(shop):
    return register(shop.address, "retailer")


@pytest.fixture(scope="module")
def product(retailer):
    return created(retailer.post("/products", json=new_product()))


@pytest.fixture(scope="module")
def picture(retailer, product):
    return created(retailer.post(f"/products/{product['id']}/images", files={"file": ("k.webp", pictures.garment(), "image/webp")}))


def key_of(url):
    return urllib.parse.urlsplit(url).path.removeprefix("/media/")


def keys_below(bucket, prefix):
    return {item.key for item in bucket.objects.filter(Prefix=prefix)}


def test_pictures_lie_in_the_bucket_as_the_guide_lays_it_out(bucket, product, picture):
    stored = bucket.Object(key_of(picture["url"]))
    assert stored.key == f"products/{product['id']}/{picture['id']}.webp"
    assert key_of(picture["thumbnail_url"]) == f"products/{product['id']}/thumbnails/{picture['id']}_thumb.webp"
    answer = stored.get()
    assert answer["ContentType"] == "image/webp" and answer["CacheControl"] == "public, max-age=604800, immutable"
    assert answer["Body"].read() == requests.get(picture["url"], timeout=10).content


def test_what_another_client_wrote_opens_here(shop, bucket, picture):
    bucket.Object("products/0123456789abcdef01234567/0123456789abcdef01234568.webp").put(Body=b"by another client")
    answer = requests.get(f"{shop.address}/media/products/0123456789abcdef01234567/0123456789abcdef01234568.webp", timeout=10)
    assert answer.status_code == 200 and answer.content == b"by another client"


def test_a_try_on_with_an_own_photo_leaves_nothing_behind(shop, bucket, product, picture):
    shopper = register(shop.address)
    session = created(shopper.post("/tryon/with-photo", data={"product_id": product["id"], "consent": "true"},
                                   files={"photo": ("me.webp", pictures.person("meera"), "image/webp")}))
    assert session["status"] == "completed", session
    result = key_of(session["result_url"])
    assert result in keys_below(bucket, "")
    assert requests.get(session["result_url"], timeout=10).status_code == 200
    assert requests.get(session["result_url"].split("?")[0], timeout=10).status_code == 403
    assert keys_below(bucket, f"user_uploads/{shopper.id}/")
    expect(shopper.delete("/auth/me"), 204)
    assert not keys_below(bucket, f"user_uploads/{shopper.id}/") and result not in keys_below(bucket, "")


def test_health_names_the_bucket_as_the_place_of_objects(shop):
    objects = requests.get(f"{shop.address}/health", timeout=10).json()["objects"]
    assert objects == {"engine": "s3", "status": "connected"}


def test_a_cdn_stands_before_public_pictures_only(settings, retailer, shop, product, picture, tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("cdn-shop"), **settings, CLOUDFRONT_URL=CDN)
    with_pictures = register(program.start().address, "retailer")
    try:
        model = created(with_pictures.post("/models", json=new_model()))
        image = created(with_pictures.post(f"/models/{model['id']}/image", files={"file": ("m.webp", pictures.person("meera"), "image/webp")}))
        assert image["url"] == f"{CDN}/models/{model['id']}/{image['id']}.webp"
    finally:
        program.stop()


@pytest.mark.parametrize("changed, words", [
    ({"AWS_S3_ENDPOINT": "http://127.0.0.1:1"}, ["S3 at 127.0.0.1:1", "cannot be reached"]),
    ({"AWS_SECRET_ACCESS_KEY": "wrong-secret"}, ["SignatureDoesNotMatch"]),
    ({"AWS_S3_BUCKET": "no-such-bucket"}, ["NoSuchBucket"]),
])
def test_a_bucket_that_cannot_be_used_is_told_at_start(settings, tmp_path, changed, words):
    done = Program(tmp_path, **{**settings, **changed}).run("serve", check=False)
    assert done.returncode != 0
    for word in words:
        assert word in done.stderr, done.stderr
    assert "wrong-secret" not in done.stderr and settings["AWS_SECRET_ACCESS_KEY"] not in done.stderr


def test_settings_that_cannot_work_are_told_before_anything_starts(tmp_path):
    for changed, words in [({"OBJECTS": "s3"}, "AWS_S3_BUCKET"),
                           ({"AWS_S3_BUCKET": "b", "AWS_ACCESS_KEY_ID": "half"}, "AWS_SECRET_ACCESS_KEY"),
                           ({"AWS_S3_BUCKET": "b", "AWS_EC2_METADATA_DISABLED": "true"}, "AWS_ACCESS_KEY_ID"),
                           ({"AWS_S3_BUCKET": "b", "AWS_S3_ENDPOINT": "minio:9000"}, "https://")]:
        done = Program(tmp_path, **changed).run("serve", check=False)
        assert done.returncode != 0 and words in done.stderr, done.stderr
