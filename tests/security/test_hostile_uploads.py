"""Uploads that lie, break, bloat or hide something."""
import io
import struct

import pytest
from PIL import Image

from harness import pictures
from harness.client import BASE, created, expect, new_model, new_product
from harness.raw import one_shot


@pytest.fixture(scope="module")
def place(retailer):
    return f"/products/{created(retailer.post('/products', json=new_product()))['id']}/images"


def upload(client, place, data, name="a.jpg", kind="image/jpeg"):
    return client.post(place, files={"file": (name, data, kind)})


def image_of(client, place, data, **named):
    """The picture made of an upload; it is removed again, so that ten are never reached."""
    image = created(upload(client, place, data, **named))
    client.delete(f"{place}/{image['id']}")
    return image


MEDIA = pictures.MEDIA
GOOD = {
    "jpeg": lambda: pictures.jpeg(), "png": lambda: pictures.png(), "webp": lambda: pictures.webp(), "avif": lambda: (MEDIA / "turned.avif").read_bytes(),
    "heic": lambda: (MEDIA / "turned.heic").read_bytes(), "ten bit heic": lambda: (MEDIA / "ten_bit.heic").read_bytes(),
    "progressive jpeg": lambda: pictures.encoded(pictures.drawn(), "JPEG", progressive=True),
    "grey jpeg": lambda: pictures.encoded(pictures.drawn().convert("L"), "JPEG"), "cmyk jpeg": lambda: pictures.encoded(pictures.drawn().convert("CMYK"), "JPEG"),
    "palette png": lambda: pictures.encoded(pictures.drawn().convert("P"), "PNG"), "16 bit png": lambda: pictures.encoded(pictures.drawn().convert("I;16"), "PNG"),
    "see-through png": lambda: pictures.encoded(pictures.drawn().convert("RGBA"), "PNG"), "one bit png": lambda: pictures.encoded(pictures.drawn().convert("1"), "PNG"),
    "smallest": lambda: pictures.png(width=64, height=64), "wide": lambda: pictures.jpeg(width=3000, height=70),
}


@pytest.mark.parametrize("kind", GOOD)
def test_the_content_decides_not_the_name(retailer, place, kind):
    for name, media_type in (("x.exe", "application/octet-stream"), ("x.gif", "image/gif"), ("", "text/html")):
        image = image_of(retailer, place, GOOD[kind](), name=name or "blob", kind=media_type)
        assert image["width"] >= 1 and image["height"] >= 1 and image["blurhash"]


BROKEN = {
    "truncated jpeg": lambda: pictures.jpeg()[:700], "truncated png": lambda: pictures.png()[:-60], "truncated webp": lambda: pictures.webp()[:120],
    "truncated heic": lambda: (MEDIA / "turned.heic").read_bytes()[:600], "truncated avif": lambda: (MEDIA / "turned.avif").read_bytes()[:300],
    "jpeg start and rubbish": lambda: b"\xff\xd8\xff\xe0" + b"rubbish" * 300, "png start and rubbish": lambda: b"\x89PNG\r\n\x1a\n" + b"rubbish" * 300,
    "webp start and rubbish": lambda: b"RIFF" + struct.pack("<I", 2000) + b"WEBPVP8 " + b"rubbish" * 300,
    "heic start and rubbish": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"rubbish" * 300, "avif start and rubbish": lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"rubbish" * 300,
    "animated webp": lambda: pictures.animated("WEBP"), "animated png": lambda: pictures.animated("PNG"), "animated avif": lambda: (MEDIA / "animated.avif").read_bytes(),
    "too small": lambda: pictures.png(width=63, height=64), "one pixel": lambda: pictures.png(width=1, height=1), "a bomb": lambda: pictures.png_header_only(50000, 50000),
    "51 megapixels": lambda: pictures.png_header_only(7200, 7100), "no pixels": lambda: pictures.png_header_only(0, 0),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_picture_is_refused_with_a_reason(retailer, place, kind, nobody):
    answer = expect(upload(retailer, place, BROKEN[kind]()), 422, "unusable_picture", at="/file")
    assert len(answer.json()["errors"][0]["detail"]) > 5
    assert nobody.get(place.removesuffix("/images")).json()["images"] == []


FOREIGN = {
    "nothing": lambda: b"", "text": lambda: b"hello", "gif": lambda: pictures.encoded(pictures.drawn(), "GIF"), "bmp": lambda: pictures.encoded(pictures.drawn(), "BMP"),
    "tiff": lambda: pictures.encoded(pictures.drawn(), "TIFF"), "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "pdf": lambda: b"%PDF-1.7\n" + b"x" * 500,
    "html": lambda: b"<html><script>alert(1)</script></html>", "zip": lambda: b"PK\x03\x04" + b"\0" * 500, "zeros": lambda: b"\0" * 5000, "program": lambda: b"\x7fELF" + b"\0" * 500,
    "mp4": lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0" * 500, "riff wave": lambda: b"RIFF\x10\0\0\0WAVEfmt " + b"\0" * 500, "jpeg in front cut": lambda: b"\xff\xd8",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_none_of_the_five_formats_is_unsupported(retailer, place, kind):
    expect(upload(retailer, place, FOREIGN[kind](), "a.jpg", "image/jpeg"), 415, "unsupported_media_type")


def test_too_many_bytes_are_too_large(retailer, place):
    padded = pictures.jpeg() + b"\0" * (10 * 1024 * 1024)
    expect(upload(retailer, place, padded), 413, "payload_too_large")


def test_too_many_bytes_are_known_from_the_head(shop, retailer, place):
    status, _, body = one_shot(shop.port, f"POST {BASE}{place} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {retailer.token}\r\n"
                                          "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999999999\r\n\r\n")
    assert status == 413, body


def test_just_under_ten_mebibytes_are_read(retailer, place):
    noise = Image.effect_noise((1900, 1900), 200).convert("RGB")
    data = pictures.encoded(noise, "PNG")
    assert 3_000_000 < len(data) < 10 * 1024 * 1024
    assert image_of(retailer, place, data)["width"] == 1900


def test_pictures_are_made_upright_small_and_clean(retailer, nobody, place):
    image = created(upload(retailer, place, pictures.jpeg_turned_with_gps()))
    assert (image["width"], image["height"]) == (100, 200)
    data = nobody.open(image["url"]).content
    assert b"SecretCameraMaker" not in data and b"Exif" not in data and b"XMP" not in data and b"ICCP" not in data
    shown = Image.open(io.BytesIO(data))
    assert shown.format == "WEBP" and shown.size == (100, 200) and not shown.getexif()
    thumbnail = Image.open(io.BytesIO(nobody.open(image["thumbnail_url"]).content))
    assert max(thumbnail.size) <= 400
    retailer.delete(f"{place}/{image['id']}")


def test_a_large_picture_is_made_smaller(retailer, nobody, place):
    image = created(upload(retailer, place, pictures.jpeg(width=4096, height=1024)))
    assert (image["width"], image["height"]) == (2048, 512)
    assert Image.open(io.BytesIO(nobody.open(image["thumbnail_url"]).content)).size == (400, 100)
    retailer.delete(f"{place}/{image['id']}")


def test_a_removed_picture_is_gone_from_its_address(retailer, nobody, place):
    image = created(upload(retailer, place, pictures.jpeg()))
    retailer.delete(f"{place}/{image['id']}")
    for url in (image["url"], image["thumbnail_url"]):
        expect(nobody.open(url), 404, "not_found")


def test_the_same_rules_hold_for_models_and_own_photos(retailer, customer, demo_products):
    model = f"/models/{created(retailer.post('/models', json=new_model()))['id']}/image"
    shirt = next(iter(demo_products.values()))["id"]
    photo = lambda data: customer.post("/tryon/with-photo", data={"product_id": shirt, "consent": "true"}, files={"photo": ("a", data, "image/png")})
    for data, status, code in ((b"", 415, "unsupported_media_type"), (pictures.encoded(pictures.drawn(), "GIF"), 415, "unsupported_media_type"),
                               (pictures.animated("PNG"), 422, "unusable_picture"), (pictures.png_header_only(50000, 50000), 422, "unusable_picture"),
                               (pictures.jpeg()[:500], 422, "unusable_picture")):
        expect(upload(retailer, model, data), status, code)
        expect(photo(data), status, code)
    expect(photo(pictures.jpeg() + b"\0" * (10 << 20)), 413, "payload_too_large")


@pytest.mark.parametrize("files,at", [
    ([("other", b"x")], {"/file", "/other"}), ([("file", pictures.jpeg()), ("file", pictures.jpeg())], {"/file"}), ([("file", pictures.jpeg()), ("note", b"x")], {"/note"})])
def test_wrong_fields_are_named(retailer, place, files, at):
    expect(retailer.post(place, files=files), 422, "invalid_input", at=at)


@pytest.mark.parametrize("media_type,body,status", [
    ("multipart/form-data", b"--b\r\n\r\n--b--", {400, 415}), ("multipart/form-data; boundary=b", b"", {400}), ("multipart/form-data; boundary=b", b"--b\r\n", {400}),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc", {400}), ("multipart/form-data; boundary=b", b"rubbish", {400}),
    ("multipart/form-data; boundary=" + "b" * 200, b"x", {400}), ("multipart/form-data; boundary=b", b"--b\r\nX: y\r\n\r\nabc\r\n--b--\r\n", {400, 422}),
    ("image/jpeg", pictures.jpeg(), {415}), ("application/json", b"{}", {415})], ids=range(9))
def test_a_form_that_cannot_be_read_is_refused(retailer, place, media_type, body, status):
    assert retailer.post(place, raw=body, headers={"Content-Type": media_type}).status_code in status


def test_a_file_name_never_reaches_a_path(retailer, nobody, place):
    for name in ("../../../etc/passwd", "a\0b", "/etc/passwd", "x" * 3000, "%2e%2e%2f", "a\";filename=\"b"):
        image = image_of(retailer, place, pictures.jpeg(), name=name)
        assert "passwd" not in image["url"] and ".." not in image["url"]


@pytest.mark.parametrize("path", ["/media/../data/fitview.db", "/media/..%2f..%2fdata", "/media/products/..%2f..", "/media/products", "/media/", "/media/products/%00/a.webp",
                                  "/media/user_uploads/a/b.webp", "/media/products/x/nothing.webp", "/media//etc/passwd", "/media/jwt_secret/x"])
def test_addresses_of_pictures_lead_nowhere_else(shop, path):
    status, _, body = one_shot(shop.port, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status in (400, 403, 404), body


def test_the_server_lives_through_it_all(nobody):
    assert nobody.get("/health", root=True).json()["status"] == "healthy"
