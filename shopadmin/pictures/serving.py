"""Files of pictures, at addresses of our own."""

import re

from django.http import HttpResponse, HttpResponseNotFound

from shopadmin.storage.kept import download

NAME = re.compile(r"[0-9a-f]{64}-[0-9]{1,4}\.(webp|jpg|png)", re.ASCII)
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


def picture_response(folder: str, name: str) -> HttpResponse:
    """A file by the hash of its content, which therefore never changes; nothing else in the storage has an address."""
    found = NAME.fullmatch(name)
    try:
        response = download("pictures", f"{folder}/{name}", content_type=TYPES[found[1]]) if found else None
    except FileNotFoundError:
        response = None
    if response is None:
        return HttpResponseNotFound(content_type="text/plain")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
