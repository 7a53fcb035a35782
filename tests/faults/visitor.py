"""Somebody who asks for pages, through a proxy or not."""

import re
import socket
import ssl
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "shop.example"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Answer:
    status: int
    headers: Message  # by name, in whichever case
    text: str


class Visitor:
    """One browser: a connection a request, cookies kept."""

    def __init__(self, port: int, *, tls: bool = False) -> None:
        self.port, self.tls, self.cookies = port, tls, SimpleCookie()

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        return self._ask("POST", path, body, headers)

    def send_form(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Open the page, fill its form in and send it."""
        token = TOKEN.search(self.get(path).text)[1]
        body = urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        form = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"}
        return self.post(path, body, **form, **headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection(HOST, self.port, timeout=30)
        connection.sock = self._open()
        try:
            cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
            connection.request(method, path, body, {"Host": HOST, "Cookie": cookies, **headers})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except HTTPException as error:
            raise OSError(f"the connection was cut: {error!r}") from error
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return Answer(response.status, response.headers, text)

    def _open(self) -> socket.socket:
        door = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        if not self.tls:
            return door
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(door, server_hostname=HOST)
