"""What people do at the shopper's doors, for the tests of them."""

import re
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from customers.models import Customer
from shopadmin.models import Mail
from tests.factories import PASSWORD

CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
OTHER_PASSWORD = "quite another sentence"


def wait() -> None:
    """Let the limits run out."""
    cache.clear()


def last_mail(to: str) -> Mail:
    return Mail.objects.filter(to=to).latest("id")


def code_in(mail: Mail) -> str:
    return CODE.search(mail.text)[0]


def path_in(mail: Mail, part: str) -> str:
    """The address of the mail's link that has `part` in it, without the host."""
    return re.search(rf"http://[^/\s]+(/\S*{part}\S*)", mail.text)[1]


def sign_up(client: Client, email: str, password: str = PASSWORD, **fields: str) -> HttpResponse:
    wait()
    data = {"first_name": "Nina", "last_name": "Nieuw", "email": email, "password1": password, **fields}
    return client.post("/account/sign-up/", data)


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> HttpResponse:
    wait()
    return client.post("/account/sign-in/", {"login": email, "password": password, **fields})


def ask_for_code(client: Client, email: str) -> HttpResponse:
    wait()
    return client.post("/account/sign-in/code/", {"email": email})


def ask_for_link(client: Client, email: str) -> HttpResponse:
    wait()
    return client.post("/account/password/reset/", {"email": email})


def confirm(client: Client, email: str) -> HttpResponse:
    """Type the code of a new account, or of a new address."""
    return client.post("/account/confirm/", {"code": code_in(last_mail(email))})


def sign_in_by_code(client: Client, email: str) -> HttpResponse:
    ask_for_code(client, email)
    return client.post("/account/sign-in/code/confirm/", {"code": code_in(last_mail(email))})


def use_link(client: Client, email: str, password: str = OTHER_PASSWORD) -> HttpResponse:
    """Follow the link of the last mail and set a password there."""
    page = client.get(path_in(last_mail(email), "/password/reset/key/"), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def is_signed_in(client: Client, customer: Customer | None = None) -> bool:
    """Whether this browser is let into an account (that customer's)."""
    response = client.get("/account/sessions/")
    return response.status_code == 200 and (customer is None or response.wsgi_request.user == customer)


def reauthenticate(client: Client, password: str = PASSWORD) -> None:
    wait()
    client.post("/account/reauthenticate/", {"password": password})


def browsers(count: int) -> list[Client]:
    return [Client() for _number in range(count)]


Door = Callable[[Client, str], HttpResponse]
