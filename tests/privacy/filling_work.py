"""What goes through the worker and through files: imports, exports, bulk actions, merges, emails, tasks."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from customers.models import Customer, Duplicate
from orders.models import OrderImport, ProductImport
from shopadmin.models import Mail
from tests.customers.bulk.bulk_actions import confirm, do, outcome
from tests.customers.every_field import fill_every_field
from tests.customers.importing.imports import brought, start, work
from tests.customers.merging.merging import merged_by, undo_in_browser
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.import_files import take_in
from tests.orders.bulk import order_bulk_actions
from tests.orders.catalogue.importing import product_files
from tests.orders.importing.imports import take_in_rows
from tests.privacy.people import OTTO, TWIN, Person

CUSTOMERS = "email;first_name;notes;birth_date;marketing_consent\n"
ORDERS = "number;email;placed_at;total;order_note\n"
PRODUCTS = "sku;name;price;stock;summary\n"

# It signs in, is not restricted, and is searched by what it holds.
NOT_FILLED = ("email", "access", "password", "restricted_at", "search_text", "merged_emails")


def merge_records(staff: Client, person: Person) -> None:
    """A record of theirs is merged into the one they use; another was, and the two were parted again."""
    kept = Customer.objects.get(email=person.email)
    undo_in_browser(staff, merged_by(staff, kept, Customer.objects.get(email=TWIN.email), notes="merged"))
    other = CustomerFactory(email=f"{person.stem}merged@{person.stem}home.example")
    fill_every_field(other, but=NOT_FILLED, stem=f"{person.stem}m")
    words = ("attention", "street", "house_number", "addition", "line2", "city", "region")
    AddressFactory(customer=other, **{name: person.word(f"m{name.replace('_', '')}") for name in words})
    merged_by(staff, kept, other, notes="both", initials="merged")


def bring_files(staff: Client, erased: Sequence[Person]) -> None:
    """Files of customers, orders and products: rows taken in, rows refused, cells left out."""
    everybody = (*erased, OTTO)
    rows = [f"{one.email};{one.word('first')};{one.word('filed')};{one.word('born')};yes\n" for one in everybody]
    rows += [f"no-address;{one.word('refused')};{one.word('why')};;\n" for one in everybody]
    taken_in(staff, brought(staff, CUSTOMERS + "".join(rows), name="everybody.csv"))
    for one in erased:
        row = f"{one.email};{one.word('first')};;;no\n"
        taken_in(staff, brought(staff, CUSTOMERS + row, name=f"{one.full_name}.csv"))
        bring_orders(staff, one, name=f"{one.full_name}.csv")
        bring_products(staff, one, name=f"{one.full_name}.csv")
    bring_orders(staff, *everybody, name="orders.csv")
    bring_products(staff, *everybody, name="products.csv")


def bring_orders(staff: Client, *people: Person, name: str) -> None:
    rows = [f"H{one.digits};{one.email};not a day;ten;{one.word('past')}\n" for one in people]
    file = SimpleUploadedFile(name, (ORDERS + "".join(rows)).encode())
    response = staff.post("/backoffice/orders/import/", {"file": file})
    taken_in(staff, OrderImport.objects.get(pk=response.url.split("/")[-2]))


def bring_products(staff: Client, *people: Person, name: str) -> None:
    """Of a product that was made for somebody only what was refused or left out names them."""
    rows = [row for one in people for row in product_rows(one)]
    file = SimpleUploadedFile(name, (PRODUCTS + "".join(rows)).encode())
    response = staff.post("/backoffice/products/import/", {"file": file})
    taken_in(staff, ProductImport.objects.get(pk=response.url.split("/")[-2]))


def product_rows(person: Person) -> list[str]:
    """One row that is refused, and one of which a cell is left out."""
    refused = f"M{person.digits};Mug;no price;;for {person.email}, {person.word('made')}\n"
    return [refused, f"N{person.digits};Mug;5;{person.word('stocked')};\n"]


def bring_files_by_command(folder: Path, erased: Sequence[Person]) -> None:
    """Files in a folder of the merchant's that is called after somebody: only where they lie is known of them."""
    for one in erased:
        own = folder / one.full_name
        own.mkdir(parents=True)
        rows = f"no-address;{one.word('refused')};;;\n{one.email};;;not a day;\n"
        take_in(own, CUSTOMERS + rows)
        take_in_rows(
            own, f"H{one.digits},{one.email},not a day,ten", f"I{one.digits},{one.email},2024-05-01,9,555", more="phone"
        )
        product_files.take_in(own, PRODUCTS + "".join(product_rows(one)))


def taken_in(staff: Client, job) -> None:
    start(staff, job)
    assert work(job).state == job.State.DONE


def act_in_bulk(staff: Client, erased: Sequence[Person]) -> None:
    """Some are exported and tagged, others left alone."""
    everybody = [Customer.objects.get(email=one.email) for one in (*erased, OTTO)]
    outcomes = [
        outcome(do(staff, "export", *everybody)),
        outcome(do(staff, "tag", *everybody[:-1], name="Autumn")),
        outcome(do(staff, "tag", *everybody, name="Autumn")),
    ]
    assert outcomes == [("done", len(erased) + 1, 0), ("done", len(erased), 0), ("done", 1, len(erased))]


def leave_exports_waiting(staff: Client, erased: Sequence[Person]) -> None:
    """Bulk actions that no worker has come to, with whom they were asked for."""
    for person in erased:
        confirm(staff, "export", view=f"q={person.email}")


def leave_shipments_waiting(staff: Client) -> None:
    """The same with what was typed."""
    # A number that neither the shop gives nor the factory, whose sequence begins where the shop's does.
    customer = Customer.objects.get(email=OTTO.email)
    order = OrderFactory(number="7000001", customer=customer, payment_method="invoice")
    typed = {f"tracking-{order.pk}": OTTO.word("bulktrack")}
    order_bulk_actions.confirm(staff, "ship", view=f"q={OTTO.email}", **typed)


def fail_at_work(staff: Client, erased: Sequence[Person]) -> None:
    """A task that fails as a whole, and one that fails at everybody; the errors name them."""
    everybody = [Customer.objects.get(email=one.email) for one in erased]
    error = ValueError(" ".join(one.email for one in erased))
    with patch("customers.bulk.run.judged", side_effect=error):
        assert do(staff, "password", *everybody).state == "failed"
    with patch.object(Customer, "send_password_link", side_effect=error):
        assert outcome(do(staff, "password", *everybody)) == ("done", 0, len(everybody))


def fail_to_deliver() -> None:
    """A mail server that refuses each address, and says which."""
    with patch("shopadmin.mail.delivery.send", side_effect=refuse):
        call_command("worker", "--once")
    Mail.objects.filter(state=Mail.State.QUEUED).update(try_at=timezone.now() + timedelta(days=1))


def refuse(mail: Mail, message) -> None:
    raise SMTPRecipientsRefused({mail.to: (450, f"<{mail.to}>: mailbox full".encode())})


def let_the_worker_work() -> None:
    call_command("worker", "--once")


def look_alike(person: Person) -> None:
    """They and Otto are taken for one person, whom somebody may merge."""
    pair = Customer.objects.filter(email__in=[person.email, OTTO.email]).order_by("pk")
    Duplicate.objects.create(first=pair[0], second=pair[1])
