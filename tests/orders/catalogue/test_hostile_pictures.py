"""What is no picture, or a bad one, is refused with the reason and leaves nothing behind."""

import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import transaction
from PIL import Image, PngImagePlugin

from orders.catalogue import pictures
from orders.models import Product, ProductPicture
from shopadmin.pictures.encoding import encode
from shopadmin.storage.private_files import PrivateStorage
from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import (
    Zeros,
    files_there,
    picture,
    png_that_says,
    png_with_text_of,
    upload,
)
from tests.shown_page import errors

pytestmark = pytest.mark.any_database

NO_PICTURE = "This is not a JPEG, PNG or WebP picture."
DAMAGED = "This picture is damaged or incomplete."
TOO_MANY = "This picture has too many pixels. Use one of up to 16000 pixels a side and 64 megapixels."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty.png": (b"", "This file is empty."),
    "page.jpg": (b"<html><script>alert(1)</script></html>", NO_PICTURE),
    "drawing.svg": (SVG, NO_PICTURE),
    "drawing.png": (SVG, NO_PICTURE),
    "moving.gif": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", NO_PICTURE),
    "document.jpg": (b"%PDF-1.7 " + picture("JPEG"), NO_PICTURE),
    "eps.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n", NO_PICTURE),
    "half.png": (picture()[:200], DAMAGED),
    "half.jpg": (picture("JPEG")[:700], DAMAGED),
    "half.webp": (picture("WEBP")[:40], DAMAGED),
    "wide.png": (png_that_says(40_000, 10), TOO_MANY),
    "tall.png": (png_that_says(10, 40_000), TOO_MANY),
    "bomb.png": (png_that_says(15_000, 15_000), TOO_MANY),
    "large-bomb.png": (png_that_says(2**31 - 1, 2**31 - 1), TOO_MANY),
    "short.png": (png_that_says(7_000, 7_000), DAMAGED),
    "text-bomb.png": (png_with_text_of(100_000_000), DAMAGED),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", NO_PICTURE),
    "scan.tiff.png": (picture("TIFF"), NO_PICTURE),
    "archive.jpg": (b"PK\x03\x04" + picture("JPEG"), NO_PICTURE),
    "page.png": (b"<!--" + picture() + b"--><script>alert(1)</script>", NO_PICTURE),
}


@pytest.fixture
def mug(store) -> Product:
    return ProductFactory(name="Mug")


@pytest.fixture(autouse=True)
def received(settings, tmp_path, monkeypatch) -> Path:
    """Where uploads are kept while they are read: even small ones, here."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    folder = tmp_path / "received"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def url_of(product: Product) -> str:
    return f"/backoffice/products/{product.pk}/pictures/"


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_the_reason_and_leaves_nothing(as_mara, mug, received, name):
    content, reason = REFUSED[name]
    response = as_mara.post(url_of(mug), {"pictures": [upload(content, name)]})
    assert errors(response) == {"pictures": f"{name}: {reason}"}
    assert (ProductPicture.objects.count(), files_there(), list(received.iterdir())) == (0, [], [])


def test_a_good_picture_beside_bad_ones_waits_until_all_are_good(as_mara, mug):
    sent = [upload(picture(), "good.png"), upload(SVG, "one.svg"), upload(b"x", "two.png")]
    response = as_mara.post(url_of(mug), {"pictures": sent})
    assert errors(response) == {"pictures": f"one.svg: {NO_PICTURE} two.png: {NO_PICTURE}"}
    assert (ProductPicture.objects.count(), files_there()) == (0, [])


def test_a_file_name_with_a_script_is_shown_as_text(as_mara, mug):
    response = as_mara.post(url_of(mug), {"pictures": [upload(b"x", "<script>alert(1)<script>.png")]})
    assert "<script>alert" not in response.content.decode()
    assert list(errors(response)) == ["pictures"]


@pytest.mark.parametrize("name", ["photo.txt", "photo", "photo.exe"])
def test_the_content_counts_and_not_the_ending(as_mara, mug, name):
    assert as_mara.post(url_of(mug), {"pictures": [upload(picture(), name)]}).status_code == 302
    assert ProductPicture.objects.count() == 1


def test_what_hangs_on_to_a_picture_does_not_come_along(as_mara, mug):
    as_mara.post(url_of(mug), {"pictures": [upload(picture("JPEG") + SVG + b"PK\x03\x04secret.zip", "polyglot.jpg")]})
    assert stored_bytes_with(b"script", b"PK\x03\x04", b"secret") == []


def test_metadata_do_not_come_along(as_mara, mug):
    exif, info = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x010E], exif[0x8825] = "Taken at home", {2: (52.0, 5.0, 7.0)}
    info.add_text("Comment", "Taken at home")
    sent = [picture("JPEG", exif=exif, comment=b"Taken at home"), picture("PNG", pnginfo=info, colour=(1, 2, 3))]
    sent.append(picture("WEBP", exif=exif, xmp=b"Taken at home", colour=(3, 2, 1)))
    as_mara.post(url_of(mug), {"pictures": [upload(content, f"{n}.jpg") for n, content in enumerate(sent)]})
    assert ProductPicture.objects.count() == 3
    assert stored_bytes_with(b"Taken at home", b"Exif", b"ICC_PROFILE") == []


def stored_bytes_with(*needles: bytes) -> list[str]:
    """Return the stored files that hold one of those."""
    found = []
    for name in files_there():
        with storages["pictures"].open(f"products/{name}") as file:
            content = file.read()
        found += [name for needle in needles if needle in content]
    return found


def test_a_camera_held_upright_makes_an_upright_picture():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    encoded = encode(BytesIO(picture("JPEG", size=(300, 200), exif=exif)))
    assert (encoded.picture.width, encoded.picture.height) == (200, 300)


def test_of_a_moving_picture_the_first_frame_is_shown():
    frames, file = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")], BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    [shown] = [content for name, content in encode(file).files.items() if name.endswith(".jpg")]
    red, _green, blue = Image.open(BytesIO(shown)).getpixel((20, 20))
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_shown_in_colours_on_white(mode):
    file = BytesIO()
    Image.new(mode, (40, 40)).save(file, "PNG")
    [shown] = [content for name, content in encode(file).files.items() if name.endswith(".jpg")]
    found = Image.open(BytesIO(shown))
    assert (found.mode, found.getpixel((20, 20))[0] > 250) == ("RGB", mode in {"LA", "RGBA"})


def test_colours_of_a_printer_become_those_of_a_screen():
    file = BytesIO()
    Image.new("CMYK", (40, 40), (0, 255, 255, 0)).save(file, "JPEG")
    [shown] = [content for name, content in encode(file).files.items() if name.endswith(".jpg")]
    red, green, _blue = Image.open(BytesIO(shown)).getpixel((20, 20))
    assert red > 200 > 50 > green


def test_twenty_one_megabytes_are_too_many(as_mara, mug, settings):
    settings.PICTURE_MAX_SIZE = 500
    response = as_mara.post(url_of(mug), {"pictures": [upload(picture(size=(900, 900)), "large.png")]})
    assert errors(response) == {"pictures": "large.png: The file is too large. The maximum size is 500 bytes."}
    assert files_there() == []


def test_two_hundred_megabytes_are_not_even_kept(as_mara, mug, received):
    size = 200 * 1024 * 1024
    body = {"CONTENT_LENGTH": str(size), "wsgi.input": Zeros(size)}
    sent = as_mara.generic("POST", url_of(mug), content_type="multipart/form-data; boundary=x", **body)
    assert sent["Location"] == f"{url_of(mug)}?too_large=1"
    reason = "The file is too large. The maximum size is 20.0 MB."
    assert errors(as_mara.get(sent["Location"])) == {"pictures": reason}
    assert (body["wsgi.input"].left, files_there(), list(received.iterdir())) == (0, [], [])


def test_what_is_taken_leaves_nothing_but_its_pictures(as_mara, mug, received):
    as_mara.post(url_of(mug), {"pictures": [upload(picture())]})
    assert (len(files_there()), list(received.iterdir())) == (4, [])


def test_strangers_and_support_send_no_large_file(client, mug, sam, settings):
    settings.BODY_MAX_SIZE = 1_000
    for login in (lambda: None, lambda: client.force_login(sam)):
        login()
        assert client.post(url_of(mug), {"pictures": [upload(bytes(3_000), "large.png")]}).status_code == 413


def test_a_full_disk_leaves_neither_rows_nor_files(mug, monkeypatch):
    save, saved = PrivateStorage._save, []

    def full_after_three(storage, name, content):
        if len(saved) == 3:
            raise OSError(28, "No space left on device")
        saved.append(name)
        return save(storage, name, content)

    monkeypatch.setattr(PrivateStorage, "_save", full_after_three)
    with pytest.raises(OSError, match="No space"):
        pictures.add_pictures(mug, [encode(BytesIO(picture()))])
    assert (len(saved), ProductPicture.objects.count(), files_there()) == (3, 0, [])


def test_a_transaction_that_fails_leaves_no_files(mug, monkeypatch):
    def fail(product):
        raise RuntimeError

    monkeypatch.setattr(pictures, "_keep_first", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        pictures.add_pictures(mug, [encode(BytesIO(picture()))])
    assert (ProductPicture.objects.count(), files_there()) == (0, [])
