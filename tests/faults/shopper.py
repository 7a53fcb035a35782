"""A shopper with a browser, before two web hosts of which one or both may be gone for a while."""

import random
import re
import time
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

from tests.faults.visitor import HOST, Answer, Visitor

PATIENCE = 120  # seconds
PASSWORD = "a walk in the long grass"
INPUT = re.compile(r"<input\b[^>]*>")
CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
NUMBER = re.compile(r"\bW\d{5}\b")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLACE = {
    "billing-country": "NL", "billing-street": "Oudegracht", "billing-house_number": "118",
    "billing-postcode": "3511 AW", "billing-city": "Utrecht", "shipping-country": "NL",
}  # fmt: skip


class GaveUp(AssertionError):
    """Something did not work out however often it was tried."""


class Shopper(Visitor):
    """Each request goes to either host; one that is cut, or answered with an error, is made again.

    As a careful person does it: a page is asked for again at once, and a form is sent again as it was.
    """

    def __init__(self, ports: list[int], *, address: str) -> None:
        super().__init__(ports[0])
        self.ports, self.address = ports, address
        self.errors = 0  # pages that said that something went wrong

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        until = time.monotonic() + PATIENCE
        proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.address, "Accept-Language": "en"}
        while True:
            self.port = random.choice(self.ports)
            try:
                answer = super()._ask(method, path, body, headers | proxied)
            except OSError as error:
                failure = repr(error)
            else:
                if answer.status < 500:
                    return answer
                self.errors, failure = self.errors + 1, f"{answer.status}: {answer.text[:300]}"
            if time.monotonic() > until:
                raise GaveUp(f"{method} {path}: {failure}")
            time.sleep(0.2)

    def submit(self, path: str, **fields: str) -> Answer:
        """Open a page, and send its form with these fields typed over what stands in them."""
        body = urlencode(inputs_of(self.get(path).text) | fields).encode()
        return self.post(path, body, Referer=f"https://{HOST}{path}", **FORM)

    # --- What shoppers do, and merchants

    def order(self, product: str, delivery: int, email: str) -> tuple[str, str]:
        """Order one piece as a guest; the token and number of the order, as the confirmation showed them."""
        self.submit_to(f"/products/{product}/", f"/cart/add/{product}/", quantity="1")
        person = {"customer_type": "private", "first_name": "Gus", "last_name": "Gast", "phone": "", "language": "en"}
        steps = {
            "/checkout/": {"email": email, **person, **PLACE},
            "/checkout/delivery/": {"delivery": str(delivery), "payment_method": "bank_transfer"},
            "/checkout/review/": {},
        }
        for path, fields in steps.items():
            answer = self.submit(path, **fields)
            if answer.status != 302:
                raise GaveUp(f"order of {email} at {path}: {answer.status}, {text_of(answer)}")
        token = answer.headers["Location"].split("/")[2]
        if not (number := NUMBER.search(text_of(self.get(f"/order/{token}/")))):
            raise GaveUp(f"the confirmation of {email} shows no number")
        return token, number[0]

    def invoice(self, token: str) -> str:
        """The invoice of a guest's order, as its page leads to it."""
        page = self.get(f"/order/{token}/").text
        if not (path := re.search(rf'href="(/order/{token}/documents/[^"]+)"', page)):
            raise GaveUp(f"no invoice of {token}")
        return self.get(path[1]).text

    def sign_in_as_staff(self, email: str) -> None:
        for _attempt in range(4):
            self.submit("/backoffice/sign-in/", login=email, password=PASSWORD)
            if self.get("/backoffice/").status == 200:
                return
        raise GaveUp(f"{email} does not get in")

    def enter_payment(self, number: str) -> None:
        """Enter that an order was paid in full."""
        path = f"/backoffice/orders/{number}/payments/"
        for _attempt in range(4):
            self.submit(path, method="bank_transfer")
            if ">Paid<" in self.get(f"/backoffice/orders/{number}/").text:
                return
        raise GaveUp(f"{number} was not paid")

    def export_registered(self) -> None:
        """Have the worker write a file of all who have an account, if there are any."""
        what, path = {"action": "export", "all": "1", "query": "status=registered"}, "/backoffice/customers/bulk/"
        for _attempt in range(4):
            question = inputs_of(self.get(f"{path}?{urlencode(what)}").text)
            if "confirmed" not in question:
                return
            answer = self.post(path, urlencode(question | what).encode(), Referer=f"https://{HOST}{path}", **FORM)
            if answer.status == 302:
                return
        raise GaveUp(f"no export: {text_of(answer)}")

    def submit_to(self, page: str, path: str, **fields: str) -> Answer:
        """Send a form of a page that goes to another address."""
        token = inputs_of(self.get(page).text)["csrfmiddlewaretoken"]
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.post(path, body, Referer=f"https://{HOST}{page}", **FORM)

    def sign_up(self, email: str, code_for: Callable[[str], str]) -> None:
        """Make an account and prove the mailbox; who is cut off in between signs in, or begins again."""
        person = {"first_name": "Nina", "last_name": "Nieuw", "email": email, "password1": PASSWORD}
        for _attempt in range(4):
            self.submit("/account/sign-up/", **person)
            if self.get("/account/confirm/").status == 200 and (code := code_for(email)):
                self.submit("/account/confirm/", code=code)
            if self.is_signed_in:
                return
            # The answer that signed in may have been lost, and the session with it.
            self.submit("/account/sign-in/", login=email, password=PASSWORD)
            if self.is_signed_in:
                return
        raise GaveUp(f"no account for {email}")

    @property
    def is_signed_in(self) -> bool:
        return self.get("/account/").status == 200

    def rename(self, name: str) -> None:
        """Change the first name; it is done when the page of the account shows it."""
        for _attempt in range(4):
            self.submit("/account/edit/name/", first_name=name)
            if name in self.get("/account/").text:
                return
        raise GaveUp(f"not renamed to {name}")

    def delete_account(self) -> None:
        """Delete the account; it is done when nobody is signed in any more."""
        for _attempt in range(4):
            self.submit("/account/delete/", password=PASSWORD)
            if not self.is_signed_in:
                return
        raise GaveUp("the account was not deleted")


def inputs_of(page: str) -> dict[str, str]:
    """What the inputs of the page's main part hold, by name; boxes and circles only where they are ticked."""
    main = page[page.find("<main") :]
    found = {}
    for tag in INPUT.findall(main):
        attributes = {name: unescape(value) for name, value in re.findall(r'(\w[\w-]*)="([^"]*)"', tag)}
        is_choice = attributes.get("type") in {"checkbox", "radio"}
        if "name" in attributes and (not is_choice or re.search(r"\schecked\b", tag)):
            found[attributes["name"]] = attributes.get("value", "on" if is_choice else "")
    return found


def text_of(answer: Answer) -> str:
    """The words of the main part, for who has to find out what went wrong."""
    main = answer.text[answer.text.find("<main") :]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())[:500]
