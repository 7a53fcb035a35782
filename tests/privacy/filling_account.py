"""What a person and the shop's staff type about them at every door, in every field."""

from urllib.parse import urlencode

from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client

from customers.models import Customer
from tests.accounts.doors import ask_for_code, confirm, reauthenticate, sign_in, sign_up, wait
from tests.factories import ProductFactory
from tests.orders.shopping import give_details, put_into_cart
from tests.privacy.people import Person
from tests.shown_page import filled, form_with, sent_by

BACKOFFICE = "/backoffice/customers"


def post_form(browser: Client, url: str, field: str, *, to: str = "", **typed: str) -> None:
    """Open a page, type into its form that has this field, and send it (to another address); it must be taken."""
    values = sent_by(form_with(browser.get(url), field))
    response = browser.post(to or url, values | {name.replace("__", "-"): value for name, value in typed.items()})
    assert response.status_code == 302, (url, response.content.decode())


def address(person: Person, prefix: str) -> dict[str, str]:
    """All nine fields."""
    words = ("attention", "street", "addition", "line2", "city", "region")
    typed = {name: person.word(f"{prefix[0]}{name}") for name in words}
    typed |= {"country": "NL", "postcode": person.postcode, "house_number": person.word(f"{prefix[0]}nr")}
    return {f"{prefix}__{name}": value for name, value in typed.items()}


def company(person: Person) -> dict[str, str]:
    """Numbers that look wrong, and are kept all the same."""
    typed = {"company_number": person.word("rsin"), "coc_number": person.word("coc"), "vat_number": person.word("vat")}
    confirmed = {f"{name}_confirmed": "on" for name in typed}
    return {"customer_type": "business", "company_name": person.word("company"), **typed, **confirmed}


def account_of(person: Person) -> Client:
    """Sign up with an address that is changed later, and fill in the account; the browser stays signed in."""
    browser = Client()
    names = {"first_name": person.word("former"), "last_name": person.word("maiden")}
    sign_up(browser, person.past_email, **names)
    confirm(browser, person.past_email)
    change_email(browser, person.email)
    confirm(browser, person.email)
    fill_in_account(browser, person)
    name_a_passkey(person)
    ask_the_shop(browser, person)
    change_email(browser, person.pending_email)
    return browser


def change_email(browser: Client, email: str) -> None:
    reauthenticate(browser)
    wait()
    assert browser.post("/account/email/", {"email": email}).url == "/account/confirm/"


def fill_in_account(browser: Client, person: Person) -> None:
    edit = "/account/edit"
    names = {"first_name": person.word("first"), "last_name": person.word("last")}
    post_form(browser, f"{edit}/name/", "first_name", **names)
    post_form(browser, f"{edit}/phone/", "phone", phone=person.phone, mobile=person.mobile)
    post_form(browser, f"{edit}/billing/", "billing-street", **address(person, "billing"))
    shipping = address(person, "shipping") | {"ship_elsewhere": "on"}
    post_form(browser, f"{edit}/shipping/", "shipping-street", **shipping)
    post_form(browser, f"{edit}/company/", "company_name", **company(person))
    post_form(browser, f"{edit}/marketing/", "marketing_consent", marketing_consent="on")


def name_a_passkey(person: Person) -> None:
    """Only a browser makes one; here its name counts."""
    WebAuthn.add(Customer.objects.get(email=person.email), person.word("key"), {})


def ask_the_shop(browser: Client, person: Person) -> None:
    for kind in ("access", "correction", "restriction", "objection"):
        post_form(browser, "/account/ask/", "remark", kind=kind, remark=person.word(f"asks{kind}"))


def fill_in_backoffice(staff: Client, person: Person) -> None:
    """What only the shop's staff write: notes, tags, views, requests."""
    customer = Customer.objects.get(email=person.email)
    page = f"{BACKOFFICE}/{customer.pk}"
    values = filled(staff.get(f"{page}/edit/"), "customer-form", initials=person.word("ini"))
    values |= {"birth_date": person.birth_date, "gender": "other", "notes": person.word("notes")}
    values |= {"invoice_email": f"{person.word('invoices').lower()}@post.example"}
    assert staff.post(f"{page}/edit/", values).status_code == 302
    staff.post(f"{page}/notes/", {"text": person.word("dated")})
    for tag in (person.full_name, "Regulars"):
        staff.post(f"{page}/tags/", {"name": tag})
    staff.post(f"{page}/password-link/")
    post_form(staff, f"{page}/export/", "seen_at", to=f"{page}/export/mail/", notes_field="on")
    for name, query in {
        person.full_name: "status=guest",
        f"View {person.digits}": urlencode({"q": person.email}),
    }.items():
        staff.post(f"{BACKOFFICE}/segments/", {"name": name, "query": query})
    answer_requests(staff, customer, person)
    if not customer.is_restricted:
        invited = {"email": person.email, "first_name": person.word("invited")}
        post_form(staff, "/backoffice/staff/invite/", "first_name", **invited)


def answer_requests(staff: Client, customer: Customer, person: Person) -> None:
    """Some were declined, some carried out, one was extended, and one is open."""
    verbs = {"correction": "done", "access": "done", "restriction": "extend", "objection": "decline"}
    for kind, verb in verbs.items():
        asked = customer.privacy_requests.get(kind=kind)
        answer = {"outcome": person.word(f"was{verb}"), "reason": "complex", "tell": "on"}
        assert staff.post(f"{asked.get_absolute_url()}{verb}/", answer).status_code == 302, (kind, verb)
    typed = {"email": person.email, "kind": "erasure", "remark": person.word("letter")}
    post_form(staff, "/backoffice/privacy/add/", "remark", **typed)


def leave_things_undone(person: Person) -> None:
    """What browsers hold in which nobody is signed in, and what limits count."""
    shopping = Client()
    put_into_cart(shopping, ProductFactory())
    give_details(shopping, email=person.email, first_name=person.word("typed"), last_name=person.word("typed"))
    sign_up(Client(), person.email, first_name=person.word("again"), last_name=person.word("again"))
    ask_for_code(Client(), person.email)
    Client().post("/privacy/copy/", {"email": person.email})
    stated = {"name": person.word("stated"), "order_number": "1", "email": person.email}
    Client().post("/withdrawal/", stated)


def fail_to_sign_in(person: Person) -> None:
    sign_in(Client(), person.email, "not the password")
