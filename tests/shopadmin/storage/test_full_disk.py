"""A disk that is full: said in words wherever a file was to be written, and nothing is left of it."""

import _io
import builtins
import errno
import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.models import BulkAction, CustomerImport
from orders.models import ProductPicture
from tests.customers.bulk.bulk_actions import confirm
from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
FITS = 10  # bytes of each file


class FileOnFullDisk(io.FileIO):
    """Takes what fits, and no more."""

    room = FITS

    def write(self, content) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = super().write(bytes(content)[: self.room])
        self.room -= taken
        return taken


@pytest.fixture
def fill_disk(monkeypatch, settings):
    """Call it, and files below DATA_DIR take ten bytes each."""
    really_open = builtins.open

    def fill() -> None:
        def full_open(file, mode="r", *args, opener=None, **kwargs):
            is_written = set(mode) & set("wxa") and Path(file).is_relative_to(settings.DATA_DIR)
            if not is_written:
                return really_open(file, mode, *args, opener=opener, **kwargs)
            return io.BufferedWriter(FileOnFullDisk(file, mode.replace("b", ""), opener=opener))

        for module in (builtins, io, _io):
            monkeypatch.setattr(module, "open", full_open)

    return fill


def files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_an_export_says_so_on_its_page(as_mara, ines, fill_disk, settings):
    action = confirm(as_mara, "export", ines)
    before = files_in(settings.DATA_DIR)
    fill_disk()
    call_command("worker", "--once")
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert "The server&#39;s disk is full. Completed work is kept. Start again once there is room." in page
    assert BulkAction.objects.get().state == BulkAction.State.FAILED
    assert files_in(settings.DATA_DIR) == before


def test_an_upload_is_answered_at_its_field(as_mara, fill_disk, settings):
    before = files_in(settings.DATA_DIR)
    fill_disk()
    content = b"email\none@post.example\ntwo@post.example\n"
    response = as_mara.post("/backoffice/customers/import/", {"file": upload(content, "new.csv")})
    assert "The file could not be stored, possibly because the server&#39;s disk is full." in response.content.decode()
    assert (CustomerImport.objects.count(), files_in(settings.DATA_DIR)) == (0, before)


def test_a_picture_is_not_added(as_mara, fill_disk, settings):
    as_mara.raise_request_exception = False
    mug = ProductFactory()
    before = files_in(settings.DATA_DIR)
    fill_disk()
    response = as_mara.post(f"/backoffice/products/{mug.pk}/pictures/", {"pictures": [upload(picture())]})
    assert (response.status_code, "Changes cannot be saved right now" in response.content.decode()) == (503, True)
    assert (ProductPicture.objects.count(), files_in(settings.DATA_DIR)) == (0, before)
