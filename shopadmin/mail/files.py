"""Mails as files, for a shop that has no mail server yet: one `.eml` each, which any mail program opens.

A file is named after the Message-ID of its mail, by which it goes when the mail is deleted.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shopadmin.models import Mail
from shopadmin.storage.private_files import private_folder, written_whole

AT_ONCE = 500


class MailFiles(BaseEmailBackend):
    """Writes each mail to `EMAIL_FILE_PATH/<time>-<id>.eml`; who watches the folder never sees half a file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        folder = private_folder(Path(settings.EMAIL_FILE_PATH))
        for message in [one.message() for one in email_messages]:
            name = quote(message["Message-ID"].strip("<>"), safe="@")
            with written_whole(folder / f"{timezone.now().astimezone(UTC):%Y%m%d-%H%M%S-%f}-{name}.eml") as file:
                file.write(message.as_bytes())
        return len(email_messages)


def forget_files_of(mails: QuerySet) -> None:
    """Delete the files of mails that are about to be deleted, once that is committed."""
    if _folder().is_dir():
        transaction.on_commit(partial(_delete, set(mails.values_list("message_id", flat=True))))


def forget_old_files() -> None:
    """Delete the files of mails that are deleted, as notices are on delivery, three days after they were written."""
    written_before = (timezone.now() - Mail.NOTICE_KEPT).timestamp()
    old = sorted({_message_id(path) for path in _files() if path.stat().st_mtime < written_before})
    for start in range(0, len(old), AT_ONCE):
        some = old[start : start + AT_ONCE]
        _delete({*some} - {*Mail.objects.filter(message_id__in=some).values_list("message_id", flat=True)})


def _delete(message_ids: Collection[str]) -> None:
    for path in _files():
        if _message_id(path) in message_ids:
            path.unlink(missing_ok=True)


def _message_id(path: Path) -> str:
    _day, _time, _fraction, name = path.stem.split("-", 3)
    return f"<{unquote(name)}>"


def _files() -> Iterator[Path]:
    return _folder().glob("*-*-*-*.eml")


def _folder() -> Path:
    """Where they lie, even if the shop has a mail server by now."""
    return settings.DATA_DIR / "mails"
