"""`manage.py personal_data` writes everything held on a person to a file of its owner's alone."""

import stat

import pytest
from django.core.management import CommandError, call_command

from customers.management.commands import personal_data
from customers.merging.merge import merge
from orders.documents.issue import issue_invoice
from tests.customers.privacy.archive.archives import Archive
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def write(tmp_path, capsys):
    """`write("ines@…")`: run the command, and give the archive and what was said."""

    def write(customer, *options):
        path = tmp_path / f"archive{len(list(tmp_path.iterdir()))}.zip"
        call_command("personal_data", str(customer), "--output", str(path), *options)
        return Archive(path.read_bytes()), capsys.readouterr().out.replace(str(path), "FILE").strip()

    return write


def test_it_is_found_by_address_and_by_number(write, ines, otto):
    for name in (ines.email.upper(), ines.pk):
        archive, _said = write(name)
        assert (archive.data["customer"][0]["id"], otto.email in archive.text) == (ines.pk, False)


def test_it_says_what_it_did_in_one_line(write, ines):
    issue_invoice(OrderFactory(customer=ines))
    _archive, said = write(ines.pk)
    assert said == f"Wrote everything held on customer {ines.pk} to FILE, without notes, 1 document."


def test_notes_are_in_it_when_they_are_asked_for(write, ines):
    ines.dated_notes.create(text="Rang twice")
    told = {options: "Rang twice" in write(ines.pk, *options)[0].text for options in ((), ("--with-notes",))}
    assert told == {(): False, ("--with-notes",): True}


def test_a_merged_record_is_told_with_the_one_that_was_kept(write, ines, gus):
    merge(ines, gus, choices={}, by=None)
    for name in (gus.pk, gus.email):
        assert write(name)[0].data["customer"][0]["id"] == ines.pk


def test_nobody_else_can_read_the_file(ines, tmp_path):
    call_command("personal_data", ines.email, output=tmp_path / "a.zip")
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_overwritten(ines, tmp_path):
    (tmp_path / "a.zip").write_text("Something else")
    with pytest.raises(CommandError, match="exists already"):
        call_command("personal_data", ines.email, output=tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_text() == "Something else"


@pytest.mark.parametrize("name", ["nobody@post.example", "999999", "9" * 30, "²", "a\0b", ""])
def test_who_is_not_found_is_said_and_no_file_is_left(name, tmp_path):
    with pytest.raises(CommandError, match="No customer found"):
        call_command("personal_data", name, output=tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_a_folder_that_is_not_there_is_said(ines, tmp_path):
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        call_command("personal_data", ines.email, output=tmp_path / "none" / "a.zip")


def test_a_file_that_could_not_be_finished_does_not_stay(ines, tmp_path, monkeypatch):
    def fail(person, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(personal_data, "write_archive", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("personal_data", ines.email, output=tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
