"""The files of pictures, at an address of our own."""

import re

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from orders.catalogue import picture_files

NAME = re.compile(r"[0-9a-f]{64}-[0-9]{1,4}\.(webp|jpg)", re.ASCII)
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@require_safe
def product_picture(request: HttpRequest, name: str) -> HttpResponse:
    """A file by the hash of its content, which therefore never changes; nothing else in the storage has an address."""
    found = NAME.fullmatch(name)
    try:
        file = picture_files.open_file(name) if found else None
    except FileNotFoundError:
        file = None
    if file is None:
        return HttpResponseNotFound(content_type="text/plain")
    response = FileResponse(file, content_type=TYPES[found[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
