"""A real SMTP server on a free port."""

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class MailServer:
    """It is away until `controller.start()`: `taken` is what it accepted, `answers` what it says to the next mails.

    An answer is "hang up", or a line of SMTP for the recipient ("rcpt 550 …") or the content ("451 …"). It takes its
    time over addresses in `slow_about`, for as long as they are in there.
    """

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.taken: list[EmailMessage] = []
        self.seen: list[str] = []
        self.answers: list[str] = []
        self.slow_about: set[str] = set()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        while address in self.slow_about:
            await asyncio.sleep(0.05)
        if self.answers and self.answers[0].startswith("rcpt "):
            return self.answers.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        message = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
        self.seen.append(message["Message-ID"])
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            server.transport.abort()
        if answer.startswith("250"):
            self.taken.append(message)
        return answer
