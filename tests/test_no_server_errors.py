"""Every address and every control of every form, given what no person types: refused or kept, never a server error."""

import os
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from lxml.html import FormElement

from tests.every_address import URLS
from tests.every_page import Visit, visit
from tests.privacy.filling import rolled_back
from tests.shown_page import html_of

__all__ = ["visit"]
pytestmark = pytest.mark.slow
# How many of the odd values each control gets at once with all others, and alone; a campaign takes them all.
TURNS = int(os.environ.get("HOSTILE_TURNS", "1"))
SCRIPT = "<script>alert(7)</script>"
HOSTILE = [
    "9" * 400, f'"><img src=x>{SCRIPT}', "\ud800", "-1", "NaN", str(2**63), "0001-01-01", "x" * 10_000, "", "n\0l",
    "1e999", "99999-01-01", "g0000000-0000-0000-0000-000000000000", "\u202edlrow\u200b\u2066", "²", " ", "0",
    "{{ 7|add:7 }}{% now 'Y' %}", "=cmd|' /C calc'!A0", "a@b.example\r\nBcc: c@d.example", "' OR 1=1 --", "1_000",
    "%s%(x)s{0}", "../../etc/passwd", "٣", str(2**31), str(-(2**63) - 1), "-1e-999", "1,5.5", "sNaN", "-Infinity",
    "0000-00-00", "9999-12-31", "2026-02-30T25:61:61Z", "0001-01-01T00:00:00+14:00", "1e-7",
    "9999-12-31T23:59:59.999999-14:00", "00000000-0000-0000-0000-000000000000", "//evil.example", "[]",
    "İſK@ıß.example", "javascript:alert(7)", "WyJuZXdlc3QiLCJ4IiwxXQ:1abcde:sig",
]  # fmt: skip
IN_ADDRESSES = ["0", str(2**63), "9" * 400, "x" * 3000, "n\0l", "\ud800", "a.b:c"]
# What a database never sees, or takes for a word like any other, is asked on one of the two.
IS_ASKED_EVERYTHING = connection.vendor == "sqlite"
if IS_ASKED_EVERYTHING:
    IN_ADDRESSES += ["²", "-1", SCRIPT, "%", "..", "٣"]
ODD_QUERIES = 6 if IS_ASKED_EVERYTHING else 2
ASKED = ["q", "sort", "after", "before", "page", "category", "timeline", "next", "state", "status", "type", "unseen"]
SENT = ["email", "quantity", "key", "session", "next"]
FILLED_IN = {
    "email": "new@post.example", "first_name": "Nina", "last_name": "Nieuw", "price": "1.00", "name": "Mug",
    "sku": "M1", "slug": "mug", "remark": "Please.", "reason": "Broken.", "outcome": "Done.",
    "password1": "a sentence for all",
    "password2": "a sentence for all", "carrier": "dhl", "tracking_number": "JVGL0001",
}  # fmt: skip
ON_EVERY_PAGE = {"/language/", "/account/sign-out/", "/backoffice/sign-out/"}
FORM = "application/x-www-form-urlencoded"
PARTS = 'multipart/form-data; boundary="x"'
NO_FORMS = [
    (b"", FORM), (b"x", "text/plain"), (b'{"email": [1]}', "application/json"), (b"\xff\xfe=%ff", FORM),
    (b"--x\r\nContent-Disposition: form-data; name=email\r\n\r\nx", PARTS), (b"x", "multipart/form-data"),
    (b'--x\r\nContent-Disposition: form-data; name="email"; filename="e"\r\n\r\nx\r\n--x--\r\n', PARTS),
]  # fmt: skip


def send(visitor: Visit, path: str, body: bytes | None = None, kind: str = FORM) -> HttpResponse:
    """Get, or post a body; all that comes of it is taken back, so that the next one finds everything as it was."""
    cookies, method = visitor.client.cookies.copy(), "GET" if body is None else "POST"
    with rolled_back():
        response = visitor.client.generic(method, path, body or b"", content_type=kind)
        shown = response.getvalue()
    visitor.client.cookies = cookies
    assert response.status_code < 500, f"{method} {path[:300]} {(body or b'')[:300]}: {response.status_code}"
    assert SCRIPT.encode() not in shown, f"{method} {path[:300]} {(body or b'')[:300]}: shown as it is"
    return response


def encoded(fields: dict[str, str | None]) -> bytes:
    sent = {name: value for name, value in fields.items() if value is not None}
    return urlencode(sent, errors="surrogatepass").encode()


def odd(position: int, turn: int) -> str:
    return HOSTILE[(position * max(TURNS, 3) + turn) % len(HOSTILE)]


def odd_ones(fields: dict[str, str]):
    """The fields with odd values in all of them at once, then in one after the other, then twice and not at all.

    In a long form a few of them at a time.
    """
    fields = fields | {name: value for name, value in FILLED_IN.items() if fields.get(name) == ""}
    for turn in range(TURNS):
        yield encoded({field: odd(position, turn) for position, field in enumerate(fields)})
        odd_fields = {field: odd(position, turn + 1) for position, field in enumerate(fields)}
        at_a_time = 1 + len(fields) // 20
        for start in range(0, len(fields), at_a_time):
            yield encoded(fields | dict(list(odd_fields.items())[start : start + at_a_time]))
    for field in list(fields)[:TURNS] if IS_ASKED_EVERYTHING else []:  # a matter of the form alone
        yield encoded(fields) + b"&" + encoded({field: "1"}) + b"&" + encoded({field: "x"})
        yield encoded({name: value for name, value in fields.items() if name != field})


def forms_on(visitor: Visit) -> list[FormElement]:
    """The forms of the page at the address, where there is one."""
    page = send(visitor, visitor.path)
    is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    return html_of(page).forms if is_page else []


def fields_of(form: FormElement) -> dict[str, str | None]:
    """Every control by its name, with what it sends as it stands; None sends nothing."""
    buttons = {button.get("name"): button.get("value", "") for button in reversed(form.xpath(".//button[@name]"))}
    return dict.fromkeys(form.inputs.keys()) | buttons | dict(form.form_values())


def forms_to_send(visitor: Visit, forms: list[FormElement]) -> list[tuple[str, dict[str, str | None]]]:
    """The forms that only this page has, and where they go; or else the address itself and what others are asked."""
    own = [form for form in forms if form.method == "POST" and form.action not in ON_EVERY_PAGE]
    return [(form.action or visitor.path, fields_of(form)) for form in own] or [
        (visitor.path, dict.fromkeys(SENT, "1"))
    ]


@pytest.mark.parametrize("name", URLS)
def test_whatever_comes_is_answered(name, visit):
    visitor = visit(name)
    forms = forms_on(visitor)
    ask_what_is_odd(visitor, forms)
    send_what_is_odd(visitor, forms)
    if "<" in URLS[name][0]:
        go_where_nothing_is(visitor, URLS[name][0])


def ask_what_is_odd(visitor: Visit, forms: list[FormElement]) -> None:
    asked = dict.fromkeys(ASKED, "")
    own = {field: "" for form in forms if form.method == "GET" for field in fields_of(form)}
    queries = [
        encoded({field: odd(position, turn * 7) for position, field in enumerate(asked | own)})
        for turn in range(ODD_QUERIES)
    ]
    for query in [*queries, *odd_ones(own)]:
        if is_never_read(send(visitor, f"{visitor.path}?{query.decode()}")):
            break


def send_what_is_odd(visitor: Visit, forms: list[FormElement]) -> None:
    for path, fields in forms_to_send(visitor, forms):
        for body in odd_ones(fields):
            if is_never_read(send(visitor, path, body)):
                break
    # Of the others a second database learns no more than of the first: that no field came.
    for body, kind in NO_FORMS if IS_ASKED_EVERYTHING else NO_FORMS[:1]:
        if is_never_read(send(visitor, visitor.path, body, kind)):
            break


def is_never_read(response: HttpResponse) -> bool:
    """Whether the address refuses the method, whatever comes with it."""
    return response.status_code == 405


def go_where_nothing_is(visitor: Visit, route: str) -> None:
    """Put odd values into the address, where the route has a place for some."""
    parts = visitor.path.split("/")
    for position, part in enumerate(parts):
        for value in IN_ADDRESSES if part not in route else []:
            changed = [*parts[:position], quote(value, safe="", errors="surrogatepass"), *parts[position + 1 :]]
            send(visitor, "/".join(changed))
