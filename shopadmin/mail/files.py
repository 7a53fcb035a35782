"""Mails as files, for a shop that has no mail server yet: one `.eml` each, which any mail program opens."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from shopadmin.storage.private_files import private_folder, written_whole


class MailFiles(BaseEmailBackend):
    """Writes each mail to `EMAIL_FILE_PATH/<time>-<id>.eml`; who watches the folder never sees half a file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        folder = private_folder(Path(settings.EMAIL_FILE_PATH))
        for message in email_messages:
            name = f"{timezone.now().astimezone(UTC):%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
            with written_whole(folder / name) as file:
                file.write(message.message().as_bytes())
        return len(email_messages)
