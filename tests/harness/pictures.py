"""Pictures for uploads, made here or taken from the project's test data."""
import io
import pathlib
import struct
import zlib

from PIL import Image, ImageDraw

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MEDIA = ROOT / "tests" / "data" / "media"
DEMO = ROOT / "demo" / "pictures"


def drawn(width=96, height=128, colour=(180, 60, 60), mode="RGB"):
    picture = Image.new(mode, (width, height), colour if mode == "RGB" else None)
    ImageDraw.Draw(picture).ellipse((width // 4, height // 4, width // 2, height // 2), fill="white" if mode == "RGB" else None)
    return picture


def encoded(picture, form, **options):
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def jpeg(**size):
    return encoded(drawn(**size), "JPEG")


def png(**size):
    return encoded(drawn(**size), "PNG")


def webp(**size):
    return encoded(drawn(**size), "WEBP")


def plain():
    """Nothing but one colour: neither a garment nor a person."""
    return encoded(Image.new("RGB", (256, 320), (128, 128, 128)), "PNG")


def jpeg_turned_with_gps():
    """200 x 100 in the file, 100 x 200 upright, with a place and a camera in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825)[2] = (12.0, 58.0, 17.0)
    return encoded(drawn(200, 100), "JPEG", exif=exif)


def animated(form):
    frames = [drawn(colour=colour) for colour in ((255, 0, 0), (0, 255, 0))]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100, loop=0)


def png_header_only(width, height):
    """A PNG that says it is this large and holds next to nothing: a decompression bomb in small."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def garment(name="rust_t_shirt"):
    return (DEMO / "garments" / f"{name}.webp").read_bytes()


def person(name="ria"):
    return (DEMO / "people" / f"{name}.webp").read_bytes()
