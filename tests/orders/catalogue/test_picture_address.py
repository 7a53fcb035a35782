"""The address of a picture's files."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import give_picture

pytestmark = pytest.mark.any_database

FOLDER = "/media/products/"


@pytest.fixture
def shown(store):
    return give_picture(ProductFactory()).picture


@pytest.mark.parametrize(("ending", "kind"), [("webp", "image/webp"), ("jpg", "image/jpeg")])
@pytest.mark.parametrize("who", [None, "mara", "ines"])
def test_everybody_and_every_cache_may_keep_it(client, request, shown, ending, kind, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    response = client.get(FOLDER + shown.file_name(160, ending))
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in response.headers
    assert "Set-Cookie" not in response.headers


def test_its_content_is_what_was_stored(client, shown):
    name = shown.file_name(300, "webp")
    with storages["pictures"].open(f"products/{name}") as file:
        assert client.get(FOLDER + name).getvalue() == file.read()


@pytest.mark.parametrize(
    "name",
    ["../documents/secret.pdf", "%2e%2e%2fsecret.pdf", "..%2fsecret.pdf", "secret.pdf", "x" * 300, "-", "%c2%b2",
     f"{'0' * 64}-160.jpg", f"{'0' * 64}-160.pdf", f"{'0' * 64}-160.jpg%0a"],
)  # fmt: skip
def test_nothing_else_in_the_storage_has_an_address(client, shown, name):
    storages["documents"].save("secret.pdf", ContentFile(b"%PDF"))
    storages["pictures"].save("products/secret.pdf", ContentFile(b"%PDF"))
    assert client.get(FOLDER + name).status_code == 404


def test_it_is_read_and_never_written(client, shown):
    assert client.post(FOLDER + shown.file_name(160, "jpg")).status_code == 405
