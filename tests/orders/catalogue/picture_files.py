"""Files to upload: pictures as cameras make them, and what only looks like one."""

import struct
import zlib
from io import BytesIO, RawIOBase
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from orders.catalogue.pictures import add_pictures
from orders.models import Product, ProductPicture
from shopadmin.models import StoreSettings
from shopadmin.pictures.encoding import encode, encode_logo
from shopadmin.pictures.picture import Picture
from shopadmin.store.pictures import save_with_files

TEAL, RUST = (0, 96, 112), (192, 96, 64)


def picture(kind: str = "PNG", *, size: tuple[int, int] = (300, 200), colour=TEAL, **options) -> bytes:
    """Return a picture whose left half is of the colour, and the right one white."""
    image = Image.new("RGB", size, "white")
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """Return a PNG that promises so many pixels, and holds hardly any."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def png_with_text_of(size: int) -> bytes:
    """Return a small PNG whose comment unpacks to so many bytes."""
    comment = b"zTXt" + b"Comment\0\0" + zlib.compress(bytes(size), 9)
    chunk = struct.pack(">I", len(comment) - 4) + comment + struct.pack(">I", zlib.crc32(comment))
    head, rest = picture()[:33], picture()[33:]
    return head + chunk + rest


class Zeros(RawIOBase):
    """So many bytes that come in, one piece after the other."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        piece = self.left if size < 0 else min(size, self.left)
        self.left -= piece
        return bytes(piece)


def upload(content: bytes, name: str = "mug.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def give_picture(product: Product, *, colour=TEAL, size: tuple[int, int] = (300, 200)) -> ProductPicture:
    """Add a picture to a product, files and all."""
    [added] = add_pictures(product, [encode(BytesIO(picture(size=size, colour=colour)))])
    return added


def give_logo() -> Picture:
    """Give the shop a logo, file and all."""
    logo = encode_logo(BytesIO(picture(size=(300, 100))))
    store = StoreSettings.current()
    store.logo = logo.picture.key
    save_with_files([logo], lambda: store.save() or store)
    return logo.picture


def files_there() -> list[str]:
    """Return the names of all files in the storage."""
    return sorted(path.name for path in Path(settings.DATA_DIR, "pictures").rglob("*") if path.is_file())
