"""Conversations with the mail server, each with an end: EMAIL_TIMEOUT is for one answer, and many may trickle in."""

import smtplib
import socket
from contextlib import suppress
from threading import Timer

from django.core.mail.backends import smtp

LONGEST = 120  # seconds; well below Mail.LEASE, after which another worker would send the same mail
WHOLE = 200  # codes of answers have three figures, the first of which is at least 2


class Backend(smtp.EmailBackend):
    """Django's, for servers of any patience."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What talks to the server."""
        return _SecureConversation if self.use_ssl else _Conversation


class _Ends:
    """Cuts the connection after LONGEST, whatever it waits for."""

    end: Timer | None = None
    is_over = False

    def _get_socket(self, *args) -> socket.socket:
        self.end = Timer(LONGEST, self._cut)
        self.end.daemon = True
        self.end.start()
        return super()._get_socket(*args)

    def _cut(self) -> None:
        self.is_over = True
        if connected := self.sock:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def getreply(self) -> tuple[int, bytes]:
        code, words = -1, b""
        try:
            code, words = super().getreply()
        except smtplib.SMTPServerDisconnected:
            if not self.is_over:
                raise
        if self.is_over and code < WHOLE:
            raise TimeoutError("the conversation took too long")
        return code, words

    def close(self) -> None:
        super().close()
        if self.end:
            self.end.cancel()


class _Conversation(_Ends, smtplib.SMTP):
    pass


class _SecureConversation(_Ends, smtplib.SMTP_SSL):
    pass
