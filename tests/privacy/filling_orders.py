"""Orders in every state, with all that is entered on them and all that is stated about them."""

from django.test import Client

from customers.models import Customer
from orders.models import Order
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import order_now
from tests.privacy.people import BACK, DONE, OPEN, OTTO, Person
from tests.shown_page import filled, value_of

BACKOFFICE = "/backoffice/orders"


def orders_of(person: Person, browser: Client, staff: Client) -> None:
    """What this person ordered, and what became of it."""
    if person in ORDERS:
        for what_becomes_of_it in ORDERS[person]:
            what_becomes_of_it(staff, person, ordered(person, browser))
    state_withdrawal(person, number=person.word("99999"))


def ordered(person: Person, browser: Client) -> Order:
    """Two things, through the whole checkout; a business that ships elsewhere."""
    customer = Customer.objects.get(email=person.email)
    typed = {f"{kind}__{name}": value for kind in ("billing", "shipping") for name, value in as_kept(customer, kind)}
    typed |= {"ship_elsewhere": "on", "customer_type": "business", "phone": person.mobile}
    typed |= {name: getattr(customer, name) for name in ("first_name", "last_name", "company_name")}
    typed |= {name: getattr(customer, name) for name in ("coc_number", "vat_number")}
    typed |= {"order_note": person.word("remark"), "reference": person.word("reference")}
    return order_now(browser, ProductFactory(), DeliveryMethodFactory(), quantity=2, **typed)


def as_kept(customer: Customer, kind: str) -> list[tuple[str, str]]:
    return list(customer.addresses.get(kind=kind).as_dict().items())


def edit(staff: Client, person: Person, order: Order) -> None:
    """The timeline keeps what it was."""
    url = f"{BACKOFFICE}/{order.number}/edit/"
    attention = person.word("attention of the edit")
    page = staff.post(f"{url}review/", filled(staff.get(url), "order-form", billing__attention=attention))
    press(staff, order, "edit/save", **filled(page, "order-form"))


def half_sent(staff: Client, person: Person, order: Order) -> None:
    edit(staff, person, order)
    note(staff, person, order)
    pay(staff, order, amount="10.00")
    line = order.lines.get()
    ship(staff, person, order, **{f"quantity-{line.pk}": "1"})
    press(staff, order, "invoices")
    state_withdrawal(person, number=order.number)


def finished(staff: Client, person: Person, order: Order) -> None:
    edit(staff, person, order)
    note(staff, person, order)
    press(staff, order, "invoices")
    post(staff, order, "credit-notes")
    press(staff, order, "invoices")
    pay(staff, order)
    ship(staff, person, order)
    post(staff, order, "refunds", by="amount", amount="5.00")


def withdrawn(staff: Client, person: Person, order: Order) -> None:
    press(staff, order, "invoices")
    pay(staff, order)
    state_withdrawal(person, number=order.number)
    press(staff, order, "withdrawal")


def cancelled(staff: Client, person: Person, order: Order) -> None:
    press(staff, order, "cancellation", reason=person.word("reason"))


ORDERS = {OPEN: [half_sent], DONE: [finished], BACK: [withdrawn, cancelled], OTTO: [finished]}


def press(staff: Client, order: Order, page: str, **typed: str) -> None:
    response = staff.post(f"{BACKOFFICE}/{order.number}/{page}/", typed)
    assert response.status_code == 302, (page, response.content.decode())


def post(staff: Client, order: Order, page: str, **typed: str) -> None:
    press(staff, order, page, **filled(staff.get(f"{BACKOFFICE}/{order.number}/{page}/"), "order-form") | typed)


def note(staff: Client, person: Person, order: Order) -> None:
    press(staff, order, "notes", text=person.word("ordernote"))
    press(staff, order, "tags", name="Autumn")
    press(staff, order, "messages", text=person.word("ordermessage"))


def pay(staff: Client, order: Order, **typed: str) -> None:
    post(staff, order, "payments", **typed)


def ship(staff: Client, person: Person, order: Order, **typed: str) -> None:
    parcel = {"carrier": "other", "carrier_name": "Fast bikes", "tracking_number": person.word("track")}
    parcel["tracking_link"] = f"https://bikes.example/{person.word('trackinglink')}"
    post(staff, order, "shipments", **parcel | typed)


def state_withdrawal(person: Person, *, number: str) -> None:
    """As somebody does who is not signed in, on the page that the law asks for."""
    browser = Client()
    typed = {"name": person.word("stated"), "order_number": number, "email": person.email}
    page = browser.post("/withdrawal/", typed | {"remark": person.word("regrets")})
    assert browser.post("/withdrawal/confirmation/", {"statement": value_of(page, "statement")}).status_code == 302
