"""Tokens made by hand, to see which the server believes."""
import base64
import hashlib
import hmac
import json


def encode(value):
    data = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def parts(token):
    """Header and claims."""
    head, claims, _ = token.split(".")
    return decode(head), decode(claims)


def signed(header, claims, secret, algorithm=hashlib.sha256):
    text = f"{encode(header)}.{encode(claims)}"
    return f"{text}.{encode(hmac.new(secret.encode(), text.encode(), algorithm).digest())}"
